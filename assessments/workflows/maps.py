"""What a map says: all areas together, each with its interval, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse

from assessments.models import Area, Attempt, Learner, RoleProfile
from assessments.psychometrics import LevelReport, level_report
from assessments.workflows import estimates
from assessments.workflows.courses import MapCourse, course_of
from assessments.workflows.roles import chosen_profile


@dataclass(frozen=True)
class MapArea:
    """One area of a map. own: from the answers of the area alone."""

    area: Area
    answers: int
    needed: bool
    reached: bool
    report: LevelReport
    own: LevelReport
    target: int | None

    @property
    def row(self) -> dict[str, Any]:
        """An area that was not asked about is not measured, whatever its neighbours say."""
        shown = self.report if self.answers else None
        return {
            "name": self.area.name,
            "url": reverse("area", args=[self.area.slug]),
            "value": shown.reading if shown else None,
            "low": shown.low if shown else None,
            "high": shown.high if shown else None,
            "target": self.target,
            "chance": shown.probability_of_at_least(self.target) if shown and self.target else None,
        }


@dataclass(frozen=True)
class MapResult:
    attempt: Attempt
    profile: RoleProfile | None
    areas: list[MapArea]
    answered: int

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [area.row for area in self.areas]

    @property
    def reached(self) -> int:
        return sum(area.reached for area in self.areas if area.needed)

    @property
    def needed(self) -> int:
        return sum(area.needed for area in self.areas)

    @property
    def asked(self) -> int:
        return sum(area.answers > 0 for area in self.areas)


def map_of(learner: Learner, attempt: Attempt) -> MapResult:
    answered = [response for response in estimates.responses_of(attempt) if not response.pending]
    course = cast(MapCourse, course_of(attempt, answered))
    profile = chosen_profile(learner)
    targets = dict(profile.targets.values_list("area", "level")) if profile else {}
    areas = Area.objects.in_bulk(course.areas)
    return MapResult(
        attempt=attempt,
        profile=profile,
        areas=[map_area(course, place, areas[area], targets.get(area)) for place, area in enumerate(course.areas)],
        answered=len(answered),
    )


def map_area(course: MapCourse, place: int, area: Area, target: int | None) -> MapArea:
    posterior, cuts = course.profile.areas[place], tuple(course.attempt.calibration.level_cuts)
    return MapArea(
        area=area,
        answers=sum(one.area == area.pk and one.counts for one in course.answered),
        needed=place in course.needed,
        reached=posterior.standard_error <= course.target,
        report=level_report(posterior, cuts=cuts),
        own=level_report(course.profile.own[place], cuts=cuts),
        target=target,
    )
