"""When a sitting is over, why, and about how many questions are left."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assessments.psychometrics.irt import FloatArray

QUICK_STANDARD_ERROR = 0.50  # reliability .75
SOLID_STANDARD_ERROR = 0.40  # reliability .84
MOST_QUESTIONS = 100


class StopReason(StrEnum):
    """Why nothing more is asked."""

    PRECISE = "precise"  # the wanted standard error is reached
    MAXIMUM = "maximum"  # as many questions as were agreed
    EXHAUSTED = "exhausted"  # the bank has no question left


@dataclass(frozen=True)
class StoppingRule:
    """Stop at this posterior SD of theta, or after this many questions."""

    target: float
    maximum: int = MOST_QUESTIONS


QUICK = StoppingRule(QUICK_STANDARD_ERROR)
SOLID = StoppingRule(SOLID_STANDARD_ERROR)


def stop_reason(rule: StoppingRule, *, standard_error: float, asked: int, exhausted: bool) -> StopReason | None:
    """The reason to stop now, None to go on.  exhausted: no item could still be asked."""
    if standard_error <= rule.target:
        return StopReason.PRECISE
    if asked >= rule.maximum:
        return StopReason.MAXIMUM
    if exhausted:
        return StopReason.EXHAUSTED
    return None


def questions_to_go(gains: FloatArray, *, standard_error: float, target: float) -> int:
    """About how many questions remain, from the expected gains (n,) of those still free.

    Each gain in variance is read as a gain in precision (1 / variance), best first, until the
    target is met; n when all together cannot reach it.
    """
    variance = standard_error**2
    missing = target**-2 - 1.0 / variance
    if missing <= 0.0:
        return 0
    left = np.maximum(variance - gains, 1e-9)
    precision = np.cumsum(np.sort(1.0 / left - 1.0 / variance)[::-1])
    return min(int(np.searchsorted(precision, missing)) + 1, int(gains.size))
