"""Every word of ours goes through gettext: in a language where each of them is put in brackets, none is bare.

What editors and learners have written is not ours to translate; it is known by standing in the database.
"""

import html
import re
import shutil
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils.translation.trans_real import DjangoTranslation

from assessments.models import Attempt, Learner, User
from tests.bank import ALL_KINDS, make_area
from tests.site import ROOT

OPEN, CLOSE = "⟦", "⟧"
NOT_WORDS = re.compile(r"^[\W\d_]*$")
NAMES = {
    "careerquiz",
    "Enter",
    "SVG",
    "FSRS",
    "ISBN-13",
    "DOI",
    "arXiv",
    "SOC",
    "ESCO",
    "SFIA",
}  # a name is the same in every language
SILENT = {"script", "style", "code", "math", "option-value"}
SPOKEN = {"aria-label", "alt", "placeholder", "title", "data-saving", "data-retrying", "data-empty"}


def bracketed(message):
    return f"{OPEN}{message.rpartition(chr(4))[2]}{CLOSE}"


@pytest.fixture
def bracket_language(monkeypatch):
    monkeypatch.setattr(DjangoTranslation, "gettext", lambda _self, message: bracketed(message))
    monkeypatch.setattr(DjangoTranslation, "ngettext", lambda _self, one, many, n: bracketed(one if n == 1 else many))


class Words(HTMLParser):
    """Texts and spoken attributes of a page, a line for each piece."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.lines, self._inside = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in SILENT:
            self._inside.append(tag)
        self.lines += [value for name, value in attributes if name in SPOKEN and value]

    def handle_endtag(self, tag):
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside and data.strip():
            self.lines.append(" ".join(data.split()))


def bare(page):
    """The lines that are left when everything in brackets is taken out, innermost first."""
    text = "\n".join(Words(page).lines)
    while (shorter := re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)) != text:
        text = shorter
    return text.splitlines()


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (str(key), *strings_of(one))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings_of(one)


def written_by_people():
    """All texts of the database, as a page would show them, spaces evened."""
    rows = (
        value
        for model in apps.get_app_config("assessments").get_models()
        for row in model.objects.values_list()
        for value in strings_of(list(row))
    )
    plain = (re.sub(r"<[^>]+>", " ", html.unescape(value)) for value in rows)
    return "\n".join(" ".join(value.split()) for value in plain).casefold()


def ours(page, people):
    for line in bare(page):
        for word in (re.sub(r"^\d+\. ", "", part).strip(" ·.()–-…/→“”%") for part in re.split(r"[·:;›|,()]", line)):
            if (
                word
                and not NOT_WORDS.match(word)
                and word not in NAMES
                and word.casefold() not in people
                and "testserver" not in word
            ):
                yield word


@pytest.fixture
def content(db, tmp_path):
    """The product's own areas, roles, resources and facts, and questions of every kind."""
    for path in (ROOT / "fixtures").glob("*.yaml"):
        shutil.copy(path, tmp_path)
    call_command("load_content", folder=tmp_path, verbosity=0)
    return [make_area(slug, items=48, kinds=ALL_KINDS) for slug in ("first", "second")]


@pytest.fixture
def measured(content):
    """Ada, with a finished sitting and an open one."""
    ada = Learner.objects.create(user=User.objects.create_user("ada@example.org", "correct horse battery"))
    client = Client()
    client.force_login(ada.user, backend="assessments.accounts.LearnerBackend")
    client.post("/areas/first/begin/", {"goal": "quick"})
    attempt = Attempt.objects.get()
    for _ in range(25):
        pending = attempt.responses.pending().first()
        if pending is None:
            break
        client.post(f"/attempts/{attempt.pk}/answers/{pending.position}/", {"unknown": "1", "confidence": "50"})
    client.post("/areas/second/begin/", {"goal": "quick"})
    return client


EVERYBODYS = [
    "/", "/areas/", "/areas/first/", "/map/", "/measure/", "/career/", "/career/salary_demand/", "/resources/",
    "/resources/bishop-prml/", "/progress/", "/progress/history/", "/progress/answers/", "/progress/report/",
    "/review/",
    "/evidence/", "/evidence/first/", "/roles/", "/roles/machine-learning-engineer/junior/",
    "/roles/compare/?a=machine-learning-engineer/junior&b=data-scientist/junior", "/study/", "/plan/", "/me/",
    "/me/reports/", "/nowhere/",
]  # fmt: skip
DOORS = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
ACCOUNT = ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"]


def test_every_word_of_ours_can_be_translated(measured, bracket_language):
    people = written_by_people()
    finished, opened = Attempt.objects.finished().get(), Attempt.objects.open().get()
    sitting = [f"/attempts/{opened.pk}/", f"/attempts/{finished.pk}/result/", f"/attempts/{finished.pk}/questions/1/"]
    found = {}
    for client, paths in ((Client(), [*EVERYBODYS, *DOORS]), (measured, [*EVERYBODYS, *ACCOUNT, *sitting])):
        for path in paths:
            reply = client.get(path)
            assert reply.status_code in (200, 404), path
            for word in ours(reply.content.decode(), people):
                found.setdefault(word, path)
    assert not found, "\n".join(f"{path}: {word!r}" for word, path in found.items())
