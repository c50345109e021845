"""All areas of one person together."""

import numpy as np
import pytest

from assessments.psychometrics import (
    HONESTY,
    MapSitting,
    Outcome,
    StopReason,
    estimated_correlation,
    item_bank,
    posterior_of,
    profile_of,
)
from assessments.psychometrics.profile import log_likelihoods_of

RNG = np.random.default_rng(11)
BANKS = [item_bank(np.exp(RNG.normal(0.3, 0.3, 30)), RNG.normal(0, 1, 30), 0.2) for _ in range(4)]
ANSWERS = [(0, item, Outcome.RIGHT) for item in range(12)] + [(1, item, Outcome.WRONG) for item in range(3)]


@pytest.mark.parametrize("honesty", [None, HONESTY])
def test_an_answer_informs_the_neighbours(honesty):
    profile = profile_of(BANKS, ANSWERS, correlation=0.6, honesty=honesty)
    unasked = profile.areas[2]
    assert unasked.mean > 0.2
    assert 0.6 < unasked.standard_error < 1.0
    assert profile.areas[2].mean == pytest.approx(profile.areas[3].mean)
    assert profile.own[2].mean == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("honesty", [None, HONESTY])
def test_the_own_estimate_is_that_of_the_area_alone(honesty):
    profile = profile_of(BANKS, ANSWERS, correlation=0.6, honesty=honesty)
    alone = posterior_of(BANKS[0], range(12), [Outcome.RIGHT] * 12, honesty=honesty)
    assert profile.own[0].mean == pytest.approx(alone.mean)
    assert profile.areas[0].standard_error < alone.standard_error


def test_without_correlation_nothing_is_borrowed():
    profile = profile_of(BANKS, ANSWERS, correlation=0.0)
    for borrowed, own in zip(profile.areas, profile.own, strict=True):
        assert borrowed.mean == pytest.approx(own.mean, abs=1e-6)
        assert borrowed.standard_error == pytest.approx(own.standard_error, abs=1e-4)


def test_the_order_of_answers_does_not_matter():
    there = profile_of(BANKS, ANSWERS, honesty=HONESTY)
    back = profile_of(BANKS, reversed(ANSWERS), honesty=HONESTY)
    assert there.means == pytest.approx(back.means, abs=1e-9)


def test_a_map_stops_when_the_needed_areas_are_known():
    sitting = MapSitting(BANKS, target=0.6, needed=[1, 2], correlation=0.6)
    rng = np.random.default_rng(1)
    while sitting.stopped is None:
        question = sitting.next_item(rng)
        assert question.area in (1, 2)
        sitting.answer(question, Outcome(int(rng.integers(2))))
    assert sitting.stopped is StopReason.PRECISE
    assert sitting.profile.standard_errors[[1, 2]].max() <= 0.6
    stored = profile_of(BANKS, sitting.answers, correlation=0.6)
    assert stored.means == pytest.approx(sitting.profile.means)


def test_the_correlation_starts_cautious_and_is_learned():
    assert estimated_correlation([]).correlation == pytest.approx(0.5, abs=0.01)
    rng = np.random.default_rng(2)
    people = []
    for _ in range(400):
        thetas = np.sqrt(0.8) * rng.normal() + np.sqrt(0.2) * rng.normal(size=4)
        answers = [
            (
                area,
                item,
                int(
                    rng.random()
                    < 0.2 + 0.8 / (1 + np.exp(-bank.discrimination[item] * (thetas[area] - bank.difficulty[item])))
                ),
            )
            for area, bank in enumerate(BANKS)
            for item in range(30)
        ]
        people.append(log_likelihoods_of(BANKS, answers, honesty=None))
    learned = estimated_correlation(people)
    assert learned.correlation == pytest.approx(0.8, abs=0.06)
    assert learned.standard_error < 0.05
