"""The watch that stands over every browser test sees what it is there for; and what a page asks of the line."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.conftest import cookies_of
from tests.person import Person

LATE = 3000  # milliseconds


def expect_fault(page, faults, word):
    for _ in range(LATE // 100):
        if any(word in fault for fault in faults):
            break
        page.wait_for_timeout(100)
    assert any(word in fault for fault in faults), faults
    page.close()  # what the browser still had to say has been said
    faults.clear()


def planted(tag, **properties):
    return f"document.body.append(Object.assign(document.createElement('{tag}'), {json.dumps(properties)}))"


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
        (planted("style", textContent="p {}"), "style-src-elem"),
        (planted("script", textContent="1"), "script-src-elem"),
        (planted("img", src="http://elsewhere.invalid/"), "img-src"),
        ("setTimeout(() => { throw Error('a broken script'); })", "a broken script"),
    ],
    ids=["style-attribute", "style", "script", "image", "error"],
)
def test_the_watch_sees_a_planted_fault(page, faults, deed, word):
    page.goto("/measure/")
    assert faults == []
    page.evaluate(deed)
    expect_fault(page, faults, word)


def test_the_watch_sees_a_request_to_another_host(page, faults):
    page.route("http://elsewhere.invalid/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto("http://elsewhere.invalid/")
    expect_fault(page, faults, "another host")


def without_icons(requests):
    return [request.url for request in requests if not request.url.endswith((".svg", ".ico", ".png"))]


def test_the_first_question_page_makes_four_requests(site, open_browser):
    guest = Person(site)
    attempt = guest.begin()
    browser = open_browser()
    browser.add_cookies(cookies_of(guest))
    asked = []
    browser.on("request", lambda request: asked.append(request))
    browser.new_page().goto(f"/attempts/{attempt}/", wait_until="networkidle")
    assert len(without_icons(asked)) == 4, asked


def test_a_next_question_is_one_request(page):
    walk.begin(page)
    asked = []
    page.on("request", lambda request: asked.append(request))
    walk.answer(page)
    walk.send(page)
    walk.expect_question(page, 2)
    expect(page.locator("[data-status]")).to_contain_text("1 answer saved.")
    assert len(without_icons(asked)) == 1, asked
