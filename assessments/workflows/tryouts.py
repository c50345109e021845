"""Trying a question as its author: met and answered like a learner would, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments import markup
from assessments.models import ItemResponse, ItemVersion
from assessments.questions.layout import Layout
from assessments.workflows import results, sheets
from assessments.workflows.attempts import Given, read_answer
from assessments.workflows.sheets import Choice, Shown

SEEDS = 2**31


@dataclass(frozen=True)
class TrySheet(Shown):
    """The question as a learner meets it. Holds nothing of the key."""

    version: ItemVersion
    seed: int
    kind: str
    html: Mapping[str, Any]
    unit: str
    options: list[Choice]
    premises: list[Choice]
    places: list[int]
    notice: str = ""
    number: str = ""
    text: str = ""


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
    given = sent or {}
    layout = Layout.of(version.content, seed)
    html = markup.stored(version.content_html)
    return TrySheet(
        version=version,
        seed=seed,
        kind=version.kind,
        html=html,
        unit=version.content.get("unit", ""),
        options=sheets.choices(layout.options, html["options"], given),
        premises=sheets.choices(layout.premises, html["premises"], given, prefix="match_"),
        places=list(range(1, len(layout.options) + 1)),
        notice=notice,
        number=(given.get("number") or [""])[0],
        text=(given.get("text") or [""])[0],
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
