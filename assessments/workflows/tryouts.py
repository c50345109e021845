"""Trying a question as its author: met and answered like a learner would, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.models import ItemResponse, ItemVersion
from assessments.questions.layout import Layout
from assessments.workflows import results
from assessments.workflows.attempts import Given, read_answer
from assessments.workflows.sheets import Asked, asked

SEEDS = 2**31


@dataclass(frozen=True, kw_only=True)
class TrySheet(Asked):
    """The question as a learner meets it."""

    version: ItemVersion
    seed: int


@dataclass(frozen=True)
class Tried:
    """What a learner is told after such an answer."""

    row: results.Reviewed
    credit: float

    @property
    def percent(self) -> int:
        return round(100 * self.credit)


def sheet(
    version: ItemVersion, seed: int, *, notice: str = "", sent: Mapping[str, Sequence[str]] | None = None
) -> TrySheet:
    return TrySheet(
        version=version,
        seed=seed,
        language=version.language,
        **asked(version.kind, version.content, version.content_html, seed, notice=notice, sent=sent),
    )


def answered(version: ItemVersion, seed: int, given: Given) -> Tried:
    """The review of an answer that is written nowhere; AnswerError for a malformed one."""
    read = read_answer(version.question, Layout.of(version.content, seed), given)
    response = ItemResponse(
        version=version,
        layout_seed=seed,
        answer=read.answer,
        outcome=read.outcome,
        credit=read.credit,
        confidence=given.confidence,
    )
    return Tried(results.review(response), read.credit)
