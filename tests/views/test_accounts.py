"""Signing up, in, out, and taking results along."""

import json
import re

import pytest
from django.core import mail
from django.test import override_settings

from assessments.models import Attempt, Learner, User
from tests.views.test_sitting_pages import begin, form_for, pending, post

PASSWORD = "correct horse battery"


def sign_up(client, email="new@example.org"):
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})


def sign_in(client, email):
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD})


def measured_guest(client, area):
    attempt = begin(client, area)
    post(client, attempt, form_for(pending(attempt)))
    client.post(f"/attempts/{attempt.pk}/stop/")
    return attempt


def test_a_guest_who_signs_up_keeps_her_results(client, area):
    attempt = measured_guest(client, area)
    assert sign_up(client).status_code == 302
    attempt.refresh_from_db()
    assert attempt.learner.user.email == "new@example.org"
    assert client.get(f"/attempts/{attempt.pk}/result/").status_code == 200
    assert Learner.objects.count() == 1


def test_signing_in_to_an_older_account_asks_first(client, ada, area):
    attempt = measured_guest(client, area)
    response = client.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD}, follow=True)
    assert b"Add the results of this browser" in response.content
    assert not Attempt.objects.of(ada).exists()
    client.post("/me/join/", {"join": "yes"})
    assert Attempt.objects.of(ada).get() == attempt


def test_results_of_somebody_else_are_left_out_and_deleted(client, ada, area):
    measured_guest(client, area)
    sign_in(client, "ada@example.org")
    client.post("/me/join/", {"join": "no"})
    assert not Attempt.objects.exists()


def test_joining_without_a_guest_does_nothing(adas_browser, ada):
    assert adas_browser.post("/me/join/", {"join": "yes"}).status_code == 302
    assert Learner.objects.count() == 1


def test_signing_out_leaves_nothing_of_her_in_the_browser(adas_browser, area):
    attempt = begin(adas_browser, area)
    adas_browser.post("/accounts/logout/")
    assert adas_browser.get(f"/attempts/{attempt.pk}/").status_code == 404
    other = begin(adas_browser, area)
    assert other.learner != attempt.learner and other.learner.user is None


@override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")
def test_where_mail_is_sent_the_address_is_verified_from_any_browser(client, area):
    from django.test import Client

    attempt = measured_guest(client, area)
    sign_up(client)
    [message] = mail.outbox
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", message.body)[1]
    elsewhere = Client()
    assert elsewhere.post(link).status_code == 302
    attempt.refresh_from_db()
    assert attempt.learner.user.emailaddress_set.get().verified


def change_address(client, email):
    return client.post("/accounts/email/", {"email": email, "action_add": ""}, follow=True)


def test_without_mail_a_new_address_holds_at_once(client, db):
    sign_up(client, "first@example.org")
    page = change_address(client, "Second@example.org").content.decode()
    assert "Your address is now second@example.org" in page and "onfirm" not in page
    user = User.objects.get()
    assert user.email == "second@example.org" and user.emailaddress_set.get().primary
    client.post("/accounts/logout/")
    assert sign_in(client, "first@example.org").status_code == 200
    assert sign_in(client, "second@example.org").status_code == 302


def test_an_address_of_somebody_else_is_not_taken_over(client, ada):
    sign_up(client)
    assert b"already" in change_address(client, "ADA@example.org").content
    assert sorted(User.objects.values_list("email", flat=True)) == ["ada@example.org", "new@example.org"]


@override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")
def test_where_mail_is_sent_a_new_address_holds_once_it_is_confirmed(client, db):
    sign_up(client)
    client.post(re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1])
    sign_in(client, "new@example.org")
    assert b"Waiting for" in change_address(client, "newer@example.org").content
    assert User.objects.get().email == "new@example.org"
    client.post(re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1])
    assert User.objects.get().email == "newer@example.org"


def test_a_forgotten_password_is_set_anew(client, ada):
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "another good horse", "password2": "another good horse"})
    assert User.objects.get(email="ada@example.org").check_password("another good horse")


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def test_without_mail_no_mail_is_promised(client, ada):
    page = client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    assert page.status_code == 200 and b"This site sends no mail" in page.content


def test_she_takes_her_data_with_her(adas_browser, area):
    attempt = begin(adas_browser, area)
    post(adas_browser, attempt, form_for(pending(attempt)))
    adas_browser.post(f"/attempts/{attempt.pk}/stop/")
    response = adas_browser.get("/me/export/")
    assert "attachment" in response.headers["Content-Disposition"]
    assert json.loads(response.content)["attempts"][0]["answers"][0]["outcome"] == "right"


def test_deleting_needs_her_password_and_leaves_nothing(adas_browser, ada, area):
    begin(adas_browser, area)
    assert adas_browser.post("/me/delete/", {"sure": "on", "password": "wrong"}).status_code == 422
    assert User.objects.exists()
    adas_browser.post("/me/delete/", {"sure": "on", "password": PASSWORD})
    assert not User.objects.exists() and not Learner.objects.exists()


def test_a_guest_deletes_her_data_without_a_password(client, area):
    begin(client, area)
    client.post("/me/delete/", {"sure": "on"})
    assert not Learner.objects.exists()


@pytest.mark.parametrize("theme", ["light", "dark", "auto", "<script>"])
def test_the_theme_is_one_of_ours(client, theme):
    response = client.post("/theme/", {"theme": theme, "next": "https://elsewhere.example/"})
    assert response.url == "/"
    kept = client.cookies.get("theme")
    assert (kept.value if kept else "") == (theme if theme in ("light", "dark") else "")


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("login", "Sign in"),
        ("signup", "Make an account"),
        ("password/reset", "A new password"),
        ("password/reset/done", "Look into your mail"),
        ("password/reset/key/1-x", "This link is used up"),
        ("confirm-email", "Confirm your address"),
    ],
)
def test_the_account_pages_speak_in_our_words(client, db, path, heading):
    said = " ".join(client.get(f"/accounts/{path}/").content.decode().split())
    assert re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", said) == [heading]


@pytest.mark.parametrize("page", ["login", "signup", "password/reset"])
def test_no_field_of_an_entrance_repeats_its_label_in_pale(client, db, page):
    assert "placeholder=" not in client.get(f"/accounts/{page}/").text
