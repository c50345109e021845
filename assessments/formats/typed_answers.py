"""The key of what is typed: right answers, those that earn a part, common errors, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessments.formats.remarks import Refused, Remarks, Skipped
from assessments.questions.fractions import FULL

Half = dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """What an answer earns in percent, what is said of it, and where it stands."""

    percent: float
    note: str
    line: int


def fill_typed(key: Half, given: Sequence[tuple[Half, Typed]], others: Sequence[Typed], remarks: Remarks) -> None:
    """Sorts the answers into the key. others: what is said of any answer that is not given.

    The first right answer gives the note on right ones; others with a note of their own stand in `also`.
    """
    full = [(one, answer) for one, answer in given if answer.percent == FULL]
    if any(answer.percent > 0 for answer in others):
        raise Skipped('any answer ("*") earns something, so nothing is measured', others[0].line)
    if not full:
        raise Refused("no answer earns 100 %, so none is right")
    note = full[0][1].note
    key["right"] = [one for one, answer in full if answer.note == note]
    partly = [{**one, "credit": a.percent, "note": a.note} for one, a in given if 0 < a.percent < FULL]
    also = [{**one, "credit": a.percent, "note": a.note} for one, a in full if a.note != note]
    if also or partly:
        key["also"] = also + sorted(partly, key=lambda one: -one["credit"])
    wrong = [(one, answer) for one, answer in given if answer.percent <= 0]
    key["common_errors"] = [{**one, "misconception": None, "note": answer.note} for one, answer in wrong]
    if any(answer.percent < 0 for answer in (*[answer for _one, answer in wrong], *others)):
        remarks.changed("a wrong answer takes nothing away: less than 0 % is read as 0 %")
    said = {"right": note, "otherwise": next((answer.note for answer in others), "")}
    key["notes"] = {name: text for name, text in said.items() if text}


def first_window_is_right(key: Half) -> None:
    """A number has one right window; further ones with full credit stand in `also`."""
    first, *others = key["right"]
    key["right"], key["tolerance"] = first["value"], first["tolerance"]
    if others:
        key["also"] = [{**one, "credit": FULL, "note": ""} for one in others] + key.get("also", [])
