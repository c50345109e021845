"""A second factor: with and without a mail server, and in words somebody new understands."""

import os
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import override_settings

from tests.site import ROOT
from tests.views.test_accounts import PASSWORD, sign_up

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"


def switch_on(client):
    """Sign in again, read the secret and send the code that an app would show."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(ACTIVATE)
    if page.context is None or "form" not in page.context:
        return page
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    return client.post(ACTIVATE, {"code": code})


@override_settings(ACCOUNT_EMAIL_VERIFICATION="none", MFA_ALLOW_UNVERIFIED_EMAIL=True)
def test_without_a_mail_server_a_second_factor_can_be_switched_on(client):
    sign_up(client)
    assert not EmailAddress.objects.get().verified
    assert switch_on(client).status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1


@override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory", MFA_ALLOW_UNVERIFIED_EMAIL=False)
def test_where_mail_is_sent_the_address_is_verified_first(adas_browser, ada):
    address = EmailAddress.objects.create(user=ada.user, email=ada.user.email, primary=True, verified=False)
    switch_on(adas_browser)
    assert not Authenticator.objects.exists()
    address.set_verified()
    assert switch_on(adas_browser).status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize(("address", "allowed"), [("", "True"), ("smtp://localhost:25", "False")])
def test_the_mail_server_alone_decides(address, allowed):
    code = "from careerquiz import settings; print(settings.MFA_ALLOW_UNVERIFIED_EMAIL)"
    env = {**os.environ, "EMAIL_URL": address, "SECRET_KEY": "a secret of this test alone, long enough to be one"}
    run = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.strip() == allowed, run.stderr


@override_settings(MFA_ALLOW_UNVERIFIED_EMAIL=True)
def test_fields_of_the_account_say_what_to_type(client):
    sign_up(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/password/change/").content.decode()
    assert "Your password now" in page and "The new password once more" in page and "(again)" not in page
    page = client.get(ACTIVATE).content.decode()
    assert "The six digits your app shows now" in page and "The same as text" in page
    switch_on(client)
    client.post("/accounts/logout/")
    page = client.post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD}, follow=True)
    assert "or one of your recovery codes" in page.content.decode()
