"""Multiple: several right options. Answers are stored as sorted keys: ["a", "c"].

With fractions an answer earns their sum; the right options are those above 0, together 100.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessments.questions.fractions import FULL, ROUNDED, fraction_problems, fractions_of
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
    found += part_problems(question.content.get("options", []), "options", least=2 if fractions_of(question) else 3)
    found += stray_problems(right, keys, "options")
    if not right:
        found.append(Problem("options", "no option is right"))
    elif fractions_of(question):
        found += _fraction_problems(question, keys)
    elif not set(keys) - set(right):
        found.append(Problem("options", "every option is right; at least one must be wrong"))
    return found


def _fraction_problems(question: Question, keys: list[str]) -> list[Problem]:
    if found := fraction_problems(question, keys):
        return found
    worth = {key: percent for key, percent in fractions_of(question).items() if percent > 0}
    if set(worth) != set(question.key["right"]):
        found.append(Problem("options", "the options that earn something must be the right ones"))
    if abs(sum(worth.values()) - FULL) > ROUNDED:
        found.append(Problem("options", "the credits of the right options must add up to 100"))
    return found


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> list[str]:
    picked = {known_key(key, option_keys(content)) for key in data.get("choice", []) if key}
    if not picked:
        raise AnswerError("Choose at least one option.")
    return sorted(picked)


def score(question: Question, answer: Any) -> Score:
    """Right picks / R - wrong picks / W: ticking everything earns nothing."""
    if fractions := fractions_of(question):
        return _score_by_fractions(fractions, answer)
    right = set(question.key["right"])
    wrong = set(option_keys(question.content)) - right
    picked = set(answer)
    return Score.of(len(picked & right) / len(right) - len(picked & wrong) / len(wrong))


def _score_by_fractions(fractions: Mapping[str, float], answer: Any) -> Score:
    """The sum of what was picked over all that there is: thirds too add up to full credit."""
    whole = sum(percent for percent in fractions.values() if percent > 0)
    return Score.of(sum(fractions[key] for key in set(answer)) / whole)


def asymptote(question: Question) -> float:
    """The share of right ones among the non-empty selections: with even credit, one of them."""
    count = 2 ** len(question.content["options"]) - 1
    if not fractions_of(question):
        return float(1 / count)
    return sum(score(question, picked).right for picked in _selections(question)) / count


def _selections(question: Question) -> Iterator[tuple[str, ...]]:
    keys = option_keys(question.content)
    for size in range(1, len(keys) + 1):
        yield from itertools.combinations(keys, size)


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
    return right, sorted(set(option_keys(question.content)) - set(right)) or right[:1]
