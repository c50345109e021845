"""How each question behaves: how hard, how telling, and whether answers fit its curve.

Every statistic of an item compares its answers with theta estimated from the person's *other*
items.  Adaptive delivery pushes facility towards .6 and point-biserials down, so verdicts rest
on the residual from the curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atanh, sqrt, tanh

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.irt import FloatArray, IntArray
from assessments.psychometrics.marginal_likelihood import (
    Population,
    Triples,
    blocks,
    normal_population,
    points_for,
    right_curves,
    triples_of,
)

FEWEST_ANSWERS = 30  # below, an interval would be wider than anything it could say
TWO_SIDED_95 = 1.96
MISFIT_Z = 2.58  # two-sided 1%: many items are looked at
WEAK_POINT_BISERIAL = 0.10


@dataclass(frozen=True)
class ItemAnalysis:
    """facility and point_biserial with 95% intervals; fit against theta from other items.

    infit, outfit: mean squares, 1 expected.  residual_z: right answers beyond those expected,
    N(0, 1) when the curve is true.  Statistics are None below 30 answers.
    """

    answers: int
    facility: float | None = None
    facility_interval: tuple[float, float] | None = None
    point_biserial: float | None = None
    point_biserial_interval: tuple[float, float] | None = None
    infit: float | None = None
    outfit: float | None = None
    residual_z: float | None = None


@dataclass(frozen=True, eq=False)
class Cells:
    """Each answer (n,) with theta and the chance of being right from the other items."""

    triples: Triples
    theta: FloatArray
    chance: FloatArray


def cells_of(
    person: npt.ArrayLike,
    item: npt.ArrayLike,
    score: npt.ArrayLike,
    *,
    discrimination: FloatArray,
    difficulty: FloatArray,
    guessing: FloatArray,
) -> Cells:
    """Answers as for `calibrate`, item parameters (J,); answers come sorted by person."""
    triples = triples_of(person, item, score, items=discrimination.size)
    population = normal_population(points=points_for(triples))
    curves = right_curves(
        population.theta,
        slope=discrimination,
        intercept=-discrimination * difficulty,
        guessing=guessing,
    )
    theta, chance = np.empty(triples.person.size), np.empty(triples.person.size)
    for block in blocks(triples, curves, population):
        last = block.first + len(block.posterior)
        start, stop = np.searchsorted(triples.person, [block.first, last])
        who, what = triples.person[start:stop] - block.first, triples.item[start:stop]
        was_right = triples.right[start:stop] == 1
        posterior = block.posterior.astype(np.float64)
        tables = (_without(posterior, likelihood, curves, population) for likelihood in (curves, 1.0 - curves))
        (theta_r, chance_r), (theta_w, chance_w) = tables
        theta[start:stop] = np.where(was_right, theta_r[who, what], theta_w[who, what])
        chance[start:stop] = np.where(was_right, chance_r[who, what], chance_w[who, what])
    return Cells(triples, theta, np.clip(chance, 1e-6, 1.0 - 1e-6))


def _without(
    posterior: FloatArray, likelihood: FloatArray, curves: FloatArray, population: Population
) -> tuple[FloatArray, FloatArray]:
    """Mean theta and chance of a right answer, (people, J), had the item not been answered.

    Dividing the posterior by the likelihood of the answer given (J, Q) takes it out again.
    """
    taken_out = 1.0 / likelihood
    mass = posterior @ taken_out.T
    theta = (posterior @ (taken_out * population.theta).T) / mass
    return theta, (posterior @ (taken_out * curves).T) / mass


def analyse_items(cells: Cells) -> list[ItemAnalysis]:
    """One analysis for each of the J items."""
    order = np.argsort(cells.triples.item, kind="stable")
    bounds = np.searchsorted(cells.triples.item[order], np.arange(cells.triples.items + 1))
    return [
        _analysis(
            cells.triples.right[order[start:stop]].astype(np.float64),
            cells.theta[order[start:stop]],
            cells.chance[order[start:stop]],
        )
        for start, stop in pairwise(bounds)
    ]


def _analysis(right: FloatArray, theta: FloatArray, chance: FloatArray) -> ItemAnalysis:
    if right.size < FEWEST_ANSWERS:
        return ItemAnalysis(answers=int(right.size))
    variance = chance * (1.0 - chance)
    squares = np.square(right - chance)
    correlation, interval = correlation_of(right, theta)
    return ItemAnalysis(
        answers=int(right.size),
        facility=float(right.mean()),
        facility_interval=wilson_interval(int(right.sum()), int(right.size)),
        point_biserial=correlation,
        point_biserial_interval=interval,
        infit=float(squares.sum() / variance.sum()),
        outfit=float(np.mean(squares / variance)),
        residual_z=float(np.sum(right - chance) / np.sqrt(variance.sum())),
    )


def correlation_of(right: FloatArray, theta: FloatArray) -> tuple[float | None, tuple[float, float] | None]:
    """Point-biserial correlation with Fisher's interval, None when everybody answered alike."""
    if right.std() == 0.0 or theta.std() == 0.0:
        return None, None
    value = float(np.clip(np.corrcoef(right, theta)[0, 1], -0.999, 0.999))
    half = TWO_SIDED_95 / sqrt(right.size - 3)
    return value, (tanh(atanh(value) - half), tanh(atanh(value) + half))


def wilson_interval(successes: int, trials: int, *, z: float = TWO_SIDED_95) -> tuple[float, float]:
    """Interval of a proportion (Wilson 1927), inside 0 to 1 also for 0 or all successes."""
    share = successes / trials
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(share * (1 - share) / trials + z * z / (4 * trials**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def share_within_prediction(analyses: Sequence[ItemAnalysis]) -> float | None:
    """Share of items whose right answers lie in the 95% the model predicts; about .95 is good."""
    residuals = [each.residual_z for each in analyses if each.residual_z is not None]
    return float(np.mean(np.abs(residuals) < TWO_SIDED_95)) if residuals else None


@dataclass(frozen=True)
class OptionRow:
    """How often an option was chosen by the lower, middle, upper third, and by whom."""

    option: int
    counts: tuple[int, int, int]
    mean_theta: float | None


def option_table(chosen: IntArray, theta: FloatArray, *, options: int) -> list[OptionRow]:
    """Options 0..options-1 of one item; chosen (n,), -1 for "I don't know"; theta (n,)."""
    third = np.searchsorted(np.quantile(theta, [1 / 3, 2 / 3]), theta) if theta.size else chosen
    rows = []
    for option in range(options):
        takers = chosen == option
        low, middle, high = np.bincount(third[takers], minlength=3)[:3].tolist()
        mean = float(theta[takers].mean()) if takers.any() else None
        rows.append(OptionRow(option, (low, middle, high), mean))
    return rows
