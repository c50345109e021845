"""Chance in the choice of questions, so that no question is asked of everybody.

Progressive method (Revuelta & Ponsoda 1998; by standard error as McClarty et al. 2006): the
part of chance is large in the first questions, where theta is hardly known and a best choice
would be the same for all, and falls as the standard error does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessments.psychometrics.irt import FloatArray


@dataclass(frozen=True)
class Exposure:
    """The part of chance is at_first * (1 - progress) ** haste."""

    at_first: float = 1.0
    haste: float = 12.0  # measured: 2 to 4% more questions, first item spread over the whole bank


PROGRESSIVE = Exposure()


def progress_towards(target: float, *, standard_error: float, start: float = 1.0) -> float:
    """The share of the wanted precision (1 / SE^2) that is reached: 0 at the start, 1 at target."""
    wanted = target**-2 - start**-2
    if wanted <= 0.0:
        return 1.0
    reached = standard_error**-2 - start**-2
    return float(min(max(reached / wanted, 0.0), 1.0))


def pick(gains: FloatArray, *, progress: float, exposure: Exposure | None, rng: np.random.Generator) -> int:
    """The position of the chosen candidate: the largest mixture of gain and chance.

    gains (n,) >= 0, n >= 1.  Without exposure control simply the largest gain.
    """
    if exposure is None:
        return int(np.argmax(gains))
    chance = exposure.at_first * (1.0 - progress) ** exposure.haste
    lots = rng.random(gains.size) * gains.max()
    return int(np.argmax((1.0 - chance) * gains + chance * lots))
