"""Simulated people: intervals hold what they promise, estimates are unbiased.

Reduced from the tables of the benchmark: fixed seeds, wide limits.
"""

import numpy as np
import pytest

from assessments.psychometrics import HONESTY, QUICK, item_bank, labelled_bank
from assessments.psychometrics.simulation import TrueItems, simulate, simulated_people

PEOPLE = 400


def known_bank(rng, *, size=60, guessing=0.25):
    bank = item_bank(
        np.exp(rng.normal(0, 0.3, size)),
        rng.normal(0, 1, size),
        guessing,
        sub_skill=np.arange(size) % 5,
    )
    return bank, TrueItems(bank.discrimination, bank.difficulty, bank.guessing)


@pytest.mark.parametrize(("honesty", "never_admit"), [(None, 1.0), (HONESTY, 0.3), (HONESTY, 1.0), (HONESTY, 0.0)])
def test_intervals_cover_and_estimates_do_not_lean(honesty, never_admit):
    rng = np.random.default_rng(21)
    bank, items = known_bank(rng)
    people = simulated_people(PEOPLE, rng, never_admit=never_admit)
    report = simulate(bank, people=people, rule=QUICK, items=items, honesty=honesty, rng=rng)
    assert 0.92 <= report.coverage <= 0.98
    assert abs(report.bias) < 0.08
    assert report.root_mean_squared_error < 0.56


def test_labels_alone_cover_too():
    rng = np.random.default_rng(22)
    bank = labelled_bank([1, 2, 3, 4, 5] * 12, np.tile([0.25, 0.25, 0.0], 20))
    people = simulated_people(PEOPLE, rng)
    report = simulate(bank, people=people, rule=QUICK, rng=rng)  # new true items for each person
    assert 0.92 <= report.coverage <= 0.98
    assert report.reached > 0.95


def test_exposure_and_balance_cost_little_and_spread_the_bank():
    rng = np.random.default_rng(23)
    bank, items = known_bank(rng)
    people = simulated_people(PEOPLE, rng)
    plain = simulate(bank, people=people, rule=QUICK, items=items, rng=rng, balanced=False, exposure=None)
    spread = simulate(bank, people=people, rule=QUICK, items=items, rng=rng)
    assert spread.length.mean() <= 1.12 * plain.length.mean()
    assert spread.first.max() <= 0.05 * PEOPLE
    assert np.mean(spread.exposure < 0.01) <= 0.02


def test_the_same_seed_gives_the_same_people():
    first = simulated_people(5, np.random.default_rng(1), never_admit=0.3)
    assert first == simulated_people(5, np.random.default_rng(1), never_admit=0.3)
