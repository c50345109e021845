"""With the keyboard alone: nothing here ever clicks."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.conftest import cookies_of
from tests.person import Person
from tests.site import KINDS

FAR = 60  # no control may be more than so many presses of Tab away


def tab_to(page, selector):
    """Press Tab until the focus is on something like this."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab on {page.url}")


def answer(page):
    """Answer as her fingers would; returns the kind."""
    kind = walk.kind_of(page)
    if kind in {"choice", "multiple"}:
        page.keyboard.press("2")
        if kind == "multiple":
            page.keyboard.press("3")
    elif kind == "ordering":
        tab_to(page, "[data-order] > li:first-child .btn-step:last-child")
        page.keyboard.press("Space")
    elif kind == "matching":
        for place in range(page.locator("[name^=match_]").count()):
            tab_to(page, "[name^=match_]")
            for _ in range(place + 1):
                page.keyboard.press("ArrowDown")
    else:
        tab_to(page, "#number, #text")
        page.keyboard.type("7")
    return kind


def send(page, kind):
    if kind in {"ordering", "matching"}:  # Enter belongs to their buttons and lists
        tab_to(page, ".btn-primary")
    page.keyboard.press("Enter")


def test_a_whole_sitting_and_the_way_to_the_next_step_need_no_mouse(page, site):
    page.goto("/areas/programming/")
    tab_to(page, "main form .btn-primary")
    page.keyboard.press("Enter")
    walk.expect_question(page, 1)
    at = 1
    while True:
        send(page, answer(page))
        expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile(rf"^\s*Question {at}\b"))
        if page.url.endswith("/result/"):
            break
        at += 1
        walk.expect_question(page, at)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
    tab_to(page, "#answers summary")
    open_before = page.locator("#answers details[open]").count()
    page.keyboard.press("Enter")
    assert page.locator("#answers details[open]").count() == open_before - 1  # the first one stands open
    page.reload()
    tab_to(page, "main .btn-primary")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/plan/$"))
    tab_to(page, "main form .btn-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Your plan is made")).to_be_visible()
    tab_to(page, "main [name=state][value=started]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Saved: ")).to_be_visible()


@pytest.fixture
def asked(open_browser, site):
    """A page with a first question of the wanted kind."""

    def page_of(kind, **look):
        guest = Person(site)
        attempt = guest.begin()
        site.ask(attempt, kind)
        context = open_browser(**look)
        context.add_cookies(cookies_of(guest))
        page = context.new_page()
        page.goto(f"/attempts/{attempt}/")
        assert walk.kind_of(page) == kind
        return page, attempt

    return page_of


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_question_is_answered_from_the_keyboard(asked, site, kind):
    page, attempt = asked(kind)
    answer(page)
    send(page, kind)
    walk.expect_question(page, 2)
    stored = "SELECT answer, outcome FROM assessments_itemresponse WHERE attempt_id = ? AND position = 1"
    ((given, outcome),) = site.rows(stored, attempt)
    assert given not in (None, "null") and outcome in {"right", "wrong"}


@pytest.mark.parametrize("kind", ["choice", "multiple", "ordering"])
def test_zero_says_i_do_not_know(asked, site, kind):
    page, attempt = asked(kind)
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    walk.expect_question(page, 2)
    outcomes = site.rows("SELECT outcome FROM assessments_itemresponse WHERE attempt_id = ? AND position = 1", attempt)
    assert outcomes == [("unknown",)]


def test_a_digit_in_a_field_is_a_digit(asked):
    page, _attempt = asked("numeric")
    page.locator("#number").focus()
    page.keyboard.type("105")
    assert page.locator("#number").input_value() == "105"
    assert not page.locator("[name=unknown]").is_checked()


def test_number_keys_can_be_switched_off_and_stay_off(asked):
    page, _attempt = asked("choice")
    page.get_by_role("button", name="Number keys answer").press("Enter")
    page.reload()
    page.keyboard.press("1")
    assert page.locator("[name=choice]:checked").count() == 0
    page.get_by_role("button", name="Number keys answer").press("Enter")
    page.keyboard.press("1")
    assert page.locator("[name=choice]:checked").count() == 1


def test_the_first_tab_offers_to_skip_to_the_content(page):
    page.goto("/areas/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_review_of_missed_questions_needs_no_mouse(open_browser, site, measured):
    guest, _attempt = measured
    cards = site.rows("SELECT id FROM assessments_reviewcard")
    assert cards
    ((before,),) = site.rows("SELECT COALESCE(MAX(id), 0) FROM assessments_practiceanswer")
    context = open_browser()
    context.add_cookies(cookies_of(guest))
    page = context.new_page()
    page.goto("/review/")
    tab_to(page, "main .btn-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("due"))
    for _ in range(3):
        send(page, answer(page))
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile("Right|Wrong"))
        expect(heading).to_be_focused()
        page.keyboard.press("2")  # the second rating, where there is one
        page.keyboard.press("Enter")
        expect(heading).to_have_text(re.compile("due"))
        expect(heading).to_be_focused()
    kept = site.rows("SELECT outcome, rating FROM assessments_practiceanswer WHERE id > ? ORDER BY id", before)
    assert len(kept) == 3
    assert {rating for outcome, rating in kept if outcome == "right"} <= {2}
    assert {rating for outcome, rating in kept if outcome != "right"} <= {1}
