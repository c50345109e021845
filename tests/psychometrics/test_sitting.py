"""One person, one area: estimates behave as estimates should."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.psychometrics import (
    HONESTY,
    QUICK,
    Outcome,
    Sitting,
    StopReason,
    item_bank,
    labelled_bank,
    level_report,
    next_item,
    normal_posterior,
    planned_length,
    posterior_of,
    questions_remaining,
)

RNG = np.random.default_rng(7)
SIZE = 40
BANK = item_bank(
    np.exp(RNG.normal(0, 0.3, SIZE)),
    RNG.normal(0, 1, SIZE),
    0.25,
    sub_skill=np.arange(SIZE) % 4,
    family=np.where(np.arange(SIZE) < 6, np.arange(SIZE) // 2, -1),
)
OUTCOMES = st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=SIZE)


@given(OUTCOMES, st.integers(0, SIZE - 1))
@settings(max_examples=60, deadline=None)
def test_a_wrong_answer_turned_right_never_lowers_the_estimate(outcomes, place):
    place %= len(outcomes)
    for honesty, worse in ((HONESTY, Outcome.WRONG), (None, Outcome.WRONG)):
        answers = [Outcome.WRONG if honesty is None and o == 2 else o for o in outcomes]
        items = range(len(answers))
        before = posterior_of(BANK, items, [*answers[:place], worse, *answers[place + 1 :]], honesty=honesty)
        after = posterior_of(BANK, items, [*answers[:place], Outcome.RIGHT, *answers[place + 1 :]], honesty=honesty)
        assert after.mean >= before.mean - 1e-12


@given(OUTCOMES, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_answers_does_not_matter(outcomes, random):
    pairs = list(enumerate(outcomes))
    straight = posterior_of(BANK, *zip(*pairs, strict=True), honesty=HONESTY)
    random.shuffle(pairs)
    shuffled = posterior_of(BANK, *zip(*pairs, strict=True), honesty=HONESTY)
    assert shuffled.mean == pytest.approx(straight.mean, abs=1e-9)
    assert shuffled.standard_error == pytest.approx(straight.standard_error, abs=1e-9)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("discrimination", [0.05, 1.0, 8.0])
def test_extreme_patterns_stay_finite(outcome, discrimination):
    bank = item_bank(discrimination, np.linspace(-6, 6, 100), 0.0)
    posterior = posterior_of(bank, range(100), [outcome] * 100, honesty=HONESTY)
    low, high = posterior.interval()
    assert np.isfinite([posterior.mean, posterior.standard_error, low, high]).all()
    assert low <= posterior.mean <= high


def test_a_sitting_and_its_stored_answers_agree():
    sitting = Sitting(BANK, honesty=HONESTY)
    rng = np.random.default_rng(1)
    for outcome in (Outcome.RIGHT, Outcome.UNKNOWN, Outcome.WRONG, Outcome.RIGHT):
        sitting.answer(sitting.next_item(rng), outcome)
    stored = posterior_of(BANK, sitting.asked, sitting.outcomes, honesty=HONESTY)
    assert sitting.mean == pytest.approx(stored.mean, abs=1e-12)
    assert sitting.standard_error == pytest.approx(stored.standard_error, abs=1e-12)


def test_an_honest_unknown_costs_less_than_a_wrong_guess_but_is_no_gain():
    answers = [Outcome.RIGHT] * 5 + [Outcome.UNKNOWN] * 5
    honest = posterior_of(BANK, range(10), answers, honesty=HONESTY)
    guessed = posterior_of(BANK, range(10), [Outcome.RIGHT] * 10, honesty=HONESTY)
    as_wrong = posterior_of(BANK, range(10), [Outcome.RIGHT] * 5 + [Outcome.WRONG] * 5)
    assert as_wrong.mean < honest.mean < guessed.mean


def test_unknown_is_refused_where_it_was_not_offered():
    with pytest.raises(ValueError, match="not offered"):
        posterior_of(BANK, [0], [Outcome.UNKNOWN])


def test_nothing_is_asked_twice_and_a_family_once():
    sitting = Sitting(BANK, rule=type(QUICK)(0.01, 100), excluded={39})
    rng = np.random.default_rng(2)
    while sitting.stopped is None:
        sitting.answer(sitting.next_item(rng), Outcome.WRONG)
    assert sitting.stopped is StopReason.EXHAUSTED
    assert len(set(sitting.asked)) == len(sitting.asked) == SIZE - 3 - 1
    assert 39 not in sitting.asked


def test_sub_skills_keep_their_shares():
    sitting = Sitting(BANK)
    rng = np.random.default_rng(3)
    for _ in range(12):
        sitting.answer(sitting.next_item(rng), Outcome(int(rng.integers(2))))
    counts = np.bincount(np.array(sitting.asked) % 4)
    assert counts.min() >= 2
    assert counts.max() <= 4


def test_unseen_questions_come_first():
    rng = np.random.default_rng(4)
    seen = set(range(SIZE)) - {11, 22}
    posterior = posterior_of(BANK, [], [])
    first = next_item(BANK, posterior, seen=seen, rng=rng)
    second = next_item(BANK, posterior, seen=seen, asked=[first], rng=rng)
    third = next_item(BANK, posterior, seen=seen, asked=[first, second], rng=rng)
    assert {first, second} == {11, 22}
    assert third in seen


def test_labels_alone_leave_more_doubt_than_known_items():
    labels = [1, 2, 3, 4, 5] * 4
    answers = [Outcome.RIGHT] * 12 + [Outcome.WRONG] * 8
    known = item_bank(1.0, np.tile([-1.1, -0.5, 0.0, 0.5, 1.1], 4), 0.25)
    doubtful = posterior_of(labelled_bank(labels, 0.25), range(20), answers)
    assert doubtful.standard_error > posterior_of(known, range(20), answers).standard_error


def test_the_promise_is_the_same_each_time_and_near_what_remains():
    promise = planned_length(BANK, QUICK)
    assert promise == planned_length(BANK, QUICK)
    assert promise.median <= promise.ninetieth <= SIZE
    start = posterior_of(BANK, [], [])
    assert abs(questions_remaining(BANK, start, QUICK) - promise.median) <= 6


def test_a_large_bank_is_searched_by_shortlist_as_well_as_whole():
    rng = np.random.default_rng(5)
    large = item_bank(np.exp(rng.normal(0, 0.3, 3000)), rng.normal(0, 1, 3000), 0.25)
    from assessments.psychometrics.selection import expected_gain

    for answers in ([1, 1, 0, 1, 0, 0, 1, 1], [0] * 12, [1] * 12):
        posterior = posterior_of(large, range(len(answers)), answers)
        gains = expected_gain(large, posterior, np.arange(3000))
        chosen = next_item(large, posterior, asked=range(len(answers)), exposure=None, rng=rng)
        assert gains[chosen] >= 0.97 * gains.max()


def test_levels_are_read_with_their_doubt():
    report = level_report(normal_posterior(mean=0.7, standard_error=0.3))
    assert report.level == 3
    assert report.low < report.reading < report.high
    assert report.reading == pytest.approx(3.5, abs=0.01)
    assert sum(report.probabilities) == pytest.approx(1.0)
    assert report.probability_of_at_least(3) == pytest.approx(0.909, abs=0.01)
    assert report.probability_of_at_least(1) == pytest.approx(1.0)
