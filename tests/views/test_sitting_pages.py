"""A sitting as a browser meets it, with and without htmx."""

import json

import pytest

from assessments.models import Area, Attempt, Item, ItemResponse, ItemVersion, Life
from tests.bank import SECRET_EXPLANATION, SECRET_NOTE, form_for


def begin(client, area):
    response = client.post(f"/areas/{area.slug}/begin/", {"goal": "quick"})
    assert response.status_code == 302, response.content
    return Attempt.objects.get(pk=int(response.url.split("/")[2]))


def pending(attempt):
    return attempt.responses.pending().select_related("version").get()


def post(client, attempt, form, position=None, **headers):
    position = position or pending(attempt).position
    return client.post(f"/attempts/{attempt.pk}/answers/{position}/", form, headers=headers)


def state():
    return list(ItemResponse.objects.order_by("pk").values()), list(Attempt.objects.order_by("pk").values())


def test_a_guest_needs_no_account(client, area):
    attempt = begin(client, area)
    assert attempt.learner.user is None
    assert b"Question 1" in client.get(f"/attempts/{attempt.pk}/").content


def test_without_script_an_answer_leads_to_the_next_question(client, area):
    attempt = begin(client, area)
    response = post(client, attempt, form_for(pending(attempt)))
    assert (response.status_code, response.url) == (302, f"/attempts/{attempt.pk}/")
    assert b"Question 2" in client.get(response.url).content


def test_htmx_gets_the_next_question_alone(client, area):
    attempt = begin(client, area)
    response = post(client, attempt, form_for(pending(attempt)), HX_Request="true")
    assert response.status_code == 200
    assert b"<html" not in response.content and b"Question 2" in response.content


def test_the_end_leads_to_the_result(client, area):
    attempt = begin(client, area)
    while True:
        response = post(client, attempt, form_for(pending(attempt)), HX_Request="true")
        if "HX-Redirect" in response.headers:
            break
    assert response.headers["HX-Redirect"] == f"/attempts/{attempt.pk}/result/"
    page = client.get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert SECRET_EXPLANATION in page and "90% probability" in page


def test_nothing_of_the_key_is_told_before_the_end(adas_browser, mixed_area):
    attempt = begin(adas_browser, mixed_area)
    pages = []
    for _ in range(8):
        pages.append(adas_browser.get(f"/attempts/{attempt.pk}/").content.decode())
        response = post(adas_browser, attempt, form_for(pending(attempt)), HX_Request="true")
        pages.append(response.content.decode())
    for url in (
        f"/attempts/{attempt.pk}/questions/1/",
        "/progress/",
        f"/areas/{mixed_area.slug}/",
        "/me/",
        "/me/export/",
    ):
        pages.append(adas_browser.get(url).content.decode())
    for page in pages:
        assert SECRET_NOTE not in page and SECRET_EXPLANATION not in page
    assert "7.5" not in pages[0]
    export = json.loads(pages[-1])
    assert {answer["outcome"] for answer in export["attempts"][0]["answers"]} == {None}
    assert export["attempts"][0]["theta"] is None
    assert adas_browser.get(f"/attempts/{attempt.pk}/result/").status_code == 302


def test_options_are_named_by_their_place_and_not_by_their_key(client, mixed_area):
    """Keys of an ordering question, read from a to z, would be its answer."""
    attempt = begin(client, mixed_area)
    for _ in range(6):
        page = client.get(f"/attempts/{attempt.pk}/").content.decode()
        assert 'value="a"' not in page and "place_a" not in page and 'value="b"' not in page
        post(client, attempt, form_for(pending(attempt)))


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"choice": "99"}, 422),
        ({"choice": "a"}, 422),
        ({"choice": ["1", "2"]}, 422),
        ({"number": "3"}, 422),
        ({"choice": "1", "visible_ms": "-5"}, 400),
        ({"choice": "1", "confidence": "1000"}, 400),
    ],
)
def test_a_malformed_answer_gets_a_clear_page_and_changes_nothing(client, area, form, status):
    attempt = begin(client, area)
    before = state()
    response = post(client, attempt, form)
    assert response.status_code == status
    assert b"Question 1" in response.content and b'role="alert"' in response.content
    assert state() == before


def test_who_does_not_know_is_not_told_how_sure_she_was(client, area):
    """It was counted as 95% sure and wrong."""
    attempt = begin(client, area)
    assert post(client, attempt, {"unknown": "1", "confidence": "95"}).status_code == 302
    assert attempt.responses.get(position=1).confidence is None


def test_an_answer_of_ten_megabytes_is_refused(client, area):
    attempt = begin(client, area)
    before = state()
    response = post(client, attempt, {"choice": "1" * 10_000_000})
    assert 400 <= response.status_code < 500
    assert state() == before


def test_another_persons_sitting_looks_like_none(adas_browser, bobs_browser, area):
    attempt = begin(adas_browser, area)
    before = state()
    for path in ("", "result/", "questions/1/"):
        assert bobs_browser.get(f"/attempts/{attempt.pk}/{path}").status_code == 404
        assert bobs_browser.get(f"/attempts/{attempt.pk + 1}/{path}").status_code == 404
    assert post(bobs_browser, attempt, {"choice": "1"}).status_code == 404
    assert bobs_browser.post(f"/attempts/{attempt.pk}/stop/").status_code == 404
    assert state() == before


