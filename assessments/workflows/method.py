"""What the page "How we measure" says: every number is read or computed, none is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q

from assessments.guidance.bundles import SLACK
from assessments.guidance.gaps import CLOSED, SUBSKILL_SD, SURE
from assessments.guidance.learning import HOURS_TO_BEGIN, HOURS_TO_LEARN
from assessments.guidance.readiness import MARK_DOUBT, Correlation
from assessments.guidance.shelf import MONEY_HOURS, MONEY_NOMINAL
from assessments.models import (
    OPERATIONAL_ITEMS_NEEDED,
    Area,
    Attempt,
    Calibration,
    Forecast,
    Goal,
    Item,
    ItemParameters,
    ItemResponse,
)
from assessments.workflows.library import scale_of


@dataclass(frozen=True)
class AreaMethod:
    """One area's bank, and how far a sitting in it gets."""

    area: Area
    items: int
    quick: Forecast | None
    solid: Forecast | None

    @property
    def measurable(self) -> bool:
        return self.items >= OPERATIONAL_ITEMS_NEEDED


@dataclass(frozen=True)
class RealSittings:
    """What finished sittings of real people came to."""

    goal: str
    sittings: int
    reached: int
    questions: float
    standard_error: float


@dataclass(frozen=True)
class GuidanceMethod:
    """The assumptions of readiness, recommendations and plans, as the code has them."""

    correlation: Correlation
    learned: bool
    mark_doubt: float = MARK_DOUBT
    subskill_sd: float = SUBSKILL_SD
    sure: float = SURE
    closed: float = CLOSED
    hours_to_learn: float = HOURS_TO_LEARN
    hours_to_begin: float = HOURS_TO_BEGIN
    slack: float = SLACK
    paid_hours: float = MONEY_HOURS["paid"]
    paid_price: float = MONEY_NOMINAL["paid"]


@dataclass(frozen=True)
class Method:
    guidance: GuidanceMethod
    calibration: Calibration | None
    items: int
    answers: int
    sittings: int
    calibrated: int
    areas: list[AreaMethod]
    real: list[RealSittings]

    @property
    def predicted(self) -> list[dict[str, Any]]:
        """Share of questions whose answers the calibrated model predicts, by area."""
        return self.calibration.report.get("areas", []) if self.calibration else []

    @property
    def cuts(self) -> list[tuple[int, float]]:
        """Level and the theta where it begins."""
        return list(enumerate(self.calibration.level_cuts, start=2)) if self.calibration else []


def real_sittings() -> list[RealSittings]:
    rows = (
        Attempt.objects.finished()
        .exclude(area=None)
        .exclude(end__in=[Attempt.End.STOPPED, Attempt.End.REPLACED])
        .order_by("goal")
        .values("goal")
        .annotate(
            sittings=Count("pk"),
            reached=Count("pk", filter=Q(end=Attempt.End.REACHED)),
            questions=Avg("answers"),
            standard_error=Avg("standard_error"),
        )
    )
    return [RealSittings(**row) for row in rows]


def method() -> Method:
    calibration = Calibration.objects.order_by("-number").first()
    forecasts = {(row.area_id, row.goal): row for row in Forecast.objects.all()}
    return Method(
        guidance=GuidanceMethod(
            scale_of(calibration).correlation, bool(calibration and calibration.report.get("correlation"))
        ),
        calibration=calibration,
        items=Item.objects.operational().count(),
        answers=ItemResponse.objects.answered().count(),
        sittings=Attempt.objects.finished().count(),
        calibrated=ItemParameters.objects.filter(calibration=calibration).count(),
        areas=[
            AreaMethod(
                area=area,
                items=area.operational,
                quick=forecasts.get((area.pk, Goal.QUICK)),
                solid=forecasts.get((area.pk, Goal.SOLID)),
            )
            for area in Area.objects.with_counts()
        ],
        real=real_sittings(),
    )
