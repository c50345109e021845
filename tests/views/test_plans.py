"""The plan page in every state a person can be in, on paper, in a calendar and as text."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.utils import timezone
from django.utils.formats import date_format

from assessments.models import Area, Cost, Learner, Resource, ResourceChoice, RoleProfile, StudyPlan
from assessments.templatetags.studies import plan_headline, unreached_words, week_words
from tests.views.test_career import measured

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind(ada, content):
    """Ada is measured clearly below a junior's target in two core areas."""
    measured(ada, "programming", theta=-1.8)
    measured(ada, "model-evaluation", theta=-1.8)
    return ada


@pytest.fixture
def open_areas(monkeypatch):
    """Every area has questions enough, as if they were loaded."""
    monkeypatch.setattr("assessments.workflows.library.OPERATIONAL_ITEMS_NEEDED", 0)


def terms(**more):
    return {
        "profile": "machine-learning-engineer/junior",
        "hours_per_week": "6",
        "budget": "0",
        "starts_on": timezone.localdate().isoformat(),
        "until": "",
        **more,
    }


def words(client, path="/plan/"):
    return " ".join(client.get(path).content.decode().split())


def test_a_first_proposal_becomes_hers_and_lays_out_weeks(adas_browser, behind):
    assert "A first proposal" in words(adas_browser) and StudyPlan.objects.count() == 0
    assert adas_browser.post("/plan/", terms(hours_per_week="8")).status_code == 302
    page = adas_browser.get("/plan/")
    weeks = page.context["page"].plan.weeks
    said = " ".join(page.content.decode().split())
    assert "Week 1" in said and f"Week {len(weeks)}" in said and "Plan again" in said
    assert all(week.hours <= 8.01 for week in weeks) and weeks[0].capacity == 8
    studies = [step for week in weeks for step in week.steps if step.kind == "study"]
    assert studies and not any(step.resource.cost in (Cost.PAID, Cost.SUBSCRIPTION) for step in studies)
    assert "Unseen questions show what came of it" in said  # after the reading, a sitting


def test_the_plan_is_told_in_short_and_later_weeks_are_folded(adas_browser, behind):
    adas_browser.post("/plan/", terms(hours_per_week="3"))
    page = adas_browser.get("/plan/")
    plan, said = page.context["page"].plan, page.content.decode()
    assert len(plan.weeks) > 2 and said.count('<details class="more later">') == len(plan.weeks) - 2
    in_short = said[said.index("The plan in short") : said.index("Role, time and money")]
    assert "Hours a week" in in_short and date_format(plan.finish_on, "DATE_FORMAT") in in_short
    ids = re.findall(r'\sid="([^"]+)"', said)
    assert len(ids) == len(set(ids))
    assert week_words(plan.weeks[-1]) in said.replace("&#x27;", "'").replace("&amp;", "&")


def test_each_step_names_its_part_its_hours_and_its_gap(adas_browser, behind):
    page = adas_browser.get("/plan/")
    said = page.content.decode()
    step = next(step for step in page.context["page"].plan.weeks[-1].steps if step.kind == "study")
    assert step.resource.title in said.replace("&#x27;", "'") and step.gap.name in said
    assert "first " in said or " h" in said


def test_started_stays_and_done_leaves_the_plan(adas_browser, behind):
    def resources():
        weeks = adas_browser.get("/plan/").context["page"].plan.weeks
        return [step.resource for week in weeks for step in week.steps if step.kind == "study"]

    first, other = list(dict.fromkeys(resources()))[:2]
    adas_browser.post(f"/resources/{other.slug}/choose/", {"state": "started", "next": "/plan/"})
    assert other in resources()
    adas_browser.post(f"/resources/{first.slug}/choose/", {"state": "done", "next": "/plan/"})
    assert first not in resources()


def test_nothing_measured_is_a_page_that_says_where_to_begin(client, content):
    page = words(client)
    assert "Nothing is measured yet" in page and "Measure a first area" in page
    assert Learner.objects.count() == 0


def test_one_area_measured_is_a_plan_that_measures_the_others_too(adas_browser, ada, content, open_areas):
    measured(ada, "programming", theta=-1.8)
    steps = [step for week in adas_browser.get("/plan/").context["page"].plan.weeks for step in week.steps]
    assert {step.kind for step in steps} == {"study", "measure"}
    assert "not measured yet" in words(adas_browser)


def test_at_every_target_there_is_nothing_to_plan(adas_browser, ada, content):
    for area in Area.objects.all():
        measured(ada, area.slug, theta=2.6)
    page = words(adas_browser)
    assert "You are at every target that is measured" in page and "Week 1" not in page


def test_no_free_hour_no_money_and_everything_refused_are_pages_that_make_sense(adas_browser, behind):
    assert adas_browser.post("/plan/", terms(hours_per_week="0")).status_code == 302
    assert "No hour is free" in words(adas_browser)
    adas_browser.post("/plan/", terms(budget="0"))
    plan = adas_browser.get("/plan/").context["page"].plan
    assert plan.spent == 0 and plan.weeks
    ResourceChoice.objects.bulk_create(
        ResourceChoice(learner=behind, resource=one, state="refused", reason="other") for one in Resource.objects.all()
    )
    assert "You have left out everything that serves your gaps" in words(adas_browser)


