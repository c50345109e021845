"""Practice as a browser meets it, with and without htmx."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Learner, PracticeAnswer, ReviewCard
from assessments.workflows import practice
from assessments.workflows.reviews import Scope
from tests.bank import ALL_KINDS, SECRET_EXPLANATION, SECRET_NOTE, form_for, make_area
from tests.workflows.test_attempts import finish
from tests.workflows.test_practice import Shown


def form_of(learner, scope=None, right=True):
    """Where the form of the present question goes, and a right or wrong way to fill it."""
    sheet = practice.next_sheet(learner, scope or Scope())
    address = f"/review/cards/{sheet.card.pk}/turns/{sheet.turn.number}/"
    return address, {"version": sheet.turn.version.pk, **form_for(Shown(sheet), right)}


def state():
    return list(ReviewCard.objects.values()), list(PracticeAnswer.objects.values()), Learner.objects.count()


def test_somebody_new_is_told_what_will_wait_here(client, db):
    page = client.get("/review/").content.decode()
    assert "Nothing to review yet" in page and "btn-primary" in page
    assert client.get("/review/question/").url == "/review/"
    assert not Learner.objects.exists()


def test_without_script_answer_truth_rating_and_next_question_are_pages(adas_browser, ada, area):
    finish(ada, area, right=False)
    page = adas_browser.get("/review/question/").content.decode()
    assert "<html" in page and SECRET_NOTE not in page and SECRET_EXPLANATION not in page
    url, form = form_of(ada, right=False)
    reply = adas_browser.post(url, form)
    given = PracticeAnswer.objects.get()
    assert (reply.status_code, reply.url) == (302, f"/review/answers/{given.pk}/")
    told = adas_browser.get(reply.url).content.decode()
    assert SECRET_NOTE in told and SECRET_EXPLANATION in told and "Wrong" in told
    reply = adas_browser.post(reply.url, {"rating": "1"})
    assert (reply.status_code, reply.url) == (302, "/review/question/")


def test_htmx_gets_the_truth_and_the_next_question_alone(adas_browser, ada, area):
    finish(ada, area, right=False)
    url, form = form_of(ada)
    htmx = {"HX-Request": "true"}
    told = adas_browser.post(url, form, headers=htmx)
    assert told.status_code == 200 and b"<html" not in told.content and b"How well did you know it?" in told.content
    after = adas_browser.post(f"/review/answers/{PracticeAnswer.objects.get().pk}/", {"rating": "4"}, headers=htmx)
    assert after.status_code == 200 and b"Send answer" in after.content and b"<html" not in after.content
    ReviewCard.objects.all().delete()
    end = adas_browser.get("/review/question/", headers=htmx)
    assert end.headers["HX-Redirect"] == "/review/"


def test_no_question_tells_its_answer_before_it_is_answered(adas_browser, ada, db):
    finish(ada, make_area("mixed", kinds=ALL_KINDS), right=False)
    while practice.next_sheet(ada, Scope()):
        page = adas_browser.get("/review/question/").content.decode()
        assert SECRET_NOTE not in page and SECRET_EXPLANATION not in page
        assert 'value="a"' not in page and "place_a" not in page
        adas_browser.post(*form_of(ada))


def test_the_scope_is_carried_from_page_to_page(adas_browser, ada, area):
    finish(ada, area, right=False)
    query = f"?area={area.slug}&mistakes=1"
    assert query.replace("&", "&amp;") in adas_browser.get(f"/review/question/{query}").content.decode()
    url, form = form_of(ada)
    reply = adas_browser.post(url + query, form)
    assert reply.url.endswith(query)
    assert adas_browser.post(reply.url, {"rating": "3"}).url == f"/review/question/{query}"
    assert adas_browser.get("/review/question/?area=nowhere").url == "/review/"
    assert adas_browser.get("/review/question/?area=%00").status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"choice": "99"}, 422),
        ({"choice": ""}, 422),
        ({"version": "x"}, 409),
        ({"version": "0"}, 409),
        ({"confidence": "1000"}, 400),
    ],
)
def test_a_malformed_answer_gets_the_question_again_and_changes_nothing(adas_browser, ada, area, change, status):
    finish(ada, area, right=False)
    url, form = form_of(ada)
    before = state()
    reply = adas_browser.post(url, {**form, **change})
    assert reply.status_code == status and b'role="alert"' in reply.content
    assert state() == before


def test_pages_of_others_are_not_found_and_reading_writes_nothing(adas_browser, bobs_browser, ada, bob, area):
    finish(ada, area, right=False)
    url, form = form_of(ada)
    adas_browser.post(url, form)
    given = PracticeAnswer.objects.get()
    before = state()
    assert bobs_browser.get(f"/review/answers/{given.pk}/").status_code == 404
    assert bobs_browser.post(f"/review/answers/{given.pk}/", {"rating": "4"}).status_code == 404
    assert bobs_browser.post(url, form).status_code == 404
    for path in ("/review/", "/review/question/", f"/review/answers/{given.pk}/"):
        assert adas_browser.get(path).status_code == 200
    assert state() == before
    assert adas_browser.get(url).status_code == adas_browser.get("/review/areas/measuring/").status_code == 405


def test_an_area_in_preparation_is_practised_by_a_guest(client, db):
    make_area("small", items=3)
    page = client.get("/review/").content.decode()
    assert "Practise Small" in page
    reply = client.post("/review/areas/small/")
    assert (reply.status_code, reply.url) == (302, "/review/question/?area=small")
    assert "3 questions due" in client.get(reply.url).content.decode()
    assert client.post("/review/areas/small/").url == "/review/"
    assert client.post("/review/areas/nowhere/").status_code == 404


def test_an_area_that_is_measured_is_not_practised_unmet(client, area):
    assert client.post("/review/areas/measuring/").url == "/areas/measuring/"
    assert not ReviewCard.objects.exists()


def test_with_nothing_due_the_page_says_when_to_come_back(adas_browser, ada, area):
    finish(ada, area, right=False)
    ReviewCard.objects.update(due_at=timezone.now() + timedelta(days=3), state=ReviewCard.State.REVIEW)
    page = adas_browser.get("/review/").content.decode()
    assert "Nothing is due now" in page and "The next one comes back on" in page


def test_a_question_can_be_dropped_and_the_next_one_is_asked(adas_browser, bobs_browser, ada, area):
    finish(ada, area, right=False)
    card = practice.next_sheet(ada, Scope()).card
    assert bobs_browser.post(f"/review/cards/{card.pk}/drop/").status_code == 404
    assert adas_browser.post(f"/review/cards/{card.pk}/drop/?mistakes=1").url == "/review/question/?mistakes=1"
    assert practice.next_sheet(ada, Scope()).card != card


def test_what_a_guest_practised_is_offered_to_her_account(client, ada, db):
    make_area("small", items=3)
    client.post("/review/areas/small/")
    guest = Learner.objects.guests().get()
    assert "3 questions in review" in client.get("/me/").content.decode()
    client.force_login(ada.user, backend="assessments.accounts.LearnerBackend")
    session = client.session
    session["learner"] = guest.pk
    session.save()
    assert "What you practised" in client.get("/me/arrived/").content.decode()
    client.post("/me/join/", {"join": "yes"})
    assert ReviewCard.objects.of(ada).count() == 3
