"""The sitting on the first page is computed from the bank that is there."""

import pytest

from assessments.models import Calibration
from assessments.workflows.examples import _example, example_sitting
from tests.bank import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _computed_anew():
    _example.cache_clear()


def test_it_narrows_to_the_precision_of_a_quick_measurement(area):
    steps = example_sitting(area, Calibration.objects.current())
    assert steps[-1].high - steps[-1].low < steps[0].high - steps[0].low
    assert all(step.low <= step.value <= step.high for step in steps)
    assert {step.outcome for step in steps} <= {"right", "wrong", "unknown"}


def test_it_is_the_same_for_everybody_until_the_bank_changes(area, django_assert_num_queries):
    calibration = Calibration.objects.current()
    first = example_sitting(area, calibration)
    with django_assert_num_queries(0):
        assert example_sitting(area, calibration) is first


def test_a_small_bank_ends_it_sooner():
    area = make_area("small", items=5)
    assert len(example_sitting(area, Calibration.objects.current())) == 5
