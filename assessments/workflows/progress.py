"""Where a person stands: rows written when a sitting ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone

from assessments.models import AreaEstimate, Attempt, ItemResponse, Learner, RoleProfile
from assessments.psychometrics import Posterior
from assessments.psychometrics.confidence import ConfidenceReport, confidence_report
from assessments.psychometrics.scale import SHOWN_PROBABILITY, reading
from assessments.workflows.courses import AreaCourse, MapCourse
from assessments.workflows.estimates import Scored
from assessments.workflows.roles import Standing, chosen_profile, standings

HISTORY = 50  # sittings on one page


def note_estimates(attempt: Attempt, course: AreaCourse | MapCourse) -> None:
    """Make this sitting the current standing in every area it says something of."""
    rows = area_rows(attempt, course) if isinstance(course, AreaCourse) else map_rows(attempt, course)
    mine = AreaEstimate.objects.filter(learner=attempt.learner_id, area__in=[row.area_id for row in rows])
    mine.filter(is_current=True).update(is_current=False)
    AreaEstimate.objects.bulk_create(rows)


def area_rows(attempt: Attempt, course: AreaCourse) -> list[AreaEstimate]:
    counted = [response for response in course.answered if response.counts]
    if not counted or attempt.area_id is None:
        return []
    return [row(attempt, attempt.area_id, course.posterior, counted, own=course.posterior)]


def map_rows(attempt: Attempt, course: MapCourse) -> list[AreaEstimate]:
    """Every area that was asked about; one that was not stays unmeasured, whatever its neighbours say."""
    return [
        row(attempt, area, course.profile.areas[place], counted, own=course.profile.own[place])
        for place, area in enumerate(course.areas)
        if (counted := [one for one in course.answered if one.area == area and one.counts])
    ]


def row(attempt: Attempt, area: int, posterior: Posterior, counted: list[Scored], *, own: Posterior) -> AreaEstimate:
    low, high = posterior.interval(SHOWN_PROBABILITY)
    return AreaEstimate(
        learner_id=attempt.learner_id,
        area_id=area,
        attempt=attempt,
        measured_at=attempt.finished_at or timezone.now(),
        theta=posterior.mean,
        standard_error=posterior.standard_error,
        low=low,
        high=high,
        own_theta=own.mean,
        own_standard_error=own.standard_error,
        answers=len(counted),
        label_share=sum(response.rests_on_label for response in counted) / len(counted),
        borrowed=attempt.area_id is None,
    )


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
class ConfidenceBin:
    """How often she was right when she said she was so sure."""

    label: str
    claimed: float
    right: int
    total: int


@dataclass(frozen=True)
class Overview:
    """All areas, the course of each, and the sittings behind them."""

    standings: list[Standing]
    courses: list[tuple[Standing, list[Point]]]
    open_attempts: list[Attempt]
    finished: list[Attempt]
    profile: RoleProfile | None
    confidence: ConfidenceReport | None
    bins: list[ConfidenceBin]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [standing.row for standing in self.standings]

    @property
    def sittings(self) -> list[Sitting]:
        return [sitting(attempt) for attempt in self.finished]

    @property
    def borrowed(self) -> list[str]:
        """Areas whose estimate rests partly on answers in other areas."""
        return [row.area.name for row in self.standings if row.estimate and row.estimate.borrowed]

    @property
    def measured(self) -> int:
        return sum(standing.report is not None for standing in self.standings)


def overview(learner: Learner) -> Overview:
    profile = chosen_profile(learner)
    rows = standings(learner, profile)
    attempts = list(Attempt.objects.of(learner).select_related("area")[:HISTORY])
    said = stated_confidence(learner)
    points: dict[int, list[Point]] = {}
    for estimate in AreaEstimate.objects.of(learner).order_by("measured_at")[: 10 * HISTORY]:
        points.setdefault(estimate.area_id, []).append(point(estimate))
    return Overview(
        standings=rows,
        courses=[(row, points[row.area.pk]) for row in rows if len(points.get(row.area.pk, [])) > 1],
        open_attempts=[attempt for attempt in attempts if attempt.is_open],
        finished=[attempt for attempt in attempts if not attempt.is_open],
        profile=profile,
        confidence=confidence_report([p for p, _ in said], [right for _, right in said], rng=np.random.default_rng(0)),
        bins=bins_of(said),
    )


def stated_confidence(learner: Learner) -> list[tuple[float, bool]]:
    """How sure she said she was, and whether she was right, in finished sittings."""
    rows = ItemResponse.objects.answered().filter(
        attempt__in=Attempt.objects.of(learner).finished(), confidence__isnull=False
    )
    return [
        ((percent or 0) / 100, outcome == "right") for percent, outcome in rows.values_list("confidence", "outcome")
    ]


def bins_of(said: list[tuple[float, bool]]) -> list[ConfidenceBin]:
    claims = sorted({claimed for claimed, _right in said})
    return [
        ConfidenceBin(
            label=f"{claimed:.0%}",
            claimed=claimed,
            right=sum(right for other, right in said if other == claimed),
            total=sum(other == claimed for other, _right in said),
        )
        for claimed in claims
    ]


def point(estimate: AreaEstimate) -> Point:
    return Point(estimate.measured_at, *readings(estimate), estimate.attempt_id)


def sitting(attempt: Attempt) -> Sitting:
    return Sitting(attempt, *readings(attempt))


def readings(row: AreaEstimate | Attempt) -> tuple[float, float, float]:
    """Value and interval on the rule from 1 to 6."""
    return float(reading(row.theta)), float(reading(row.low)), float(reading(row.high))
