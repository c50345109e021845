"""Calibration against published tables and simulated truth."""

import numpy as np
import pytest

from assessments.psychometrics import Anchors, Outcome, calibrate, scores_of
from assessments.psychometrics.calibration import status_of

# LSAT section 6 (Bock & Lieberman 1970): answers to five items, and how many gave them.
LSAT_6 = """
00000 3, 00001 6, 00010 2, 00011 11, 00100 1, 00101 1, 00110 3, 00111 4, 01000 1, 01001 8,
01011 16, 01101 3, 01110 2, 01111 15, 10000 10, 10001 29, 10010 14, 10011 81, 10100 3, 10101 28,
10110 15, 10111 80, 11000 16, 11001 56, 11010 21, 11011 173, 11100 11, 11101 61, 11110 28,
11111 298
"""


def lsat_6():
    rows = []
    for entry in LSAT_6.replace("\n", " ").split(","):
        pattern, count = entry.split()
        rows += [[int(answer) for answer in pattern]] * int(count)
    scores = np.array(rows)
    persons, items = np.indices(scores.shape)
    return persons.ravel(), items.ravel(), scores.ravel()


def test_the_one_parameter_model_repeats_the_lsat_6_table():
    fit = calibrate(*lsat_6(), priors=False, common_discrimination=True)
    assert fit.log_likelihood == pytest.approx(-2466.938, abs=0.002)
    assert fit.discrimination == pytest.approx([0.7551] * 5, abs=0.0005)
    assert fit.discrimination_se == pytest.approx([0.0694] * 5, rel=0.01)
    assert fit.difficulty == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=0.001)


def test_the_two_parameter_model_repeats_the_lsat_6_table():
    fit = calibrate(*lsat_6(), priors=False)
    assert fit.converged
    assert fit.log_likelihood == pytest.approx(-2466.653, abs=0.002)
    assert fit.discrimination == pytest.approx([0.826, 0.723, 0.891, 0.688, 0.657], abs=0.001)
    assert fit.intercept == pytest.approx([2.773, 0.990, 0.249, 1.285, 2.053], abs=0.001)
    assert fit.discrimination_se == pytest.approx([0.258, 0.187, 0.233, 0.185, 0.210], rel=0.01)
    assert fit.intercept_se == pytest.approx([0.206, 0.090, 0.076, 0.099, 0.135], rel=0.01)


def sparse_answers(*, people=3000, items=60, answered=0.4, seed=5, guessing=0.25, mean=0.0):
    rng = np.random.default_rng(seed)
    a, b = np.exp(rng.normal(0, 0.3, items)), rng.normal(0, 1, items)
    theta = rng.normal(mean, 1, people)
    person, item = np.nonzero(rng.random((people, items)) < answered)
    chance = guessing + (1 - guessing) / (1 + np.exp(-a[item] * (theta[person] - b[item])))
    return a, b, person, item, (rng.random(person.size) < chance).astype(int)


def test_known_items_are_found_again_within_their_standard_errors():
    a, b, person, item, score = sparse_answers()
    fit = calibrate(person, item, score, guessing=0.25)
    assert fit.converged
    assert np.std((fit.difficulty - b) / fit.difficulty_se) == pytest.approx(1.0, abs=0.25)
    assert np.std((fit.discrimination - a) / fit.discrimination_se) == pytest.approx(1.0, abs=0.25)
    assert abs(np.mean(np.log(fit.discrimination / a))) < 0.05


def test_an_item_nobody_answered_stays_at_its_label():
    _, _, person, item, score = sparse_answers(people=400, items=20)
    labels = [3] * 20 + [5]
    fit = calibrate(person, item, score, guessing=0.25, labels=labels, items=21)
    assert fit.answers[20] == 0
    assert fit.status[20] == "expert-rated"
    assert fit.difficulty[20] == pytest.approx(fit.label_difficulties[4], abs=0.25)
    assert fit.difficulty_se[20] > 0.5


def test_labels_are_relearned():
    rng = np.random.default_rng(8)
    labels = np.repeat([1, 2, 3, 4, 5], 12)
    truth = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])[labels - 1] + rng.normal(0, 0.3, 60)
    theta = rng.normal(size=1500)
    person, item = np.nonzero(rng.random((1500, 60)) < 0.4)
    score = (rng.random(person.size) < 1 / (1 + np.exp(-(theta[person] - truth[item])))).astype(int)
    fit = calibrate(person, item, score, labels=labels.tolist())
    assert fit.label_difficulties == pytest.approx((-2.0, -1.0, 0.0, 1.0, 2.0), abs=0.4)
    assert fit.label_difficulty_sd < 0.6


def test_anchors_keep_the_scale_when_the_people_are_abler():
    a, b, person, item, score = sparse_answers(mean=0.8)
    kept = np.arange(60) < 15
    fit = calibrate(person, item, score, guessing=0.25, anchors=Anchors(kept, a, b))
    assert fit.difficulty[:15] == pytest.approx(b[:15])
    assert fit.population_mean == pytest.approx(0.8, abs=0.12)
    assert abs(np.mean(fit.difficulty[15:] - b[15:])) < 0.1


def test_wrong_input_is_refused_with_its_reason():
    with pytest.raises(ValueError, match="first exposures"):
        calibrate([1, 1], [0, 0], [1, 0])
    with pytest.raises(ValueError, match="scores"):
        calibrate([1, 2], [0, 0], [1, 2])
    with pytest.raises(ValueError, match="no answers"):
        calibrate([], [], [], items=3)


@pytest.mark.parametrize(("answers", "status"), [(49, "expert-rated"), (50, "provisional"), (300, "calibrated")])
def test_status_says_what_parameters_rest_on(answers, status):
    assert status_of(answers) == status


def test_i_dont_know_does_not_make_items_harder():
    rng = np.random.default_rng(9)
    a, b = np.exp(rng.normal(0, 0.2, 40)), rng.normal(0, 1, 40)
    theta, honest = rng.normal(size=2000), rng.random(2000) < 0.6
    person, item = np.nonzero(rng.random((2000, 40)) < 0.5)
    knows = rng.random(person.size) < 1 / (1 + np.exp(-a[item] * (theta[person] - b[item])))
    lucky = rng.random(person.size) < 0.25
    guess = np.where(lucky, Outcome.RIGHT, Outcome.WRONG)
    outcome = np.where(knows, Outcome.RIGHT, np.where(honest[person], Outcome.UNKNOWN, guess))
    fit = calibrate(person, item, scores_of(outcome, np.full(item.size, 0.25), rng=rng), guessing=0.25)
    assert abs(np.mean(fit.difficulty - b)) < 0.06
