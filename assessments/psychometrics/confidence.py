"""How sure people were against how right they were; claims beside measurements, never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.irt import FloatArray
from assessments.psychometrics.scale import LevelReport

RESAMPLES = 2000
FEWEST_STATEMENTS = 10  # an interval from fewer would not mean much
CLEARLY = 0.90  # probability from which a claim is called above or below the measured


@dataclass(frozen=True)
class ConfidenceReport:
    """brier: mean squared error of the stated probabilities, 0 best.

    overconfidence: mean confidence - share right, with its 95% bootstrap interval.
    """

    statements: int
    brier: float
    overconfidence: float
    interval: tuple[float, float]

    @property
    def verdict(self) -> str:
        """In words, only as far as the interval allows."""
        if self.interval[0] > 0.0:
            return "more sure than right"
        if self.interval[1] < 0.0:
            return "more right than sure"
        return "about as sure as right"


def confidence_report(
    confidence: npt.ArrayLike, right: npt.ArrayLike, *, rng: np.random.Generator
) -> ConfidenceReport | None:
    """From stated probabilities of being right (n,) and outcomes 1 or 0 (n,).

    None below ten statements.
    """
    stated = np.asarray(confidence, dtype=np.float64)
    was_right = np.asarray(right, dtype=np.float64)
    if stated.size < FEWEST_STATEMENTS:
        return None
    excess = stated - was_right
    low, high = _bootstrap_interval(excess, rng)
    return ConfidenceReport(int(stated.size), float(np.mean(excess**2)), float(excess.mean()), (low, high))


def _bootstrap_interval(values: FloatArray, rng: np.random.Generator) -> tuple[float, float]:
    draws = values[rng.integers(0, values.size, size=(RESAMPLES, values.size))].mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


@dataclass(frozen=True)
class SelfRatingReport:
    """A claimed level beside the measured; both on the same five anchors.

    difference: claimed - most probable level.  probability_above, probability_below: that the
    claim lies above, below the true level.
    """

    claimed: int
    measured: int
    difference: int
    probability_above: float
    probability_below: float

    @property
    def verdict(self) -> str:
        """In words, only when the measurement is clear enough."""
        if self.probability_above >= CLEARLY:
            return "rated higher than measured"
        if self.probability_below >= CLEARLY:
            return "rated lower than measured"
        return "within what the measurement allows"


def self_rating_report(claimed: int, measured: LevelReport) -> SelfRatingReport:
    """Compare a claimed level, 1 to 5, with a measured one."""
    if not 1 <= claimed <= len(measured.probabilities):
        raise ValueError(f"levels go from 1 to {len(measured.probabilities)}")
    return SelfRatingReport(
        claimed=claimed,
        measured=measured.level,
        difference=claimed - measured.level,
        probability_above=float(sum(measured.probabilities[: claimed - 1])),
        probability_below=float(sum(measured.probabilities[claimed:])),
    )
