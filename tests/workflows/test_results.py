"""What a result says, and what it does not claim."""

from datetime import timedelta

from django.utils import timezone

from assessments.models import (
    AreaEstimate,
    Attempt,
    Cost,
    Importance,
    Resource,
    ResourceChoice,
    ResourceSubskill,
    Role,
    RoleArea,
    RoleProfile,
    RoleTarget,
)  # fmt: skip
from assessments.psychometrics.change import ChangeLabel
from assessments.workflows import attempts, estimates, results
from assessments.workflows.roles import standings
from tests.workflows.test_attempts import answer, finish


def result(learner, attempt):
    return results.result_of(learner, Attempt.objects.of(learner).with_banks().get(pk=attempt.pk))


def aim_at(learner, area, level=3):
    """A role that asks for this level in this area."""
    role = Role.objects.create(slug="r", name="Role", description="", confidence="high")
    RoleArea.objects.create(role=role, area=area, importance=Importance.CORE)
    learner.profile = RoleProfile.objects.create(role=role, seniority="junior")
    learner.save()
    RoleTarget.objects.create(profile=learner.profile, area=area, level=level)


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
    aim_at(ada, area)
    advice = result(ada, finish(ada, area, right=False)).advice
    assert len(advice) == 3
    assert len({one.resource for one in advice}) == 3
    assert len({one.gap.subskill for one in advice}) == 3
    assert any(one.resource.free for one in advice)
    assert all(one.tier == "open" and one.gap.chance > 0.8 for one in advice)


def test_an_archived_resource_is_never_recommended(ada, area):
    add_resources(area)
    aim_at(ada, area)
    assert result(ada, attempt := finish(ada, area, right=False)).advice
    Resource.objects.update(archived=True)
    assert result(ada, attempt).advice == []


def test_who_is_at_the_target_is_led_further_and_told_of_no_gap(ada, area):
    add_resources(area)
    aim_at(ada, area, level=2)
    attempt = attempts.begin(ada, area)
    while attempt.is_open:
        attempt = answer(ada, attempt, right=attempt.answers % 4 != 0).attempt
    advice = result(ada, attempt).advice
    assert advice and {one.tier for one in advice} == {"further"}


def test_what_is_not_for_her_is_not_recommended_again(ada, area):
    add_resources(area)
    aim_at(ada, area)
    attempt = finish(ada, area, right=False)
    first = result(ada, attempt).advice[0].resource
    ResourceChoice.objects.choose(ada, first, "refused", "too-hard")
    assert first not in [one.resource for one in result(ada, attempt).advice]


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


def test_each_step_says_what_the_answers_up_to_it_said(ada, area):
    attempt = finish(ada, area)
    attempt.responses.filter(position=2).update(counts=False)
    rows = [estimates.scored(response) for response in results.answered_with_questions(attempt)]
    steps = estimates.posteriors_on_the_way(rows)
    assert [step.mean for step in steps] == [estimates.posterior(rows[: end + 1]).mean for end in range(len(rows))]
    assert steps[1].mean == steps[0].mean != steps[2].mean
