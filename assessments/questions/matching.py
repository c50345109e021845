"""Matching: an option for each premise. Answers are stored as {"1": "b"}.

Each option may be used once, or, where the content says `reuse`, for several premises.
"""

from __future__ import annotations

import math
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
    option_texts,
    premise_texts,
    single_value,
)
from assessments.questions.question import AnswerError, Note, Problem, Question, Score

name = "matching"
label = "Match pairs"


def validate(question: Question) -> list[Problem]:
    content = question.content
    found = question_problems(question)
    found += part_problems(content.get("premises", []), "premises", least=2)
    found += part_problems(content.get("options", []), "options", least=2)
    return found + _right_problems(question)


def _right_problems(question: Question) -> list[Problem]:
    right: dict[str, str] = question.key.get("right") or {}
    keys, premises = option_keys(question.content), premise_texts(question.content)
    found = stray_problems(right, premises, "answer")
    found += stray_problems(right.values(), keys, "answer")
    for premise in premises:
        if premise not in right:
            found.append(Problem("answer", f'no option is named for premise "{premise}"'))
    if len(set(right.values())) < len(right) and not question.content.get("reuse"):
        found.append(Problem("answer", "an option answers two premises; say that options may be used again"))
    return found


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The form sends match_<premise> = <option>."""
    keys = option_keys(content)
    missing = "Choose an option for each line."
    answer = {
        premise: known_key(single_value(data, f"match_{premise}", missing), keys) for premise in premise_texts(content)
    }
    if len(set(answer.values())) < len(answer) and not content.get("reuse"):
        raise AnswerError("Use each option at most once.")
    return answer


def score(question: Question, answer: Any) -> Score:
    right = question.key["right"]
    return Score.of(sum(answer.get(premise) == key for premise, key in right.items()) / len(right))


def asymptote(question: Question) -> float:
    """One over the ways to place the options."""
    options, premises = len(question.content["options"]), len(question.content["premises"])
    return 1 / (options**premises if question.content.get("reuse") else math.perm(options, premises))


def notes(question: Question, answer: Any) -> list[Note]:
    """The notes of the premises that were matched wrongly."""
    written = question.key.get("notes", {})
    missed = [p for p, key in question.key["right"].items() if answer.get(p) != key]
    return [Note(premise, written[premise]) for premise in missed if written.get(premise)]


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    premises, options = premise_texts(content), option_texts(content)
    return "; ".join(f"{text} - {options[answer[key]]}" for key, text in premises.items())


def describe_key(question: Question) -> str:
    return describe_answer(question.content, question.key["right"])


def example_answers(question: Question) -> tuple[dict[str, str], dict[str, str]]:
    """The wrong one takes for each premise the option after the right one."""
    right = dict(question.key["right"])
    options = option_keys(question.content)
    following = dict(zip(options, options[1:] + options[:1], strict=True))
    return right, {premise: following[option] for premise, option in right.items()}
