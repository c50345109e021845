"""What a screen reader meets, in its order: the accessibility tree of the pages that carry the way of a learner."""

import itertools
import re

import pytest

from tests.browser.conftest import cookies_of
from tests.browser.pages import View
from tests.site import KINDS

LANDMARKS = ("banner", "navigation", "main", "contentinfo")
PAGES = (
    View("nobody", "/"),
    View("nobody", "/areas/programming/"),
    View("learner", "/attempts/{attempt}/result/"),
    View("learner", "/roles/{role}/"),
    View("learner", "/plan/"),
    View("learner", "/progress/"),
)
ANSWERS = "radio|checkbox|textbox|spinbutton|combobox"


@pytest.fixture
def read(open_browser, town):
    """The tree as lines of "role name", as they are read from top to bottom."""

    def lines_of(view):
        browser = open_browser(reduced_motion="reduce")
        browser.add_cookies(cookies_of(town.person(view.who)))
        page = browser.new_page()
        page.goto(town.address(view))
        tree = page.locator("body").aria_snapshot()
        return page, [re.sub(r"^\s*- '?", "", line) for line in tree.splitlines()]

    return lines_of


def at(lines, pattern):
    """Where something like this is read first."""
    return next(place for place, line in enumerate(lines) if re.match(pattern, line))


def heading_levels(lines):
    return [int(re.search(r"\[level=(\d)\]", line)[1]) for line in lines if line.startswith("heading")]


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.path)
def test_a_page_is_read_from_its_name_down(read, view):
    page, lines = read(view)
    assert lines[0].startswith('link "Skip to the content"')
    places = [at(lines, landmark) for landmark in LANDMARKS]
    assert places == sorted(places)
    levels = heading_levels(lines)
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    assert at(lines, "main") < at(lines, "heading .*level=1") < at(lines, "contentinfo")
    assert page.locator("#live[role=status]").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_read_before_its_answers_and_they_before_the_button(read, kind):
    page, lines = read(View(f"asked_{kind}", "/attempts/{asked_attempt}/"))
    heading = at(lines, 'heading "Question 1')
    answer = at(lines, f"({ANSWERS}) ")
    unknown = at(lines, "checkbox \".*I don'+t know")
    stem = page.locator(".stem").inner_text().split()[0]
    asked = next(place for place, line in enumerate(lines) if place > heading and stem in line)
    assert heading < asked < answer <= unknown < at(lines, 'button "Send answer')
    assert not any(re.match("(heading|link|button) ", line) for line in lines[asked + 1 : answer] if "Move" not in line)
    group = [line for line in lines[heading:answer] if line.startswith("group")]
    assert group or kind in {"numeric", "short_text"}, "answers that belong together are a group with a name"
