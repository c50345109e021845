"""Advice on one question while it is written: its own lints, and how it sits among its neighbours.

Nothing here forbids anything; the author decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assessments.questions.entry import Entry
from assessments.questions.finding import Catalogue, Fault, Finding
from assessments.questions.likeness import Texts
from assessments.questions.lint import ENTRY_LINTS
from assessments.questions.lint_bank import ALIKE, ENOUGH_TO_JUDGE, KEY_PLACE, MOST_LONGEST_KEYS
from assessments.questions.parts import judged_options
from assessments.questions.question import Question
from assessments.questions.wording import plain

# What an author can mend at the desk. Left out: rules of the question files alone (ids, code that proves
# the key, the words of the scoring), and references and tags, which the desk lets her choose from a list.
OF_THE_ENTRY = (
    "L03", "L04", "L05", "L06", "L07", "L08", "L09", "L10", "L11", "L12", "L13", "L14", "L15", "L18", "V3", "V4",
)  # fmt: skip
MORE_THAN_THE_NEXT = 1.1  # a key longer by this than the longest wrong option can be seen to be longer
MOST_TWINS = 3  # likest neighbours that are named
FOUR = 4


NOTHING = Catalogue(area_of={}, resources=frozenset())  # none of these lints looks anything up


@dataclass(frozen=True)
class Neighbour:
    """What must be known of another question of the area. place: of its key, from 1, in a choice of four."""

    slug: str
    family: str
    place: int | None
    longest_is_key: bool


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The other questions of an area, with their texts in the same order."""

    rows: tuple[Neighbour, ...]
    texts: Texts


def neighbours(questions: Iterable[tuple[str, str, Question]]) -> Neighbours:
    """Questions, each with its slug and family, as their neighbours see them."""
    found = list(questions)
    rows = tuple(_neighbour(slug, family, question) for slug, family, question in found)
    return Neighbours(rows, Texts([_asked(question) for _slug, _family, question in found]))


def advice(entry: Entry, area: Neighbours) -> list[Finding]:
    """All that could be better, the graver first; area: the questions of its area in use, itself or not."""
    faults = [(code, *fault) for code in OF_THE_ENTRY for fault in ENTRY_LINTS[code](entry, NOTHING)]
    faults += [("L01", *fault) for fault in _references(entry)]
    faults += [("L08", *fault) for fault in _length_of_key(entry) if "L08" not in {code for code, *_rest in faults}]
    here = _neighbour(entry.slug, entry.family, entry.question)
    choices = [here, *(one for one in area.rows if one.slug != entry.slug)]
    faults += [("L25", *fault) for fault in _twins(entry, area)]
    faults += [("L20", *fault) for fault in _crowded_place(here, choices)]
    faults += [("L21", *fault) for fault in _long_keys(here, choices)]
    found = [Finding(code, level, entry.slug, message) for code, level, message in faults]
    return sorted(found, key=lambda finding: "EWB".index(finding.level))


def _neighbour(slug: str, family: str, question: Question) -> Neighbour:
    return Neighbour(slug, family, _place(question), _longest_is_key(question))


def _references(entry: Entry) -> Iterator[Fault]:
    if not entry.references:
        yield "E", "no reference says where its claim can be read"


def _length_of_key(entry: Entry) -> Iterator[Fault]:
    if _longest_is_key(entry.question):
        yield "W", "the longest option is the key"


def _twins(entry: Entry, area: Neighbours) -> Iterator[Fault]:
    """Near-duplicates that are not declared as variants of one question."""
    likeness = area.texts.likeness(_asked(entry.question))
    alike = [(float(likeness[place]), area.rows[place]) for place in np.flatnonzero(likeness >= ALIKE)]
    strangers = [(much, one.slug) for much, one in alike if one.slug != entry.slug and not _kin(one, entry)]
    for much, slug in sorted(strangers, reverse=True)[:MOST_TWINS]:
        yield "W", f"much like {slug} (likeness {much:.2f}): give both the same family, or change one"


def _kin(one: Neighbour, entry: Entry) -> bool:
    return bool(entry.family) and one.family == entry.family


def _crowded_place(here: Neighbour, choices: Sequence[Neighbour]) -> Iterator[Fault]:
    """Too many keys of the area stand where this one does."""
    places = [one.place for one in choices if one.place]
    if here.place is None or len(places) < ENOUGH_TO_JUDGE:
        return
    count = places.count(here.place)
    if count / len(places) > KEY_PLACE[1]:
        yield "B", f"{count} of {len(places)} keys of the area stand in place {here.place}, as this one does"


def _long_keys(here: Neighbour, choices: Sequence[Neighbour]) -> Iterator[Fault]:
    placed = [one for one in choices if one.place]
    longest = sum(one.longest_is_key for one in placed)
    if here.longest_is_key and len(placed) >= ENOUGH_TO_JUDGE and longest / len(placed) > MOST_LONGEST_KEYS:
        yield "B", f"in {longest} of {len(placed)} choices of the area the key is the longest option, as here"


def _asked(question: Question) -> str:
    content = question.content
    source = (content.get("code") or {}).get("source", "")
    return f"{content.get('stem', '')} {content.get('lead_in', '')} {source}"


def _place(question: Question) -> int | None:
    options = judged_options(question) if question.kind == "choice" else []
    places = [place for place, option in enumerate(options, start=1) if option.right]
    return places[0] if len(options) == FOUR and len(places) == 1 else None


def _longest_is_key(question: Question) -> bool:
    options = judged_options(question) if question.kind == "choice" else []
    key = [len(plain(option.text)) for option in options if option.right]
    rest = [len(plain(option.text)) for option in options if not option.right]
    return len(key) == 1 and bool(rest) and key[0] > MORE_THAN_THE_NEXT * max(rest)
