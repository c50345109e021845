"""What a question is, what an answer earns, and what can be said about both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """One question: what the taker sees and, apart from it, what she must not see yet.

    content: stem, lead_in, code {language, source}, options [{key, text}],
             premises [{key, text}], unit, shuffle, reuse - as far as the kind has them.
    key:     right (its shape is told by the kind), tolerance, case_sensitive, wildcards,
             fractions {option: percent}, also [{value or text, credit, note}],
             notes {option, premise or neighbouring pair: Markdown; of what is typed,
             "right" and "otherwise" (any answer that nothing else speaks of)},
             misconceptions {option: slug}, common_errors [...], explanation, stdout.
    What is beside the point of a question is left out of it: no `also` is better than an empty one.
    """

    kind: str
    content: dict[str, Any]
    key: dict[str, Any]


@dataclass(frozen=True)
class Score:
    """What an answer earns: credit from 0 to 1; only full credit counts as right."""

    credit: float
    right: bool

    @classmethod
    def of(cls, credit: float) -> Score:
        """A score from raw credit, held within 0 and 1 and freed of rounding dust."""
        held = round(min(1.0, max(0.0, credit)), 9)
        return cls(credit=held, right=held == 1.0)


@dataclass(frozen=True)
class Problem:
    """A fault of a question and where it sits, such as "options.b.text"."""

    place: str
    message: str


@dataclass(frozen=True)
class Note:
    """What to say about one part of an answer, in Markdown."""

    option: str | None
    text: str
    misconception: str | None = None


class AnswerError(ValueError):
    """An answer that cannot be taken; the message is for the person who gave it."""
