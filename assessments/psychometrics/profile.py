"""All areas of one person together: each answer also informs the neighbouring areas.

One general factor g ~ N(0, 1): theta_k = sqrt(r) g + sqrt(1 - r) e_k, so that any two areas
correlate r.  Exact on a g-grid x theta-grid; with "I don't know" also over the person's one
honesty.  A *borrowed* estimate rests partly on other areas; the *own* one, on the answers of
its area alone, stands beside it, and only that may carry a certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assessments.psychometrics.bank import THETA_GRID, ItemBank
from assessments.psychometrics.estimation import (
    STANDARD_NORMAL,
    HonestyPrior,
    Posterior,
    log_likelihood,
    normal_weights,
    posterior_from,
)
from assessments.psychometrics.irt import FloatArray

CAUTIOUS_CORRELATION = 0.5  # until data say more: r = .6 where .3 is true covers only 90.6%
LARGEST_CORRELATION = 0.9  # beyond it the grid of g is too coarse for what is left of theta
CORRELATION_PRIOR_SD = 0.15  # doubt about the cautious start, for the estimate from data

GENERAL_GRID: FloatArray = np.linspace(-4.2, 4.2, 49)
GENERAL_GRID.setflags(write=False)
GENERAL_WEIGHTS = normal_weights(GENERAL_GRID)
SMALLEST_EVIDENCE = 1e-300

Answer = tuple[int, int, int]  # area, item in the bank of that area, outcome


@dataclass(frozen=True, eq=False)
class Profile:
    """Where a person stands in K areas.

    areas: (K,) posteriors, each informed by all answers.  own: (K,) posteriors from the
    answers of that area alone.  general: posterior of the general factor on GENERAL_GRID.
    """

    areas: tuple[Posterior, ...]
    own: tuple[Posterior, ...]
    general: Posterior

    @property
    def means(self) -> FloatArray:
        """(K,) estimates of theta."""
        return np.array([area.mean for area in self.areas])

    @property
    def standard_errors(self) -> FloatArray:
        """(K,) posterior SDs."""
        return np.array([area.standard_error for area in self.areas])


@lru_cache(maxsize=32)
def theta_given_general(correlation: float) -> FloatArray:
    """(49, G): the distribution of an area's theta at each value of the general factor."""
    if not 0.0 <= correlation <= LARGEST_CORRELATION:
        raise ValueError(f"correlation of areas must be in 0 to {LARGEST_CORRELATION}")
    centre = np.sqrt(correlation) * GENERAL_GRID[:, None]
    density = np.exp(-0.5 * np.square(THETA_GRID - centre) / (1.0 - correlation))
    density /= density.sum(axis=1, keepdims=True)
    density.setflags(write=False)
    return np.asarray(density)


def profile_of(
    banks: Sequence[ItemBank],
    answers: Iterable[Answer],
    *,
    correlation: float = CAUTIOUS_CORRELATION,
    honesty: HonestyPrior | None = None,
) -> Profile:
    """The profile after these answers over all areas, in any order."""
    likelihoods = log_likelihoods_of(banks, answers, honesty=honesty)
    return profile_from(likelihoods, correlation=correlation, honesty=honesty)


def log_likelihoods_of(
    banks: Sequence[ItemBank], answers: Iterable[Answer], *, honesty: HonestyPrior | None = None
) -> FloatArray:
    """Log probability of the answers of each area: (K, G), with honesty (K, G, H)."""
    items: list[list[int]] = [[] for _ in banks]
    outcomes: list[list[int]] = [[] for _ in banks]
    for area, item, outcome in answers:
        items[area].append(item)
        outcomes[area].append(outcome)
    return np.stack(
        [
            log_likelihood(bank, asked, given, honesty=honesty)
            for bank, asked, given in zip(banks, items, outcomes, strict=True)
        ]
    )


def profile_from(log_likelihoods: FloatArray, *, correlation: float, honesty: HonestyPrior | None = None) -> Profile:
    """All areas from their log-likelihoods, (K, G) or with honesty (K, G, H)."""
    manners = np.ones(1) if honesty is None else honesty.weight
    stacked = log_likelihoods.reshape(len(log_likelihoods), THETA_GRID.size, manners.size)
    scaled = np.exp(stacked - stacked.max(axis=(1, 2), keepdims=True))
    given = theta_given_general(correlation)
    evidence = np.log(np.maximum(given @ scaled, SMALLEST_EVIDENCE))  # (K, 49, H)
    joint = evidence.sum(axis=0) + np.log(GENERAL_WEIGHTS)[:, None] + np.log(manners)
    # What all *other* areas say is the prior of each area.
    others = np.exp((joint - evidence) - (joint - evidence).max(axis=(1, 2), keepdims=True))
    posterior = scaled * (given.T @ others)
    posterior /= posterior.sum(axis=(1, 2), keepdims=True)
    return Profile(
        areas=_posteriors(posterior, honesty),
        own=tuple(posterior_from(one, honesty=honesty) for one in log_likelihoods),
        general=_general(joint),
    )


def _posteriors(joint: FloatArray, honesty: HonestyPrior | None) -> tuple[Posterior, ...]:
    """Margins of theta from (K, G, H)."""
    if honesty is None:
        return tuple(Posterior(THETA_GRID, density) for density in joint[:, :, 0])
    margins = joint @ np.column_stack([np.ones_like(honesty.honesty), honesty.honesty])
    return tuple(Posterior(THETA_GRID, one[:, 0].copy(), one[:, 1].copy()) for one in margins)


def _general(joint: FloatArray) -> Posterior:
    weights = np.exp(joint - joint.max()).sum(axis=1)
    return Posterior(GENERAL_GRID, weights / weights.sum())


@dataclass(frozen=True)
class CorrelationEstimate:
    """How strongly areas go together, and how far that is known from data."""

    correlation: float
    standard_error: float
    people: int


def estimated_correlation(likelihoods: Sequence[FloatArray]) -> CorrelationEstimate:
    """The correlation of areas from people's log-likelihoods, (K, G) each (no honesty).

    Most probable r against N(.5, .15^2): with nobody measured it stays at the cautious start.
    """
    steps = np.linspace(0.0, LARGEST_CORRELATION, 46)
    support = -0.5 * np.square((steps - CAUTIOUS_CORRELATION) / CORRELATION_PRIOR_SD)
    if likelihoods:
        people = np.stack(likelihoods)
        support = support + np.array([_log_marginal(people, float(step)) for step in steps])
    weights = np.exp(support - support.max())
    weights /= weights.sum()
    mean = float(weights @ steps)
    spread = float(np.sqrt(weights @ np.square(steps - mean)))
    return CorrelationEstimate(mean, spread, len(likelihoods))


def _log_marginal(people: FloatArray, correlation: float) -> float:
    """Log probability of everybody's answers, (N, K, G), if areas correlate so."""
    scaled = np.exp(people - people.max(axis=2, keepdims=True))
    evidence = scaled @ theta_given_general(correlation).T
    each = np.log(np.maximum(evidence, SMALLEST_EVIDENCE)).sum(axis=1)
    peak = each.max(axis=1, keepdims=True)
    return float((peak[:, 0] + np.log(np.exp(each - peak) @ GENERAL_WEIGHTS)).sum())


def unmeasured() -> Posterior:
    """What is known of an area before any answer: the prior."""
    return Posterior(THETA_GRID, STANDARD_NORMAL)
