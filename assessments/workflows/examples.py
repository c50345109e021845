"""One sitting of a simulated person on the bank as it is: the picture on the first page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assessments.models import Area, Calibration, Goal
from assessments.psychometrics import HONESTY, Sitting
from assessments.psychometrics.irt import Outcome
from assessments.psychometrics.scale import SHOWN_PROBABILITY, reading
from assessments.psychometrics.simulation import Person, simulated_outcome, true_items_of
from assessments.workflows.banks import area_bank
from assessments.workflows.estimates import OUTCOMES, RULES

SOMEBODY = Person(theta=0.5, honesty=0.5)  # a little above the third mark; admits every other gap
SEED = 11
WORDS = {outcome: word for word, outcome in OUTCOMES.items()}


@dataclass(frozen=True)
class ExampleStep:
    """Where the estimate stood after one more answer, on the rule from 1 to 6."""

    value: float
    low: float
    high: float
    outcome: str


def example_sitting(area: Area, calibration: Calibration) -> tuple[ExampleStep, ...]:
    """Question by question, to the end of a quick measurement."""
    return _example(area.pk, area.bank_revision, calibration.pk)


@lru_cache(maxsize=4)
def _example(area: int, revision: int, calibration: int) -> tuple[ExampleStep, ...]:
    bank = area_bank(Area.objects.get(pk=area), Calibration.objects.get(pk=calibration)).bank
    rng = np.random.default_rng(SEED)
    sitting = Sitting(bank, rule=RULES[Goal.QUICK], honesty=HONESTY)
    items = true_items_of(bank, rng)
    steps = []
    while sitting.stopped is None and (item := sitting.next_item(rng)) is not None:
        outcome = simulated_outcome(SOMEBODY, items, item, rng)
        steps.append(step_after(sitting.answer(item, outcome), outcome))
    return tuple(steps)


def step_after(sitting: Sitting, outcome: Outcome) -> ExampleStep:
    low, high = sitting.interval(SHOWN_PROBABILITY)
    return ExampleStep(float(reading(sitting.mean)), float(reading(low)), float(reading(high)), WORDS[outcome])
