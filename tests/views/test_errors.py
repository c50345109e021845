"""What goes wrong is met by a page of ours that says what to do; each is really caused."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client

from assessments.views import pages
from assessments.workflows import attempts

pytestmark = pytest.mark.django_db


def ways_on(response):
    """The page has our mark, one headline and something to press."""
    page = response.content.decode()
    assert "careerquiz</a>" in page
    assert page.count("<h1") == 1
    assert page.count("btn-primary") == 1, page
    return re.findall(r'<a class="btn[^"]*"\s+href="([^"]+)"', page)


@pytest.fixture
def broken(monkeypatch):
    """Lets the page /measure/ fail in this way."""

    def with_error(error):
        def fail(*_arguments):
            raise error

        monkeypatch.setattr(pages, "method", fail)
        return Client(raise_request_exception=False).get("/measure/")

    return with_error


def test_a_request_to_a_wrong_host_is_not_understood(client):
    response = client.get("/", headers={"host": "elsewhere.invalid"})
    assert response.status_code == 400
    assert ways_on(response) == ["/"]


def test_what_is_not_for_her_leads_to_signing_in(broken):
    response = broken(PermissionDenied())
    assert response.status_code == 403
    assert ways_on(response)[0] == "/accounts/login/"


def test_what_is_not_there_leads_to_signing_in_and_back(client):
    response = client.get("/attempts/12345/")
    assert response.status_code == 404
    assert ways_on(response)[0] == "/accounts/login/?next=%2Fme%2Farrived%2F%3Fnext%3D%252Fattempts%252F12345%252F"


def test_what_is_not_there_tells_her_who_she_is(adas_browser):
    response = adas_browser.get("/attempts/12345/")
    assert response.status_code == 404
    assert b"ada@example.org" in response.content
    assert ways_on(response) == ["/areas/", "/progress/"]


def test_a_form_without_its_token_leads_back_to_its_page(area, ada):
    browser = Client(enforce_csrf_checks=True)
    referer = {"referer": "http://testserver/areas/measuring/"}
    response = browser.post("/areas/measuring/begin/", {"goal": "quick"}, headers=referer)
    assert response.status_code == 403
    assert ways_on(response)[0] == "http://testserver/areas/measuring/"
    foreign = browser.post("/areas/measuring/begin/", headers={"referer": "http://elsewhere.invalid/"})
    assert ways_on(foreign) == ["/"]
    attempt = attempts.begin(ada, area)
    refused = browser.post(f"/attempts/{attempt.pk}/answers/1/", {"choice": "1"})
    assert ways_on(refused)[0] == f"/attempts/{attempt.pk}/"


def test_an_error_of_ours_says_what_is_safe(broken):
    response = broken(RuntimeError("a fault of ours"))
    assert response.status_code == 500
    assert ways_on(response) == ["/"]
    assert b"Answers that were shown as saved are safe" in response.content
    assert b"a fault of ours" not in response.content


def test_without_its_records_the_site_asks_for_patience(broken):
    response = broken(OperationalError("no records"))
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert ways_on(response) == ["/"]


def test_signing_in_leads_back_past_the_question_of_the_guests_results(adas_browser, client, ada):
    assert adas_browser.get("/me/arrived/?next=/attempts/5/").url == "/attempts/5/"
    assert adas_browser.get("/me/arrived/?next=http://elsewhere.invalid/").url == "/progress/"
