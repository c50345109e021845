"""Numeric: a number to be entered. Answers are stored as {"entered": "1/3", "value": 0.333}.

Beside the right window there may be others with credit of their own (`also`); the richest counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from assessments.questions.entered_number import read_number
from assessments.questions.fractions import FULL, also_problems, richest_first
from assessments.questions.limits import (
    LONGEST_NOTE,
    LONGEST_UNIT,
    answer_note_problems,
    optional_text_problems,
    question_problems,
)
from assessments.questions.parts import answer_note, error_notes, single_value
from assessments.questions.question import Note, Problem, Question, Score

name = "numeric"
label = "A number"
FLOAT_DUST = 1e-9  # relative: 0.15 - 0.1 must lie within a tolerance of 0.05


def validate(question: Question) -> list[Problem]:
    key = question.key
    found = question_problems(question)
    found += optional_text_problems(question.content.get("unit"), "answer.unit", LONGEST_UNIT)
    found += answer_note_problems(question) + also_problems(key.get("also", []))
    found += _window_problems(key.get("right"), key.get("tolerance", 0), "answer")
    for index, one in enumerate(key.get("also", [])):
        place = f"also.{index}"
        found += _window_problems(one.get("value"), one.get("tolerance", 0), place)
        found += optional_text_problems(one.get("note"), place, LONGEST_NOTE)
    for index, error in enumerate(key.get("common_errors", [])):
        place = f"common_errors.{index}"
        window = _window_problems(error.get("value"), error.get("tolerance", 0), place)
        found += window + optional_text_problems(error.get("note"), place, LONGEST_NOTE)
        if not window and is_within(error["value"], key.get("right"), key.get("tolerance", 0)):
            found.append(Problem(f"{place}.value", "this error would be marked right"))
    return found


def _window_problems(value: Any, tolerance: Any, place: str) -> list[Problem]:
    if not _is_number(value):
        return [Problem(f"{place}.value", "there is no number")]
    if not _is_number(tolerance) or tolerance < 0:
        return [Problem(f"{place}.tolerance", "the tolerance must be 0 or more")]
    return []


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_within(value: float, centre: Any, tolerance: float) -> bool:
    """Whether a value lies in the window around a centre."""
    if not _is_number(centre):
        return False
    dust = FLOAT_DUST * max(abs(centre), tolerance)
    return bool(abs(value - centre) <= tolerance + dust)


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    entered = single_value(data, "number", "Enter a number.")
    return {
        "entered": entered,
        "value": read_number(entered, content.get("unit") or ""),
    }


def score(question: Question, answer: Any) -> Score:
    if _is_right(question, answer):
        return Score.of(1.0)
    also = _also(question, answer)
    return Score.of(also["credit"] / FULL if also else 0.0)


def _is_right(question: Question, answer: Any) -> bool:
    return is_within(answer["value"], question.key["right"], question.key.get("tolerance", 0))


def _also(question: Question, answer: Any) -> Mapping[str, Any] | None:
    """The richest of the further windows that the answer lies in."""
    return _window_of(answer, richest_first(question))


def _window_of(answer: Any, windows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return next((one for one in windows if is_within(answer["value"], one["value"], one.get("tolerance", 0))), None)


def asymptote(question: Question) -> float:
    return 0.0


def notes(question: Question, answer: Any) -> list[Note]:
    """What the author wrote about the window that the answer lies in, or about any other answer."""
    if _is_right(question, answer):
        return answer_note(question, "right")
    if also := _also(question, answer):
        return [Note(None, also["note"])] if also.get("note") else []
    error = _window_of(answer, question.key.get("common_errors", []))
    return error_notes(error) if error else answer_note(question, "otherwise")


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    entered = str(answer["entered"])
    return entered + _unit_after(content, entered)


def describe_key(question: Question) -> str:
    value = f"{question.key['right']:.10g}"
    return value + _unit_after(question.content, value)


def _unit_after(content: Mapping[str, Any], text: str) -> str:
    unit = content.get("unit") or ""
    return f" {unit}" if unit and not text.endswith(unit) else ""


def example_answers(question: Question) -> tuple[dict[str, Any], dict[str, Any]]:
    right = float(question.key["right"])
    wrong = _beyond_all_windows(question)
    return {"entered": f"{right!r}", "value": right}, {
        "entered": f"{wrong!r}",
        "value": wrong,
    }


def _beyond_all_windows(question: Question) -> float:
    """A number above every window that earns something, or below them where there is none above."""
    key = question.key
    windows = [(key["right"], key.get("tolerance", 0))]
    windows += [(one["value"], one.get("tolerance", 0)) for one in key.get("also", [])]
    highest = max(value + tolerance for value, tolerance in windows)
    lowest = min(value - tolerance for value, tolerance in windows)
    above = highest + max(1.0, abs(highest))
    return above if math.isfinite(above) else lowest - max(1.0, abs(lowest))
