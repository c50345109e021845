"""What to study next, in every state a person can be in."""

import pytest
from django.test import Client

from assessments.models import Cost, Learner, Resource, ResourceChoice
from tests.views.test_career import measured

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind(ada, content):
    """Ada is measured clearly below a junior's target in two core areas."""
    measured(ada, "programming", theta=-1.8)
    measured(ada, "model-evaluation", theta=-1.8)
    return ada


def words(client, path):
    return " ".join(client.get(path).content.decode().split())


def listed(client, query=""):
    return client.get(f"/study/{query}").context["list"].items


def test_with_nothing_measured_the_list_says_what_to_do(client, content):
    page = words(client, "/study/")
    assert "Nothing is measured yet" in page and "Measure a first area" in page and "<article" not in page


def test_each_recommendation_names_its_gap_its_part_and_why(adas_browser, behind):
    page, items = words(adas_browser, "/study/"), listed(adas_browser)
    assert items and page.count("<article") >= len(items)
    for one in items[:3]:
        assert one.gap.name in page and "for your role" in page and "that it is a gap" in page
        assert f"/resources/{one.resource.slug}/" in page
    assert "target" in page and "Why this one" in page


def test_filters_narrow_the_list(adas_browser, behind):
    assert all(one.resource.cost in (Cost.FREE, Cost.FREE_TO_READ) for one in listed(adas_browser, "?free=on"))
    assert {one.resource.kind for one in listed(adas_browser, "?kind=book")} == {"book"}
    assert all(one.hours <= 2 for one in listed(adas_browser, "?hours=2"))
    assert "Nothing passes these filters" in words(adas_browser, "/study/?kind=law")
    assert adas_browser.get("/study/?kind=spoon&hours=x").status_code == 200


def test_started_comes_first_done_and_refused_leave_and_undo_brings_back(adas_browser, behind):
    first, second, third = (one.resource for one in listed(adas_browser)[:3])
    for resource, said in ((third, {"state": "started"}), (first, {"state": "refused", "reason": "too-hard"})):
        reply = adas_browser.post(f"/resources/{resource.slug}/choose/", {**said, "next": "/study/"})
        assert (reply.status_code, reply["Location"]) == (302, "/study/")
    items = listed(adas_browser)
    begun = next(one for one in items[:4] if one.started)  # what it stands on may come before it
    assert begun.resource == third
    assert first not in [one.resource for one in items]
    assert "not for me: too hard" in words(adas_browser, "/study/")
    adas_browser.post(f"/resources/{first.slug}/choose/", {"state": "withdrawn"})
    assert first in [one.resource for one in listed(adas_browser)]
    assert second in [one.resource for one in listed(adas_browser)]


def test_everything_refused_is_a_page_that_says_so(adas_browser, behind):
    ResourceChoice.objects.bulk_create(
        ResourceChoice(learner=behind, resource=one, state="refused", reason="other") for one in Resource.objects.all()
    )
    page = words(adas_browser, "/study/")
    assert "You have left out everything that serves your gaps" in page and "Undo" in page


def test_at_every_target_the_list_leads_further(adas_browser, ada, content):
    measured(ada, "programming", theta=2.4)
    page = words(adas_browser, "/study/")
    assert "You are at every target that is measured" in page


def test_a_gap_that_is_not_sure_is_measured_first(adas_browser, ada, content, monkeypatch):
    monkeypatch.setattr("assessments.workflows.library.OPERATIONAL_ITEMS_NEEDED", 0)  # as if its questions were loaded
    measured(ada, "programming", theta=0.3)
    page = words(adas_browser, "/study/")
    assert "No gap is certain yet" in page and "Better measured than studied" in page


def test_a_resource_page_has_the_same_buttons(adas_browser, behind):
    page = words(
        adas_browser,
        "/resources/fluent-python/" if Resource.objects.filter(slug="fluent-python") else "/resources/acm/",
    )
    assert "Started" in page and "Not for me" in page and "choose/" in page


def test_a_choice_that_is_none_is_refused_and_a_visit_writes_nothing(client, content):
    assert client.post("/resources/acm/choose/", {"state": "eaten"}).status_code == 400
    assert client.post("/resources/nothing/choose/", {"state": "done"}).status_code == 404
    assert client.get("/resources/acm/choose/").status_code == 405
    assert ResourceChoice.objects.count() == 0 and Learner.objects.count() == 0


def test_a_choice_comes_back_only_to_pages_of_this_site(client, content):
    reply = client.post("/resources/acm/choose/", {"state": "done", "next": "https://elsewhere.example/"})
    assert reply["Location"] == "/resources/acm/"
    assert "Done" not in words(Client(), "/study/") and ResourceChoice.objects.count() == 1
