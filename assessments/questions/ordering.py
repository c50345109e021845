"""Ordering: options to be put in order. Answers are stored as keys, first to last."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from assessments.questions.limits import part_problems, question_problems
from assessments.questions.parts import option_keys, option_texts
from assessments.questions.question import AnswerError, Note, Problem, Question, Score

name = "ordering"
label = "Put in order"
SHARE_FOR_NOTHING = 0.3  # of the pairs in the wrong order; a random order of five earns 0.06


def validate(question: Question) -> list[Problem]:
    found = question_problems(question)
    found += part_problems(question.content.get("options", []), "options", least=3)
    if sorted(question.key.get("right") or []) != sorted(option_keys(question.content)):
        found.append(Problem("answer", "the right order must name each option once"))
    return found


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> list[str]:
    """The form sends place_<option> = 1..n."""
    keys = option_keys(content)
    places = {key: _place(data.get(f"place_{key}", []), len(keys)) for key in keys}
    if len(set(places.values())) != len(keys):
        raise AnswerError("Give each step its own place, from 1 to the last.")
    return sorted(keys, key=places.__getitem__)


def _place(values: Sequence[str], last: int) -> int:
    text = values[0].strip() if len(values) == 1 else ""
    if text not in {str(place) for place in range(1, last + 1)}:
        raise AnswerError(f"Give each step a place from 1 to {last}.")
    return int(text)


def score(question: Question, answer: Any) -> Score:
    right = question.key["right"]
    pairs = math.comb(len(right), 2)
    return Score.of(1 - len(_swapped(right, answer)) / (SHARE_FOR_NOTHING * pairs))


def _swapped(right: Sequence[str], answer: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs that the answer has the other way round."""
    place = {key: index for index, key in enumerate(answer)}
    return [(a, b) for a, b in itertools.combinations(right, 2) if place[a] > place[b]]


def asymptote(question: Question) -> float:
    return 1 / math.factorial(len(question.content["options"]))


def notes(question: Question, answer: Any) -> list[Note]:
    """The notes of neighbouring pairs that the answer has the other way round."""
    written = question.key.get("notes", {})
    swapped = [f"{a}-{b}" for a, b in _swapped(question.key["right"], answer)]
    return [Note(pair, written[pair]) for pair in swapped if written.get(pair)]


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    texts = option_texts(content)
    return "; ".join(f"{place}. {texts[key]}" for place, key in enumerate(answer, start=1))


def describe_key(question: Question) -> str:
    return describe_answer(question.content, question.key["right"])


def example_answers(question: Question) -> tuple[list[str], list[str]]:
    right = list(question.key["right"])
    return right, right[::-1]
