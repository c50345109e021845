"""What answers say of one question, against the same sums written out by hand, one answer at a time."""

import math

import numpy as np
import pytest

from assessments.psychometrics.item_analysis import OptionRow, correlation_of
from assessments.psychometrics.item_evidence import (
    POPULATION,
    Answers,
    Parameters,
    groups_of,
    joint_of,
    posteriors_without,
    residual_z,
    slope_of,
)
from assessments.psychometrics.item_verdict import Finding, Said, Statistics, findings_of, harm_of, must_rest
from tests.psychometrics.test_calibration import lsat_6

C, ITEMS, PEOPLE, ASKED = 0.2, 12, 150, 8


def curve(theta, a, b, c=C):
    return c + (1 - c) / (1 + math.exp(-a * (theta - b)))


@pytest.fixture(scope="module")
def data():
    """A fixed data set: 150 sittings of eight out of twelve questions."""
    rng = np.random.default_rng(11)
    a, b = np.exp(rng.normal(0, 0.3, ITEMS)), rng.normal(0, 1, ITEMS)
    rows = []
    for sitting, theta in enumerate(rng.normal(size=PEOPLE)):
        for item in rng.choice(ITEMS, ASKED, replace=False):
            rows.append((sitting, int(item), int(rng.random() < curve(theta, a[item], b[item]))))
    sitting, item, right = (np.array(column) for column in zip(*rows, strict=True))
    curves = np.array([[curve(theta, a[j], b[j]) for theta in POPULATION.theta] for j in range(ITEMS)])
    answers = Answers(sitting, right, item, np.ones(sitting.size, dtype=bool), curves)
    return a, b, rows, answers


def posterior_by_hand(a, b, rows, left_out):
    """Posterior of theta of the sitting of one answer, from its other answers."""
    sitting = rows[left_out][0]
    mass = []
    for theta, weight in zip(POPULATION.theta, POPULATION.weight, strict=True):
        for place, (other, item, right) in enumerate(rows):
            if other == sitting and place != left_out:
                chance = curve(theta, a[item], b[item])
                weight = weight * (chance if right else 1 - chance)
        mass.append(weight)
    whole = sum(mass)
    return [one / whole for one in mass]


def test_posteriors_leave_the_judged_answer_out(data):
    a, b, rows, answers = data
    which = np.flatnonzero(answers.curve == 3)
    found = posteriors_without(answers, joint_of(answers), which)
    for place, posterior in zip(which[:20], found[:20], strict=True):
        assert posterior == pytest.approx(posterior_by_hand(a, b, rows, int(place)), abs=1e-9)


def test_answers_on_trial_tell_nothing_of_theta(data):
    _a, _b, _rows, answers = data
    none_count = Answers(answers.sitting, answers.right, answers.curve, np.zeros_like(answers.counts), answers.curves)
    found = posteriors_without(none_count, joint_of(none_count), np.arange(5))
    assert found == pytest.approx(np.tile(POPULATION.weight, (5, 1)), abs=1e-12)


def test_the_residual_is_the_sum_written_out(data):
    a, b, rows, answers = data
    which = np.flatnonzero(answers.curve == 5)
    posteriors = posteriors_without(answers, joint_of(answers), which)
    found = residual_z(answers.right[which], posteriors, Parameters(a[5], b[5], C, 0.0, 0.0))
    surplus = variance = 0.0
    for place in which:
        chances = [curve(theta, a[5], b[5]) for theta in POPULATION.theta]
        chance = sum(p * q for p, q in zip(posterior_by_hand(a, b, rows, int(place)), chances, strict=True))
        surplus += rows[place][2] - chance
        variance += chance * (1 - chance)
    assert found == pytest.approx(surplus / math.sqrt(variance), abs=1e-9)


def test_doubt_about_a_label_is_part_of_the_variance(data):
    a, b, _rows, answers = data
    which = np.flatnonzero(answers.curve == 5)
    posteriors = posteriors_without(answers, joint_of(answers), which)
    right = np.ones(which.size, dtype=int)
    sure = residual_z(right, posteriors, Parameters(a[5], b[5] + 1, C, 0.0, 0.0))
    unsure = residual_z(right, posteriors, Parameters(a[5], b[5] + 1, C, 0.3, 0.75))
    assert sure > unsure > 0


def test_the_slope_is_the_posterior_written_out(data):
    _a, _b, _rows, answers = data
    which = np.flatnonzero(answers.curve == 2)
    posteriors = posteriors_without(answers, joint_of(answers), which)
    found = slope_of(answers.right[which], posteriors, guessing=C)
    mass, low, mean = 0.0, 0.0, 0.0
    for slope in (round(-2 + 0.1 * k, 1) for k in range(61)):
        for intercept in (-4 + 0.25 * k for k in range(33)):
            curves = C + (1 - C) / (1 + np.exp(-(slope * POPULATION.theta + intercept)))
            chance = posteriors @ curves
            likelihood = np.prod(np.where(answers.right[which] == 1, chance, 1 - chance))
            one = likelihood * math.exp(-0.5 * (slope - 1) ** 2 - 0.5 * (intercept / 2) ** 2)
            mass, mean = mass + one, mean + one * slope
            low += one if slope < 0.35 else 0.0
    assert found.mean == pytest.approx(mean / mass, abs=1e-9)
    assert found.low == pytest.approx(low / mass, abs=1e-9)


