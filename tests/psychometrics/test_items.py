"""Item analysis, drift, differential functioning, effort, confidence."""

import numpy as np
import pytest

from assessments.psychometrics import item_bank, level_report, normal_posterior
from assessments.psychometrics.confidence import confidence_report, self_rating_report
from assessments.psychometrics.effort import effortful, person_fit, response_time_effort
from assessments.psychometrics.fairness import differential_functioning, drift_between
from assessments.psychometrics.item_analysis import (
    analyse_items,
    cells_of,
    option_table,
    share_within_prediction,
    wilson_interval,
)
from assessments.psychometrics.item_verdict import Finding, Statistics, findings_of

PEOPLE, ITEMS = 1500, 24
MISKEYED, HARDER = 3, 7


def answers(seed=1, *, spoilt=True):
    rng = np.random.default_rng(seed)
    a, b = np.exp(rng.normal(0, 0.3, ITEMS)), rng.normal(0, 1, ITEMS)
    theta = rng.normal(size=PEOPLE)
    truth = b.copy()
    truth[HARDER] += 0.8 * spoilt
    chance = 0.2 + 0.8 / (1 + np.exp(-a * (theta[:, None] - truth)))
    scores = (rng.random((PEOPLE, ITEMS)) < chance).astype(int)
    if spoilt:
        scores[:, MISKEYED] = 1 - scores[:, MISKEYED]
    return a, b, theta, scores


def analysed(*, spoilt=True):
    a, b, theta, scores = answers(spoilt=spoilt)
    person, item = np.indices(scores.shape)
    cells = cells_of(
        person.ravel(),
        item.ravel(),
        scores.ravel(),
        discrimination=a,
        difficulty=b,
        guessing=np.full(ITEMS, 0.2),
    )
    return scores, theta, cells, analyse_items(cells)


def said_of(analysis):
    statistics = Statistics(
        answers=analysis.answers,
        point_biserial_interval=analysis.point_biserial_interval,
        residual_z=analysis.residual_z,
    )
    return [one.finding for one in findings_of(statistics)]


def test_a_wrong_key_and_a_harder_item_are_named():
    scores, _, _, analyses = analysed()
    assert Finding.CHECK_KEY in said_of(analyses[MISKEYED])
    assert Finding.HARDER in said_of(analyses[HARDER])
    first = analyses[0]
    assert first.facility == pytest.approx(scores[:, 0].mean())
    assert first.facility_interval[0] < first.facility < first.facility_interval[1]


def test_items_that_fit_look_as_the_model_predicts():
    _, _, _, analyses = analysed(spoilt=False)
    assert share_within_prediction(analyses) >= 0.85
    assert np.mean([each.infit for each in analyses]) == pytest.approx(1.0, abs=0.05)
    assert np.mean([each.outfit for each in analyses]) == pytest.approx(1.0, abs=0.1)
    assert sum(bool(said_of(each)) for each in analyses) <= 2


def test_theta_from_the_other_items_is_near_the_truth():
    _, theta, cells, _ = analysed()
    assert np.corrcoef(cells.theta, theta[cells.triples.person])[0, 1] > 0.8


def test_few_answers_say_nothing():
    a, b, _, scores = answers()
    person, item = np.indices(scores[:20].shape)
    cells = cells_of(
        person.ravel(),
        item.ravel(),
        scores[:20].ravel(),
        discrimination=a,
        difficulty=b,
        guessing=np.full(ITEMS, 0.2),
    )
    assert all(each.facility is None and each.answers == 20 for each in analyse_items(cells))


def test_options_are_counted_by_third():
    theta = np.linspace(-2, 2, 300)
    chosen = np.where(theta > 0, 0, 1)
    right, wrong, never = option_table(chosen, theta, options=3)
    assert right.counts == (0, 50, 100)
    assert wrong.counts == (100, 50, 0)
    assert right.mean_theta > 0 > wrong.mean_theta
    assert never.mean_theta is None


def test_wilson_interval_of_none_and_all():
    assert wilson_interval(0, 30)[0] == 0.0
    assert wilson_interval(30, 30)[1] == pytest.approx(1.0)


def test_drift_asks_for_size_and_significance():
    then = np.zeros(6)
    now = np.array([0.1, 0.1, 0.1, 0.1, 0.9, 0.3])
    drift = drift_between(
        difficulty_then=then,
        error_then=np.full(6, 0.1),
        difficulty_now=now,
        error_now=np.full(6, 0.1),
    )
    assert drift.drifted.tolist() == [False, False, False, False, True, False]
    assert drift.delta[4] == pytest.approx(0.8)


@pytest.mark.parametrize(("shift", "categories"), [(0.0, "A"), (1.2, "C")])
def test_dif_is_large_only_where_it_is(shift, categories):
    rng = np.random.default_rng(3)
    theta, focal = rng.normal(size=3000), rng.random(3000) < 0.4
    right = (rng.random(3000) < 1 / (1 + np.exp(-(theta - shift * focal)))).astype(float)
    found = differential_functioning(right, theta, focal)
    assert found.category in categories
    assert found.delta <= 0.7


def test_rapid_answers_are_no_effort_but_unknown_times_are():
    means = np.array([60.0, 60.0, 300.0, 60.0])
    assert effortful([5.0, 7.0, 9.9, None], means).tolist() == [False, True, False, True]
    assert response_time_effort([5.0, 7.0, 9.9, None], means) == 0.5


def test_an_odd_pattern_fits_worse():
    bank = item_bank(1.5, np.linspace(-2, 2, 20), 0.0)
    usual = person_fit(bank, range(20), [1] * 10 + [0] * 10, theta=0.0)
    odd = person_fit(bank, range(20), [0] * 10 + [1] * 10, theta=0.0)
    assert odd < -2 < usual


def test_overconfidence_is_named_only_when_clear():
    rng = np.random.default_rng(4)
    sure = confidence_report([0.95] * 40, [1, 0] * 20, rng=rng)
    assert sure.verdict == "more sure than right"
    assert sure.brier == pytest.approx(0.4525)
    fair = confidence_report([0.5] * 40, [1, 0] * 20, rng=rng)
    assert fair.verdict == "about as sure as right"
    assert confidence_report([0.5] * 9, [1] * 9, rng=rng) is None


def test_a_claim_stands_beside_the_measured_level():
    measured = level_report(normal_posterior(mean=0.0, standard_error=0.3))
    assert self_rating_report(5, measured).verdict == "rated higher than measured"
    assert self_rating_report(2, measured).verdict == "within what the measurement allows"
    assert self_rating_report(1, measured).probability_below > 0.9
