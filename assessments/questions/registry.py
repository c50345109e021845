"""The kinds of question, one file each; a new kind is a file and a line here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assessments.questions import (
    choice,
    matching,
    multiple,
    numeric,
    ordering,
    rating,
    short_text,
)
from assessments.questions.question import Note, Problem, Question, Score


class Kind(Protocol):
    """What the file of a kind must hold. Answers are JSON-able and name options by key."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    def validate(self, question: Question) -> list[Problem]:
        """Every fault that keeps the question from being shown and scored."""

    def read_answer(self, content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> Any:
        """The answer in a sent form; AnswerError says what the person should change."""

    def score(self, question: Question, answer: Any) -> Score: ...

    def asymptote(self, question: Question) -> float:
        """The chance to be right without any knowledge."""

    def notes(self, question: Question, answer: Any) -> list[Note]:
        """What to say about the answer given."""

    def describe_answer(self, content: Mapping[str, Any], answer: Any) -> str:
        """The answer in a line of Markdown."""

    def describe_key(self, question: Question) -> str:
        """The right answer in a line of Markdown."""

    def example_answers(self, question: Question) -> tuple[Any, Any]:
        """A right answer and a wrong one, for tests and for simulated sittings."""


KINDS: dict[str, Kind] = {
    choice.name: choice,
    multiple.name: multiple,
    numeric.name: numeric,
    short_text.name: short_text,
    ordering.name: ordering,
    matching.name: matching,
    rating.name: rating,
}


def kind(name: str) -> Kind:
    """The kind of that name; KeyError names the known ones."""
    if name not in KINDS:
        raise KeyError(f"no kind of question is called {name!r}; there are {', '.join(KINDS)}")
    return KINDS[name]
