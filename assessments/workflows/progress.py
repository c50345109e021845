"""Where a person stands: rows written when a sitting ends, and what changed between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import NormalDist

from django.utils import timezone

from assessments.models import AreaEstimate, Attempt
from assessments.psychometrics import Posterior
from assessments.psychometrics.change import LARGEST_STANDARD_ERROR, Change, Estimate, change_between
from assessments.psychometrics.scale import SHOWN_PROBABILITY, reading
from assessments.workflows.courses import AreaCourse, MapCourse
from assessments.workflows.estimates import Scored

HALF_SHOWN = NormalDist().inv_cdf((1 + SHOWN_PROBABILITY) / 2)  # of a normal interval, in standard deviations


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
class Span:
    """A level with its interval on the rule, by the answers of the area alone."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Since:
    """The change from an earlier sitting in an area."""

    since: datetime
    until: datetime
    before: Span
    after: Span
    change: Change


def since(earlier: AreaEstimate, later: AreaEstimate) -> Since | None:
    """What became of an earlier sitting: real, or within noise. None where one of them says nothing by itself."""
    then, now = own(earlier), own(later)
    if then is None or now is None:
        return None
    return Since(
        since=earlier.measured_at,
        until=later.measured_at,
        before=span(then),
        after=span(now),
        change=change_between(then, now),
    )


def span(estimate: Estimate) -> Span:
    half = HALF_SHOWN * estimate.standard_error
    ends = (estimate.mean, estimate.mean - half, estimate.mean + half)
    return Span(*(float(reading(theta)) for theta in ends))


def own(estimate: AreaEstimate) -> Estimate | None:
    """By the answers of the area alone: a borrowed estimate has not started from N(0, 1)."""
    if estimate.own_theta is None or estimate.own_standard_error is None:
        return None
    if estimate.own_standard_error > LARGEST_STANDARD_ERROR:
        return None
    return Estimate(estimate.own_theta, estimate.own_standard_error)


def readings(row: AreaEstimate | Attempt) -> tuple[float, float, float]:
    """Value and interval on the rule from 1 to 6."""
    return float(reading(row.theta)), float(reading(row.low)), float(reading(row.high))
