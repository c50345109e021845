"""Without JavaScript everything works; script only makes it smoother."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.conftest import cookies_of
from tests.person import Person
from tests.site import KINDS


@pytest.fixture
def plain_browser(open_browser):
    return open_browser(java_script_enabled=False)


@pytest.fixture
def page(plain_browser):
    return plain_browser.new_page()


def test_a_whole_sitting_the_next_step_a_sign_up_and_the_way_back_to_the_result(page, address):
    attempt = walk.begin(page)
    kinds = walk.answer_all(page)
    assert len(kinds) >= 5
    expect(page.locator("main")).to_contain_text("with 90% probability")
    page.locator("#answers summary:visible").last.click()  # a report may stand folded in the others
    expect(page.locator("#answers details[open]")).to_have_count(2)
    page.get_by_role("link", name="See them in my plan").click()
    page.get_by_role("button", name="Make it my plan").click()
    expect(page.locator("main, .messages").get_by_text("Your plan is made").first).to_be_visible()
    page.get_by_role("button", name="Started").first.click()
    expect(page.get_by_text(re.compile("^Saved: .*, started")).first).to_be_visible()
    walk.sign_up(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("1 of 14 areas measured"))
    walk.sign_out(page)
    walk.sign_in(page, address)
    assert page.goto(f"/attempts/{attempt}/result/").status == 200


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_question_is_answered(plain_browser, page, site, kind):
    guest = Person(site)
    attempt = guest.begin()
    site.ask(attempt, kind)
    plain_browser.add_cookies(cookies_of(guest))
    page.goto(f"/attempts/{attempt}/")
    assert walk.answer(page) == kind
    walk.send(page)
    walk.expect_question(page, 2)
    expect(page.locator("[data-status]")).to_contain_text("1 answer saved.")
    assert site.answered(attempt) == [1]


def test_an_empty_answer_is_asked_for_again_and_what_was_typed_is_kept(plain_browser, page, site):
    guest = Person(site)
    attempt = guest.begin()
    plain_browser.add_cookies(cookies_of(guest))
    page.goto(f"/attempts/{attempt}/")
    walk.send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    site.ask(attempt, "numeric")
    page.goto(f"/attempts/{attempt}/")
    page.locator("#number").fill("many")
    walk.send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#number")).to_have_value("many")
    assert site.answered(attempt) == []


def test_what_only_script_can_do_is_not_offered(page):
    walk.begin(page)
    expect(page.get_by_role("button", name="Number keys answer")).to_have_count(0)


def test_light_or_dark_is_chosen_and_kept(page):
    page.goto("/measure/")
    page.get_by_role("button", name="Dark").click()
    expect(page).to_have_url(re.compile("/measure/$"))
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.goto("/roles/")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_a_missed_question_is_practised(page, plain_browser, measured):
    plain_browser.add_cookies(cookies_of(measured[0]))
    page.goto("/review/")
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("due"))
    walk.answer(page)
    walk.send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\s*(Right|Wrong)"))
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("due"))
