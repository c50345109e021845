"""Whether an item keeps its meaning: over time (drift) and between groups (DIF)."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from assessments.psychometrics.irt import BoolArray, FloatArray

DRIFT_Z = 2.58  # two-sided 1%
DRIFT_SIZE = 0.3  # in theta: less would not move a level
ETS_DELTA = -2.35  # log odds ratio -> ETS delta scale (Holland & Thayer 1988)
NEGLIGIBLE_DELTA, LARGE_DELTA = 1.0, 1.5
SIGNIFICANT_Z = 1.96
MOST_STRATA = 10
ANSWERS_PER_STRATUM = 20


@dataclass(frozen=True, eq=False)
class Drift:
    """delta: (J,) change of difficulty, now - then; z: (J,); drifted: (J,) both limits passed."""

    delta: FloatArray
    z: FloatArray
    drifted: BoolArray


def drift_between(
    *,
    difficulty_then: FloatArray,
    error_then: FloatArray,
    difficulty_now: FloatArray,
    error_now: FloatArray,
) -> Drift:
    """Drift of (J,) difficulties calibrated on separate windows of time.

    The median shift is taken out first: it is the people who changed, not all the items.
    """
    shift = difficulty_now - difficulty_then
    delta = shift - np.median(shift)
    z = delta / np.hypot(error_then, error_now)
    return Drift(delta, z, (np.abs(z) > DRIFT_Z) & (np.abs(delta) > DRIFT_SIZE))


@dataclass(frozen=True)
class DifferentialFunctioning:
    """delta: ETS scale, negative when harder for the focal group at equal theta.

    category: A negligible, B moderate, C large; both size and significance are asked for.
    """

    delta: float
    standard_error: float
    category: str


def differential_functioning(right: FloatArray, theta: FloatArray, focal: BoolArray) -> DifferentialFunctioning | None:
    """Mantel-Haenszel DIF of one item; right, theta from other items, focal: (n,) each.

    Strata are equal parts of theta.  Error as Robins, Breslow & Greenland (1986).  None where
    no stratum compares the groups.
    """
    tables = _tables(right, theta, focal)
    total = tables.sum(axis=(1, 2))
    (a, b), (c, d) = tables[:, 0].T, tables[:, 1].T  # reference right, wrong; focal right, wrong
    agree, cross = (a + d) / total, (b + c) / total
    with_reference, with_focal = a * d / total, b * c / total
    r, s = float(with_reference.sum()), float(with_focal.sum())
    if r <= 0.0 or s <= 0.0:
        return None
    variance = (
        float((agree * with_reference).sum()) / (2 * r * r)
        + float((agree * with_focal + cross * with_reference).sum()) / (2 * r * s)
        + float((cross * with_focal).sum()) / (2 * s * s)
    )
    delta, error = ETS_DELTA * log(r / s), -ETS_DELTA * sqrt(variance)
    return DifferentialFunctioning(delta, error, _category(delta, error))


def _tables(right: FloatArray, theta: FloatArray, focal: BoolArray) -> FloatArray:
    """(strata, 2, 2): group (reference, focal) x answer (right, wrong), empty strata left out."""
    strata = int(np.clip(right.size // ANSWERS_PER_STRATUM, 1, MOST_STRATA))
    edges = np.quantile(theta, np.arange(1, strata) / strata)
    cell = np.searchsorted(edges, theta) * 4 + 2 * focal.astype(int) + (right == 0)
    tables = np.bincount(cell, minlength=4 * strata).reshape(strata, 2, 2).astype(np.float64)
    return np.asarray(tables[tables.sum(axis=(1, 2)) > 0])


def _category(delta: float, error: float) -> str:
    size = abs(delta)
    if size < NEGLIGIBLE_DELTA or size < SIGNIFICANT_Z * error:
        return "A"
    if size >= LARGE_DELTA and size - NEGLIGIBLE_DELTA > 1.645 * error:
        return "C"
    return "B"
