"""Every fact of the articles has a page, with its source; what she ticks is hers."""

import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from assessments.models import Area, AreaEstimate, Attempt, Calibration, Fact, FactTick, Learner, Role
from assessments.templatetags.facts import FORMS, TOPICS
from assessments.templatetags.parts import lines_words
from assessments.workflows import learners
from assessments.workflows.facts import TICKABLE, line_numbers
from tests.site import ROOT

pytestmark = pytest.mark.django_db
VOID = {"input", "br", "img", "meta", "link", "line", "rect", "circle", "path"}


class Elements(HTMLParser):
    """What stands in each element that has an id: its words, and where its links lead."""

    def __init__(self, page):
        super().__init__()
        self.words, self.links, self._open = defaultdict(str), defaultdict(list), []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in VOID:
            self._open.append(found.get("id"))
        for name in filter(None, self._open):
            self.links[name].append(found.get("href"))

    def handle_endtag(self, tag):
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data):
        for name in filter(None, self._open):
            self.words[name] += data


@pytest.fixture
def pages(client, content):
    return {slug: Elements(client.get(f"/career/{slug}/").content.decode()) for slug in TOPICS}


def entries():
    """The facts as the file has them, with their citations: what the pages are held against."""
    rows = yaml.load((ROOT / "fixtures" / "facts.yaml").read_text(), Loader=yaml.CSafeLoader)
    facts = {row["fields"]["code"]: row["fields"] for row in rows if row["model"] == "assessments.fact"}
    for row in rows:
        if row["model"] == "assessments.citation":
            fields = row["fields"]
            facts[fields["fact"][0]].setdefault("citations", []).append((fields["source"][0], str(fields["lines"])))
    return facts


def test_each_of_the_430_facts_is_found_with_its_article_and_lines_and_year(pages):
    facts = entries()
    assert len(facts) == 430
    for code, fact in facts.items():
        page = pages[fact["topic"]]
        said = " ".join(page.words[code].split())
        assert fact["statement"] in said, code
        assert fact["citations"], code
        for source, lines in fact["citations"]:
            assert f"#{source}" in page.links[code] and source in page.words, code
            assert f"article {source[-1]}, {lines_words(lines)}" in said, code
        assert str(fact.get("details", {}).get("year", "")) in said, code


def test_every_figure_and_word_beside_a_fact_is_shown_with_it(pages):
    written = {"kind", "seniority", "group", "answer_lines", "usd_a_year", "admission_rate", "graduation_rate"}
    for code, fact in entries().items():
        said = pages[fact["topic"]].words[code]
        for name, value in fact.get("details", {}).items():
            if name not in written:
                assert (f"{value:,}" if isinstance(value, int) else value) in said, (code, name)
    assert "45%" in pages["schools"].words["SC01"] and "89%" in pages["schools"].words["SC01"]


def test_nothing_stands_on_the_pages_that_is_not_in_the_file(pages):
    known = set(entries())
    shown = {name for page in pages.values() for name in page.words if re.fullmatch(r"[A-Z]{2}\d+", name)}
    assert shown == known


def test_every_topic_is_reached_from_one_page(client, content):
    page = client.get("/career/").content.decode()
    assert all(f"/career/{slug}/" in page for slug in TOPICS)
    assert client.get("/career/nothing/").status_code == 404
    assert set(FORMS) <= set(TOPICS)


def test_figures_of_different_sources_stand_beside_each_other_and_are_in_the_statements(client, content):
    page = client.get("/career/salary_demand/").content.decode()
    assert "160,663" in page and "108,020" in page
    for fact in Fact.objects.filter(details__has_key="usd_a_year"):
        assert all(f"{amount:,}" in fact.statement for amount in fact.details["usd_a_year"])
    assert "More jobs than people" in page  # a disagreement is told where its statements stand


