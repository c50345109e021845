"""Multiple: several right options. Answers are stored as sorted keys: ["a", "c"]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
)
from assessments.questions.question import AnswerError, Note, Problem, Question, Score

name = "multiple"
label = "Several right options"


def validate(question: Question) -> list[Problem]:
    keys, right = option_keys(question.content), question.key.get("right") or []
    found = question_problems(question)
    found += part_problems(question.content.get("options", []), "options", least=3)
    found += stray_problems(right, keys, "options")
    if not right:
        found.append(Problem("options", "no option is right"))
    elif not set(keys) - set(right):
        found.append(Problem("options", "every option is right; at least one must be wrong"))
    return found


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> list[str]:
    picked = {known_key(key, option_keys(content)) for key in data.get("choice", []) if key}
    if not picked:
        raise AnswerError("Choose at least one option.")
    return sorted(picked)


def score(question: Question, answer: Any) -> Score:
    """Right picks / R - wrong picks / W: ticking everything earns nothing."""
    right = set(question.key["right"])
    wrong = set(option_keys(question.content)) - right
    picked = set(answer)
    return Score.of(len(picked & right) / len(right) - len(picked & wrong) / len(wrong))


def asymptote(question: Question) -> float:
    """One over the number of non-empty selections."""
    return float(1 / (2 ** len(question.content["options"]) - 1))


def notes(question: Question, answer: Any) -> list[Note]:
    """What was picked, and the right options that were missed, in the author's order."""
    worth = set(answer) | set(question.key["right"])
    keys = [key for key in option_keys(question.content) if key in worth]
    return [note for key in keys for note in option_note(question, key)]


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    texts = option_texts(content)
    return "; ".join(texts[key] for key in answer)


def describe_key(question: Question) -> str:
    return describe_answer(question.content, sorted(question.key["right"]))


def example_answers(question: Question) -> tuple[list[str], list[str]]:
    right = sorted(question.key["right"])
    return right, sorted(set(option_keys(question.content)) - set(right))
