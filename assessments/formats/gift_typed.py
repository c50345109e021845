"""Answers that are typed, each with its percentage and its note, as the key of a number or a short text.

Moodle gives an answer the credit of the first entry that it fits; ours gives the most that it fits.
Where the two differ, a remark says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.formats.remarks import Remarks, Skipped
from assessments.questions.fractions import FULL

Answer = dict[str, Any]
MOST_ANSWERS = 100


@dataclass(frozen=True)
class Typed:
    """One answer. answer: {text} or {value, tolerance}, None for any answer whatever; name: as it was written."""

    answer: Answer | None
    name: str
    percent: float
    note: str
    line: int

    @property
    def sure(self) -> Answer:
        return self.answer or {}


def key_of_typed(
    typed: Sequence[Typed], covers: Callable[[Answer, Answer], bool], remarks: Remarks
) -> tuple[list[Typed], dict[str, Any]]:
    """The answers that are fully right, and the rest of the key: `also`, common errors, notes.

    covers: whether whoever gives the second answer fits the first one too.
    """
    if len(typed) > MOST_ANSWERS:
        raise Skipped(f"the question has {len(typed)} answers; {MOST_ANSWERS} is the most")
    _tell_of_order(typed, covers, remarks)
    known = [one for one in typed if one.answer is not None]
    right = [one for one in known if one.percent == FULL]
    notes = {"right": right[0].note if right else "", "otherwise": _otherwise(typed)}
    key: dict[str, Any] = {
        "notes": {name: note for name, note in notes.items() if note},
        "common_errors": [_error(one) for one in _wrong(known, right, covers, remarks)],
    }
    return right, key


def also_of(typed: Sequence[Typed]) -> dict[str, Any]:
    """Further answers with credit, those with the most first; nothing where there are none."""
    entries = [{**one.sure, "credit": one.percent, "note": one.note} for one in typed]
    return {"also": sorted(entries, key=lambda entry: -entry["credit"])} if entries else {}


def partly_right(typed: Sequence[Typed]) -> list[Typed]:
    return [one for one in typed if one.answer is not None and 0 < one.percent < FULL]


def _error(one: Typed) -> dict[str, Any]:
    return {**one.sure, "misconception": None, "note": one.note}


def _otherwise(typed: Sequence[Typed]) -> str:
    """What is said of any answer that nothing else speaks of."""
    others = [one for one in typed if one.answer is None]
    for one in others:
        if one.percent == FULL:
            raise Skipped("any answer would be right", one.line)
        if one.percent > 0:
            raise Skipped(f"any other answer earns {one.percent:g} %, which we cannot say", one.line)
    return others[0].note if others else ""


def _wrong(
    known: Sequence[Typed], right: Sequence[Typed], covers: Callable[[Answer, Answer], bool], remarks: Remarks
) -> Iterator[Typed]:
    for one in known:
        if one.percent > 0:
            continue
        if any(covers(other.sure, one.sure) for other in right):
            remarks.changed(f'the wrong answer "{one.name}" is left out: it fits a right one', one.line)
            continue
        if one.percent < 0:
            remarks.changed(
                f'the wrong answer "{one.name}" costs {-one.percent:g} % there, with us it earns 0', one.line
            )
        yield one


def _tell_of_order(typed: Sequence[Typed], covers: Callable[[Answer, Answer], bool], remarks: Remarks) -> None:
    """Entries that come too late in Moodle, where an earlier one with less credit takes their answers."""
    for place, one in enumerate(typed):
        for later in typed[place + 1 :]:
            takes = one.answer is None or (later.answer is not None and covers(one.answer, later.answer))
            if takes and 0 <= one.percent < later.percent:
                told = f'"{one.name}" ({one.percent:g} %) comes before "{later.name}" ({later.percent:g} %)'
                remarks.changed(f"{told} and takes its answers in Moodle; with us an answer earns the most", one.line)
                return
