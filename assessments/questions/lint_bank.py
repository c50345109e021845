"""Lints of a bank: what no single question shows, counted over an area."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assessments.questions.entry import Entry
from assessments.questions.finding import BankFault, Catalogue
from assessments.questions.lint_entry import NEGATIVE
from assessments.questions.lint_options import ABSOLUTE
from assessments.questions.parts import JudgedOption, judged_options
from assessments.questions.wording import (
    content_words,
    cosine,
    grams,
    plain,
    prose,
    shared,
    words,
)

ENOUGH_TO_JUDGE = 20  # four-option choices, for shares that chance would move
KEY_PLACE = (0.15, 0.35)
MOST_LONGEST_KEYS = 0.30
SHORTEST_KEYS = (0.10, 0.40)
ABSOLUTE_GAP = 0.10
MOST_CONVERGENT_KEYS = 0.40  # chance: 0.25
MOST_NEGATIVE = 0.10
ALIKE = 0.60  # cosine of runs of four letters, from which a family must be declared
GIVEAWAY_WORDS = 4  # shorter keys occur elsewhere by chance


def keys_stand_everywhere(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L20"""
    four = _four_options(entries)
    if len(four) < ENOUGH_TO_JUDGE:
        return
    places = Counter(_place_of_key(options) for options in four)
    least, most = KEY_PLACE
    if any(not least <= places[place] / len(four) <= most for place in range(4)):
        counts = [places[place] for place in range(4)]
        yield entries[0].area, f"the key stands {counts} times in place 1 to 4"


def keys_have_no_typical_length(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L21"""
    four = _four_options(entries)
    longest = _share(four, lambda key, other: len(plain(key.text)) > len(plain(other.text)))
    shortest = _share(four, lambda key, other: len(plain(key.text)) < len(plain(other.text)))
    if longest > MOST_LONGEST_KEYS:
        yield (
            entries[0].area,
            f"the key is the longest option in {longest:.0%} of the choices",
        )
    least, most = SHORTEST_KEYS
    if len(four) >= ENOUGH_TO_JUDGE and not least <= shortest <= most:
        yield (
            entries[0].area,
            f"the key is the shortest option in {shortest:.0%} of the choices",
        )


def absolutes_do_not_tell(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L22"""
    options = [option for options in _choices(entries) for option in options]
    keys = [bool(ABSOLUTE.search(prose(option.text))) for option in options if option.right]
    rest = [bool(ABSOLUTE.search(prose(option.text))) for option in options if not option.right]
    if keys and rest and sum(rest) / len(rest) - sum(keys) / len(keys) > ABSOLUTE_GAP:
        counts = f"{sum(rest)} of {len(rest)} wrong options and {sum(keys)} of {len(keys)} keys"
        yield entries[0].area, f"absolute terms in {counts}"


def keys_do_not_converge(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L23"""
    four = _four_options(entries)
    convergent = sum(_key_is_most_alike(options) for options in four)
    if four and convergent / len(four) > MOST_CONVERGENT_KEYS:
        message = f"the key is most like the other options in {convergent} of {len(four)} choices"
        yield entries[0].area, message


def few_negatives(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L24"""
    lead_ins = [entry.question.content.get("lead_in") or "" for entry in entries]
    negative = sum(bool(NEGATIVE.search(lead_in)) for lead_in in lead_ins)
    if negative / len(entries) > MOST_NEGATIVE:
        yield entries[0].area, f"{negative} of {len(entries)} lead-ins are negative"


def stems_differ(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L25"""
    counted = [(entry, grams(_whole_stem(entry))) for entry in entries]
    for (one, its), (other, others) in itertools.combinations(counted, 2):
        if one.family and one.family == other.family:
            continue
        likeness = cosine(its, others)
        if likeness >= ALIKE:
            yield one.slug, f"{likeness:.2f} like {other.slug} and of no common family"


def no_giveaways(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L30"""
    elsewhere = [(entry, _shown_text(entry)) for entry in entries]
    for entry in entries:
        for key in _wordy_keys(entry):
            for other, text in elsewhere:
                if other is not entry and key in text:
                    yield entry.slug, f"its key stands in {other.slug}"


def slugs_are_unique(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """L31"""
    for slug, count in Counter(entry.slug for entry in entries).items():
        if count > 1:
            yield slug, f"the id is used {count} times"


def misconceptions_are_used(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """M03"""
    used: set[str] = set()
    for entry in entries:
        key = entry.question.key
        used |= set(key.get("misconceptions", {}).values())
        used |= {error.get("misconception") or "" for error in key.get("common_errors", [])}
    for slug in sorted(catalogue.misconceptions.keys() - used):
        yield slug, "this misconception is declared and used nowhere"


def misconceptions_have_a_home(entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[BankFault]:
    """M01"""
    for misconception in catalogue.misconceptions.values():
        if misconception.subskill not in catalogue.area_of:
            yield misconception.slug, f"there is no sub-skill {misconception.subskill}"


def _choices(entries: Sequence[Entry]) -> list[list[JudgedOption]]:
    """The options of each choice that has one key."""
    found = [judged_options(entry.question) for entry in entries if entry.kind == "choice"]
    return [options for options in found if sum(option.right for option in options) == 1]


def _four_options(entries: Sequence[Entry]) -> list[list[JudgedOption]]:
    return [options for options in _choices(entries) if len(options) == 4]


def _place_of_key(options: Sequence[JudgedOption]) -> int:
    return next(place for place, option in enumerate(options) if option.right)


def _share(
    choices: Sequence[Sequence[JudgedOption]],
    beats: Callable[[JudgedOption, JudgedOption], bool],
) -> float:
    """The share of choices whose key beats every other option."""
    hits = 0
    for options in choices:
        key = options[_place_of_key(options)]
        hits += all(beats(key, option) for option in options if not option.right)
    return hits / len(choices) if choices else 0.0


def _key_is_most_alike(options: Sequence[JudgedOption]) -> bool:
    """Whether the key shares more words with the rest than any other option does."""
    meanings = [content_words(option.text) for option in options]
    likeness = [sum(shared(one, other) for j, other in enumerate(meanings) if j != i) for i, one in enumerate(meanings)]
    place = _place_of_key(options)
    rest = [value for i, value in enumerate(likeness) if i != place]
    return likeness[place] > 0 and likeness[place] > max(rest)


def _whole_stem(entry: Entry) -> str:
    content = entry.question.content
    source = (content.get("code") or {}).get("source", "")
    return f"{content.get('stem', '')} {content.get('lead_in', '')} {source}"


def _shown_text(entry: Entry) -> str:
    stem, explanation = (
        entry.question.content.get("stem"),
        entry.question.key.get("explanation"),
    )
    return f"{stem or ''}{explanation or ''}".lower()


def _wordy_keys(entry: Entry) -> list[str]:
    return [
        plain(option.text).lower()
        for option in judged_options(entry.question)
        if option.right and len(words(option.text)) >= GIVEAWAY_WORDS
    ]
