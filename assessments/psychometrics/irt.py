"""How likely an answer is, given a person's theta and a question's parameters.

Metric: logistic, D = 1, theta ~ N(0, 1).  A person *knows* with probability
s = 1 / (1 + exp(-discrimination (theta - difficulty))) and answers right with
probability guessing + (1 - guessing) s: a two-parameter model with a lower asymptote
that is fixed by the number of options, never estimated.

When the parameters of an item are themselves uncertain, the curve is averaged over that
uncertainty (expected response functions; Mislevy, Wingersky & Sheehan 1994).
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Mean difficulty of the editor's labels 1 to 5 until answers say otherwise.
LABEL_DIFFICULTIES = (-1.1, -0.5, 0.0, 0.5, 1.1)
LABEL_DIFFICULTY_SD = 0.75  # spread of true difficulties inside one label
LABEL_LOG_DISCRIMINATION_SD = 0.3  # log discrimination ~ N(0, .3^2): median 1

DIFFICULTY_NODES = 11
DISCRIMINATION_NODES = 5
ITEMS_AT_ONCE = 256  # bounds the memory of the integration: 256 x 55 nodes x grid


class Outcome(IntEnum):
    """What came of one question.  Only RIGHT means fully right; partial credit is WRONG."""

    WRONG = 0
    RIGHT = 1
    UNKNOWN = 2  # "I don't know"


def logistic(x: npt.ArrayLike) -> FloatArray:
    """1 / (1 + exp(-x)), finite for every finite x."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=np.float64))))


def probability_knows(theta: npt.ArrayLike, *, discrimination: npt.ArrayLike, difficulty: npt.ArrayLike) -> FloatArray:
    """Probability of knowing; the three arguments broadcast."""
    distance = np.subtract(theta, difficulty)
    return logistic(np.multiply(discrimination, distance))


def probability_right(
    theta: npt.ArrayLike,
    *,
    discrimination: npt.ArrayLike,
    difficulty: npt.ArrayLike,
    guessing: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Probability of a right answer of somebody who guesses when not knowing."""
    knows = probability_knows(theta, discrimination=discrimination, difficulty=difficulty)
    lower = np.asarray(guessing, dtype=np.float64)
    return np.asarray(lower + (1.0 - lower) * knows)


def information(
    theta: npt.ArrayLike,
    *,
    discrimination: npt.ArrayLike,
    difficulty: npt.ArrayLike,
    guessing: npt.ArrayLike = 0.0,
) -> FloatArray:
    """Fisher information about theta, per squared unit of theta (Birnbaum 1968)."""
    knows = probability_knows(theta, discrimination=discrimination, difficulty=difficulty)
    lower = np.asarray(guessing, dtype=np.float64)
    right = lower + (1.0 - lower) * knows
    slope_squared = np.square(np.multiply(discrimination, (1.0 - lower) * knows * (1.0 - knows)))
    return np.asarray(slope_squared / np.maximum(right * (1.0 - right), 1e-300))


def expected_knows(
    theta: FloatArray,
    *,
    discrimination: FloatArray,
    difficulty: FloatArray,
    difficulty_sd: FloatArray,
    log_discrimination_sd: FloatArray,
) -> FloatArray:
    """Probability of knowing, averaged over what is not known about each item.

    theta (G,), the other four (J,) -> (J, G).  difficulty ~ N(difficulty, difficulty_sd^2),
    log discrimination ~ N(log(discrimination), log_discrimination_sd^2), independent.
    Where both SDs are 0 the curve is the plain one.
    """
    rows = np.column_stack([discrimination, difficulty, difficulty_sd, log_discrimination_sd])
    # A bank known by its labels alone has five different rows, whatever its size.
    different, which = np.unique(rows, axis=0, return_inverse=True)
    curves = probability_knows(theta[None, :], discrimination=different[:, :1], difficulty=different[:, 1:2])
    uncertain = np.flatnonzero((different[:, 2] > 0) | (different[:, 3] > 0))
    for start in range(0, uncertain.size, ITEMS_AT_ONCE):
        some = uncertain[start : start + ITEMS_AT_ONCE]
        curves[some] = _averaged(theta, different[some])
    return np.ascontiguousarray(curves[which.reshape(-1)])


def _averaged(theta: FloatArray, rows: FloatArray) -> FloatArray:
    """Gauss-Hermite average of the curve of each row (a, b, sd b, sd log a): (n, G)."""
    b_nodes, b_weights = _normal_nodes(DIFFICULTY_NODES)
    a_nodes, a_weights = _normal_nodes(DISCRIMINATION_NODES)
    average = np.zeros((len(rows), theta.size))
    for node, weight in zip(a_nodes, a_weights, strict=True):
        discrimination = rows[:, 0] * np.exp(rows[:, 3] * node)
        difficulty = rows[:, 1, None] + rows[:, 2, None] * b_nodes
        curves = probability_knows(
            theta[None, None, :],
            discrimination=discrimination[:, None, None],
            difficulty=difficulty[:, :, None],
        )
        average += weight * np.einsum("k,jkg->jg", b_weights, curves)
    return average


@cache
def _normal_nodes(count: int) -> tuple[FloatArray, FloatArray]:
    """Nodes and weights that integrate against N(0, 1)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(count)
    weights /= weights.sum()
    for array in (nodes, weights):
        array.setflags(write=False)
    return nodes, weights
