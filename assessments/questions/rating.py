"""Rating: actions judged from 1 to 5 against a panel. Answers are stored as {"a": 4}."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments.questions.limits import part_problems, question_problems
from assessments.questions.parts import (
    option_keys,
    option_note,
    option_texts,
    single_value,
)
from assessments.questions.question import AnswerError, Note, Problem, Question, Score

name = "rating"
label = "Rate each action"
MARKS = range(1, 6)
DUST = 1e-9
MOST_ACTIONS = 6  # the best whole-number ratings are searched among 5 ** actions


def validate(question: Question) -> list[Problem]:
    right = question.key.get("right") or {}
    found = question_problems(question)
    found += part_problems(question.content.get("options", []), "options", least=3, most=MOST_ACTIONS)
    if set(right) != set(option_keys(question.content)):
        found.append(Problem("answer", "each action needs its rating"))
    if any(not MARKS[0] <= mark <= MARKS[-1] for mark in right.values()):
        found.append(Problem("answer", "a rating lies between 1 and 5"))
    elif len(set(right.values())) < 2:
        found.append(Problem("answer", "the ratings are all alike; nothing can be told apart"))
    elif not found and not _tells_apart(tuple(right.values())):
        found.append(Problem("answer", "the ratings are so alike that no whole marks can tell them apart"))
    return found


def _tells_apart(keyed: tuple[float, ...]) -> bool:
    """Whether some whole marks are nearer to the key than the same mark for all."""
    best, flat = _bounds(keyed)
    return best < flat - DUST


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The form sends rate_<option> = 1..5."""
    return {key: _mark(data, f"rate_{key}") for key in option_keys(content)}


def _mark(data: Mapping[str, Sequence[str]], field: str) -> int:
    text = single_value(data, field, "Rate each action from 1 to 5.")
    if text not in {str(mark) for mark in MARKS}:
        raise AnswerError("Rate each action from 1 to 5.")
    return int(text)


def score(question: Question, answer: Any) -> Score:
    """(d_flat - d) / (d_flat - d_best): the same mark for all earns 0, the best marks 1."""
    right = question.key["right"]
    keyed = tuple(right.values())
    best, flat = _bounds(keyed)
    given = _distance(keyed, tuple(answer[key] for key in right))
    return Score.of((flat - given) / (flat - best))


def _distance(keyed: Sequence[float], given: Sequence[float]) -> float:
    """Mean distance of two profiles, each centred on its own mean."""
    count = len(keyed)
    shift = sum(given) / count - sum(keyed) / count
    return sum(abs(b - a - shift) for a, b in zip(keyed, given, strict=True)) / count


@functools.lru_cache(maxsize=512)
def _bounds(keyed: tuple[float, ...]) -> tuple[float, float]:
    """Distance of the best whole-number marks, and of the same mark for all."""
    return _distance(keyed, _best_marks(keyed)), _distance(keyed, [3] * len(keyed))


def _best_marks(keyed: Sequence[float]) -> tuple[int, ...]:
    every: Iterable[tuple[int, ...]] = itertools.product(MARKS, repeat=len(keyed))
    return min(every, key=lambda marks: _distance(keyed, marks))


def asymptote(question: Question) -> float:
    return float(1 / len(MARKS) ** len(question.content["options"]))


def notes(question: Question, answer: Any) -> list[Note]:
    return [note for key in answer for note in option_note(question, key)]


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    texts = option_texts(content)
    return "; ".join(f"{texts[key]}: {mark:g}" for key, mark in answer.items())


def describe_key(question: Question) -> str:
    return describe_answer(question.content, question.key["right"])


def example_answers(question: Question) -> tuple[dict[str, int], dict[str, int]]:
    right = question.key["right"]
    best = _best_marks(tuple(right.values()))
    return dict(zip(right, best, strict=True)), dict.fromkeys(right, 3)
