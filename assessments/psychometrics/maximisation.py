"""The M-step: item parameters that best explain the expected answers, by Fisher scoring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessments.psychometrics.irt import BoolArray, FloatArray, logistic
from assessments.psychometrics.item_priors import ItemPriors
from assessments.psychometrics.marginal_likelihood import (
    SMALLEST_CHANCE,
    Expectation,
    Triples,
)

SCORING_STEPS = 3
LONGEST_STEP = 0.7  # of log slope and intercept in one step: the curvature is local
LOG_SLOPE_BOUNDS = (-3.0, 2.5)  # discrimination .05 to 12
INTERCEPT_BOUNDS = (-30.0, 30.0)


@dataclass(frozen=True, eq=False)
class Parameters:
    """log_slope, intercept: (J,); discrimination = exp(log_slope), d = -ab."""

    log_slope: FloatArray
    intercept: FloatArray

    @property
    def discrimination(self) -> FloatArray:
        """(J,) slopes a."""
        return np.asarray(np.exp(self.log_slope))

    @property
    def difficulty(self) -> FloatArray:
        """(J,) b = -d / a."""
        return np.asarray(-self.intercept * np.exp(-self.log_slope))


def starting_values(triples: Triples, guessing: FloatArray) -> Parameters:
    """From facilities alone: slopes 1, intercepts the (unguessed) log odds, spread by theta."""
    answered = np.bincount(triples.item, minlength=triples.items) + 1.0
    right = np.bincount(triples.item, weights=triples.right, minlength=triples.items) + 0.5
    knows = np.clip((right / answered - guessing) / (1.0 - guessing), 0.03, 0.97)
    # A N(0, 1) theta flattens the logistic curve by about sqrt(1 + 1 / 1.7^2).
    return Parameters(np.zeros(triples.items), 1.16 * np.log(knows / (1.0 - knows)))


def maximised(
    parameters: Parameters,
    expected: Expectation,
    theta: FloatArray,
    *,
    guessing: FloatArray,
    priors: ItemPriors | None,
    common_slope: bool = False,
    kept: BoolArray | None = None,
) -> Parameters:
    """Better parameters for these expected answers; items in `kept` stay as they are."""
    log_slope, intercept = parameters.log_slope, parameters.intercept
    for _ in range(SCORING_STEPS):
        gradient, information = _scores(log_slope, intercept, expected, theta, guessing)
        if priors is not None:
            gradient += priors.gradient(log_slope, intercept)
            information += priors.information(log_slope, intercept)
        step = (_common_step if common_slope else _step)(gradient, information)
        step = np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        if kept is not None:
            step[:, kept] = 0.0
        log_slope = np.clip(log_slope + step[0], *LOG_SLOPE_BOUNDS)
        intercept = np.clip(intercept + step[1], *INTERCEPT_BOUNDS)
    return Parameters(log_slope, intercept)


def _scores(
    log_slope: FloatArray,
    intercept: FloatArray,
    expected: Expectation,
    theta: FloatArray,
    guessing: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Gradient (2, J) and expected information (3, J) by log slope and intercept."""
    slope = np.exp(log_slope)
    knows = logistic(slope[:, None] * theta + intercept[:, None])
    chance = np.clip(
        guessing[:, None] + (1.0 - guessing[:, None]) * knows,
        SMALLEST_CHANCE,
        1.0 - SMALLEST_CHANCE,
    )
    rise = (1.0 - guessing[:, None]) * knows * (1.0 - knows)
    by_eta = rise * (expected.right / chance - expected.wrong / (1.0 - chance))
    weight = (expected.right + expected.wrong) * rise**2 / (chance * (1.0 - chance))
    gradient = np.stack([slope * (by_eta @ theta), by_eta.sum(axis=1)])
    information = np.stack([slope**2 * (weight @ theta**2), slope * (weight @ theta), weight.sum(axis=1)])
    return gradient, information + np.array([[1e-9], [0.0], [1e-9]])


def _step(gradient: FloatArray, information: FloatArray) -> FloatArray:
    """Each item's own two-dimensional Newton step."""
    aa, ad, dd = information
    determinant = np.maximum(aa * dd - ad**2, 1e-12)
    return np.stack(
        [
            (dd * gradient[0] - ad * gradient[1]) / determinant,
            (aa * gradient[1] - ad * gradient[0]) / determinant,
        ]
    )


def _common_step(gradient: FloatArray, information: FloatArray) -> FloatArray:
    """One slope for all items: intercepts are eliminated, then follow."""
    aa, ad, dd = information
    slope_step = np.sum(gradient[0] - ad * gradient[1] / dd) / np.sum(aa - ad**2 / dd)
    return np.stack([np.full_like(dd, slope_step), (gradient[1] - ad * slope_step) / dd])
