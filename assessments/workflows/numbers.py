"""What answers say of a question, version by version, as the desk shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Count

from assessments.models import Item, ItemResponse, ItemStatistics, ItemVersion
from assessments.psychometrics.irt import information, probability_right
from assessments.psychometrics.item_analysis import FEWEST_ANSWERS
from assessments.psychometrics.scale import THETA_OF_FIRST_SOLID_LEVEL, THETA_PER_LEVEL, reading
from assessments.questions.parts import option_texts

READINGS = np.linspace(1.0, 6.0, 51)  # where curves are drawn on the rule


@dataclass(frozen=True)
class AnswerRow:
    """How often one answer was given by the lower, middle and upper third, and where its people stand."""

    text: str
    right: bool
    unknown: bool
    counts: Sequence[int]
    reading: float | None

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Curve:
    """What is drawn: share right and information along the rule, and fifths of the people."""

    readings: Sequence[float]
    shares: Sequence[float]
    information: Sequence[float]
    groups: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class VersionNumbers:
    """One version: outcomes of all its answers now, and the row counted in the background, if any."""

    version: ItemVersion
    outcomes: dict[str, int]
    row: ItemStatistics | None
    answers: list[AnswerRow] = field(default_factory=list)
    curve: Curve | None = None

    @property
    def given(self) -> int:
        return sum(self.outcomes.values())

    @property
    def unknown_share(self) -> float | None:
        outcomes = self.row.numbers["outcomes"] if self.row else {}
        return outcomes["unknown"] / self.row.answers if self.row and self.row.answers else None

    @property
    def enough(self) -> bool:
        return self.row is not None and self.row.answers >= FEWEST_ANSWERS

    @property
    def still_needed(self) -> int:
        return max(FEWEST_ANSWERS - (self.row.answers if self.row else 0), 0)


def numbers_of(item: Item) -> list[VersionNumbers]:
    """The versions of a question, newest first, each by itself."""
    versions = item.versions.select_related("statistics", "demotion").order_by("-number")
    outcomes: dict[int, dict[str, int]] = {}
    answered = ItemResponse.objects.answered().filter(version__item=item).values_list("version", "outcome")
    for version, outcome, n in answered.annotate(n=Count("pk")):
        outcomes.setdefault(version, {})[outcome] = n
    return [version_numbers(version, outcomes.get(version.pk, {})) for version in versions]


def version_numbers(version: ItemVersion, outcomes: dict[str, int]) -> VersionNumbers:
    row: ItemStatistics | None = getattr(version, "statistics", None)
    if row is None or row.answers < FEWEST_ANSWERS:
        return VersionNumbers(version, outcomes, row)
    return VersionNumbers(version, outcomes, row, answer_rows(version, row), curve_of(row))


def answer_rows(version: ItemVersion, row: ItemStatistics) -> list[AnswerRow]:
    texts = option_texts(version.content) if version.kind in ("choice", "multiple") else {}
    right = version.key["right"]
    rights = [right] if isinstance(right, str) else right
    return [
        AnswerRow(
            text=texts.get(one["key"], one["key"]),
            right=bool(texts) and one["key"] in rights,
            unknown=not one["key"],
            counts=one["counts"],
            reading=None if one["theta"] is None else float(reading(one["theta"])),
        )
        for one in row.numbers["options"]
    ]


def curve_of(row: ItemStatistics) -> Curve:
    """The curve the version is scored by, from the parameters it had when it was counted."""
    scored = row.numbers["scored_with"]
    parameters = {name: scored[name] for name in ("discrimination", "difficulty", "guessing")}
    theta = THETA_OF_FIRST_SOLID_LEVEL + (READINGS - 3.0) * THETA_PER_LEVEL
    groups = [{**group, "reading": float(reading(group["theta"]))} for group in row.numbers["groups"]]
    return Curve(
        readings=READINGS.tolist(),
        shares=probability_right(theta, **parameters).tolist(),
        information=information(theta, **parameters).tolist(),
        groups=groups,
    )
