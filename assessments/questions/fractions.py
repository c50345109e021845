"""Credit in percent, where an answer may be partly right: for options, and for what is typed.

key["fractions"] names every option of a choice or a multiple choice with a number from -100 to
100; key["also"] lists further answers of a number or a short text, each with its `credit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments.questions.question import Problem, Question

FULL = 100.0
ROUNDED = 0.5  # three thirds are written as 99.99999; Moodle adds up to two decimals of the whole too
ALIKE = 0.001  # percent; 33.33333 and 100 / 3 are the same


def fractions_of(question: Question) -> Mapping[str, float]:
    """The fractions that the author gave, if she gave any."""
    fractions: Mapping[str, float] = question.key.get("fractions") or {}
    return fractions


def even_fractions(right: Iterable[str], options: Sequence[str]) -> dict[str, float]:
    """What options earn when nothing else is said: the right ones share 100, the wrong ones -100."""
    chosen = set(right)
    wrong = len(options) - len(chosen)
    return {key: FULL / len(chosen) if key in chosen else -FULL / wrong for key in options}


def are_alike(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether two sets of fractions say the same."""
    return one.keys() == other.keys() and all(abs(one[key] - other[key]) <= ALIKE for key in one)


def fraction_problems(question: Question, options: Sequence[str]) -> list[Problem]:
    """What every set of fractions demands: a number for each option, and for nothing else."""
    fractions = fractions_of(question)
    found = []
    for key in options:
        if not is_percent(fractions.get(key), -FULL):
            found.append(Problem(f"options.{key}.credit", "the credit must be a number from -100 to 100"))
    for key in sorted(set(fractions) - set(options)):
        found.append(Problem("options", f'a credit is given for "{key}", which is not in the question'))
    return found


def also_problems(alternatives: Any) -> list[Problem]:
    """Credits of further answers: more than nothing, up to all."""
    return [
        Problem(f"also.{index}.credit", "the credit must be a number above 0, up to 100")
        for index, one in enumerate(alternatives)
        if not is_percent(one.get("credit"), 0.0) or one["credit"] == 0
    ]


def is_percent(value: Any, least: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= FULL


def richest_first(question: Question) -> list[Mapping[str, Any]]:
    """Further answers, those with the most credit first: an answer earns the most that it fits."""
    alternatives: Sequence[Mapping[str, Any]] = question.key.get("also") or ()
    return sorted(alternatives, key=lambda one: -float(one["credit"]))