def simulated(answers_of, people=400, seed=3):
    """Answers to one question of people whose thetas are known from twenty good ones."""
    rng = np.random.default_rng(seed)
    theta = rng.normal(size=people)
    places = rng.normal(0, 1, (people, 20))
    right = (rng.random((people, 20)) < C + (1 - C) / (1 + np.exp(-1.2 * (theta[:, None] - places)))).astype(int)
    log = np.log(POPULATION.weight) + sum(
        np.log(np.where(right[:, [j]] == 1, p, 1 - p))
        for j in range(20)
        for p in [C + (1 - C) / (1 + np.exp(-1.2 * (POPULATION.theta - places[:, [j]])))]
    )
    mass = np.exp(log - log.max(axis=1, keepdims=True))
    return answers_of(theta, rng), mass / mass.sum(axis=1, keepdims=True)


def good(theta, rng):
    return (rng.random(theta.size) < C + (1 - C) / (1 + np.exp(-theta))).astype(int)


def wrong_key(theta, rng):
    return 1 - good(theta, rng)


def coin(theta, rng):
    return (rng.random(theta.size) < 0.5).astype(int)


@pytest.mark.parametrize(("answers_of", "is_flat"), [(good, False), (wrong_key, True), (coin, True)])
def test_a_wrong_key_and_a_coin_are_surely_flat_and_a_good_question_is_not(answers_of, is_flat):
    right, posteriors = simulated(answers_of)
    slope = slope_of(right, posteriors, guessing=C)
    assert (slope.low > 0.95) is is_flat
    assert must_rest(Statistics(answers=right.size, slope_low=slope.low)) is is_flat
    if not is_flat:
        assert slope.mean == pytest.approx(1.0, abs=2.5 * slope.sd)
        assert slope.difficulty == pytest.approx(0.0, abs=2.5 * slope.difficulty_sd)


def test_good_questions_are_hardly_ever_sent_back():
    """Over 200 sound questions with labels one level off: at most one in fifty rests."""
    rested = 0
    for seed in range(200):
        right, posteriors = simulated(good, people=120, seed=seed)
        doubted = Parameters(1.0, 0.5, C, 0.3, 0.75)
        statistics = Statistics(
            answers=right.size,
            slope_low=slope_of(right, posteriors, guessing=C).low,
            residual_z=residual_z(right, posteriors, doubted),
        )
        rested += must_rest(statistics)
    assert rested <= 4


def test_groups_hold_everybody_once_and_rise(data):
    right, posteriors = simulated(good)
    groups = groups_of(right, posteriors, Parameters(1.0, 0.0, C, 0.0, 0.0))
    assert sum(group.answers for group in groups) == right.size
    assert sum(group.right for group in groups) == right.sum()
    assert [group.theta for group in groups] == sorted(group.theta for group in groups)
    inside = [group.interval[0] <= group.expected <= group.interval[1] for group in groups]
    assert sum(inside) >= 4


def row(option, low, middle, high):
    return OptionRow(option, (low, middle, high), 0.0)


def test_what_is_said_of_options():
    statistics = Statistics(
        answers=300,
        options=[("a", row(0, 20, 40, 60)), ("b", row(1, 20, 30, 40)), ("c", row(2, 1, 0, 0)), ("", row(3, 40, 20, 1))],
        right=frozenset("a"),
    )
    assert findings_of(statistics) == [Said(Finding.STRONG_CHOOSE, "b"), Said(Finding.UNCHOSEN, "c")]


def test_nothing_is_said_of_few_answers():
    assert findings_of(Statistics(answers=29, slope_low=1.0, residual_z=9.0)) == []
    assert not must_rest(Statistics(answers=99, slope_low=1.0, residual_z=9.0))
    assert must_rest(Statistics(answers=100, slope_low=0.951))
    assert must_rest(Statistics(answers=100, residual_z=-4.01))
    assert not must_rest(Statistics(answers=100, slope_low=0.95, residual_z=4.0))


def test_harm_grows_with_gravity_and_with_use():
    flat, slow = [Said(Finding.FLAT)], [Said(Finding.SLOW)]
    assert harm_of([], exposure=1.0) == 0.0
    assert harm_of(flat, exposure=0.1) > harm_of(slow, exposure=0.1)
    assert harm_of(flat, exposure=0.05) > harm_of(flat, exposure=0.01)


# Printed with the R package ltm for section 6 of the LSAT (Rizopoulos 2006).
FACILITY = (0.924, 0.709, 0.553, 0.763, 0.870)
ITEM_REST = (0.113, 0.153, 0.173, 0.144, 0.122)


def test_facility_and_corrected_correlation_are_those_printed_for_the_lsat():
    """With one slope for all items theta is a function of the rest score, so both correlations nearly agree."""
    _persons, _items, answers_given = lsat_6()
    table = answers_given.reshape(1000, 5)
    sitting, item = (part.ravel() for part in np.indices(table.shape))
    curves = np.array(
        [1 / (1 + np.exp(-0.7551 * (POPULATION.theta - b))) for b in (-3.6153, -1.3224, -0.3176, -1.7301, -2.7802)]
    )
    answers = Answers(sitting, table.ravel(), item, np.ones(5000, dtype=bool), curves)
    joint = joint_of(answers)
    for place in range(5):
        which = np.flatnonzero(item == place)
        right = answers.right[which].astype(float)
        theta = posteriors_without(answers, joint, which) @ POPULATION.theta
        assert right.mean() == pytest.approx(FACILITY[place], abs=5e-4)
        rest = table.sum(axis=1) - table[:, place]
        assert np.corrcoef(right, rest)[0, 1] == pytest.approx(ITEM_REST[place], abs=5e-4)
        assert correlation_of(right, theta)[0] == pytest.approx(ITEM_REST[place], abs=0.003)
