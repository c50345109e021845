"""Every fact of the articles has a page, with its source."""

import pytest
from django.core.management import call_command
from django.utils.html import escape

from assessments.models import Fact, Resource
from assessments.templatetags.facts import TOPICS

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(db):
    call_command("loaddata", "skills", "roles", "resources", "facts", verbosity=0)


def test_each_of_the_430_facts_is_found_with_its_article_and_lines(client, content):
    pages = {slug: client.get(f"/career/{slug}/").content.decode() for slug in TOPICS}
    facts = Fact.objects.prefetch_related("citations__source")
    assert len(facts) == 430
    for fact in facts:
        page = pages[fact.topic].partition(f'id="{fact.code}"')[2].partition("</article>")[0]
        assert escape(fact.statement) in page, fact.code
        for citation in fact.citations.all():
            assert escape(str(citation)) in page, fact.code


def test_every_topic_is_reached_from_one_page(client, content):
    page = client.get("/career/").content.decode()
    assert all(f"/career/{slug}/" in page for slug in TOPICS)
    assert client.get("/career/nothing/").status_code == 404


def test_figures_of_different_sources_stand_beside_each_other(client, content):
    page = client.get("/career/salary_demand/").content.decode()
    assert "160,663" in page
    assert "108,020" in page


def test_the_catalogue_shows_what_is_recommended_and_filters_it(client, content):
    everything = client.get("/resources/").content.decode()
    assert everything.count("<article") == Resource.objects.shown().count()
    books = client.get("/resources/?kind=book&free=1&area=statistics").content.decode()
    assert 0 < books.count("<article") < 124
    assert "Nothing fits" in client.get("/resources/?kind=spoon").content.decode()
