"""For somebody with five minutes: the area where one more question tells most."""

from __future__ import annotations

import numpy as np

from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Calibration, Importance, Learner
from assessments.psychometrics import normal_posterior
from assessments.psychometrics.selection import expected_gain
from assessments.workflows.banks import area_bank
from assessments.workflows.roles import Standing, chosen_profile, standings

UNWEIGHTED = Importance.USEFUL.weight


def best_area(learner: Learner) -> Area | None:
    """The largest expected narrowing, weighted by what the area means for her role."""
    calibration = Calibration.objects.current()
    measurable = set(
        Area.objects.with_counts().filter(operational__gte=OPERATIONAL_ITEMS_NEEDED).values_list("pk", flat=True)
    )
    rows = [row for row in standings(learner, chosen_profile(learner)) if row.area.pk in measurable]
    return max(rows, key=lambda row: worth(row, calibration)).area if rows else None


def worth(row: Standing, calibration: Calibration) -> float:
    bank = area_bank(row.area, calibration).bank
    posterior = normal_posterior(
        mean=row.estimate.theta if row.estimate else 0.0,
        standard_error=row.estimate.standard_error if row.estimate else 1.0,
    )
    weight = row.importance.weight if row.importance else UNWEIGHTED
    return weight * float(expected_gain(bank, posterior, np.arange(len(bank))).max())
