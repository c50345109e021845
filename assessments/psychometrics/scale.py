"""From theta to what people read: levels 1 to 5 and a reading on the same rule."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.estimation import Posterior
from assessments.psychometrics.irt import FloatArray

# Theta from which levels 2, 3, 4, 5 begin: expert-set and provisional, until a panel sets them.
LEVEL_CUTS = (-0.5, 0.3, 1.1, 1.9)
SHOWN_PROBABILITY = 0.90  # of the interval beside a level

READING_OF_FIRST_SOLID_LEVEL = 3.0  # a reading of 3.0 is where level 3 begins
THETA_OF_FIRST_SOLID_LEVEL = 0.3
THETA_PER_LEVEL = 0.8
LOWEST_READING, HIGHEST_READING = 1.0, 6.0


@dataclass(frozen=True)
class LevelReport:
    """A level is never shown without its doubt.

    level: the most probable one.  reading, low, high: on the rule from 1 to 6 (level L covers
    L to L + 1), low to high being the 90% interval.  probabilities: of levels 1 to 5.
    """

    level: int
    reading: float
    low: float
    high: float
    probabilities: tuple[float, ...]

    def probability_of_at_least(self, level: int) -> float:
        """How probable it is that this target level is met."""
        return float(min(1.0, sum(self.probabilities[max(level, 1) - 1 :])))


def reading(theta: npt.ArrayLike) -> FloatArray:
    """Place of theta on the rule from 1 to 6: 3 + (theta - 0.3) / 0.8, limited."""
    above = (np.asarray(theta, dtype=np.float64) - THETA_OF_FIRST_SOLID_LEVEL) / THETA_PER_LEVEL
    return np.clip(READING_OF_FIRST_SOLID_LEVEL + above, LOWEST_READING, HIGHEST_READING)


def level_of(theta: float, *, cuts: tuple[float, ...] = LEVEL_CUTS) -> int:
    """The level whose band holds this theta; a theta on a cut has reached the upper level."""
    return 1 + int(np.searchsorted(cuts, theta, side="right"))


def level_report(
    posterior: Posterior,
    *,
    cuts: tuple[float, ...] = LEVEL_CUTS,
    probability: float = SHOWN_PROBABILITY,
) -> LevelReport:
    """Level, reading, interval and the probability of every level."""
    above = [1.0, *(posterior.probability_above(cut) for cut in cuts), 0.0]
    probabilities = tuple(max(high - low, 0.0) for high, low in pairwise(above))
    low, high = reading(posterior.interval(probability))
    return LevelReport(
        level=1 + int(np.argmax(probabilities)),
        reading=float(reading(posterior.mean)),
        low=float(low),
        high=float(high),
        probabilities=probabilities,
    )


def shape_on_rule(posterior: Posterior, *, points: int = 51) -> tuple[float, ...]:
    """The density of the reading at evenly spaced points from 1 to 6, its highest 1."""
    theta = THETA_OF_FIRST_SOLID_LEVEL + THETA_PER_LEVEL * (
        np.linspace(LOWEST_READING, HIGHEST_READING, points) - READING_OF_FIRST_SOLID_LEVEL
    )
    heights = np.interp(theta, posterior.grid, posterior.density)
    return tuple(float(height) for height in heights / posterior.density.max())
