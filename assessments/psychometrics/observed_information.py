"""How sharply the answers determine the item parameters (Louis 1982).

Observed information = information if every theta were known - what is lost because it is not.
Parameters of item j in the order slope a_j, intercept d_j = -a_j b_j.
"""

from __future__ import annotations

import numpy as np

from assessments.psychometrics.irt import FloatArray, logistic
from assessments.psychometrics.marginal_likelihood import (
    SMALLEST_CHANCE,
    Expectation,
    Population,
    Triples,
    blocks,
    right_curves,
)

# Work (people x items^2 x points) up to which the whole matrix is formed.  Beyond it each item
# stands alone: what items share, the origin and unit of theta, is then known very well.
WHOLE_MATRIX_WORK = 2e10

Scores = tuple[FloatArray, FloatArray]  # (J, Q): d log P / d eta of a right, a wrong answer


def is_small(triples: Triples, population: Population) -> bool:
    """Whether the whole matrix is cheap enough to form."""
    work = triples.people * triples.items**2 * population.theta.size
    return work <= WHOLE_MATRIX_WORK


def information_of_all(
    triples: Triples,
    expected: Expectation,
    population: Population,
    *,
    slope: FloatArray,
    intercept: FloatArray,
    guessing: FloatArray,
) -> FloatArray:
    """(2J, 2J) in the order a_1..a_J, d_1..d_J."""
    theta = population.theta
    curves = right_curves(theta, slope=slope, intercept=intercept, guessing=guessing)
    scores, curvatures = _derivatives(theta, slope, intercept, guessing)
    aa, ad, dd = _moments(_complete(expected, curvatures), theta)
    known = np.block([[np.diag(aa), np.diag(ad)], [np.diag(ad), np.diag(dd)]])
    return known - _lost_between_all(triples, curves, population, scores)


def information_within_items(
    triples: Triples,
    expected: Expectation,
    population: Population,
    *,
    slope: FloatArray,
    intercept: FloatArray,
    guessing: FloatArray,
) -> FloatArray:
    """(3, J): slope, both together, intercept of each item, the others taken as known."""
    theta = population.theta
    curves = right_curves(theta, slope=slope, intercept=intercept, guessing=guessing)
    scores, curvatures = _derivatives(theta, slope, intercept, guessing)
    second = expected.right * scores[0] ** 2 + expected.wrong * scores[1] ** 2
    by_point = _complete(expected, curvatures) - second
    return _moments(by_point, theta) + _squared_means(triples, curves, population, scores)


def _complete(expected: Expectation, curvatures: Scores) -> FloatArray:
    """(J, Q) information by eta if every theta were known."""
    return expected.right * curvatures[0] + expected.wrong * curvatures[1]


def _derivatives(
    theta: FloatArray, slope: FloatArray, intercept: FloatArray, guessing: FloatArray
) -> tuple[Scores, Scores]:
    """First and minus second derivatives of log probability by eta = a theta + d."""
    knows = logistic(slope[:, None] * theta + intercept[:, None])
    spread = 1.0 - guessing[:, None]
    right = np.clip(guessing[:, None] + spread * knows, SMALLEST_CHANCE, 1.0 - SMALLEST_CHANCE)
    rise = spread * knows * (1.0 - knows)
    bend = rise * (1.0 - 2.0 * knows)
    on_right, on_wrong = rise / right, -rise / (1.0 - right)
    return (on_right, on_wrong), (on_right**2 - bend / right, on_wrong**2 + bend / (1.0 - right))


def _moments(by_point: FloatArray, theta: FloatArray) -> FloatArray:
    """(J, Q) second derivatives by eta -> (3, J) by slope and intercept."""
    return np.stack([by_point @ theta**2, by_point @ theta, by_point.sum(axis=1)])


def _squared_means(triples: Triples, curves: FloatArray, population: Population, scores: Scores) -> FloatArray:
    """(3, J) squares of each person's expected score, summed over people."""
    theta = population.theta
    squares = np.zeros((3, triples.items))
    for block in blocks(triples, curves, population):
        kind = block.posterior.dtype
        wrong = block.answered - block.right
        mean_a, mean_d = (
            block.right * (block.posterior @ (scores[0] * moment).T.astype(kind))
            + wrong * (block.posterior @ (scores[1] * moment).T.astype(kind))
            for moment in (theta, np.ones_like(theta))
        )
        squares += [
            np.einsum("ij,ij->j", mean_a, mean_a),
            np.einsum("ij,ij->j", mean_a, mean_d),
            np.einsum("ij,ij->j", mean_d, mean_d),
        ]
    return squares


def _lost_between_all(triples: Triples, curves: FloatArray, population: Population, scores: Scores) -> FloatArray:
    """Covariance of all items' scores over the people's posteriors, (2J, 2J)."""
    theta = population.theta
    lost = np.zeros((2 * triples.items, 2 * triples.items))
    for block in blocks(triples, curves, population):
        wrong = block.answered - block.right
        mean = np.zeros((len(wrong), 2 * triples.items))
        for point, value in enumerate(theta):
            weight = block.posterior[:, point, None]
            score = block.right * scores[0][:, point] + wrong * scores[1][:, point]
            product = score.T @ (weight * score)
            lost += np.kron([[value**2, value], [value, 1.0]], product)
            mean += weight * np.hstack([value * score, score])
        lost -= mean.T @ mean
    return lost
