"""Choice: one right option among several. Answers are stored as "b".

With fractions the right option earns 100 and another may earn a part of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.questions.fractions import FULL, fraction_problems, fractions_of
from assessments.questions.limits import (
    part_problems,
    question_problems,
    stray_problems,
)
from assessments.questions.parts import (
    known_key,
    option_keys,
    option_note,
    option_texts,
    single_value,
)
from assessments.questions.question import Note, Problem, Question, Score

name = "choice"
label = "One right option"


def validate(question: Question) -> list[Problem]:
    found = question_problems(question)
    found += part_problems(question.content.get("options", []), "options", least=2)
    return found + _right_problems(question)


def _right_problems(question: Question) -> list[Problem]:
    right = question.key.get("right")
    if not right:
        return [Problem("options", "no option is right")]
    if isinstance(right, list):
        named = " and ".join(right)
        return [Problem("options", f"options {named} are both right; a choice has one")]
    return stray_problems([right], option_keys(question.content), "options") + _fraction_problems(question)


def _fraction_problems(question: Question) -> list[Problem]:
    fractions = fractions_of(question)
    if not fractions:
        return []
    found = fraction_problems(question, option_keys(question.content))
    if not found and [key for key, percent in fractions.items() if percent == FULL] != [question.key["right"]]:
        found.append(Problem("options", "the right option, and no other, must earn 100"))
    return found


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> str:
    chosen = single_value(data, "choice", "Choose one of the options.")
    return known_key(chosen, option_keys(content))


def score(question: Question, answer: Any) -> Score:
    earned = FULL if answer == question.key["right"] else 0.0
    return Score.of(fractions_of(question).get(answer, earned) / FULL)


def asymptote(question: Question) -> float:
    return 1 / len(question.content["options"])


def notes(question: Question, answer: Any) -> list[Note]:
    return option_note(question, answer)


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    return option_texts(content)[answer]


def describe_key(question: Question) -> str:
    return describe_answer(question.content, question.key["right"])


def example_answers(question: Question) -> tuple[str, str]:
    right = question.key["right"]
    return right, next(key for key in option_keys(question.content) if key != right)
