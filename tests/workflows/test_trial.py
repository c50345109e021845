"""Questions on trial: now and then, at most two, never counted."""

import pytest

from assessments.models import Item
from assessments.workflows import attempts, courses
from tests.workflows.test_attempts import answer


@pytest.fixture
def with_trials(area, monkeypatch):
    monkeypatch.setattr(courses, "SHARE_ON_TRIAL", 1.0)
    chosen = Item.objects.order_by("-pk")[:5].values("pk")
    Item.objects.filter(pk__in=chosen).update(life="pretest")
    area.bank_revision += 1
    area.save()
    return area


def test_at_most_two_questions_of_a_sitting_are_on_trial_and_none_counts(ada, with_trials):
    attempt = attempts.begin(ada, with_trials)
    means = []
    for _ in range(8):
        means.append(answer(ada, attempt).course.widest().mean)
    tried = attempt.responses.filter(counts=False)
    assert tried.count() == 2
    assert attempt.responses.get(position=1).counts
    attempt.refresh_from_db()
    assert attempt.answers == 6
    assert means[1] == means[0] == means[2]


def test_what_was_met_before_is_not_tried_again(ada, with_trials):
    met = set()
    for _ in range(2):
        attempt = attempts.begin(ada, with_trials)
        for _ in range(5):
            answer(ada, attempt)
        attempts.stop(ada, attempt.pk)
        tried = set(attempt.responses.filter(counts=False).values_list("version__item", flat=True))
        assert len(tried) == 2 and not tried & met
        met |= tried
