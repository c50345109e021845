"""What the answers say about theta: the posterior on a grid, and its mean (EAP).

"I don't know" is modelled, not counted as wrong.  Who knows is right.  Who does not know says
so with a probability h that is the person's own honesty, else guesses.  Theta and h have a
joint posterior; theta's margin is reported.  Treating "I don't know" as a wrong answer of a
guesser would cost honest people .38 SD.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assessments.psychometrics.bank import THETA_GRID, ItemBank
from assessments.psychometrics.irt import FloatArray, IntArray, Outcome

SMALLEST_PROBABILITY = 1e-12  # keeps the logarithm of an impossible answer finite
RIGHT, UNKNOWN = int(Outcome.RIGHT), int(Outcome.UNKNOWN)  # an Enum is slow in a tight place
FACTORS_PER_LOGARITHM = 16  # 1e-12 ** 16 does not underflow; logarithms are the dear part


@dataclass(frozen=True, eq=False)
class HonestyPrior:
    """How readily people admit not knowing: (H,) values of h and their weights."""

    honesty: FloatArray
    weight: FloatArray


def honesty_prior(*, never: float = 0.3, alpha: float = 6.0, beta: float = 2.0, points: int = 9) -> HonestyPrior:
    """Weight `never` at h = 0, the rest Beta(alpha, beta) on midpoints of equal cells."""
    inner = (np.arange(points - 1) + 0.5) / (points - 1)
    shape = inner ** (alpha - 1.0) * (1.0 - inner) ** (beta - 1.0)
    weight = np.concatenate([[never], (1.0 - never) * shape / shape.sum()])
    return HonestyPrior(np.concatenate([[0.0], inner]), weight)


HONESTY = honesty_prior()


@dataclass(frozen=True, eq=False)
class Posterior:
    """Theta on a grid of G equally spaced points.

    grid: (G,).  density: (G,) weights summing to 1.  honest_density: (G,) the density times
    the expected honesty at that theta, None where "I don't know" is not offered.
    """

    grid: FloatArray
    density: FloatArray
    honest_density: FloatArray | None = None

    @cached_property
    def mean(self) -> float:
        """The estimate of theta (expected a posteriori)."""
        return float(self.density @ self.grid)

    @cached_property
    def standard_error(self) -> float:
        """The posterior standard deviation of theta."""
        second = float(self.density @ np.square(self.grid - self.mean))
        return float(np.sqrt(max(second, 0.0)))

    @property
    def reliability(self) -> float:
        """1 - posterior variance, for theta ~ N(0, 1)."""
        return 1.0 - self.standard_error**2

    def interval(self, probability: float = 0.95) -> tuple[float, float]:
        """The equal-tailed interval that holds theta with this probability."""
        tail = 0.5 * (1.0 - probability)
        return self.quantile(tail), self.quantile(1.0 - tail)

    def quantile(self, probability: float) -> float:
        """The theta below which lies this probability."""
        return float(np.interp(probability, self._cumulative, self._edges))

    def probability_above(self, theta: float) -> float:
        """How probable it is that the person's theta exceeds this one."""
        return float(1.0 - np.interp(theta, self._edges, self._cumulative))

    @cached_property
    def _edges(self) -> FloatArray:
        # Each point stands for the cell around it, within which density is level.
        half = 0.5 * (self.grid[1] - self.grid[0])
        return np.append(self.grid - half, self.grid[-1] + half)

    @cached_property
    def _cumulative(self) -> FloatArray:
        return np.concatenate([[0.0], np.minimum(np.cumsum(self.density), 1.0)])


def normal_weights(grid: FloatArray, *, mean: float = 0.0, sd: float = 1.0) -> FloatArray:
    """N(mean, sd^2) on the grid, summing to 1."""
    density = np.exp(-0.5 * np.square((grid - mean) / sd))
    return np.asarray(density / density.sum())


def normal_posterior(*, mean: float, standard_error: float) -> Posterior:
    """A stored estimate as a posterior, e.g. to read levels from it again."""
    return Posterior(THETA_GRID, normal_weights(THETA_GRID, mean=mean, sd=standard_error))


STANDARD_NORMAL: FloatArray = normal_weights(THETA_GRID)
STANDARD_NORMAL.setflags(write=False)


