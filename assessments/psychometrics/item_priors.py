"""What is believed of items before their answers, and how answers correct that belief.

log discrimination ~ N(mean, sd^2), as a density of the discrimination itself: its mode undoes
most of the upward bias that slopes fitted to few answers have.  Difficulty ~ N(mean of the
item's label, sd^2).  The means and the SD of difficulty are relearned at each calibration
(empirical Bayes), the mean of log discrimination only from items with many answers: on few,
slopes lean upwards together, and a prior that followed them would lift them further.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assessments.psychometrics.irt import FloatArray, IntArray

# The editor's ladder counts as so many items: it yields when a label has clearly more.
ITEMS_BEHIND_A_MEAN = 3.0
ITEMS_BEHIND_THE_SD = 10.0
ANSWERS_FOR_SLOPES = 300


@dataclass(frozen=True, eq=False)
class ItemPriors:
    """group: (J,) codes of labels.  difficulty_means: one for each label."""

    group: IntArray
    difficulty_means: FloatArray
    difficulty_sd: float
    log_discrimination_mean: float
    log_discrimination_sd: float

    def log_density(self, log_slope: FloatArray, intercept: FloatArray) -> float:
        """Log prior of all items, up to a constant."""
        difficulty = -intercept * np.exp(-log_slope)
        off_b = (difficulty - self.difficulty_means[self.group]) / self.difficulty_sd
        off_a = (log_slope - self.log_discrimination_mean) / self.log_discrimination_sd
        return float(-0.5 * (off_a @ off_a + off_b @ off_b) - log_slope.sum())

    def gradient(self, log_slope: FloatArray, intercept: FloatArray) -> FloatArray:
        """(2, J) slope of the log prior by log slope and intercept."""
        shrink = np.exp(-log_slope)
        difficulty = -intercept * shrink
        pull = (difficulty - self.difficulty_means[self.group]) / self.difficulty_sd**2
        off = (log_slope - self.log_discrimination_mean) / self.log_discrimination_sd**2
        return np.stack([pull * difficulty - off - 1.0, pull * shrink])

    def information(self, log_slope: FloatArray, intercept: FloatArray) -> FloatArray:
        """(3, J) precision of the prior: log slope, both together, intercept (Gauss-Newton)."""
        shrink = np.exp(-log_slope)
        difficulty = -intercept * shrink
        precision = self.difficulty_sd**-2
        slope_precision = self.log_discrimination_sd**-2
        return np.stack(
            [
                slope_precision + precision * difficulty**2,
                precision * difficulty * shrink,
                precision * shrink**2,
            ]
        )


def relearned(
    priors: ItemPriors,
    *,
    start: ItemPriors,
    log_slope: FloatArray,
    difficulty: FloatArray,
    difficulty_variance: FloatArray,
    answers: IntArray,
) -> ItemPriors:
    """The priors these items suggest, drawn towards the priors of the start.

    difficulty_variance: (J,) squared standard errors; without them the SD would shrink to 0.
    answers: (J,) counts.
    """
    groups = start.difficulty_means.size
    count = np.bincount(priors.group, minlength=groups)
    total = np.bincount(priors.group, weights=difficulty, minlength=groups)
    means = (total + ITEMS_BEHIND_A_MEAN * start.difficulty_means) / (count + ITEMS_BEHIND_A_MEAN)
    squares = np.square(difficulty - means[priors.group]) + difficulty_variance
    variance = (squares.sum() + ITEMS_BEHIND_THE_SD * start.difficulty_sd**2) / (squares.size + ITEMS_BEHIND_THE_SD)
    much = log_slope[answers >= ANSWERS_FOR_SLOPES]
    slopes = much.sum() + ITEMS_BEHIND_THE_SD * start.log_discrimination_mean
    return replace(
        priors,
        difficulty_means=means,
        difficulty_sd=float(np.sqrt(variance)),
        log_discrimination_mean=float(slopes / (much.size + ITEMS_BEHIND_THE_SD)),
    )
