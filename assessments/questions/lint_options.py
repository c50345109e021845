"""Lints of options: how many, and nothing in their form that gives the key away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assessments.questions.entry import Entry
from assessments.questions.finding import Catalogue, Fault
from assessments.questions.parts import JudgedOption, judged_options
from assessments.questions.wording import content_words, plain, prose, words

ABSOLUTE = re.compile(
    r"\b(always|never|all|none|only|every|each and every|impossible|must|cannot ever|completely"
    r"|absolutely|entirely)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(often|usually|frequently|sometimes|generally|rarely|seldom|many times|in most cases)\b",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(
    r"\b(all|none|both|any|either) of (the )?(above|these|them)\b|\bboth [a-e] and [a-e]\b"
    r"|\bi do(n't| not) know\b",
    re.IGNORECASE,
)
HOW_MANY = {"choice": (3, 5), "multiple": (4, 6), "ordering": (4, 6), "rating": (4, 5)}
PREMISES = (3, 5)
MOST_CHARACTERS, MOST_WORDS = 130, 25
KEY_LENGTH = (0.7, 1.3)  # against the mean of the wrong options
SHORT_OPTIONS = 12  # characters; below that the length of a key says nothing
MOST_SHARED_WORDS = 1


def options_are_right_in_number(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L03"""
    options = entry.question.content.get("options", [])
    if entry.kind in HOW_MANY:
        least, most = HOW_MANY[entry.kind]
        if not least <= len(options) <= most:
            yield "E", f"{len(options)} options; {least} to {most} are wanted"
    yield from _right_number_of_keys(entry)
    if entry.kind == "matching":
        yield from _matching_numbers(entry)
    yield from _same_options(entry)


def _right_number_of_keys(entry: Entry) -> Iterator[Fault]:
    options = judged_options(entry.question)
    keys = sum(option.right for option in options)
    if entry.kind == "choice" and keys != 1:
        yield "E", f"{keys} options are right; a choice has one"
    if entry.kind == "multiple" and not 2 <= keys < len(options):
        yield "E", f"{keys} of {len(options)} options are right"
    if entry.kind == "short_text" and not entry.question.key.get("right"):
        yield "E", "no accepted answer"


def _matching_numbers(entry: Entry) -> Iterator[Fault]:
    premises, options = (
        entry.question.content["premises"],
        entry.question.content["options"],
    )
    least, most = PREMISES
    if not least <= len(premises) <= most:
        yield "E", f"{len(premises)} premises; {least} to {most} are wanted"
    if len(options) <= len(premises):
        yield "E", "no option is left over"


def _same_options(entry: Entry) -> Iterator[Fault]:
    texts: dict[str, str] = {}
    for option in entry.question.content.get("options", []):
        bare = plain(option["text"])
        same = bare if "`" in option["text"] else bare.lower()  # in code the case may matter
        if same in texts:
            yield "E", f"options {texts[same]} and {option['key']} are the same"
        texts[same] = option["key"]


def no_forbidden_option(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L04"""
    for option in entry.question.content.get("options", []):
        if found := FORBIDDEN.search(option["text"]):
            yield "E", f'option {option["key"]} says "{found[0]}"'


def no_absolute_terms(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L05"""
    for option in _options_of_choices(entry):
        if found := ABSOLUTE.search(prose(option.text)):
            yield "W", f'the absolute "{found[0]}" in option {option.key}'


def no_vague_frequency(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L06"""
    for option in _options_of_choices(entry):
        if found := VAGUE.search(prose(option.text)):
            yield "W", f'the vague "{found[0]}" in option {option.key}'


def options_are_short(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L07"""
    for option in _options_of_choices(entry):
        if len(plain(option.text)) > MOST_CHARACTERS:
            yield "W", f"option {option.key} has {len(plain(option.text))} characters"
        if len(words(plain(option.text))) > MOST_WORDS:
            yield "W", f"option {option.key} has more than {MOST_WORDS} words"


def key_is_as_long_as_the_rest(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L08"""
    key, rest = _key_and_rest(entry)
    if key is None or not rest:
        return
    mean = sum(len(plain(option.text)) for option in rest) / len(rest)
    least, most = KEY_LENGTH
    if mean > SHORT_OPTIONS and not least <= len(plain(key.text)) / mean <= most:
        yield (
            "W",
            f"the key has {len(plain(key.text))} characters, the others {mean:.0f}",
        )


def options_look_alike(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L09"""
    if entry.kind != "choice":
        return
    texts = [plain(option["text"]) for option in entry.question.content["options"]]
    capitals = {text[:1].isupper() for text in texts if text[:1].isalpha()}
    stops = {text[-1:] in ".?!" for text in texts}
    if len(capitals) > 1 or len(stops) > 1:
        yield "W", "options differ in capital or full stop"


def key_does_not_echo_the_stem(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L10"""
    key, rest = _key_and_rest(entry)
    if key is None:
        return
    content = entry.question.content
    stem = content_words(f"{content['stem']} {content.get('lead_in', '')}")
    echoed = content_words(plain(key.text)) & stem
    for option in rest:
        echoed -= content_words(plain(option.text))
    if len(echoed) > MOST_SHARED_WORDS:
        yield "W", f"words shared by stem and key alone: {', '.join(sorted(echoed))}"


def _options_of_choices(entry: Entry) -> list[JudgedOption]:
    return judged_options(entry.question) if entry.kind in ("choice", "multiple") else []


def _key_and_rest(entry: Entry) -> tuple[JudgedOption | None, list[JudgedOption]]:
    """The right option of a choice and the others."""
    options = judged_options(entry.question) if entry.kind == "choice" else []
    right = [option for option in options if option.right]
    if len(right) != 1:
        return None, options
    return right[0], [option for option in options if not option.right]
