"""axe finds nothing to complain of on any page in any state; nothing scrolls sideways; every target is large enough.

Here each view is met in one look, all looks in turn; `make axe` (FULL=1) meets each view in every look. The watch over
the security policy and over other hosts (conftest.py) stands over every one of them.
"""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.conftest import cookies_of
from tests.browser.pages import VIEWS, opened
from tests.person import Person

LOOKS = {
    f"{width}-{scheme}": {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (320, 768, 1280)
    for scheme in ("light", "dark")
}
NARROWEST = {"width": 320, "height": 900}  # 1280 px at a zoom of 400%
AXE = Axe()
# Without "preload", with which axe writes imported stylesheets into the page and offends the policy itself.
OPTIONS = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
# Links within a sentence are as high as the sentence, as WCAG 2.5.8 allows; a small box may have a large label.
SMALL_TARGETS = """() => {
  const large = (one) => { const box = one.getBoundingClientRect(); return box.width >= 23.5 && box.height >= 23.5; };
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && one.getBoundingClientRect().width > 1;
  const said = (node) => [...node.childNodes].some((one) => one.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(one.data));
  const inSentence = (one) => one.matches("a")
    && getComputedStyle(one).display === "inline" && (said(one.parentElement) || one.closest("p, svg, td, th"));
  const tell = (one) => { const box = one.getBoundingClientRect();
    return `${one.outerHTML.slice(0, 160)} ${Math.round(box.width)}x${Math.round(box.height)}`; };
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => seen(one) && !inSentence(one) && !large(one) && ![...(one.labels ?? [])].some(large))
    .map(tell);
}"""


def turns():
    """Each view with the looks it is met in."""
    looks = list(LOOKS)
    for number, view in enumerate(VIEWS):
        for look in looks if os.environ.get("FULL") else [looks[number % len(looks)]]:
            yield pytest.param(view, look, id=f"{look} {view.name}")


def check(page):
    """No violation here, with everything opened that can be opened."""
    opened(page)
    complaints(page)


def complaints(page):
    found = AXE.run(page, options=OPTIONS).response["violations"]
    told = [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]
    assert not told, "\n".join([page.url, *told])


def fits(page):
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert sideways <= 0, f"{page.url} scrolls sideways by {sideways} px at {page.viewport_size['width']}"
    if "/admin/" not in page.url:  # Django's own lists keep their own spacing, which axe has measured
        assert not (small := page.evaluate(SMALL_TARGETS)), "\n".join([page.url, *small])


@pytest.mark.parametrize(("view", "look"), list(turns()))
def test_every_page_in_every_state(open_browser, town, view, look):
    person = town.person(view.who)
    browser = open_browser(**LOOKS[look], reduced_motion="reduce")  # nothing is judged in mid-movement
    browser.add_cookies(cookies_of(person))
    page = browser.new_page()
    assert page.goto(town.address(view)).status == view.status
    if view.deed:
        view.deed(page)
    complaints(page)
    fits(page)
    page.set_viewport_size(NARROWEST)
    fits(page)


@pytest.fixture
def browser(open_browser):
    return open_browser(**LOOKS["320-dark"], reduced_motion="reduce")


def test_what_goes_wrong_is_explained_on_an_accessible_page(browser, site):
    guest = Person(site)
    attempt = guest.begin()
    browser.add_cookies(cookies_of(guest))
    page, other = browser.new_page(), browser.new_page()
    page.goto(f"/attempts/{attempt}/")
    other.goto(f"/areas/{walk.AREA}/")
    other.get_by_role("button", name="Drop this sitting").click()
    expect(other.get_by_role("button", name="Start")).to_be_visible()
    walk.answer(page)
    walk.send(page)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("Question"))
    check(page)
    other.context.clear_cookies()
    other.get_by_role("button", name="Start").click()
    expect(other.get_by_text("Error 403")).to_be_visible()
    check(other)
