"""Change between sittings, and the ageing of estimates."""

import pytest

from assessments.psychometrics import ChangeLabel, Estimate, aged, change_between
from assessments.psychometrics.change import unshrunk


def test_an_unshrunk_estimate_is_what_the_answers_alone_say():
    raw = unshrunk(Estimate(0.75, 0.5))
    assert raw.mean == pytest.approx(1.0)
    assert raw.standard_error == pytest.approx(0.5 / 0.75**0.5)


@pytest.mark.parametrize(
    ("now", "label"),
    [
        (1.5, ChangeLabel.CLEAR_GAIN),
        (0.65, ChangeLabel.PROBABLE_GAIN),
        (0.1, ChangeLabel.WITHIN_NOISE),
        (-1.0, ChangeLabel.PROBABLE_LOSS),
        (-1.8, ChangeLabel.CLEAR_LOSS),
    ],
)
def test_five_labels(now, label):
    change = change_between(Estimate(0.0, 0.4), Estimate(now, 0.4))
    assert change.label is label
    assert 0.5 <= change.probability <= 1.0


def test_no_change_is_even_odds():
    change = change_between(Estimate(0.4, 0.4), Estimate(0.4, 0.4))
    assert change.difference == pytest.approx(0.0)
    assert change.probability_of_gain == pytest.approx(0.5)


def test_an_estimate_widens_with_age_but_never_beyond_the_prior():
    fresh = Estimate(1.0, 0.4)
    errors = [aged(fresh, months=months).standard_error for months in (0, 6, 24, 1200)]
    assert errors[0] == pytest.approx(0.4)
    assert errors == sorted(errors)
    assert errors[-1] < 1.0
    assert 0.0 < aged(fresh, months=24).mean < 1.0