def test_every_question_of_the_articles_is_answered_by_their_own_statements(client, content):
    page = client.get("/career/questions/").context["topic"]
    assert len(page.told) == 23 and all(one.answers for one in page.told)
    degree = next(one for one in page.told if one.fact.code == "QU08")
    assert [fact.code for fact in degree.answers] == ["ED02"]


def test_line_numbers_are_read_as_they_are_written():
    assert line_numbers("22-24, 72") == {22, 23, 24, 72}
    assert line_numbers("") == set()


def measured(learner, slug="programming", theta=0.3):
    area = Area.objects.get(slug=slug)
    attempt = Attempt.objects.create(
        learner=learner, area=area, calibration=Calibration.objects.current(), state="finished", end="reached",
        finished_at=timezone.now(), theta=theta, standard_error=0.3, low=theta - 0.5, high=theta + 0.5, answers=15,
    )  # fmt: skip
    return AreaEstimate.objects.create(
        learner=learner, area=area, attempt=attempt, measured_at=attempt.finished_at, theta=theta,
        standard_error=0.3, low=theta - 0.5, high=theta + 0.5, own_theta=theta, own_standard_error=0.3,
        answers=15, label_share=1.0,
    )  # fmt: skip


def test_a_skill_stands_beside_her_level_or_is_not_measured(adas_browser, ada, content):
    assert "you:" not in adas_browser.get("/career/technologies/").content.decode()
    measured(ada)
    page = Elements(adas_browser.get("/career/technologies/").content.decode())
    assert "Programming (you: 2.4 to 3.6" in " ".join(page.words["TE01"].split())
    assert "not measured" in page.words["TE10"]


def test_ticks_are_kept_without_script_and_taken_back(client, content):
    client.post("/career/career_steps/tick/", {"fact": ["CS01", "CS05", "DU01", "nothing"]})
    page = client.get("/career/career_steps/").content.decode()
    assert page.count("checked") == 2 and "2 of 36 ticked" in page
    client.post("/career/career_steps/tick/", {"fact": ["CS05"]})
    assert [tick.fact.code for tick in FactTick.objects.all()] == ["CS05"]
    assert "1 of 36" in client.get("/career/").content.decode()


def test_the_same_ticks_twice_change_nothing_not_even_their_date(adas_browser, ada, content):
    adas_browser.post("/career/duties/tick/", {"fact": ["DU01"]})
    first = FactTick.objects.get()
    adas_browser.post("/career/duties/tick/", {"fact": ["DU01"]})
    assert (FactTick.objects.get().pk, FactTick.objects.get().ticked_at) == (first.pk, first.ticked_at)


def test_only_what_a_person_can_do_is_ticked_and_never_by_a_visit(client, content):
    assert client.post("/career/salary_demand/tick/", {"fact": ["SD01"]}).status_code == 404
    assert client.get("/career/career_steps/tick/").status_code == 405
    assert "checkbox" not in client.get("/career/challenges/").content.decode()
    assert Learner.objects.count() == 0 and set(TICKABLE) <= set(TOPICS)


def test_ticks_are_hers_alone_in_her_export_and_come_along(adas_browser, ada, bobs_browser, content):
    adas_browser.post("/career/technologies/tick/", {"fact": ["TE01"]})
    assert "checked" not in bobs_browser.get("/career/technologies/").content.decode()
    assert learners.everything_about(ada)["ticks"][0]["fact__code"] == "TE01"
    browser = Client()
    browser.post("/career/technologies/tick/", {"fact": ["TE01", "TE02"]})
    guest = Learner.objects.guests().get()
    learners.join(guest, ada)
    assert sorted(tick.fact.code for tick in FactTick.objects.of(ada)) == ["TE01", "TE02"]
    assert not Learner.objects.guests().exists()


def test_a_role_of_the_articles_leads_to_its_page(client, content):
    page = Elements(client.get("/career/roles/").content.decode())
    assert "/roles/machine-learning-engineer/senior/" in page.links["RO11"]
    assert Role.objects.count() == 11
