"""All areas on one page: what changed and how sure, milestones that are facts, answers that can be found again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import (
    AreaEstimate,
    Attempt,
    Importance,
    Item,
    Misconception,
    Report,
    Role,
    RoleArea,
    RoleProfile,
    RoleTarget,
)
from assessments.psychometrics.change import ChangeLabel
from assessments.workflows import attempts, history, overview
from assessments.workflows.milestones import Name
from tests.bank import make_area
from tests.workflows.test_attempts import answer, finish
from tests.workflows.test_practice import make_pending, say


def seen(learner):
    return overview.overview(learner)


def of_area(learner, area):
    return next(course for course in seen(learner).courses if course.standing.area == area)


def shift(attempt, days):
    """Let a sitting have been so many days ago."""
    at = timezone.now() - timedelta(days=days)
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=at)
    AreaEstimate.objects.filter(attempt=attempt).update(measured_at=at)


def reached(learner):
    return {(one.name, one.area) for one in seen(learner).milestones if one.reached_at}


def make_role(core, useful):
    role = Role.objects.create(slug="machine-learning-engineer", name="Machine learning engineer")
    profile = RoleProfile.objects.create(role=role, seniority="junior")
    for area, importance in ((core, Importance.CORE), (useful, Importance.USEFUL)):
        RoleArea.objects.create(role=role, area=area, importance=importance)
        RoleTarget.objects.create(profile=profile, area=area, level=3)
    return profile


def test_each_area_says_what_changed_since_the_last_and_since_the_first_sitting(ada, area):
    shift(finish(ada, area, right=False), 60)
    assert of_area(ada, area).changes == []
    shift(finish(ada, area, right=True), 30)
    (change,) = of_area(ada, area).changes
    assert change.change.label == ChangeLabel.CLEAR_GAIN
    finish(ada, area, right=True)
    course = of_area(ada, area)
    assert [one.change.label for one in course.changes] == [ChangeLabel.WITHIN_NOISE, ChangeLabel.CLEAR_GAIN]
    assert len(course.points) == 3


def test_an_area_without_a_sitting_stays_unmeasured(ada, area):
    other = make_area("other")
    finish(ada, area)
    course = of_area(ada, other)
    assert course.standing.report is None and course.points == [] and course.latest is None
    assert [one.standing.area for one in seen(ada).measured] == [area]


def test_what_she_said_of_herself_stands_beside_what_was_measured(ada, area):
    attempt = attempts.begin(ada, area, self_rating=5)
    while attempt.is_open:
        attempt = answer(ada, attempt, right=False).attempt
    said = of_area(ada, area).said
    assert said.claimed == 5 and said.probability_above > 0.9


def test_due_questions_and_answered_reports_wait_for_her(ada, area):
    attempt = finish(ada, area, right=False)
    response = attempt.responses.first()
    Report.objects.create(
        learner=ada, response=response, version=response.version, words="?", state="answered", answer="!",
        answered_at=timezone.now(),
    )  # fmt: skip
    page = seen(ada)
    assert page.due == of_area(ada, area).due == attempt.responses.count()
    assert page.answered_reports == 1


def test_milestones_are_facts_of_the_measurement(ada, area):
    other = make_area("other")
    make_role(core=area, useful=other)
    assert reached(ada) == set()
    ahead = {one.name: (one.done, one.of) for one in seen(ada).milestones}
    assert ahead == {Name.FIRST: (0, 0), Name.SOLID: (0, 0), Name.CORE: (0, 1), Name.ALL: (0, 2)}
    shift(finish(ada, area, right=False), 60)
    assert reached(ada) == {(Name.FIRST, area.name), (Name.CORE, "")}
    finish(ada, area, right=True)
    assert (Name.GAIN, area.name) in reached(ada)
    finish(ada, other)
    assert (Name.ALL, "") in reached(ada)


def test_a_solid_measurement_is_one_of_its_own_answers(ada, area):
    finish(ada, area)
    assert (Name.SOLID, area.name) not in reached(ada)
    AreaEstimate.objects.update(own_standard_error=0.40)
    assert (Name.SOLID, area.name) in reached(ada)
    AreaEstimate.objects.update(own_theta=None, own_standard_error=None, standard_error=0.3)
    assert (Name.SOLID, area.name) not in reached(ada)


def test_an_estimate_as_wide_as_the_prior_tells_of_no_change(ada, area):
    finish(ada, area, right=False)
    finish(ada, area)
    AreaEstimate.objects.update(own_standard_error=1.0)
    assert of_area(ada, area).changes == []


@pytest.fixture
def varied(ada, area):
    """A finished sitting with every sort of answer."""
    attempt = attempts.begin(ada, area)
    say(ada, attempt, right=True, confidence=95)
    say(ada, attempt, right=False, confidence=95)
    say(ada, attempt, right=False)
    say(ada, attempt, right=True, unknown=True)
    say(ada, attempt, right=True, confidence=50)
    attempts.stop(ada, attempt.pk)
    return attempt


@pytest.mark.parametrize(
    ("show", "positions"),
    [("", [1, 2, 3, 4, 5]), ("wrong", [2, 3]), ("sure", [2]), ("unsure", [5]), ("unknown", [4]), ("reported", [3])],
)
def test_answers_are_found_by_how_they_were_given(ada, varied, show, positions):
    response = varied.responses.get(position=3)
    Report.objects.create(learner=ada, response=response, version=response.version, words="?")
    found = history.answers(history.told(ada), show=show)
    assert [one.position for one in found] == positions


def test_answers_are_found_by_area_and_by_the_wrong_idea_behind_them(ada, varied, area):
    version = varied.responses.get(position=3).version
    version.key["misconceptions"] = {"b": "upside-down"}
    version.save()
    Misconception.objects.create(slug="upside-down", says="Up is down.", subskill=area.subskills.first())
    told = history.told(ada)
    (idea,) = history.caught(told)
    assert idea.misconception.says == "Up is down."
    assert [one.position for one in history.answers(told, responses=idea.responses)] == [3]
    assert history.answers(told, area=area.slug).count() == 5 and not history.answers(told, area="other").count()


def test_nothing_is_told_of_an_open_sitting_or_of_a_question_it_asks(ada, varied, area):
    attempt = attempts.begin(ada, area)
    answer(ada, attempt)
    met_before = varied.responses.get(position=2).version
    make_pending(attempt, met_before)
    found = history.answers(history.told(ada))
    assert [one.position for one in found] == [1, 3, 4, 5]
    assert {one.attempt for one in found} == {varied}


def test_sittings_are_listed_for_an_area_and_for_nobody_else(ada, bob, varied, area):
    other = finish(ada, make_area("other"))
    assert list(history.sittings(ada)) == [other, varied]
    assert list(history.sittings(ada, area.slug)) == [varied]
    assert not history.sittings(ada, "map") and not history.sittings(bob) and not history.told(bob)
    assert Item.objects.exists()
