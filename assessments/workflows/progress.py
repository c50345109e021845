"""Where a person stands: rows written when a sitting ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessments.models import AreaEstimate, Attempt, Learner, RoleProfile
from assessments.psychometrics.scale import reading
from assessments.workflows.estimates import Scored
from assessments.workflows.roles import Standing, chosen_profile, standings

HISTORY = 50  # sittings on one page


def note_estimate(attempt: Attempt, answered: list[Scored]) -> AreaEstimate | None:
    """Make this sitting the current standing in its area, if any answer of it counts."""
    counted = [response for response in answered if response.counts]
    if not counted:
        return None
    AreaEstimate.objects.filter(learner=attempt.learner_id, area=attempt.area, is_current=True).update(is_current=False)
    return AreaEstimate.objects.create(
        learner_id=attempt.learner_id,
        area=attempt.area,
        attempt=attempt,
        measured_at=attempt.finished_at,
        theta=attempt.theta,
        standard_error=attempt.standard_error,
        low=attempt.low,
        high=attempt.high,
        answers=len(counted),
        label_share=on_labels(counted) / len(counted),
    )


def on_labels(counted: list[Scored]) -> int:
    """How many of these questions rest on their label: no answers have narrowed their difficulty."""
    return sum(response.rests_on_label for response in counted)


@dataclass(frozen=True)
class Point:
    """One sitting in the course of an area, on the rule from 1 to 6."""

    date: object
    value: float
    low: float
    high: float
    attempt: int


@dataclass(frozen=True)
class Sitting:
    """A finished sitting in a line."""

    attempt: Attempt
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Overview:
    """All areas, the course of each, and the sittings behind them."""

    standings: list[Standing]
    courses: list[tuple[Standing, list[Point]]]
    open_attempts: list[Attempt]
    finished: list[Attempt]
    profile: RoleProfile | None

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [standing.row for standing in self.standings]

    @property
    def sittings(self) -> list[Sitting]:
        return [sitting(attempt) for attempt in self.finished]

    @property
    def measured(self) -> int:
        return sum(standing.report is not None for standing in self.standings)


def overview(learner: Learner) -> Overview:
    profile = chosen_profile(learner)
    rows = standings(learner, profile)
    attempts = list(Attempt.objects.of(learner).select_related("area")[:HISTORY])
    points: dict[int, list[Point]] = {}
    for estimate in AreaEstimate.objects.of(learner).order_by("measured_at")[: 10 * HISTORY]:
        points.setdefault(estimate.area_id, []).append(point(estimate))
    return Overview(
        standings=rows,
        courses=[(row, points[row.area.pk]) for row in rows if len(points.get(row.area.pk, [])) > 1],
        open_attempts=[attempt for attempt in attempts if attempt.is_open],
        finished=[attempt for attempt in attempts if not attempt.is_open],
        profile=profile,
    )


def point(estimate: AreaEstimate) -> Point:
    return Point(estimate.measured_at, *readings(estimate), estimate.attempt_id)


def sitting(attempt: Attempt) -> Sitting:
    return Sitting(attempt, *readings(attempt))


def readings(row: AreaEstimate | Attempt) -> tuple[float, float, float]:
    """Value and interval on the rule from 1 to 6."""
    return float(reading(row.theta)), float(reading(row.low)), float(reading(row.high))
