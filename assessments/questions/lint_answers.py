"""Lints of keys and notes: rounding, explanations, partial credit, windows of errors."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from assessments.questions.entry import Entry
from assessments.questions.finding import Catalogue, Fault
from assessments.questions.fractions import fractions_of
from assessments.questions.numeric import is_within
from assessments.questions.parts import judged_options, option_keys, premise_texts
from assessments.questions.registry import kind
from assessments.questions.wording import words

EXPLANATION = (30, 130)  # words
SHORTEST_NOTE = 6  # words
LEAST_COMMON_ERRORS = 2
ROUNDING = re.compile(r"decimal|digit|print", re.IGNORECASE)
DECIMALS = re.compile(r"\b(one|two|three|four) (?:decimal|digits? after)", re.IGNORECASE)
COUNT = {"one": 1, "two": 2, "three": 3, "four": 4}
RULES = {"multiple": "partial", "ordering": "kendall", "rating": "distance"}
Window = tuple[float, float]  # value, tolerance


def notes_are_written(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L14"""
    least, most = EXPLANATION
    count = len(words(entry.question.key.get("explanation") or ""))
    if not least <= count <= most:
        yield "W", f"an explanation of {count} words; {least} to {most} are wanted"
    if entry.kind in ("choice", "multiple", "rating"):
        yield from _option_notes(entry)
    if entry.kind in ("ordering", "matching"):
        yield from _notes_beside(entry)
    if entry.kind == "numeric":
        yield from _error_notes(entry)


def _option_notes(entry: Entry) -> Iterator[Fault]:
    for option in judged_options(entry.question):
        if len(words(option.note)) < SHORTEST_NOTE:
            yield "E", f"the note on option {option.key} is missing or too short"
        if entry.kind != "rating" and not option.right and not option.misconception:
            yield "E", f"the wrong option {option.key} names no misconception"


def _notes_beside(entry: Entry) -> Iterator[Fault]:
    written = entry.question.key.get("notes", {})
    if entry.kind == "matching":
        for premise in premise_texts(entry.question.content):
            if not written.get(premise):
                yield "E", f"there is no note on premise {premise}"
        return
    for one, other in itertools.pairwise(entry.question.key["right"]):
        if not written.get(f"{one}-{other}"):
            yield "W", f"there is no note on the pair {one}-{other}"


def _error_notes(entry: Entry) -> Iterator[Fault]:
    errors = entry.question.key.get("common_errors", [])
    if len(errors) < LEAST_COMMON_ERRORS:
        yield (
            "W",
            f"{len(errors)} common errors; at least {LEAST_COMMON_ERRORS} are wanted",
        )
    for error in errors:
        if not error.get("note"):
            yield "E", f"there is no note on the error {error.get('value')}"


def rounding_is_stated(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L15"""
    right = entry.question.key.get("right")
    if entry.kind != "numeric" or right is None or float(right).is_integer():
        return
    if not ROUNDING.search(entry.question.content.get("lead_in") or ""):
        yield "E", "the lead-in does not say how to round"


def credit_is_fair(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """L19"""
    rule = RULES.get(entry.kind)
    if rule is None:
        return
    if entry.scoring.get("rule") != rule:
        yield "E", f"{entry.kind} needs the rule {rule}"
    for idle, answer in _idle_answers(entry):
        if credit := kind(entry.kind).score(entry.question, answer).credit:
            yield "E", f"{idle} earns {credit:.2f}"
    if entry.kind == "multiple":
        yield from _detail_is_exact(entry)


def _idle_answers(entry: Entry) -> list[tuple[str, Any]]:
    """Answers that need no knowledge."""
    keys = option_keys(entry.question.content)
    if entry.kind == "multiple":
        return [("ticking all", keys)]
    if entry.kind == "ordering":
        return [("the reversed order", entry.question.key["right"][::-1])]
    return [(f"rating all {mark}", dict.fromkeys(keys, mark)) for mark in range(1, 6)]


def _detail_is_exact(entry: Entry) -> Iterator[Fault]:
    if fractions_of(entry.question):
        return
    right = len(entry.question.key["right"])
    wrong = len(entry.question.content["options"]) - right
    wanted = f"right picks / {right} - wrong picks / {wrong},"
    if not entry.scoring.get("detail", "").startswith(wanted):
        yield "E", f'the detail of the scoring must begin "{wanted}"'


def windows_stay_apart(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """V3"""
    for (value, reach), (other, its_reach) in itertools.combinations(_windows(entry), 2):
        if is_within(other, value, reach + its_reach):
            yield "E", f"the windows of {value} and {other} overlap"


def windows_survive_rounding(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """V4"""
    asked = DECIMALS.search(entry.question.content.get("lead_in") or "")
    windows = _windows(entry)
    if asked is None or not windows:
        return
    yield from _rounding_faults(windows, COUNT[asked[1].lower()])


def _rounding_faults(windows: Sequence[Window], decimals: int) -> Iterator[Fault]:
    key, key_reach = windows[0]
    for value, reach in windows:
        rounded = float(f"{value:.{decimals}f}")
        if not is_within(rounded, value, reach):
            yield "E", f"{value} rounded as asked is {rounded}, outside its own window"
        if value != key and is_within(rounded, key, key_reach):
            yield "E", f"the error {value} rounds into the key"


def _windows(entry: Entry) -> list[Window]:
    """The window of the key, then those of other answers with credit and of the common errors."""
    key = entry.question.key
    if entry.kind != "numeric" or key.get("right") is None:
        return []
    further = [*key.get("also", []), *key.get("common_errors", [])]
    return [(key["right"], key.get("tolerance", 0)), *((one["value"], one.get("tolerance", 0)) for one in further)]


def misconceptions_are_declared(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """M02"""
    key = entry.question.key
    errors = [error.get("misconception") for error in key.get("common_errors", [])]
    for slug in sorted({*key.get("misconceptions", {}).values(), *filter(None, errors)}):
        if slug not in catalogue.misconceptions:
            yield "E", f"the misconception {slug} is declared in no file"
