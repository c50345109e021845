"""All areas of one person on one page: level, course, change, what she says of herself, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments.models import (
    OPERATIONAL_ITEMS_NEEDED,
    Area,
    AreaEstimate,
    Attempt,
    Claim,
    Importance,
    Item,
    ItemResponse,
    Learner,
    Proof,
    Report,
    ReviewCard,
    RoleArea,
    RoleProfile,
    RoleTarget,
)
from assessments.psychometrics.confidence import (
    ConfidenceReport,
    SelfRatingReport,
    confidence_report,
    self_rating_report,
)
from assessments.workflows.evidence import is_knowledge_only
from assessments.workflows.milestones import Milestone, milestones
from assessments.workflows.progress import Since, readings, since
from assessments.workflows.roles import Standing, chosen_profile, report_of

MOST_ESTIMATES = 500  # the newest; more would be years of sittings


@dataclass(frozen=True)
class Point:
    """One sitting in the course of an area, on the rule from 1 to 6."""

    date: datetime
    value: float
    low: float
    high: float
    attempt: int


@dataclass(frozen=True)
class Course:
    """One area over time. changes: from the sitting before, and from the first one if that is another."""

    standing: Standing
    points: list[Point]
    changes: list[Since]
    said: SelfRatingReport | None
    due: int
    practice_shown: bool

    @property
    def latest(self) -> Since | None:
        return self.changes[0] if self.changes else None

    @property
    def knowledge_only(self) -> bool:
        return is_knowledge_only(self.standing, practice_shown=self.practice_shown)


@dataclass(frozen=True)
class ConfidenceBin:
    """How often she was right when she said she was so sure."""

    label: str
    claimed: float
    right: int
    total: int


@dataclass(frozen=True)
class Overview:
    """All areas, the course of each, and what waits."""

    courses: list[Course]
    open_attempts: list[Attempt]
    profile: RoleProfile | None
    confidence: ConfidenceReport | None
    bins: list[ConfidenceBin]
    milestones: list[Milestone]
    answered_reports: int

    @property
    def standings(self) -> list[Standing]:
        return [course.standing for course in self.courses]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [standing.row for standing in self.standings]

    @property
    def measured(self) -> list[Course]:
        return [course for course in self.courses if course.standing.report]

    @property
    def borrowed(self) -> list[str]:
        """Areas whose estimate rests partly on answers in other areas."""
        return [row.area.name for row in self.standings if row.estimate and row.estimate.borrowed]

    @property
    def due(self) -> int:
        return sum(course.due for course in self.courses)


def overview(learner: Learner) -> Overview:
    profile = chosen_profile(learner)
    areas: list[Any] = list(areas_of(learner, profile))
    estimates = estimates_of(learner)
    said = stated_confidence(learner)
    measurable = {area.pk for area in areas if area.asked >= OPERATIONAL_ITEMS_NEEDED}
    core = {area.pk for area in areas if area.importance == Importance.CORE}
    return Overview(
        courses=[course(area, [row for row in estimates if row.area_id == area.pk]) for area in areas],
        open_attempts=list(Attempt.objects.of(learner).open().select_related("area")),
        profile=profile,
        confidence=confidence_report([p for p, _ in said], [right for _, right in said], rng=np.random.default_rng(0)),
        bins=bins_of(said),
        milestones=milestones(estimates, areas, core, measurable | {row.area_id for row in estimates}),
        answered_reports=Report.objects.of(learner).unread().count(),
    )


def areas_of(learner: Learner, profile: RoleProfile | None) -> QuerySet[Area]:
    """All areas in one statement, each with its target, its importance and the questions due in it."""
    mine = {"profile": profile, "area": OuterRef("pk")}
    role = {"role": profile.role_id if profile else None, "area": OuterRef("pk")}
    cards = ReviewCard.objects.of(learner).askable().due(timezone.now()).filter(item__area=OuterRef("pk"))
    due = cards.order_by().values("item__area").annotate(due=Count("pk")).values("due")
    questions = Item.objects.operational().filter(area=OuterRef("pk"))
    asked = questions.order_by().values("area").annotate(asked=Count("pk")).values("asked")
    return Area.objects.annotate(
        target=Subquery(RoleTarget.objects.filter(**mine).values("level")[:1]),
        importance=Subquery(RoleArea.objects.filter(**role).values("importance")[:1]),
        claim=Subquery(Claim.objects.of(learner).filter(area=OuterRef("pk")).values("level")[:1]),
        practice_shown=Exists(Proof.objects.of(learner).showing_practice().filter(area=OuterRef("pk"))),
        due=Coalesce(Subquery(due, output_field=IntegerField()), 0),
        asked=Coalesce(Subquery(asked, output_field=IntegerField()), 0),
    )


def estimates_of(learner: Learner) -> list[AreaEstimate]:
    """In order of time."""
    rows = AreaEstimate.objects.of(learner).select_related("attempt__calibration")
    return list(rows.order_by("-measured_at", "-pk")[:MOST_ESTIMATES])[::-1]


def course(area: Any, rows: list[AreaEstimate]) -> Course:
    current = next((row for row in rows if row.is_current), None)
    report = report_of(current) if current else None
    claims = [row.attempt.self_rating for row in rows if row.attempt.area_id] + [area.claim]
    said = [claim for claim in claims if claim]
    return Course(
        standing=Standing(area=area, estimate=current, report=report, target=area.target),
        points=[Point(row.measured_at, *readings(row), row.attempt_id) for row in rows],
        changes=changes(rows),
        said=self_rating_report(said[-1], report) if said and report else None,
        due=area.due,
        practice_shown=area.practice_shown,
    )


def changes(rows: list[AreaEstimate]) -> list[Since]:
    earlier = [] if len(rows) < 2 else [rows[-2]] if len(rows) == 2 else [rows[-2], rows[0]]
    return [change for row in earlier if (change := since(row, rows[-1]))]


def stated_confidence(learner: Learner) -> list[tuple[float, bool]]:
    """How sure she said she was, and whether she was right, in finished sittings."""
    rows = (
        ItemResponse.objects.answered()
        .filter(attempt__in=Attempt.objects.of(learner).finished(), confidence__isnull=False)
        .exclude(outcome=ItemResponse.Outcome.UNKNOWN)  # there was no answer to be sure of
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
