"""Whether answers were given with effort, by time first and by pattern only as a hint."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from assessments.psychometrics.bank import ItemBank
from assessments.psychometrics.irt import BoolArray, FloatArray, Outcome, probability_right

RAPID_SHARE = 0.10  # of the item's mean time (Wise & Kong 2005; Wise & Ma 2012)
LONGEST_RAPID_SECONDS = 10.0
ENOUGH_EFFORT = 0.90  # share of effortful answers below which a sitting is set aside


def rapid_threshold(mean_seconds: FloatArray) -> FloatArray:
    """Seconds below which an answer to an item of this mean time is no effort."""
    return np.minimum(RAPID_SHARE * np.asarray(mean_seconds), LONGEST_RAPID_SECONDS)


def effortful(seconds: Sequence[float | None], mean_seconds: FloatArray) -> BoolArray:
    """(n,) whether each answer took effort; an unknown time is never held against anybody."""
    taken = np.array([np.inf if second is None else second for second in seconds])
    return np.asarray(taken >= rapid_threshold(mean_seconds))


def response_time_effort(seconds: Sequence[float | None], mean_seconds: FloatArray) -> float:
    """Share of answers given with effort; 1 for no answers."""
    shown = effortful(seconds, mean_seconds)
    return float(shown.mean()) if shown.size else 1.0


def person_fit(bank: ItemBank, items: Sequence[int], outcomes: Sequence[int], *, theta: float) -> float | None:
    """Standardised log-likelihood l_z of the pattern (Drasgow, Levine & Williams 1985).

    Well below -2 is odd.  A private hint at most: in adaptive tests it finds one in ten of
    those who answer at random.  UNKNOWN is left out; None below 10 answers.
    """
    judged = [(i, o) for i, o in zip(items, outcomes, strict=True) if o != Outcome.UNKNOWN]
    if len(judged) < 10:
        return None
    asked = np.array([item for item, _ in judged])
    right = np.array([outcome == Outcome.RIGHT for _, outcome in judged])
    chance = probability_right(
        theta,
        discrimination=bank.discrimination[asked],
        difficulty=bank.difficulty[asked],
        guessing=bank.guessing[asked],
    )
    chance = np.clip(chance, 1e-9, 1.0 - 1e-9)
    odds = np.log(chance / (1.0 - chance))
    surprise = float(np.sum((right - chance) * odds))
    spread = float(np.sum(chance * (1.0 - chance) * odds**2))
    return surprise / sqrt(spread) if spread > 0.0 else None
