"""From a sitting to readiness, recommendations and a plan, through the tables."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from assessments.guidance.calendar import calendar_of
from assessments.guidance.plan_text import escaped, text_of
from assessments.guidance.recommendation import Filters
from assessments.models import (
    AreaEstimate,
    Cost,
    Importance,
    Item,
    Learner,
    Resource,
    ResourceChoice,
    ResourceSubskill,
    Role,
    RoleArea,
    RoleProfile,
    RoleTarget,
    StudyPlan,
)
from assessments.templatetags.steps import heading_of, path_of, worded
from assessments.templatetags.studies import standing_words
from assessments.workflows import learners, plans, readiness
from assessments.workflows.items import bank_changed
from assessments.workflows.recommendations import recommendations_for, studies_of
from tests.bank import make_area
from tests.workflows.test_attempts import finish


def make_profile(areas, level=3, slug="engineer", importance=Importance.CORE):
    role = Role.objects.create(slug=slug, name=slug.title(), description="", confidence="high")
    profile = RoleProfile.objects.create(role=role, seniority="junior")
    for area in areas:
        RoleArea.objects.create(role=role, area=area, importance=importance)
        RoleTarget.objects.create(profile=profile, area=area, level=level)
    return profile


def make_resources(area, count=3, **fields):
    made = []
    for number in range(count):
        made.append(Resource.objects.create(
            slug=f"{area.slug}-book-{number}", title=f"{area.name} book {number}", kind="book", hours=12,
            cost=Cost.FREE, level_from=1, level_to=4, **fields,
        ))  # fmt: skip
        for subskill in area.subskills.all():
            ResourceSubskill.objects.create(resource=made[-1], subskill=subskill, weight=3, chapters="1-3")
    return made


@pytest.fixture
def world(db, ada):
    """Two areas of a role; Ada is weak in the first, and nobody has asked about the second."""
    first, second = make_area("first"), make_area("second")
    profile = make_profile([first, second])
    make_resources(first)
    ada.profile = profile
    ada.save()
    finish(ada, first, right=False)
    return first, second, profile


def test_nothing_measured_is_no_number_and_a_plan_that_measures(ada, area):
    profile = make_profile([area])
    report = readiness.readiness_of(ada, profile)
    assert report.readiness.chance is None and report.rows[0].chance is None and report.settling is None
    assert recommendations_for(ada, profile).reason == "nothing-measured"
    page = plans.plan_of(ada)
    assert page.plan.reason == "nothing-measured" and not page.is_hers


def test_a_visitor_without_a_row_has_a_plan_page_too(area):
    assert plans.plan_of(Learner()).plan.reason == "nothing-measured"


def test_readiness_names_what_is_missing_and_what_was_not_measured(ada, world):
    first, second, profile = world
    report = readiness.readiness_of(ada, profile)
    assert report.readiness.low < report.readiness.chance < report.readiness.high < 0.2
    rows = {row.area: row for row in report.rows}
    assert rows[first].chance < 0.1 and rows[second].report is None and rows[second].chance is not None
    assert report.readiness.measured == 1 and report.readiness.required == 2
    assert report.readiness.settled and report.doubt is None


def test_a_doubt_is_settled_by_so_many_questions_of_the_real_bank(ada, db):
    first, second = make_area("first"), make_area("second", items=120)
    profile = make_profile([first, second], level=2)
    finish(ada, first, right=True)
    report = readiness.readiness_of(ada, profile)
    assert report.doubt == second
    assert report.settling.questions is None or 3 <= report.settling.questions <= 45


def test_profiles_are_sorted_by_readiness(ada, world):
    first, _second, profile = world
    easy = make_profile([first], level=1, slug="reader")
    found = readiness.nearest_profiles(ada)
    assert [one.profile for one in found] == [easy, profile]
    assert found[0].readiness.chance == pytest.approx(1.0)


def test_two_profiles_side_by_side(ada, world):
    first, second, profile = world
    other = make_profile([first], level=2, slug="analyst")
    compared = readiness.compare(ada, profile, other)
    rows = {row.area: row for row in compared.rows}
    assert rows[first].differs and rows[first].a.target == 3 and rows[first].b.target == 2
    assert rows[second].b is None


def test_an_open_gap_is_recommended_with_its_part(ada, world):
    first, second, profile = world
    found = recommendations_for(ada, profile)
    assert found.reason == "" and found.to_measure == [second]
    best = found.items[0]
    assert best.tier == "open" and best.gap.area == first.slug and best.chapters == "1-3"
    assert best.hours == pytest.approx(3.0) and best.gap.chance > 0.8


def test_an_area_in_preparation_is_not_sent_to_a_sitting(ada, world):
    _first, second, profile = world
    Item.objects.filter(area=second).update(life="draft")
    bank_changed([second.pk])
    assert recommendations_for(ada, profile).to_measure == []
    assert readiness.readiness_of(ada, profile).doubt is None


def test_filters_and_refusals_change_the_list_and_say_why_it_is_empty(ada, world):
    _first, _second, profile = world
    assert recommendations_for(ada, profile, Filters(most_hours=1)).reason == "filtered-out"
    for resource in Resource.objects.all():
        ResourceChoice.objects.choose(ada, resource, "refused", "not-my-style")
    assert recommendations_for(ada, profile).reason == "all-refused"
    assert plans.plan_of(ada).plan.reason == "all-refused"


def test_what_is_started_comes_first(ada, world):
    last = Resource.objects.order_by("-slug")[0]
    ResourceChoice.objects.choose(ada, last, "started")
    found = recommendations_for(ada)
    assert found.items[0].resource == last and found.items[0].started
    steps = [step for week in plans.plan_of(ada).plan.weeks for step in week.steps if step.kind == "study"]
    assert steps[0].resource == last and steps[0].started


def test_what_is_done_counts_as_learned_until_it_is_measured(ada, world):
    first, _second, profile = world
    before = recommendations_for(ada, profile)
    done = before.items[0].resource
    ResourceChoice.objects.choose(ada, done, "done")
    after = recommendations_for(ada, profile)
    assert done not in [one.resource for one in after.items]
    assert first in after.to_measure
    AreaEstimate.objects.filter(learner=ada).update(measured_at=timezone.now() + timedelta(minutes=1))
    assert first not in recommendations_for(ada, profile).to_measure


def test_what_is_expected_is_kept_apart_from_what_was_measured(ada, world):
    _first, _second, profile = world
    AreaEstimate.objects.filter(learner=ada).update(theta=-0.8, own_theta=-0.8)  # not at the end of the rule
    one = recommendations_for(ada, profile).items[0]
    measured = standing_words(one.gap)
    assert measured.startswith("you ") and "expected" not in measured
    ResourceChoice.objects.choose(ada, one.resource, "done")
    gap = next(gap for gap in studies_of(ada, profile).gaps if gap.subskill == one.gap.subskill)
    assert (gap.low, gap.high) == (one.gap.low, one.gap.high) and gap.expected_high > gap.high
    assert "after what you have done since" in standing_words(gap) and "not measured" in standing_words(gap)


def test_an_edit_is_seen_at_the_next_request(ada, world):
    assert recommendations_for(ada).items
    Resource.objects.update(archived=True)
    assert recommendations_for(ada).reason == "nothing-serves"


def test_a_plan_keeps_its_terms_and_is_made_anew_by_a_sitting(ada, world):
    _first, second, profile = world
    today = timezone.localdate()
    plans.make_plan(ada, profile=profile, hours_per_week=4, budget=0, starts_on=today)
    page = plans.plan_of(ada)
    assert page.is_hers and page.plan.reason == ""
    assert all(week.hours <= 4 + 1e-9 for week in page.plan.weeks)
    measured = [step for week in page.plan.weeks for step in week.steps if step.kind == "measure"]
    assert [step.area for step in measured] == ["second", "first"]
    finish(ada, second, right=True)
    steps = [step for week in plans.plan_of(ada).plan.weeks for step in week.steps if step.kind == "measure"]
    assert "second" not in [step.area for step in steps]


def test_the_plan_leaves_as_calendar_and_as_text(ada, world):
    page = plans.plan_of(ada)
    made_at, link = timezone.now(), "https://example.org{}".format
    file = calendar_of(page.plan, name="", made_at=made_at, word=worded, link=lambda step: link(path_of(step)))
    events = Calendar.from_ical(file).walk("VEVENT")
    assert len(events) == sum(len(week.steps) for week in page.plan.weeks) > 2
    assert len({str(event["uid"]) for event in events}) == len(events)
    steps = [step for week in page.plan.weeks for step in week.steps]
    expected = [f"/areas/{one.area}/" if one.kind == "measure" else f"/resources/{one.resource.slug}/" for one in steps]
    assert [str(event["url"]) for event in events] == [link(path) for path in expected]
    text = text_of(page.plan, title="", heading=heading_of, word=worded)
    assert text.count("- [ ] ") == len(events) and "Measure again: First" in text
    assert "Measure: Second" in text and "again: Second" not in text  # never measured so far


def test_an_address_in_the_text_of_a_plan_can_be_followed():
    assert escaped("a_title, https://example.org/a_b.html") == r"a\_title, <https://example.org/a_b.html>"


def test_a_page_reads_few_rows_whatever_the_catalogue(ada, world):
    _first, _second, profile = world
    plans.make_plan(ada, profile=profile, hours_per_week=4, budget=0, starts_on=timezone.localdate())
    learner = Learner.objects.select_related("profile__role").get(pk=ada.pk)
    plans.plan_of(learner)
    for deed, most in ((plans.plan_of, 5), (recommendations_for, 4), (readiness.nearest_profiles, 2)):
        with CaptureQueriesContext(connection) as captured:
            deed(learner)
        assert len(captured) <= most, [query["sql"][:80] for query in captured]


def test_a_guests_choices_and_plan_join_the_account(ada, world):
    _first, _second, profile = world
    guest = learners.begin_guest()
    one, other, _third = Resource.objects.order_by("slug")
    ResourceChoice.objects.choose(guest, one, "done")
    ResourceChoice.objects.choose(guest, other, "done")
    ResourceChoice.objects.choose(ada, other, "refused", "other")
    plans.make_plan(guest, profile=profile, hours_per_week=3, budget=None, starts_on=timezone.localdate())
    learners.join(guest, ada)
    assert dict(ResourceChoice.objects.of(ada).values_list("resource", "state")) == {
        one.pk: "done",
        other.pk: "refused",
    }
    assert StudyPlan.objects.of(ada).get().hours_per_week == 3
    data = learners.everything_about(ada)
    assert len(data["choices"]) == 2 and data["plan"]["hours_per_week"] == 3


def test_the_last_word_on_a_resource_stands_and_can_be_taken_back(ada, world):
    resource = Resource.objects.first()
    ResourceChoice.objects.choose(ada, resource, "refused", "too-hard")
    choice = ResourceChoice.objects.choose(ada, resource, "started", "too-hard")
    assert (choice.state, choice.reason) == ("started", "") and ResourceChoice.objects.of(ada).count() == 1
    ResourceChoice.objects.withdraw(ada, resource)
    assert not ResourceChoice.objects.of(ada).exists()
