"""What the page "How we measure" says: every number is read or computed, none is written down."""

from __future__ import annotations

from dataclasses import dataclass

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
class Method:
    calibration: Calibration | None
    items: int
    answers: int
    sittings: int
    calibrated: int
    areas: list[AreaMethod]

    @property
    def cuts(self) -> list[tuple[int, float]]:
        """Level and the theta where it begins."""
        return list(enumerate(self.calibration.level_cuts, start=2)) if self.calibration else []


def method() -> Method:
    calibration = Calibration.objects.order_by("-number").first()
    forecasts = {(row.area_id, row.goal): row for row in Forecast.objects.all()}
    return Method(
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
    )
