"""How probable it is that a person meets every target of a role, from the areas' joint posterior.

Areas share one general factor: theta_k = sqrt(r) g + sqrt(1 - r) e_k, all standard normal, so that
any two correlate r (the model of the map of all areas). What the answers of an area say of its
theta is taken as normal. Given g the areas are independent, so the probability is one integral over
g, done exactly: there is no sampling noise, and the same evidence always gives the same number.

An area nobody asked about is known through its neighbours alone, and takes certainty from the
answer. With nothing measured there is no number.

The number shown is a range: over the correlations that are still believable, and over the marks
where levels begin, which experts have set and no panel has confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from assessments.guidance.normal import NODES, WEIGHTS, FloatArray, below

STARTING_RANGE = (0.3, 0.7)  # of the correlation, while it is the cautious start of .5
LARGEST_CORRELATION = 0.9
MARK_DOUBT = 0.1  # theta, an eighth of a level: how far provisional marks may be off (an assumption)
SETTLED = 0.9  # a chance above it, or below 1 - it, is an answer (the whole range above it, for readiness)
LEAST_TOLD = 0.001  # bits: a sitting that tells less is not worth asking for
LARGEST_STANDARD_ERROR = 0.999  # nearer to the prior's 1 nothing was measured
SOLID_PRECISION = 1 / 0.40**2 - 1  # what a solid sitting adds to the prior
REPLY_NODES = slice(8, 73, 8)  # every eighth node: nine replies a sitting may bring, from -4 to 4 SD
REPLY_WEIGHTS: FloatArray = WEIGHTS[REPLY_NODES] / WEIGHTS[REPLY_NODES].sum()


@dataclass(frozen=True)
class Evidence:
    """What the answers of one area alone say of its theta: a normal likelihood."""

    mean: float
    precision: float  # 1 / variance


@dataclass(frozen=True)
class Requirement:
    """One area of a role. cut: the theta where the level asked for begins, -inf for level 1.

    required: whether readiness asks for it; the others are shown, and inform their neighbours.
    """

    area: str
    cut: float
    required: bool = True


@dataclass(frozen=True)
class Correlation:
    """How alike the areas are in one person, and between what it may lie."""

    value: float = 0.5
    low: float = STARTING_RANGE[0]
    high: float = STARTING_RANGE[1]


@dataclass(frozen=True)
class AreaChance:
    """The chance to meet one target given all evidence. told: bits a solid sitting would tell."""

    area: str
    required: bool
    measured: bool
    chance: float
    told: float


@dataclass(frozen=True)
class Readiness:
    """chance, low, high: None while nothing is measured. doubt: the area whose sitting tells most."""

    chance: float | None
    low: float | None
    high: float | None
    areas: tuple[AreaChance, ...]
    measured: int
    required: int
    settled: bool = False
    doubt: str | None = None


@dataclass(frozen=True)
class Standing:
    """Mean and standard deviation of theta in one area, given the evidence of all."""

    mean: float
    standard_deviation: float


def evidence_of(mean: float, standard_error: float) -> Evidence | None:
    """A sitting's posterior from N(0, 1) as a likelihood; None where it says no more than the prior."""
    if standard_error > LARGEST_STANDARD_ERROR:
        return None
    return Evidence(mean / (1.0 - standard_error**2), standard_error**-2 - 1.0)


def learned_correlation(value: float, standard_error: float) -> Correlation:
    """The correlation of a calibration, with its 90% interval."""
    reach = 1.645 * standard_error
    return Correlation(value, max(0.0, value - reach), min(LARGEST_CORRELATION, value + reach))


def readiness(
    requirements: Sequence[Requirement],
    evidence: Mapping[str, Evidence],
    correlation: Correlation = Correlation(),
    *,
    precisions: Mapping[str, float] | None = None,
    doubts: bool = True,
) -> Readiness:
    """The chance to meet every required target, its range, and where the doubt is.

    precisions: what a sitting in an area would bring; SOLID_PRECISION where not given, 0 where an
    area cannot be measured.  doubts=False leaves out what sittings would tell, the dear part.
    """
    asked = [one for one in requirements if one.required]
    measured = sum(one.area in evidence for one in asked)
    if not evidence or not asked:
        return Readiness(None, None, None, (), measured, len(asked))
    case = Case.of(requirements, evidence)
    chance = float(case.chance(correlation.value))
    shown = [
        float(replace(case, cut=case.cut + shift).chance(r))
        for r, shift in product((correlation.low, correlation.value, correlation.high), (-MARK_DOUBT, 0.0, MARK_DOUBT))
    ]
    told = case.told(correlation.value, precisions or {}) if doubts else np.zeros(case.cut.size)
    areas = tuple(
        AreaChance(one.area, one.required, one.area in evidence, float(met), float(bits))
        for one, met, bits in zip(requirements, case.each(correlation.value), told, strict=False)
    )
    settled = min(shown) > SETTLED or float(case.chance_of_measured(correlation.value)) < 1 - SETTLED
    best = max((one for one in areas if one.required), key=lambda one: one.told)
    doubt = best.area if best.told > LEAST_TOLD and not settled else None
    return Readiness(chance, min(shown), max(shown), areas, measured, len(asked), settled, doubt)


def standings(
    areas: Sequence[str], evidence: Mapping[str, Evidence], correlation: float, *, without_own: bool = False
) -> dict[str, Standing]:
    """Where she stands in each area by all evidence, or by that of its neighbours alone."""
    case = Case.of([Requirement(area, 0.0) for area in areas], evidence)
    means, variances = case.without_own(correlation) if without_own else case.standing(correlation)
    found = zip(areas, means.tolist(), np.sqrt(variances).tolist(), strict=False)
    return {area: Standing(mean, sd) for area, mean, sd in found}


