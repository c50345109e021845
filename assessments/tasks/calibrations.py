"""A new calibration without waiting for it: minutes of arithmetic do not belong in a page."""

from __future__ import annotations

from django_tasks import task

from assessments.models import Area
from assessments.workflows import calibrations, forecasts


@task()
def calibrate_items() -> int | None:
    """The number of the new calibration; None while no area has enough eligible answers."""
    calibration = calibrations.calibrate_items()
    if calibration is None:
        return None
    forecasts.refresh(list(Area.objects.all()))
    return calibration.number
