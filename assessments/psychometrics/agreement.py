"""How far judges agree: the intraclass correlation of the mean of their ratings.

Two-way random effects, absolute agreement, ICC(2, k) of Shrout & Fleiss (1979), Psychological
Bulletin 86(2), 420-428.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assessments.psychometrics.irt import FloatArray


def agreement_of_mean(ratings: npt.ArrayLike) -> float:
    """ICC(2, k) of ratings (judged things, judges), without gaps; 0 when nothing differs.

    Raises ValueError for fewer than two things or two judges.
    """
    table = np.asarray(ratings, dtype=np.float64)
    things, judges = table.shape
    if things < 2 or judges < 2:
        raise ValueError(f"agreement needs two things and two judges, got {things} and {judges}")
    between, among, rest = _mean_squares(table)
    spread = between + (among - rest) / things
    return float((between - rest) / spread) if spread > 0 else 0.0


def _mean_squares(table: FloatArray) -> tuple[float, float, float]:
    """Mean squares of things, of judges, and of what is left."""
    things, judges = table.shape
    grand = table.mean()
    of_things = judges * float(np.square(table.mean(axis=1) - grand).sum())
    of_judges = things * float(np.square(table.mean(axis=0) - grand).sum())
    left = float(np.square(table - grand).sum()) - of_things - of_judges
    return of_things / (things - 1), of_judges / (judges - 1), left / ((things - 1) * (judges - 1))
