"""What people come for, from the first page to the last."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import walk


def heading(page):
    return page.get_by_role("heading", level=1)


def test_a_guest_measures_an_area_signs_up_and_keeps_the_result(open_browser, address):
    page = open_browser().new_page()
    page.goto("/")
    page.get_by_role("link", name="Measure", exact=True).click()
    page.get_by_role("link", name="Programming", exact=True).click()
    page.get_by_role("button", name="Start").click()
    walk.expect_question(page, 1)
    attempt = walk.number_of(page)
    kinds = walk.answer_all(page)
    assert 5 <= len(kinds) <= 20
    headline = heading(page).inner_text()
    expect(page.locator("main")).to_contain_text("with 90% probability")
    expect(page.locator("#answers > details")).to_have_count(len(kinds))
    assert page.get_by_role("heading", name="Three next things").locator("..").locator("ol > li").count() >= 3

    page.get_by_role("link", name="Sign up to keep it on any device").click()
    page.locator("[name=email]").fill(address)
    page.locator("[name=password1]").fill(walk.PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(heading(page)).to_have_text(re.compile("1 of 14 areas measured"))

    elsewhere = open_browser().new_page()
    walk.sign_in(elsewhere, address)
    expect(heading(elsewhere)).to_have_text(re.compile("1 of 14 areas measured"))
    elsewhere.goto(f"/attempts/{attempt}/result/")
    expect(heading(elsewhere)).to_have_text(headline)


def test_a_sitting_goes_on_where_it_was_after_the_browser_was_closed(open_browser, site):
    first = open_browser()
    page = first.new_page()
    attempt = walk.begin(page)
    for position in (1, 2):
        walk.answer(page)
        walk.send(page)
        walk.expect_question(page, position + 1)
    asked = page.locator(".stem").inner_text()
    kept = first.storage_state()
    first.close()

    page = open_browser(storage_state=kept).new_page()
    page.goto("/")
    expect(page.locator("main")).to_contain_text("2 answers are saved.")
    page.get_by_role("link", name="Go on").click()
    walk.expect_question(page, 3)
    assert page.locator(".stem").inner_text() == asked, "a reload asks the same question"
    walk.answer(page)
    walk.send(page)
    walk.expect_question(page, 4)
    assert site.answered(attempt) == [1, 2, 3]


def stopped_sitting(page):
    """One answer, then her wish to see the result."""
    walk.begin(page)
    walk.answer(page)
    walk.send(page)
    walk.expect_question(page, 2)
    page.get_by_role("link", name="Pause, go on later").click()
    page.get_by_role("button", name="Stop here and see the result").click()
    expect(page).to_have_url(re.compile(r"/result/$"))


@pytest.mark.parametrize(("choice", "sittings"), [("They are mine: add them", 1), ("Not mine: delete them here", 0)])
def test_signing_in_to_an_older_account_asks_what_to_do_with_this_browsers_results(
    open_browser, address, choice, sittings
):
    walk.sign_up(open_browser().new_page(), address)
    page = open_browser().new_page()
    stopped_sitting(page)
    walk.sign_in(page, address)
    expect(heading(page)).to_have_text("Add the results of this browser to your account?")
    page.get_by_role("button", name=choice).click()
    expect(heading(page)).to_have_text(re.compile("1 of 14 areas measured" if sittings else "Nothing measured yet"))
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text(re.compile(rf"\b{sittings} sittings?\b"))


def test_after_signing_out_nothing_of_hers_is_left_in_the_browser(page, address):
    walk.sign_up(page, address)
    stopped_sitting(page)
    result = page.url
    walk.sign_out(page)
    expect(page.locator("body")).not_to_contain_text(address)
    assert page.goto(result).status == 404
    page.goto("/progress/")
    expect(heading(page)).to_have_text("Nothing measured yet")


def test_an_answer_can_be_read_again_in_mid_sitting(page):
    walk.begin(page)
    asked = page.locator(".stem").inner_text()
    walk.answer(page)
    walk.send(page)
    walk.expect_question(page, 2)
    page.get_by_role("link", name="Read the last one").click()
    expect(heading(page)).to_have_text("Your answer to question 1")
    assert page.locator(".stem").inner_text() == asked
    page.get_by_role("link", name="Back to the question").click()
    walk.expect_question(page, 2)


def test_a_map_of_all_skills_is_drawn_in_rounds(page, site):
    page.goto("/map/")
    page.get_by_role("button", name="Start the map").click()
    walk.expect_question(page, 1)
    attempt = walk.number_of(page)
    at = 1
    while not page.url.endswith("/round/"):
        walk.answer(page)
        walk.send(page)
        expect(heading(page)).not_to_have_text(re.compile(rf"^\s*Question {at}\b"))
        at += 1
    expect(heading(page)).to_have_text(f"{at - 1} questions answered: time to rest?")
    page.get_by_role("link", name="Next round").click()
    walk.expect_question(page, at)
    page.go_back()
    page.get_by_role("button", name="Finish with what is reached").click()
    expect(page).to_have_url(re.compile("/result/$"))
    assert site.answered(attempt) == list(range(1, at)) and site.pending(attempt) == []
