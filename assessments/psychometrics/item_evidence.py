"""What the answers to one question say, each seen beside the theta its person shows elsewhere.

Unlike a calibration this fits nothing to the whole bank: thetas come from the parameters the
answers were scored with, leaving out the answer that is judged. A question can then be judged
from its own answers alone, and a wrong key shows as a slope that is not positive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from assessments.psychometrics.irt import BoolArray, FloatArray, IntArray, logistic
from assessments.psychometrics.item_analysis import wilson_interval
from assessments.psychometrics.marginal_likelihood import FINE_POINTS, SMALLEST_CHANCE, normal_population

POPULATION = normal_population(points=FINE_POINTS)
GROUPS = 5
DOUBT_NODES = 7

# A broad belief about slopes, wrong keys (negative ones) included: the data must be able to speak.
SLOPES = np.linspace(-2.0, 4.0, 61)  # cells meet at .35, below which a question hardly measures
SLOPE_MEAN, SLOPE_SD = 1.0, 1.0
INTERCEPTS = np.linspace(-4.0, 4.0, 33)
INTERCEPT_SD = 2.0
ANSWERS_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class Answers:
    """n answers: sitting (n,) codes 0..S-1, right (n,) 1 or 0, curve (n,) row of `curves`.

    counts: (n,) whether the answer informs theta; curves: (K, Q) chance to be right on the
    points of POPULATION.
    """

    sitting: IntArray
    right: IntArray
    curve: IntArray
    counts: BoolArray
    curves: FloatArray

    def log_chances(self, which: IntArray) -> FloatArray:
        """(m, Q) log probability of these answers at each theta; 0 where they do not count."""
        chance = np.clip(self.curves[self.curve[which]], SMALLEST_CHANCE, 1.0 - SMALLEST_CHANCE)
        given = np.where(self.right[which, None] == 1, chance, 1.0 - chance)
        return np.where(self.counts[which, None], np.log(given), 0.0)


def joint_of(answers: Answers) -> FloatArray:
    """(S, Q) log of prior times likelihood of each sitting."""
    sittings = int(answers.sitting.max(initial=-1)) + 1
    joint = np.tile(np.log(POPULATION.weight), (sittings, 1))
    for which in pieces(np.arange(answers.sitting.size)):
        np.add.at(joint, answers.sitting[which], answers.log_chances(which))
    return joint


def posteriors_without(answers: Answers, joint: FloatArray, which: IntArray) -> FloatArray:
    """(m, Q) posterior of theta behind each of these answers, from the other answers alone."""
    others = joint[answers.sitting[which]] - answers.log_chances(which)
    mass = np.exp(others - others.max(axis=1, keepdims=True))
    return np.asarray(mass / mass.sum(axis=1, keepdims=True))


def pieces(which: IntArray) -> Iterator[IntArray]:
    for start in range(0, which.size, ANSWERS_AT_ONCE):
        yield which[start : start + ANSWERS_AT_ONCE]


@dataclass(frozen=True)
class Parameters:
    """What a question is scored with now, and how sure of it we are."""

    discrimination: float
    difficulty: float
    guessing: float
    log_discrimination_sd: float
    difficulty_sd: float


def residual_z(right: IntArray, posteriors: FloatArray, parameters: Parameters) -> float:
    """Right answers beyond those expected, N(0, 1) while the curve is true.

    right (m,), posteriors (m, Q). What is not known of the parameters is part of the variance
    (law of total variance), so a label that was a little off is not taken for a broken question.
    """
    curves, weights = doubted_curves(parameters)
    chances = posteriors @ curves.T
    expected = chances.sum(axis=0)
    mean = float(weights @ expected)
    within = float(weights @ (chances * (1.0 - chances)).sum(axis=0))
    between = float(weights @ np.square(expected - mean))
    return float((right.sum() - mean) / sqrt(within + between))


def doubted_curves(parameters: Parameters) -> tuple[FloatArray, FloatArray]:
    """(K, Q) curves over what is believed of the parameters, with weights (K,)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(DOUBT_NODES)
    weights = weights / weights.sum()
    slopes = parameters.discrimination * np.exp(parameters.log_discrimination_sd * nodes)
    places = parameters.difficulty + parameters.difficulty_sd * nodes
    knows = logistic(slopes[:, None, None] * (POPULATION.theta - places[:, None]))
    curves = parameters.guessing + (1.0 - parameters.guessing) * knows
    return curves.reshape(-1, POPULATION.theta.size), np.outer(weights, weights).ravel()


@dataclass(frozen=True)
class Slope:
    """What the answers say of the slope of a question.

    mean, sd: of the discrimination. difficulty: theta at which half of the people know it, None
    while the slope may not be positive; difficulty_sd its error. low: P(discrimination < .35).
    """

    mean: float
    sd: float
    difficulty: float | None
    difficulty_sd: float | None
    low: float


def slope_of(right: IntArray, posteriors: FloatArray, *, guessing: float, below: float = 0.35) -> Slope:
    """The posterior of slope and intercept on a grid, theta integrated out.

    right (m,), posteriors (m, Q). `below` is a border between cells of SLOPES.
    """
    slope, intercept = (part.ravel() for part in np.meshgrid(SLOPES, INTERCEPTS, indexing="ij"))
    log_mass = -0.5 * np.square((slope - SLOPE_MEAN) / SLOPE_SD) - 0.5 * np.square(intercept / INTERCEPT_SD)
    curves = guessing + (1.0 - guessing) * logistic(slope[:, None] * POPULATION.theta + intercept[:, None])
    for some in pieces(np.arange(right.size)):
        chance = np.clip(posteriors[some] @ curves.T, SMALLEST_CHANCE, 1.0 - SMALLEST_CHANCE)
        log_mass = log_mass + np.where(right[some, None] == 1, np.log(chance), np.log1p(-chance)).sum(axis=0)
    mass = np.exp(log_mass - log_mass.max())
    mass /= mass.sum()
    mean = float(mass @ slope)
    difficulty, difficulty_sd = _difficulty(mass, slope, intercept)
    return Slope(
        mean=mean,
        sd=sqrt(float(mass @ np.square(slope - mean))),
        difficulty=difficulty,
        difficulty_sd=difficulty_sd,
        low=float(mass[slope < below].sum()),
    )


def _difficulty(mass: FloatArray, slope: FloatArray, intercept: FloatArray) -> tuple[float | None, float | None]:
    """Mean and SD of -d / a over the cells whose slope is clearly positive, if that is nearly all."""
    rising = slope > 0.2
    share = float(mass[rising].sum())
    if share < 0.9:
        return None, None
    weight, place = mass[rising] / share, -intercept[rising] / slope[rising]
    mean = float(weight @ place)
    return mean, sqrt(float(weight @ np.square(place - mean)))


@dataclass(frozen=True)
class Group:
    """People of like ability: their mean theta, how many, how many right, the share expected."""

    theta: float
    answers: int
    right: int
    expected: float
    interval: tuple[float, float]


def groups_of(right: IntArray, posteriors: FloatArray, parameters: Parameters) -> list[Group]:
    """Fifths of the people by ability, weakest first: what the picture of the curve shows."""
    theta = posteriors @ POPULATION.theta
    curves, weights = doubted_curves(parameters)
    chance = posteriors @ (weights @ curves)
    return [
        Group(
            theta=float(theta[some].mean()),
            answers=int(some.size),
            right=int(right[some].sum()),
            expected=float(chance[some].mean()),
            interval=wilson_interval(int(right[some].sum()), int(some.size)),
        )
        for some in np.array_split(np.argsort(theta, kind="stable"), GROUPS)
        if some.size
    ]