def chance_settled(*, now: Standing, neighbours: Standing, cut: float, precision: float) -> float:
    """How probable it is that a new sitting of this precision leaves the target clearly met or missed.

    now: what is believed today; neighbours: without the area's own answers, which the new sitting
    replaces. Settled: the chance to meet the target is then above .9 or below .1.
    """
    prior_precision = neighbours.standard_deviation**-2
    total = prior_precision + precision
    kept, spread = precision / total, total**-0.5
    centre = prior_precision / total * neighbours.mean + kept * now.mean
    reach = kept * np.sqrt(now.standard_deviation**2 + 1.0 / max(precision, 1e-9))
    limit = 1.2815515655 * spread  # 90% of a normal lies on one side
    over = 1.0 - below((cut + limit - centre) / max(reach, 1e-9))
    under = below((cut - limit - centre) / max(reach, 1e-9))
    return float(over + under)


@dataclass(frozen=True, eq=False)
class Case:
    """Areas in arrays. mean, precision: (..., K) of the evidence, precision 0 where there is none.

    cut: (..., K).  asked: (K,) which are required.
    """

    requirements: tuple[Requirement, ...]
    mean: FloatArray
    precision: FloatArray
    cut: FloatArray
    asked: FloatArray

    @classmethod
    def of(cls, requirements: Sequence[Requirement], evidence: Mapping[str, Evidence]) -> Case:
        """Areas with evidence that the role does not name come last: they inform the others."""
        named = {one.area for one in requirements}
        others = [Requirement(area, -np.inf, required=False) for area in evidence if area not in named]
        rows = (*requirements, *others)
        found = [evidence.get(one.area, Evidence(0.0, 0.0)) for one in rows]
        return cls(
            rows,
            np.array([one.mean for one in found]),
            np.array([one.precision for one in found]),
            np.array([one.cut for one in rows]),
            np.array([one.required for one in rows], dtype=np.float64),
        )

    def general(self, r: float) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Precision and precision-weighted mean that each area lends to g: (..., K); their sums."""
        lent = r * self.precision / (1.0 + (1.0 - r) * self.precision)
        pulled = lent * self.mean / np.sqrt(r) if r > 0 else np.zeros_like(lent)
        return lent, pulled, 1.0 + lent.sum(axis=-1), pulled.sum(axis=-1)

    def standing(self, r: float) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of each theta given all evidence, (..., K) each."""
        mean, variance = self.without_own(r)
        total = 1.0 / variance + self.precision
        return (mean / variance + self.precision * self.mean) / total, 1.0 / total

    def without_own(self, r: float) -> tuple[FloatArray, FloatArray]:
        """The same without the area's own evidence: what its neighbours say."""
        lent, pulled, precision, weighted = self.general(r)
        left = precision[..., None] - lent
        return np.sqrt(r) * (weighted[..., None] - pulled) / left, r / left + 1.0 - r

    def met(self, r: float) -> FloatArray:
        """The chance to meet each target at each node of g: (..., nodes, K)."""
        _lent, _pulled, precision, weighted = self.general(r)
        g = (weighted / precision)[..., None] + NODES / np.sqrt(precision)[..., None]
        total = 1.0 / (1.0 - r) + self.precision
        pull = (self.precision * self.mean)[..., None, :]
        mean = (np.sqrt(r) / (1.0 - r) * g[..., None] + pull) / total[..., None, :]
        return below((mean - self.cut[..., None, :]) * np.sqrt(total)[..., None, :])

    def each(self, r: float) -> FloatArray:
        """The chance to meet each target by itself: (..., K)."""
        return np.asarray(WEIGHTS @ self.met(r))

    def chance(self, r: float, among: FloatArray | None = None) -> FloatArray:
        """The chance to meet all required targets together: (...)."""
        counted = self.asked if among is None else among
        logs = np.log(np.maximum(self.met(r), 1e-300))
        return np.asarray(np.exp(logs @ counted) @ WEIGHTS)

    def chance_of_measured(self, r: float) -> FloatArray:
        """The chance to meet those required targets that were measured."""
        return self.chance(r, self.asked * (self.precision > 0))

    def told(self, r: float, precisions: Mapping[str, float]) -> FloatArray:
        """Bits that a sitting in each area is expected to tell of being ready or not: (K,).

        The sitting replaces what was measured there; its replies are those the present belief expects.
        """
        areas = np.flatnonzero(self.asked)
        brought = np.array([precisions.get(self.requirements[k].area, SOLID_PRECISION) for k in areas])
        mean, variance = self.standing(r)
        spread = np.sqrt(variance[areas] + 1.0 / np.maximum(brought, 1e-9))
        replies = mean[areas][:, None] + spread[:, None] * NODES[REPLY_NODES]
        means = np.broadcast_to(self.mean, (*replies.shape, self.mean.size)).copy()
        sizes = np.broadcast_to(self.precision, means.shape).copy()
        for row, k in enumerate(areas):
            means[row, :, k], sizes[row, :, k] = replies[row], brought[row]
        after = replace(self, mean=means, precision=sizes).chance(r)
        bits = entropy(self.chance(r)) - entropy(after) @ REPLY_WEIGHTS
        found = np.zeros(self.mean.size)
        found[areas] = np.where(brought > 0, bits, 0.0)
        return found


def entropy(chance: FloatArray) -> FloatArray:
    """Of yes or no with this chance, in bits."""
    held = np.clip(chance, 1e-12, 1 - 1e-12)
    return np.asarray(-held * np.log2(held) - (1 - held) * np.log2(1 - held))