def posterior_of(
    bank: ItemBank,
    items: Sequence[int] | IntArray,
    outcomes: Sequence[Outcome] | Sequence[int] | IntArray,
    *,
    honesty: HonestyPrior | None = None,
    prior: FloatArray = STANDARD_NORMAL,
) -> Posterior:
    """The posterior after these answers; their order does not matter.

    items: (n,) numbers in the bank.  outcomes: (n,) of `Outcome`.  honesty: given where "I
    don't know" was offered; without it an UNKNOWN raises ValueError.
    """
    return posterior_from(log_likelihood(bank, items, outcomes, honesty=honesty), honesty=honesty, prior=prior)


def posterior_from(
    log_likelihoods: FloatArray,
    *,
    honesty: HonestyPrior | None = None,
    prior: FloatArray = STANDARD_NORMAL,
) -> Posterior:
    """Normalise a log-likelihood, (G,) or with honesty (G, H), against the priors."""
    joint = np.exp(log_likelihoods - log_likelihoods.max())
    if honesty is None:
        joint *= prior
        return Posterior(THETA_GRID, joint / joint.sum())
    joint *= prior[:, None]
    # One product gives the margin of theta and the margin weighted by h.
    weights = np.column_stack([honesty.weight, honesty.weight * honesty.honesty])
    margins = joint @ weights
    margins /= margins[:, 0].sum()
    return Posterior(THETA_GRID, margins[:, 0].copy(), margins[:, 1].copy())


def log_likelihood(
    bank: ItemBank,
    items: Sequence[int] | IntArray,
    outcomes: Sequence[Outcome] | Sequence[int] | IntArray,
    *,
    honesty: HonestyPrior | None = None,
) -> FloatArray:
    """Log probability of these answers at each theta: (G,), with honesty (G, H)."""
    asked = np.asarray(items, dtype=np.int64).reshape(-1)
    given = np.asarray(outcomes, dtype=np.int64).reshape(-1)
    if asked.size != given.size:
        raise ValueError(f"{asked.size} items but {given.size} outcomes")
    if honesty is None and np.any(given == UNKNOWN):
        raise ValueError('"I don\'t know" was not offered: pass honesty=HONESTY')
    if honesty is None:
        return _of_guessers(bank.knows[asked], bank.guessing[asked], given)
    return _of_people(bank.knows[asked], bank.guessing[asked], given, honesty)


def log_likelihood_of_answer(
    bank: ItemBank, item: int, outcome: Outcome | int, *, honesty: HonestyPrior | None = None
) -> FloatArray:
    """The same for a single answer, at a fifth of the price where only right and wrong exist."""
    if honesty is not None or outcome == UNKNOWN:
        return log_likelihood(bank, [item], [outcome], honesty=honesty)
    lower = bank.guessing[item]
    right = lower + (1.0 - lower) * bank.knows[item]
    chance = right if outcome == RIGHT else 1.0 - right
    return np.asarray(np.log(np.maximum(chance, SMALLEST_PROBABILITY)))


def _of_guessers(knows: FloatArray, guessing: FloatArray, given: IntArray) -> FloatArray:
    right = guessing[:, None] + (1.0 - guessing[:, None]) * knows
    chance = np.where((given == RIGHT)[:, None], right, 1.0 - right)
    return _log_product(chance)


def _of_people(knows: FloatArray, guessing: FloatArray, given: IntArray, honesty: HonestyPrior) -> FloatArray:
    """Right: s + (1 - s)(1 - h) c.  Unknown: (1 - s) h.  Wrong: (1 - s)(1 - h)(1 - c)."""
    h = honesty.honesty
    guesses = 1.0 - h
    right = given == RIGHT
    s, c = knows[right][:, :, None], guessing[right][:, None, None]
    chance = s + ((1.0 - s) * c) * guesses
    log_right = _log_product(chance)
    log_not_known = _log_product(1.0 - knows[~right])
    unknown = int(np.count_nonzero(given == UNKNOWN))
    wrong = given.size - unknown - int(np.count_nonzero(right))
    log_manner = unknown * np.log(np.maximum(h, SMALLEST_PROBABILITY)) + wrong * np.log(
        np.maximum(guesses, SMALLEST_PROBABILITY)
    )
    # (1 - c) of a wrong guess is the same at every theta and h: it cancels.
    return np.asarray(log_right + log_not_known[:, None] + log_manner)


def _log_product(chances: FloatArray) -> FloatArray:
    """Sum of the logarithms along the first axis, (n, ...) -> (...)."""
    if len(chances) == 0:
        return np.zeros(chances.shape[1:])
    starts = np.arange(0, len(chances), FACTORS_PER_LOGARITHM)
    products = np.multiply.reduceat(np.maximum(chances, SMALLEST_PROBABILITY), starts, axis=0)
    return np.asarray(np.log(products).sum(axis=0))
