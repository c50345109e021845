"""The catalogue: filters that narrow it, and a page for each resource."""

import pytest

from assessments.models import Fact, Resource
from tests.views.test_career import measured

pytestmark = pytest.mark.django_db


def found(client, query):
    page = client.get(f"/resources/{query}").context["page"]
    return page.paginator.count


def test_all_that_is_shown_is_counted_and_paged(client, content):
    shown = Resource.objects.shown().count()
    page = client.get("/resources/")
    assert f"{shown} resources" in page.content.decode()
    assert page.content.decode().count("<article") == 20
    titles = [one.title for n in range(1, 15) for one in client.get(f"/resources/?page={n}").context["page"]]
    assert len(set(titles)) >= shown - 2 and len(titles) == shown  # two works may share a title


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("?kind=book", lambda one: one.kind == "book"),
        ("?free=on", lambda one: one.free),
        ("?hours=10", lambda one: one.hours is not None and one.hours <= 10),
        ("?level=5", lambda one: one.level_from <= 5 <= one.level_to),
        ("?language=en", lambda one: one.language == "en"),
        ("?words=bishop", lambda one: "bishop" in f"{one.title}{one.creators}{one.provider}".lower()),
        ("?about=leakage", lambda one: one.coverage.filter(subskill__slug="leakage").exists()),
        ("?about=statistics", lambda one: one.coverage.filter(subskill__area__slug="statistics").exists()),
        (
            "?kind=book&free=on&about=statistics",
            lambda one: one.free and one.kind == "book" and one.coverage.filter(subskill__area__slug="statistics"),
        ),
    ],
)
def test_a_filter_shows_what_fits_and_nothing_else(client, content, query, fits):
    expected = [one for one in Resource.objects.shown() if fits(one)]
    assert found(client, query) == len(expected) > 0


def test_a_choice_that_fits_nothing_says_how_to_go_on(client, content):
    for query in ("?kind=spoon", "?words=zzzz", "?level=nine", "?about=%00"):
        page = client.get(f"/resources/{query}")
        assert page.status_code == 200
        assert "Nothing fits" in page.content.decode() and 'href="/resources/"' in page.content.decode()
    assert client.get("/resources/?page=900&kind=book").status_code == 200


def test_the_next_page_keeps_the_filters(client, content):
    page = client.get("/resources/?kind=book&page=2").content.decode()
    assert "kind=book&amp;page=3" in page and "kind=book&amp;page=1" in page


def test_every_resource_has_a_page(client, content):
    for slug in Resource.objects.values_list("slug", flat=True)[::9]:
        assert client.get(f"/resources/{slug}/").status_code == 200
    assert client.get("/resources/nothing/").status_code == 404


def test_a_page_says_what_each_chapter_covers_and_which_facts_name_it(client, content):
    page = client.get("/resources/geron-hands-on-ml-tf/").content.decode()
    assert "chapters 6–7" in page and "Trees" in page
    assert Fact.objects.get(code="RE01").details["as_stated"] in page
    assert "not measured" in page and "Nothing here is known to be a gap" in page


def test_a_page_says_which_gaps_of_hers_it_serves(adas_browser, ada, content):
    measured(ada, "ml-algorithms", theta=-1.5)
    page = adas_browser.get("/resources/geron-hands-on-ml-tf/")
    serves = page.context["part"].serves
    assert serves and {one.standing.area.slug for one in serves} == {"ml-algorithms"}
    measured(ada, "programming", theta=2.5)
    page = adas_browser.get("/resources/fluent-python/")
    assert page.status_code == 404 or not page.context["part"].serves


def test_an_archived_resource_keeps_its_page_and_says_so(client, content):
    assert "no longer recommended" in client.get("/resources/ddia/").content.decode()


def test_filters_are_folded_until_one_is_set(client, content):
    folded = client.get("/resources/").content.decode()
    assert '<details class="card fold no-print">' in folded and "Narrow the list" in folded
    assert '<details class="card fold no-print" open>' in client.get("/resources/?kind=book").content.decode()
