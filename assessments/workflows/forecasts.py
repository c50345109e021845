"""How many questions a sitting will take: simulated on the bank as it is, and kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from django.db.models import Avg

from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Calibration, Forecast, Goal, ItemVersion
from assessments.psychometrics import HONESTY, planned_length
from assessments.workflows.banks import area_bank
from assessments.workflows.estimates import RULES

NEVER_ADMIT = 0.3  # share of people who never say "I don't know" (measurement.md)


def refresh(areas: list[Area], *, say: Callable[[str], None] = lambda _line: None) -> None:
    """Simulate again every bank that has changed since its last forecast."""
    calibration = Calibration.objects.current()
    fresh = set(Forecast.objects.filter(calibration=calibration).values_list("area", "bank_revision"))
    for area in areas:
        if (area.pk, area.bank_revision) not in fresh:
            forecast(area, calibration, say)


def forecast(area: Area, calibration: Calibration, say: Callable[[str], None]) -> None:
    bank = area_bank(area, calibration)
    if len(bank) < OPERATIONAL_ITEMS_NEEDED:
        Forecast.objects.filter(area=area).delete()
        return
    seconds = ItemVersion.objects.filter(pk__in=bank.versions).aggregate(mean=Avg("seconds"))["mean"]
    for goal in Goal.values:
        planned = planned_length(bank.bank, RULES[goal], honesty=HONESTY, never_admit=NEVER_ADMIT)
        typical = int(np.ceil(planned.median))
        Forecast.objects.update_or_create(
            area=area,
            goal=goal,
            defaults={
                "calibration": calibration,
                "bank_revision": area.bank_revision,
                "typical": typical,
                "most": int(np.ceil(planned.ninetieth)),
                "reached": planned.reached,
                "minutes": max(1, round(typical * seconds / 60)),
            },
        )
        say(f"{area}: about {typical} questions ({goal})")
