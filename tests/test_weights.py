"""What a person with a thin line pays: bytes over the wire and requests, as the site really sends them."""

import re
from statistics import median

import pytest

from tests.person import HTMX, AnswerForm, Person

FIRST_PAGE_BYTES, FIRST_PAGE_REQUESTS = 30_000, 4
SWAP_BYTES_MEDIAN, SWAP_BYTES_WORST = 2_000, 4_000
STYLE = re.compile(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"')
SCRIPT = re.compile(r'<script[^>]+src="([^"]+)"')
ELSEWHERE = re.compile(r'(?:src|srcset|href|action)="((?:https?:)?//[^"]+)"')


@pytest.fixture
def guest(site):
    return Person(site)


def test_the_first_question_page_is_light(guest):
    page = guest.get(f"/attempts/{guest.begin()}/", accept_encoding="gzip")
    assert page.headers["content-encoding"] == "gzip"
    parts = {"document": len(page.sent)}
    for path in STYLE.findall(page.text) + SCRIPT.findall(page.text):
        reply = guest.get(path, accept_encoding="br")
        assert (reply.status, reply.headers["content-encoding"]) == (200, "br")
        assert "immutable" in reply.headers["cache-control"]
        parts[path] = len(reply.sent)
    assert sum(parts.values()) <= FIRST_PAGE_BYTES and len(parts) <= FIRST_PAGE_REQUESTS, parts
    assert "<img" not in page.text and not ELSEWHERE.findall(page.text)


def test_the_next_question_is_light_in_every_step_of_a_sitting(guest):
    attempt, sizes = guest.begin(goal="solid"), []
    form = guest.question(attempt)
    while True:
        reply = guest.post(form.action, form.answers()[0], **HTMX, accept_encoding="gzip")
        if "hx-redirect" in reply.headers:
            break
        assert reply.headers["content-encoding"] == "gzip" and "<html" not in reply.text
        sizes.append(len(reply.sent))
        form = AnswerForm(reply.text)
    assert len(sizes) >= 20
    assert median(sizes) <= SWAP_BYTES_MEDIAN and max(sizes) <= SWAP_BYTES_WORST, sorted(sizes)
