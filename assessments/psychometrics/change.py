"""Whether a person has changed between two sittings, and how an estimate ages.

A posterior mean is drawn towards the prior, so two of them differ less than the persons did.
Change is therefore read from unshrunk estimates: the normal likelihood that, together with
the N(0, 1) prior, would give the posterior (mean / (1 - SD^2), SD / sqrt(1 - SD^2)).
The labels are a reliable change index (Jacobson & Truax 1991) with the errors of both sittings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import erf, hypot, sqrt

from assessments.psychometrics.estimation import Posterior

# Certainty each label asks for.  A retake asks "have I gained?": a one-sided test at 5%.
# People seldom lose what they knew, and to be told so wrongly is hard: losses ask for more,
# and all false alarms together stay near one in twenty unchanged people.
CLEAR_GAIN_PROBABILITY = 0.95
PROBABLE_GAIN_PROBABILITY = 0.85
PROBABLE_LOSS_PROBABILITY = 0.95
CLEAR_LOSS_PROBABILITY = 0.995
LARGEST_STANDARD_ERROR = 0.999  # nearer to the prior's 1 nothing was measured
# Standing is lost and gained unseen: variance added to an estimate for each month of its age.
# An assumption (SD .17 after a year, .35 after four) until retakes allow an estimate.
VARIANCE_PER_MONTH = 0.0025


class ChangeLabel(StrEnum):
    """What may be said about a difference."""

    CLEAR_GAIN = "clear gain"
    PROBABLE_GAIN = "probable gain"
    WITHIN_NOISE = "within noise"
    PROBABLE_LOSS = "probable loss"
    CLEAR_LOSS = "clear loss"


@dataclass(frozen=True)
class Estimate:
    """A stored result: mean and SD of theta."""

    mean: float
    standard_error: float


@dataclass(frozen=True)
class Change:
    """difference: now minus then, unshrunk, in theta.  standard_error: of the difference.

    probability_of_gain: that the true change is above 0.
    """

    difference: float
    standard_error: float
    probability_of_gain: float
    label: ChangeLabel

    @property
    def probability(self) -> float:
        """Of the direction the label names; of a gain where it names none."""
        lost = self.label in (ChangeLabel.PROBABLE_LOSS, ChangeLabel.CLEAR_LOSS)
        return 1.0 - self.probability_of_gain if lost else self.probability_of_gain


def unshrunk(estimate: Estimate | Posterior) -> Estimate:
    """What the answers alone say, without the N(0, 1) prior.

    Raises ValueError for a standard error of 1 or more: nothing was measured.
    """
    if estimate.standard_error > LARGEST_STANDARD_ERROR:
        raise ValueError("an estimate as wide as the prior holds no answer to compare")
    informed = 1.0 - estimate.standard_error**2
    return Estimate(estimate.mean / informed, estimate.standard_error / sqrt(informed))


def change_between(then: Estimate | Posterior, now: Estimate | Posterior) -> Change:
    """The change from one sitting to a later one; both must have started from N(0, 1)."""
    before, after = unshrunk(then), unshrunk(now)
    difference = after.mean - before.mean
    error = hypot(before.standard_error, after.standard_error)
    gained = 0.5 * (1.0 + erf(difference / error / sqrt(2.0)))
    return Change(difference, error, gained, _label(gained))


def _label(gained: float) -> ChangeLabel:
    if gained >= CLEAR_GAIN_PROBABILITY:
        return ChangeLabel.CLEAR_GAIN
    if gained >= PROBABLE_GAIN_PROBABILITY:
        return ChangeLabel.PROBABLE_GAIN
    lost = 1.0 - gained
    if lost >= CLEAR_LOSS_PROBABILITY:
        return ChangeLabel.CLEAR_LOSS
    if lost >= PROBABLE_LOSS_PROBABILITY:
        return ChangeLabel.PROBABLE_LOSS
    return ChangeLabel.WITHIN_NOISE


def aged(estimate: Estimate | Posterior, *, months: float) -> Estimate:
    """The estimate as it may be used after so many months: wider, never wider than the prior.

    Mean and SD drift back towards N(0, 1) as an unmeasured person's would.
    """
    if months < 0:
        raise ValueError(f"an estimate cannot be {months} months old")
    if estimate.standard_error > LARGEST_STANDARD_ERROR:
        return Estimate(estimate.mean, estimate.standard_error)
    raw = unshrunk(estimate)
    variance = raw.standard_error**2 + VARIANCE_PER_MONTH * months
    kept = 1.0 / (1.0 + variance)
    return Estimate(raw.mean * kept, sqrt(variance * kept))
