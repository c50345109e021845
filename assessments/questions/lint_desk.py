"""Advice on one question while it is written: its own lints, and how it sits among its neighbours.

Nothing here forbids anything; the author decides.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.questions.entry import Entry
from assessments.questions.finding import Catalogue, Fault, Finding
from assessments.questions.lint import ENTRY_LINTS
from assessments.questions.lint_bank import ALIKE, ENOUGH_TO_JUDGE, KEY_PLACE, MOST_LONGEST_KEYS
from assessments.questions.parts import judged_options
from assessments.questions.question import Question
from assessments.questions.wording import grams, plain

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
    """What must be known of another question of the area. place: of its key, from 1, in a choice of four.

    letters: its runs of letters and how often each occurs, made so that a product of two is their cosine.
    """

    slug: str
    family: str
    letters: dict[str, float]
    place: int | None
    longest_is_key: bool


def neighbour(slug: str, family: str, question: Question) -> Neighbour:
    """A question as its neighbours see it."""
    return Neighbour(slug, family, _unit(grams(_asked(question))), _place(question), _longest_is_key(question))


def advice(entry: Entry, neighbours: Sequence[Neighbour]) -> list[Finding]:
    """All that could be better, the graver first; neighbours are the other questions of its area in use."""
    faults = [(code, *fault) for code in OF_THE_ENTRY for fault in ENTRY_LINTS[code](entry, NOTHING)]
    faults += [("L01", *fault) for fault in _references(entry)]
    faults += [("L08", *fault) for fault in _length_of_key(entry) if "L08" not in {code for code, *_rest in faults}]
    here = neighbour(entry.slug, entry.family, entry.question)
    others = [one for one in neighbours if one.slug != entry.slug]
    faults += [("L25", *fault) for fault in _twins(here, others)]
    faults += [("L20", *fault) for fault in _crowded_place(here, others)]
    faults += [("L21", *fault) for fault in _long_keys(here, others)]
    found = [Finding(code, level, entry.slug, message) for code, level, message in faults]
    return sorted(found, key=lambda finding: "EWB".index(finding.level))


def _references(entry: Entry) -> Iterator[Fault]:
    if not entry.references:
        yield "E", "no reference says where its claim can be read"


def _length_of_key(entry: Entry) -> Iterator[Fault]:
    if _longest_is_key(entry.question):
        yield "W", "the longest option is the key"


def _twins(here: Neighbour, others: Sequence[Neighbour]) -> Iterator[Fault]:
    """Near-duplicates that are not declared as variants of one question."""
    strangers = [one for one in others if not here.family or one.family != here.family]
    alike = sorted(((_likeness(here, one), one.slug) for one in strangers), reverse=True)
    for likeness, slug in alike[:MOST_TWINS]:
        if likeness >= ALIKE:
            yield "W", f"much like {slug} (likeness {likeness:.2f}): give both the same family, or change one"


def _likeness(one: Neighbour, other: Neighbour) -> float:
    """The cosine of their runs of letters, as `wording.cosine` has it."""
    return sum(share * other.letters.get(run, 0.0) for run, share in one.letters.items())


def _unit(counts: Counter[str]) -> dict[str, float]:
    length = math.sqrt(sum(count * count for count in counts.values()))
    return {run: count / length for run, count in counts.items()}


def _crowded_place(here: Neighbour, others: Sequence[Neighbour]) -> Iterator[Fault]:
    """Too many keys of the area stand where this one does."""
    places = [one.place for one in (here, *others) if one.place]
    if here.place is None or len(places) < ENOUGH_TO_JUDGE:
        return
    count = places.count(here.place)
    if count / len(places) > KEY_PLACE[1]:
        yield "B", f"{count} of {len(places)} keys of the area stand in place {here.place}, as this one does"


def _long_keys(here: Neighbour, others: Sequence[Neighbour]) -> Iterator[Fault]:
    choices = [one for one in (here, *others) if one.place]
    longest = sum(one.longest_is_key for one in choices)
    if here.longest_is_key and len(choices) >= ENOUGH_TO_JUDGE and longest / len(choices) > MOST_LONGEST_KEYS:
        yield "B", f"in {longest} of {len(choices)} choices of the area the key is the longest option, as here"


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
