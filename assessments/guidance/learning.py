"""The simple model of learning that recommendations, plans and their tests share.

Reading h hours about a sub-skill raises it by weight / 3 x room x (1 - exp(-h / 20)) levels: quickly
at first, then slower. room is what the resource leads to, half a level into the last level it is
written for, minus where she is. Nobody has measured these constants on our readers; they order
resources and plan hours, and the next sitting says what was learned in truth.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assessments.guidance.normal import FloatArray

MAIN = 3  # weight of a sub-skill that is the main subject of a resource
HOURS_TO_LEARN = 20.0  # after so many hours 63% of the room is gained
INTO_LAST_LEVEL = 0.5  # who has finished a resource for level 3 stands in the middle of level 3
HOURS_TO_BEGIN = 1.0  # finding it, starting, coming back: many crumbs are no meal
ABOVE_HER = 0.5  # levels a resource may begin above her and still be followed with ease
FAR_ABOVE_HER = 1.5  # so far above it is hard, and half as much is learned; beyond it nothing
HARD = 0.5
LEAST_ROOM = 0.25  # levels a resource must lead further

THETA_PER_LEVEL = 0.8
THETA_OF_LEVEL_3 = 0.3
LOWEST, HIGHEST = 1.0, 6.0


def level_of(theta: npt.ArrayLike) -> FloatArray:
    """Place on the rule of levels, where level L begins at L; not limited to 1 to 6."""
    return np.asarray(3.0 + (np.asarray(theta, dtype=np.float64) - THETA_OF_LEVEL_3) / THETA_PER_LEVEL)


def shown(level: float) -> float:
    """As a page shows it, limited to the rule."""
    return float(min(max(level, LOWEST), HIGHEST))


def room(level: npt.ArrayLike, level_to: npt.ArrayLike) -> FloatArray:
    """Levels a resource can lead further from here."""
    return np.maximum(np.asarray(level_to, dtype=np.float64) + INTO_LAST_LEVEL - np.asarray(level), 0.0)


def level_gain(
    hours: npt.ArrayLike,
    *,
    level: npt.ArrayLike,
    level_to: npt.ArrayLike,
    weight: npt.ArrayLike,
    ease: npt.ArrayLike = 1.0,
) -> FloatArray:
    """Expected rise in levels from so many hours with a resource."""
    learned = np.asarray(ease) * (1.0 - np.exp(-np.asarray(hours, dtype=np.float64) / HOURS_TO_LEARN))
    return np.asarray(weight, dtype=np.float64) / MAIN * room(level, level_to) * learned


def ease_of(level: npt.ArrayLike, level_from: npt.ArrayLike) -> FloatArray:
    """1 where she can follow with ease, HARD where it is hard, 0 where it is above her."""
    above = np.asarray(level_from, dtype=np.float64) - np.maximum(np.asarray(level), LOWEST)
    return np.where(above <= ABOVE_HER, 1.0, np.where(above <= FAR_ABOVE_HER, HARD, 0.0))


def leads_further(level: npt.ArrayLike, level_to: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Whether a resource leads enough further than she is."""
    return np.asarray(room(level, level_to) >= LEAST_ROOM)
