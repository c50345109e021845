"""Simulated people on a bank: what a sitting will cost, before anybody sits it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from assessments.psychometrics.bank import ItemBank
from assessments.psychometrics.estimation import HonestyPrior
from assessments.psychometrics.exposure import PROGRESSIVE, Exposure
from assessments.psychometrics.irt import (
    BoolArray,
    FloatArray,
    IntArray,
    Outcome,
    probability_knows,
)
from assessments.psychometrics.sitting import Sitting
from assessments.psychometrics.stopping import StoppingRule, StopReason

PLANNED_PEOPLE = 150  # the 90th percentile of the length is then known to about one question


@dataclass(frozen=True)
class Person:
    """Somebody simulated: true theta, and the probability of admitting not to know."""

    theta: float
    honesty: float = 0.0


@dataclass(frozen=True, eq=False)
class TrueItems:
    """Parameters by which simulated people answer, (J,) each; the bank may know less."""

    discrimination: FloatArray
    difficulty: FloatArray
    guessing: FloatArray


def true_items_of(bank: ItemBank, rng: np.random.Generator) -> TrueItems:
    """One draw of the true parameters from what the bank knows of its items."""
    size = len(bank)
    spread = np.exp(bank.log_discrimination_sd * rng.standard_normal(size))
    difficulty = bank.difficulty + bank.difficulty_sd * rng.standard_normal(size)
    return TrueItems(bank.discrimination * spread, difficulty, bank.guessing)


def simulated_people(count: int, rng: np.random.Generator, *, never_admit: float = 1.0) -> list[Person]:
    """People with theta ~ N(0, 1), honesty 0 with this probability and else Beta(6, 2)."""
    thetas = rng.standard_normal(count)
    honesty = np.where(rng.random(count) < never_admit, 0.0, rng.beta(6.0, 2.0, count))
    return [Person(float(theta), float(h)) for theta, h in zip(thetas, honesty, strict=True)]


def simulated_outcome(person: Person, items: TrueItems, item: int, rng: np.random.Generator) -> Outcome:
    """Who knows is right; who does not admits it or guesses."""
    knows = probability_knows(
        person.theta,
        discrimination=items.discrimination[item],
        difficulty=items.difficulty[item],
    )
    if rng.random() < float(knows):
        return Outcome.RIGHT
    if rng.random() < person.honesty:
        return Outcome.UNKNOWN
    return Outcome.RIGHT if rng.random() < items.guessing[item] else Outcome.WRONG


def simulated_sitting(sitting: Sitting, person: Person, items: TrueItems, rng: np.random.Generator) -> Sitting:
    """Answer until the sitting stops."""
    while sitting.stopped is None:
        item = sitting.next_item(rng)
        if item is None:
            break
        sitting.answer(item, simulated_outcome(person, items, item, rng))
    return sitting


@dataclass(frozen=True, eq=False)
class SimulationReport:
    """What n simulated sittings came to.

    theta, estimate, standard_error, length: (n,).  covered: (n,) whether the 95% interval
    held the true theta.  asked: (J,) in how many sittings each item was asked.  first: (J,)
    in how many it came first.
    """

    theta: FloatArray
    estimate: FloatArray
    standard_error: FloatArray
    length: IntArray
    covered: BoolArray
    asked: IntArray
    first: IntArray
    reached: float  # share of sittings that met the target

    @property
    def bias(self) -> float:
        """Mean error of the estimate, in theta."""
        return float(np.mean(self.estimate - self.theta))

    @property
    def root_mean_squared_error(self) -> float:
        """Typical error of the estimate, in theta."""
        return float(np.sqrt(np.mean(np.square(self.estimate - self.theta))))

    @property
    def coverage(self) -> float:
        """Share of 95% intervals that held the true theta."""
        return float(np.mean(self.covered))

    @property
    def exposure(self) -> FloatArray:
        """(J,) share of sittings in which each item was asked."""
        return np.asarray(self.asked / max(self.theta.size, 1))


def simulate(
    bank: ItemBank,
    *,
    people: list[Person],
    rule: StoppingRule,
    rng: np.random.Generator,
    items: TrueItems | None = None,
    honesty: HonestyPrior | None = None,
    balanced: bool = True,
    exposure: Exposure | None = PROGRESSIVE,
    excluded: Collection[int] = (),
) -> SimulationReport:
    """Let these people sit.  items: true parameters, drawn anew for each person when absent."""
    sittings = []
    for person in people:
        sitting = Sitting(
            bank,
            rule=rule,
            honesty=honesty,
            balanced=balanced,
            exposure=exposure,
            excluded=excluded,
        )
        truth = items if items is not None else true_items_of(bank, rng)
        sittings.append(simulated_sitting(sitting, person, truth, rng))
    return _report(bank, people, sittings)


def _report(bank: ItemBank, people: list[Person], sittings: list[Sitting]) -> SimulationReport:
    thetas = np.array([person.theta for person in people])
    intervals = np.array([sitting.interval() for sitting in sittings]).reshape(-1, 2)
    asked = [item for sitting in sittings for item in sitting.asked]
    first = [sitting.asked[0] for sitting in sittings if sitting.asked]
    return SimulationReport(
        theta=thetas,
        estimate=np.array([sitting.mean for sitting in sittings]),
        standard_error=np.array([sitting.standard_error for sitting in sittings]),
        length=np.array([len(sitting.asked) for sitting in sittings], dtype=np.int64),
        covered=(intervals[:, 0] <= thetas) & (thetas <= intervals[:, 1]),
        asked=np.bincount(asked, minlength=len(bank)),
        first=np.bincount(first, minlength=len(bank)),
        reached=float(np.mean([sitting.stopped is StopReason.PRECISE for sitting in sittings])),
    )


@dataclass(frozen=True)
class PlannedLength:
    """How long a sitting will be on this bank: half need at most `median` questions."""

    median: int
    ninetieth: int
    reached: float  # share of people for whom the bank suffices


def planned_length(
    bank: ItemBank,
    rule: StoppingRule,
    *,
    honesty: HonestyPrior | None = None,
    never_admit: float = 0.3,
    people: int = PLANNED_PEOPLE,
    seed: int = 0,
) -> PlannedLength:
    """The length promised on a page, by simulating the present bank; same seed, same answer."""
    rng = np.random.default_rng(seed)
    never = never_admit if honesty is not None else 1.0
    report = simulate(
        bank,
        people=simulated_people(people, rng, never_admit=never),
        rule=rule,
        honesty=honesty,
        rng=rng,
    )
    median, ninetieth = np.ceil(np.quantile(report.length, [0.5, 0.9])).astype(int)
    return PlannedLength(int(median), int(ninetieth), report.reached)
