"""Other engines on the same people, the same bank and the same answers, where they install."""

import time
from dataclasses import dataclass

import numpy as np

from assessments.psychometrics import Sitting, StoppingRule, calibrate, item_bank

ITEMS, GUESSING, LENGTH, PEOPLE = 60, 0.25, 20, 40


@dataclass(frozen=True)
class Task:
    """True thetas (N,), items, and what everybody would answer to everything (N, J)."""

    theta: np.ndarray
    discrimination: np.ndarray
    difficulty: np.ndarray
    answers: np.ndarray


def drawn_task(seed=0):
    rng = np.random.default_rng(seed)
    a, b = np.exp(rng.normal(0, 0.3, ITEMS)), rng.normal(0, 1, ITEMS)
    theta = rng.normal(size=PEOPLE)
    chance = GUESSING + (1 - GUESSING) / (1 + np.exp(-a * (theta[:, None] - b)))
    return Task(theta, a, b, (rng.random((PEOPLE, ITEMS)) < chance).astype(int))


def ours(task):
    bank = item_bank(task.discrimination, task.difficulty, GUESSING)
    rng = np.random.default_rng(1)
    for answers in task.answers:
        sitting = Sitting(bank, rule=StoppingRule(0.01, LENGTH), balanced=False, exposure=None)
        for _ in range(LENGTH):
            item = sitting.next_item(rng)
            sitting.answer(item, answers[item])
        yield sitting.mean


def catsim(task):
    from catsim import ItemBank
    from catsim.estimation import NumericalSearchEstimator
    from catsim.selection import MaxInfoSelector

    columns = [task.discrimination, task.difficulty, np.full(ITEMS, GUESSING), np.ones(ITEMS)]
    bank, chooser, estimator = ItemBank(np.column_stack(columns)), MaxInfoSelector(), NumericalSearchEstimator()
    for answers in task.answers:
        theta, asked, given = 0.0, [], []
        for _ in range(LENGTH):
            item = int(chooser.select(item_bank=bank, administered_items=asked, est_theta=theta))
            asked.append(item)
            given.append(bool(answers[item]))
            theta = estimator.estimate(item_bank=bank, administered_items=asked, response_vector=given, est_theta=theta)
        yield theta


def adaptivetesting(task, *, people=3):
    from adaptivetesting.math.estimators import ExpectedAPosteriori, NormalPrior
    from adaptivetesting.math.item_selection import maximum_information_criterion
    from adaptivetesting.models import TestItem

    def as_item(number):
        item = TestItem()
        item.id, item.a, item.b, item.c = (
            number,
            task.discrimination[number],
            task.difficulty[number],
            GUESSING,
        )
        return item

    for answers in task.answers[:people]:
        theta, free, asked, given = 0.0, [as_item(number) for number in range(ITEMS)], [], []
        for _ in range(LENGTH):
            item = maximum_information_criterion(free, theta)
            free.remove(item)
            asked.append(item)
            given.append(int(answers[item.id]))
            theta = ExpectedAPosteriori(np.array(given), asked, NormalPrior(0, 1)).get_estimation()
        yield theta


def compare_with_peers():
    """Print time of a decision and RMSE after 20 items; then a calibration beside mirt's."""
    task = drawn_task()
    print(f"\nPeers: {LENGTH} of {ITEMS} items, c {GUESSING}, the same answers (ms a decision, RMSE of theta)")
    for engine in (ours, catsim, adaptivetesting):
        try:
            start = time.perf_counter()
            estimates = np.array(list(engine(task)))
        except ImportError:
            print(f"  {engine.__name__}: not installed")
            continue
        cost = 1e3 * (time.perf_counter() - start) / (estimates.size * LENGTH)
        mine = np.array(list(ours(task)))[: estimates.size]
        true = task.theta[: estimates.size]
        print(
            f"  {engine.__name__}: {cost:.2f} ms, RMSE {np.sqrt(np.mean((estimates - true) ** 2)):.3f} on "
            f"{estimates.size} people (ours on the same: {np.sqrt(np.mean((mine - true) ** 2)):.3f})",
            flush=True,
        )
    _calibration_beside_mirt()


def _calibration_beside_mirt():
    rng = np.random.default_rng(2)
    a, b, theta = np.exp(rng.normal(0, 0.3, 40)), rng.normal(0, 1, 40), rng.normal(size=2000)
    scores = (rng.random((2000, 40)) < 1 / (1 + np.exp(-a * (theta[:, None] - b)))).astype(int)
    person, item = np.indices(scores.shape)
    start = time.perf_counter()
    fit = calibrate(person.ravel(), item.ravel(), scores.ravel(), priors=False)
    print(
        f"  calibration of 2,000 x 40, no priors: ours {time.perf_counter() - start:.2f} s, "
        f"log-likelihood {fit.log_likelihood:.2f}"
    )
    try:
        from mirt import fit_mirt
    except ImportError:
        print("  mirt: not installed")
        return
    start = time.perf_counter()
    other = fit_mirt(scores, model="2PL")
    print(f"  mirt: {time.perf_counter() - start:.2f} s, log-likelihood {other.log_likelihood:.2f}")
