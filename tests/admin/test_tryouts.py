"""An author tries her question as a learner would meet it, and nothing of it is kept."""

import re

import pytest

from assessments.models import Attempt, Item, ItemResponse, ItemVersion, Learner, PracticeAnswer
from tests.bank import ALL_KINDS, SECRET_EXPLANATION, form_for


def rows():
    return [model.objects.count() for model in (Attempt, ItemResponse, Learner, PracticeAnswer, ItemVersion)]


def meet(client, item):
    """The page of the question, where its answer goes, and the response it would be."""
    page = client.get(f"/admin/assessments/item/{item.pk}/try/").content.decode()
    seed = int(re.search(r"seed=(\d+)", page)[1])
    address = f"/admin/assessments/item/{item.pk}/try/?version=1&seed={seed}"
    return page, address, ItemResponse(version=item.current_version, layout_seed=seed)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_draft_is_met_answered_and_reviewed_without_a_trace(editors_browser, mixed_area, kind):
    item = Item.objects.filter(current_version__kind=kind).first()
    Item.objects.filter(pk=item.pk).update(life="draft")
    before = rows()
    for right, word in ((True, "counts as right"), (False, "this one is wrong")):
        page, address, response = meet(editors_browser, item)
        assert SECRET_EXPLANATION not in page and 'value="a"' not in page
        told = editors_browser.post(address, form_for(response, right)).content.decode()
        assert SECRET_EXPLANATION in told and word in told
    assert ("Credit shown: 100%" in told) is False
    unknown = editors_browser.post(address, {"unknown": "1"}).content.decode()
    assert "counts as not known" in unknown
    assert rows() == before and not item.current_version.is_frozen


def test_an_answer_that_cannot_be_read_is_asked_for_again(editors_browser, area):
    item = Item.objects.first()
    _page, address, _response = meet(editors_browser, item)
    again = editors_browser.post(address, {"choice": "99"})
    assert again.status_code == 422 and 'role="alert"' in again.content.decode()


def test_a_try_is_for_editors(adas_browser, editors_browser, area):
    item = Item.objects.first()
    assert adas_browser.get(f"/admin/assessments/item/{item.pk}/try/").status_code == 302
    assert editors_browser.get("/admin/assessments/item/0/try/").status_code == 404
    assert editors_browser.get(f"/admin/assessments/item/{item.pk}/try/?version=9").status_code == 404


def test_a_question_in_another_language_says_so_where_it_is_tried_and_previewed(editors_browser, mixed_area):
    ItemVersion.objects.update(language="ar")
    for kind in ALL_KINDS:
        item = Item.objects.filter(current_version__kind=kind).first()
        page, address, response = meet(editors_browser, item)
        assert '<div class="stem stack" lang="ar" dir="auto">' in page and 'class="ask' in page
        assert re.search(r'class="ask[^>]*lang="ar"', page) and 'lang="en" dir="auto"' not in page
        told = editors_browser.post(address, form_for(response)).content.decode()
        assert '<div class="rich prose" lang="ar" dir="auto">' in told
        assert (
            "lang=&quot;ar&quot;" in editors_browser.get(f"/admin/assessments/item/{item.pk}/change/").content.decode()
        )