def test_too_little_time_is_told_with_what_is_missing(adas_browser, behind):
    soon = (timezone.localdate() + timedelta(days=6)).isoformat()
    adas_browser.post("/plan/", terms(hours_per_week="2", until=soon))
    page = words(adas_browser)
    assert "Not all of it fits before" in page and "are missing" in page
    assert unreached_words("time") in page and "stay" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"hours_per_week": "61"}, "60"),
        ({"hours_per_week": "-1"}, "0"),
        ({"hours_per_week": "six"}, "whole number"),
        ({"budget": "-5"}, "0"),
        ({"profile": "juggler/junior"}, "Select a valid choice"),
        ({"starts_on": "yesterday"}, "valid date"),
        ({"until": "2000-01-01"}, "The end lies before the beginning"),
    ],
)
def test_terms_that_cannot_be_are_sent_back_with_a_reason(adas_browser, behind, more, said):
    reply = adas_browser.post("/plan/", terms(**more))
    assert reply.status_code == 422 and said in reply.content.decode()
    assert not StudyPlan.objects.exists()


def test_no_limit_of_money_and_another_role_are_kept(adas_browser, behind):
    adas_browser.post("/plan/", terms(budget="", profile="data-scientist/senior"))
    plan = StudyPlan.objects.get()
    assert plan.budget is None and plan.profile == RoleProfile.objects.get(
        role__slug="data-scientist", seniority="senior"
    )
    assert "senior data scientist" in words(adas_browser)
    adas_browser.post("/plan/forget/")
    assert not StudyPlan.objects.exists()


def test_the_calendar_holds_every_week(adas_browser, behind):
    reply = adas_browser.get("/plan/calendar.ics")
    assert reply["Content-Type"].startswith("text/calendar") and "attachment" in reply["Content-Disposition"]
    events = list(icalendar.Calendar.from_ical(reply.content).walk("VEVENT"))
    assert events and all(event["url"].startswith("http://testserver/") for event in events)


def test_the_text_names_weeks_and_works(adas_browser, behind):
    reply = adas_browser.get("/plan/plan.md")
    text = reply.content.decode()
    assert reply["Content-Type"].startswith("text/markdown") and "Week 1" in text and "Study plan:" in text


def test_files_of_a_plan_with_nothing_measured_are_files_too(client, content):
    assert client.get("/plan/calendar.ics").status_code == 200
    assert client.get("/plan/plan.md").status_code == 200
    assert Learner.objects.count() == 0


def test_a_plan_is_hers_alone(adas_browser, behind, bobs_browser):
    adas_browser.post("/plan/", terms(hours_per_week="9"))
    assert "Nothing is measured yet" in words(bobs_browser)
    bobs_browser.post("/plan/forget/")
    assert StudyPlan.objects.of(behind).exists()


def test_the_headline_says_what_it_comes_to(adas_browser, behind):
    page = adas_browser.get("/plan/").context["page"]
    assert f"in {len(page.plan.weeks)} week" in plan_headline(page)


@pytest.mark.parametrize("path", ["/plan/", "/study/"])
def test_plan_and_list_stay_within_eight_statements(adas_browser, behind, django_assert_max_num_queries, path):
    adas_browser.post("/plan/", terms())
    adas_browser.post("/resources/acm/choose/", {"state": "done"})
    adas_browser.get(path)  # the process then remembers roles and catalogue
    with django_assert_max_num_queries(8):
        page = adas_browser.get(path)
    assert page.status_code == 200 and "<article" in page.content.decode()


def test_result_and_home_lead_to_the_plan(adas_browser, behind):
    home = words(adas_browser, "/")
    assert 'href="/plan/"' in home.partition("<main")[2] and "2 of 14 areas measured" in home
    attempt = behind.attempts.first()
    assert 'href="/progress/"' in words(adas_browser, f"/attempts/{attempt.pk}/result/").partition("<main")[2]


def test_a_work_over_several_weeks_has_its_buttons_once_where_it_begins(adas_browser, behind):
    adas_browser.post("/plan/", terms(hours_per_week="3"))
    page = adas_browser.get("/plan/")
    at_hand = [step for week in page.context["page"].plan.weeks[:2] for step in week.steps if step.kind == "study"]
    works = {step.resource.slug for step in at_hand}
    assert len(at_hand) > len(works), "this plan has no work that goes on in its second week"
    said = page.content.decode()
    for slug in works:
        assert said.count(f'action="/resources/{slug}/choose/"') == 2, slug  # one for its words, one for refusing it
    assert ", continued</span>" in said


def test_the_plan_and_the_list_give_one_work_the_same_hours(adas_browser, behind):
    listed = adas_browser.get("/study/").context["list"].items
    said = {(one.resource.slug, one.gap.subskill): one.hours for one in listed}
    weeks = adas_browser.get("/plan/").context["page"].plan.weeks
    steps = [step for week in weeks for step in week.steps if step.kind == "study"]
    both = {(step.resource.slug, step.gap.subskill): step.part_hours for step in steps}.items() & said.items()
    shared = {place for place in said if place in {(step.resource.slug, step.gap.subskill) for step in steps}}
    assert shared and {place for place, _hours in both} == shared
