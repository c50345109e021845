"""What a sitting will bring, against sittings that were simulated."""

import numpy as np

from assessments.psychometrics import HONESTY, Sitting, StoppingRule, labelled_bank, normal_posterior
from assessments.psychometrics.foresight import cumulative_precision
from assessments.psychometrics.simulation import simulated_people, simulated_sitting, true_items_of

BANK = labelled_bank([1, 2, 3, 4, 5] * 12, np.tile([0.25, 0.25, 0.0], 20), sub_skill=np.arange(60) % 5)
ANYBODY = normal_posterior(mean=0, standard_error=1)


def test_the_precision_foreseen_is_about_what_sittings_reach():
    rng = np.random.default_rng(0)
    people = simulated_people(60, rng, never_admit=0.3)
    rule = StoppingRule(0.01, 15)
    sittings = [
        simulated_sitting(Sitting(BANK, rule=rule, honesty=HONESTY), person, true_items_of(BANK, rng), rng)
        for person in people
    ]
    reached = 1 / np.mean([sitting.standard_error**2 for sitting in sittings]) - 1
    foreseen = cumulative_precision(BANK, ANYBODY, most=15)[-1]
    assert 0.75 < reached / foreseen < 1.25


def test_more_questions_bring_more_and_fewer_are_left_without_those_excluded():
    whole = cumulative_precision(BANK, ANYBODY, most=100)
    assert whole.size == 60 and np.all(np.diff(whole) > 0)
    assert cumulative_precision(BANK, ANYBODY, most=100, excluded=range(50)).size == 10
    assert cumulative_precision(BANK, ANYBODY, most=100, excluded=range(60)).size == 0
