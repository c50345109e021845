"""Mail as it leaves: over SMTP, to a server that takes it."""

import re
import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client

from assessments.models import User
from tests.views.test_accounts import PASSWORD, sign_up

pytestmark = pytest.mark.django_db


class Inbox(Message):
    def __init__(self):
        super().__init__()
        self.messages = []

    def handle_message(self, message):
        self.messages.append(message)


@pytest.fixture
def inbox(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    yield inbox.messages
    server.stop()


def text_of(message):
    part = next((part for part in message.walk() if part.get_content_type() == "text/plain"), message)
    return part.get_payload(decode=True).decode()


def test_a_new_address_is_verified_by_a_real_mail(client, inbox):
    sign_up(client)
    [message] = inbox
    assert message["To"] == "new@example.org"
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", text_of(message))[1]
    Client().post(link)
    assert User.objects.get().emailaddress_set.get().verified


def test_an_address_that_has_an_account_is_not_told_to_others(client, ada, inbox):
    page = sign_up(client, "ada@example.org")
    assert b"already" not in page.content
    assert [message["To"] for message in inbox] == ["ada@example.org"]


def test_a_mail_server_that_is_down_does_not_lose_the_account(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD}, follow=True)
    assert b"could not be sent" in response.content
    assert User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    ("path", "form", "subject"),
    [
        ("signup", {"email": "new@example.org", "password1": PASSWORD}, "Confirm your address for careerquiz"),
        ("signup", {"email": "ada@example.org", "password1": PASSWORD}, "You already have an account at careerquiz"),
        ("password/reset", {"email": "ada@example.org"}, "Choose a new password for careerquiz"),
        ("password/reset", {"email": "nobody@example.org"}, "No account with this address at careerquiz"),
    ],
)
def test_every_mail_says_the_same_in_plain_text_and_as_a_page_with_one_button(client, ada, inbox, path, form, subject):
    client.post(f"/accounts/{path}/", form)
    [message] = inbox
    assert message["Subject"] == subject
    plain, page = message.get_payload()
    assert [plain.get_content_type(), page.get_content_type()] == ["text/plain", "text/html"]
    text, markup = (part.get_payload(decode=True).decode() for part in (plain, page))
    [link] = re.findall(r"http://testserver\S+", text)
    assert re.findall(r'<a href="([^"]+)"', markup) == [link.strip()] and markup.count(link) == 2
    assert "do nothing" in text and "do nothing" in markup