def test_an_answer_to_a_finished_sitting_changes_nothing(client, area):
    attempt = begin(client, area)
    post(client, attempt, form_for(pending(attempt)))
    client.post(f"/attempts/{attempt.pk}/stop/")
    before = state()
    response = client.post(f"/attempts/{attempt.pk}/answers/2/", {"choice": "1"})
    assert response.status_code == 409 and b"result" in response.content
    assert state() == before


def test_a_stale_form_gets_409_with_the_page_as_it_stands(client, area):
    attempt = begin(client, area)
    first = pending(attempt)
    post(client, attempt, form_for(first, right=True))
    response = post(client, attempt, form_for(first, right=False), position=1)
    assert response.status_code == 409
    assert b"Question 2" in response.content


def test_the_same_answer_twice_gets_the_same_reply(client, area):
    attempt = begin(client, area)
    form = form_for(pending(attempt))
    first = post(client, attempt, form, position=1, HX_Request="true")
    again = post(client, attempt, form, position=1, HX_Request="true")
    assert (first.status_code, again.status_code) == (200, 200)
    assert attempt.responses.count() == 2


def test_reading_never_writes(client, adas_browser, area):
    begin(adas_browser, area)
    before = state()
    for url in ("/", "/areas/", f"/areas/{area.slug}/", "/progress/", "/roles/", "/me/", "/measure/"):
        assert client.get(url).status_code == 200
        assert adas_browser.get(url).status_code == 200
    assert state() == before
    assert "sessionid" not in client.cookies


def test_state_is_not_changed_by_get(adas_browser, area):
    attempt = begin(adas_browser, area)
    for url in (f"/areas/{area.slug}/begin/", f"/attempts/{attempt.pk}/answers/1/", f"/attempts/{attempt.pk}/stop/"):
        assert adas_browser.get(url).status_code == 405


def test_personal_pages_are_not_kept_by_caches(adas_browser, area):
    attempt = begin(adas_browser, area)
    assert adas_browser.get(f"/attempts/{attempt.pk}/").headers["Cache-Control"] == "private, no-store"


def test_an_answer_can_be_read_again_but_not_changed(client, area):
    attempt = begin(client, area)
    post(client, attempt, form_for(pending(attempt)))
    page = client.get(f"/attempts/{attempt.pk}/questions/1/").content.decode()
    assert "Your answer" in page and "data-answer" not in page
    assert client.get(f"/attempts/{attempt.pk}/questions/2/").status_code == 404


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_is_right_is_told_with_an_answer_when_the_sitting_has_ended(client, area, headers):
    attempt = begin(client, area)
    post(client, attempt, form_for(pending(attempt)))
    address = f"/attempts/{attempt.pk}/questions/1/"
    assert SECRET_EXPLANATION not in client.get(address, headers=headers).content.decode()
    client.post(f"/attempts/{attempt.pk}/stop/")
    page = client.get(address, headers=headers).content.decode()
    assert SECRET_EXPLANATION in page and ("<html" in page) is not bool(headers)


def test_a_database_in_trouble_is_said_and_nothing_is_made_up(client, area, monkeypatch):
    from django.db import OperationalError

    from assessments.workflows import attempts

    attempt = begin(client, area)
    client.raise_request_exception = False

    def broken(*args):
        raise OperationalError("the database is locked")

    monkeypatch.setattr(attempts, "respond", broken)
    response = client.post(f"/attempts/{attempt.pk}/answers/1/", {"choice": "1"})
    assert response.status_code == 503 and response.headers["Retry-After"]
    assert b"locked" not in response.content


def test_a_bank_without_another_question_ends_with_a_result_that_says_so(client, area):
    attempt = begin(client, area)
    Item.objects.exclude(pk=pending(attempt).version.item_id).update(life=Life.RETIRED)
    Area.objects.filter(pk=area.pk).update(bank_revision=area.bank_revision + 1)
    response = post(client, attempt, form_for(pending(attempt)))
    attempt.refresh_from_db()
    assert attempt.end == Attempt.End.EXHAUSTED and response.url == f"/attempts/{attempt.pk}/result/"
    page = client.get(response.url).content.decode()
    assert "because no question was left" in page


def test_a_question_says_which_language_it_is_in(client, area):
    ItemVersion.objects.update(language="ar")
    client.post(f"/areas/{area.slug}/begin/", {"goal": "quick"})
    attempt = Attempt.objects.get()
    stem = '<div class="stem stack" lang="ar" dir="auto">'
    page = client.get(f"/attempts/{attempt.pk}/").content.decode()
    assert stem in page and page.count('<span lang="ar" dir="auto">') == len(
        pending(attempt).version.content["options"]
    )
    assert '<legend class="ask gap-b" lang="ar" dir="auto">' in page
    client.post(f"/attempts/{attempt.pk}/answers/1/", {"unknown": "1"})
    assert stem in client.get(f"/attempts/{attempt.pk}/questions/1/").content.decode()


def test_a_page_in_a_language_from_right_to_left_says_so(db, client, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    page = client.get("/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl"' in " ".join(page.split())
