"""What a sitting will bring before it is begun: precision after 1, 2, 3 ... questions of this bank."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from assessments.psychometrics.bank import THETA_GRID, ItemBank
from assessments.psychometrics.estimation import Posterior
from assessments.psychometrics.irt import FloatArray

# Exposure control, balance of sub-skills and not knowing theta from the start: a real sitting gets
# this share of the information of the best questions (measured: tests/psychometrics/test_foresight.py).
REACHED = 0.75


def cumulative_precision(bank: ItemBank, belief: Posterior, *, most: int, excluded: Collection[int] = ()) -> FloatArray:
    """Precision (1 / variance) the answers alone add after each question: (n,), n at most `most`.

    belief: where the person is thought to be. The best questions for each theta are taken, and
    precision is averaged over the belief as variance would be, so that the ends of the scale count.
    """
    free = np.setdiff1d(np.arange(len(bank)), np.fromiter(excluded, dtype=np.int64, count=len(excluded)))
    informs = -np.sort(-information(bank, free), axis=0)[:most]
    precision = REACHED * np.cumsum(informs, axis=0)
    variance = (1.0 / (1.0 + precision)) @ belief.density
    return np.asarray(1.0 / variance - 1.0)


def information(bank: ItemBank, items: np.typing.NDArray[np.int64]) -> FloatArray:
    """Fisher information of each item on THETA_GRID, its own uncertainty integrated out: (n, G)."""
    guessing = bank.guessing[items, None]
    right = guessing + (1.0 - guessing) * bank.knows[items]
    slope = np.gradient(right, THETA_GRID, axis=1) if items.size else np.empty((0, THETA_GRID.size))
    return np.asarray(slope**2 / np.maximum(right * (1.0 - right), 1e-12))
