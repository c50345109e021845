"""What a result says, and what it does not claim."""

from datetime import timedelta

from django.utils import timezone

from assessments.models import AreaEstimate, Attempt, Cost, Resource, ResourceSubskill
from assessments.psychometrics.change import ChangeLabel
from assessments.workflows import results
from assessments.workflows.roles import standings
from tests.workflows.test_attempts import finish


def result(learner, attempt):
    return results.result_of(learner, Attempt.objects.of(learner).with_banks().get(pk=attempt.pk))


def add_resources(area, count=5):
    for number in range(count):
        resource = Resource.objects.create(
            slug=f"book-{number}",
            title=f"Book {number}",
            kind="book",
            hours=10,
            cost=Cost.PAID if number else Cost.FREE,
        )
        for subskill in area.subskills.all():
            ResourceSubskill.objects.create(resource=resource, subskill=subskill, weight=3)


def test_three_resources_each_name_the_gap_they_serve(ada, area):
    add_resources(area)
    advice = result(ada, finish(ada, area, right=False)).advice
    assert len(advice) == 3
    assert len({one.resource for one in advice}) == 3
    assert len({one.need.subskill for one in advice}) == 3
    assert any(one.resource.free for one in advice)


def test_an_archived_resource_is_never_recommended(ada, area):
    add_resources(area)
    Resource.objects.update(archived=True)
    assert result(ada, finish(ada, area, right=False)).advice == []


def test_a_clear_gain_is_called_one_and_the_same_again_is_noise(ada, area):
    finish(ada, area, right=False)
    gained = result(ada, finish(ada, area, right=True)).change
    assert gained.change.label == ChangeLabel.CLEAR_GAIN
    same = result(ada, finish(ada, area, right=True)).change
    assert same.change.label == ChangeLabel.WITHIN_NOISE


def test_the_first_sitting_has_nothing_to_compare_with(ada, area):
    assert result(ada, finish(ada, area)).change is None


def test_the_steps_narrow_to_the_result(ada, area):
    steps = result(ada, finish(ada, area)).steps
    assert steps[0].high - steps[0].low > steps[-1].high - steps[-1].low


def test_an_old_estimate_is_wider_today(ada, area):
    finish(ada, area, right=True)
    fresh = next(row.report for row in standings(ada) if row.report)
    AreaEstimate.objects.update(measured_at=timezone.now() - timedelta(days=1000))
    old = next(row.report for row in standings(ada) if row.report)
    assert old.high - old.low > fresh.high - fresh.low


def test_an_unmeasured_area_has_no_report(ada, area):
    assert [row.report for row in standings(ada)] == [None]
    assert standings(ada)[0].row["value"] is None
