"""Role pages: readiness in words, what would settle it, two roles side by side, the nearest."""

import re

import pytest

from assessments.models import Area, Attempt, Calibration, Learner, Role, RoleProfile
from assessments.workflows.readiness import Settling
from tests.bank import fill
from tests.views.test_career import measured

pytestmark = pytest.mark.django_db
PAGE = "/roles/machine-learning-engineer/junior/"
CORE = ("programming", "software-engineering", "ml-algorithms", "model-evaluation", "mlops")


def with_questions(slug):
    """So many questions in an area of the content that it can be measured."""
    area = Area.objects.get(slug=slug)
    return fill(area, list(area.subskills.all()[:4]))


def words(client, path):
    return " ".join(client.get(path).content.decode().split())


def test_with_nothing_measured_there_is_no_number(client, content):
    page = words(client, PAGE)
    assert "How ready you are: not measured" in page and "Measure Programming" in page
    assert "in 100" not in page
    assert "every role is equally near or far" in words(client, "/roles/")


@pytest.fixture
def in_doubt(ada, content):
    """Ada is good in four core areas and near the bar in the fifth."""
    for slug in CORE[:4]:
        measured(ada, slug, theta=1.0)
    measured(ada, "mlops", theta=-0.5)
    return with_questions("mlops")


def test_readiness_is_told_in_words_with_the_doubt_and_one_click_asks(adas_browser, ada, in_doubt):
    page = adas_browser.get(PAGE)
    report = page.context["report"]
    said = " ".join(page.content.decode().split())
    assert f"{round(report.readiness.low * 100)} to {round(report.readiness.high * 100)} in 100 that you meet" in said
    assert report.doubt.slug == "mlops" and "Ask me about MLOps" in said
    begun = adas_browser.post("/areas/mlops/begin/")
    assert begun.status_code == 302 and Attempt.objects.of(ada).open().get().area.slug == "mlops"


def test_what_the_bank_cannot_settle_is_said(adas_browser, in_doubt, monkeypatch):
    monkeypatch.setattr("assessments.workflows.readiness.settling_of", lambda *_: Settling(in_doubt, None, 0.3))
    assert "no other would tell more" in words(adas_browser, PAGE)
    monkeypatch.setattr("assessments.workflows.readiness.settling_of", lambda *_: Settling(in_doubt, 8, 0.6))
    assert "about 8 more questions there would probably settle it" in words(adas_browser, PAGE)


def test_an_unmeasured_area_is_called_so_and_what_its_neighbours_say_is_marked(adas_browser, ada, content):
    measured(ada, "programming")
    page = words(adas_browser, PAGE)
    assert "inferred from other areas" in page and "not measured" in page
    assert "1 of 14 areas measured" in page


def test_a_role_says_where_its_targets_come_from(client, content):
    page = words(client, PAGE)
    title = "How to Become a Machine Learning Engineer (a technology job board)"
    assert f'<a href="/career/#article-2">{title}</a>, lines 9, 15–22 and 26' in page
    quoted = 'coding is an unavoidable part of the job&quot; (<a href="/career/#article-3">article 3</a>)'
    assert quoted in page and "they say much about this role" in page


def test_no_role_shows_the_notes_of_those_who_wrote_it_down(client, content):
    for profile in RoleProfile.objects.select_related("role"):
        page = words(client, f"/roles/{profile.role.slug}/{profile.seniority}/")
        raw = re.findall(r"article \d+: lines? |>[^<>]* = (?:level )?\d|>[^<>]*\bseeds\b", page)
        assert not raw, (profile, raw)


def test_all_profiles_are_listed_by_how_near_they_are(adas_browser, ada, content):
    measured(ada, "programming", theta=1.5)
    page = adas_browser.get("/roles/")
    near = [one.readiness.chance for one in page.context["near"]]
    assert len(near) == 37 and near == sorted(near, reverse=True)
    assert page.content.decode().count("in 100") >= 37


def test_two_roles_stand_beside_each_other(adas_browser, ada, content):
    measured(ada, "programming")
    page = words(adas_browser, "/roles/compare/?a=machine-learning-engineer/junior&b=data-analyst/junior")
    assert "Junior machine learning engineer beside junior data analyst" in page
    assert page.count("in 100") >= 4 and "<b>yes</b>" in page
    rows = adas_browser.get("/roles/compare/?a=data-analyst/junior&b=data-analyst/junior").context["comparison"].rows
    assert not any(row.differs for row in rows)


def test_a_comparison_without_two_roles_asks_for_them(client, content):
    assert "Which two roles?" in words(client, "/roles/compare/")
    assert "Which two roles?" in words(client, "/roles/compare/?a=data-analyst/junior")
    assert client.get("/roles/compare/?a=juggler/junior&b=data-analyst/junior").status_code == 404


def test_looking_at_roles_writes_nothing(client, content):
    for path in (PAGE, "/roles/", "/roles/compare/", "/study/"):
        client.get(path)
    assert Learner.objects.count() == 0 and Calibration.objects.count() == 1


def test_every_part_of_a_role_can_be_edited_at_the_desk(editors_browser, content):
    role = Role.objects.get(slug="data-scientist")
    page = words(editors_browser, f"/admin/assessments/role/{role.pk}/change/")
    assert 'name="sources"' in page and 'name="areas-0-importance"' in page and 'name="areas-0-why"' in page
    assert 'name="profiles-0-seniority"' in page
    profile = RoleProfile.objects.get(role=role, seniority="junior")
    page = words(editors_browser, f"/admin/assessments/roleprofile/{profile.pk}/change/")
    assert 'name="targets-0-level"' in page and 'name="targets-13-level"' in page


def test_the_choice_of_two_roles_begins_with_two_that_differ(client, content):
    page = client.get("/roles/compare/").content.decode()
    chosen = re.findall(r'value="([^"]+)" selected', page)
    assert len(chosen) == len(set(chosen)) == 2
