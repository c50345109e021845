"""A line that breaks: nothing is called saved that is not, and an answer is sent until it has arrived."""

import pytest
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.conftest import cookies_of

NOT_SAVED = "Not saved yet, trying again."


@pytest.fixture
def sitting(page):
    attempt = walk.begin(page)
    walk.answer(page)
    return page, attempt, page.locator("[data-status]")


def test_offline_an_answer_waits_and_is_sent_when_the_line_is_back(sitting, site):
    page, attempt, status = sitting
    page.context.set_offline(True)
    walk.send(page)
    expect(status).to_have_text(NOT_SAVED)
    expect(page.locator("#live")).to_have_text(NOT_SAVED)
    assert site.answered(attempt) == []
    page.context.set_offline(False)
    walk.expect_question(page, 2)
    expect(page.locator("[data-status]")).to_contain_text("1 answer saved.")
    assert site.answered(attempt) == [1]


def test_an_answer_whose_reply_was_lost_is_sent_again_and_counts_once(sitting, site):
    page, attempt, status = sitting
    lost = []

    def lose_the_first_reply(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/answers/*/", lose_the_first_reply)
    walk.send(page)
    expect(status).to_have_text(NOT_SAVED)
    walk.expect_question(page, 2)
    assert lost == [200] and site.answered(attempt) == [1] and site.pending(attempt) == [2]


@pytest.mark.parametrize("code", [500, 503, 429])
def test_a_server_in_trouble_is_asked_again(sitting, site, code):
    page, attempt, status = sitting
    refused = []

    def refuse_once(route):
        if refused:
            route.continue_()
        else:
            refused.append(code)
            route.fulfill(status=code, body="<!DOCTYPE html><title>trouble</title>", content_type="text/html")

    page.route("**/answers/*/", refuse_once)
    walk.send(page)
    expect(status).to_have_text(NOT_SAVED)
    walk.expect_question(page, 2)
    assert site.answered(attempt) == [1]


def test_a_server_that_is_killed_and_comes_back_gets_the_answer(sitting, site):
    page, attempt, status = sitting
    site.kill()
    walk.send(page)
    expect(status).to_have_text(NOT_SAVED)
    site.start()
    walk.expect_question(page, 2)
    assert site.answered(attempt) == [1]


def test_leaving_with_an_unsaved_answer_is_asked_about(sitting):
    page, _attempt, status = sitting
    page.context.set_offline(True)
    walk.send(page)
    expect(status).to_have_text(NOT_SAVED)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.context.set_offline(False)
    assert asked == ["beforeunload"]


def test_a_browser_that_has_forgotten_who_she_is_says_so_and_calls_nothing_saved(sitting, site):
    page, attempt, _status = sitting
    page.context.clear_cookies()
    walk.send(page)
    expect(page.get_by_text("Error 404")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Not saved yet")
    assert site.answered(attempt) == []


def test_a_lost_line_is_said_before_anything_is_sent(sitting, site):
    page, attempt, status = sitting
    walk.send(page)
    walk.expect_question(page, 2)
    page.context.set_offline(True)
    expect(status).to_contain_text("No connection just now.")
    expect(page.locator("#live")).to_contain_text("No connection just now.")
    page.context.set_offline(False)
    expect(status).to_contain_text("1 answer saved.")
    assert site.answered(attempt) == [1]


@pytest.fixture
def signed_in(page, address):
    walk.sign_up(page, address)
    return address


@pytest.mark.parametrize("kind", ["choice", "ordering", "numeric"])
def test_an_answer_to_a_session_that_has_ended_is_sent_after_signing_in(page, site, signed_in, kind):
    attempt = walk.begin(page)
    site.ask(attempt, kind)
    page.reload()
    walk.answer(page, choice=2)
    page.context.clear_cookies(name="sessionid")
    walk.send(page)
    page.locator("main").get_by_role("link", name="Sign in").click()
    assert site.answered(attempt) == []
    page.locator("[name=login]").fill(signed_in)
    page.locator("[name=password]").fill(walk.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    walk.expect_question(page, 2)
    stored = "SELECT answer FROM assessments_itemresponse WHERE attempt_id = ? AND position = 1"
    ((given,),) = site.rows(stored, attempt)
    assert given not in (None, "null")
    assert page.evaluate("sessionStorage.getItem('careerquiz.answer')") is None, "what has arrived is kept no longer"


def test_signing_in_anew_in_another_tab_costs_no_answer(page, site, signed_in):
    attempt = walk.begin(page)
    walk.answer(page)
    other = page.context.new_page()
    walk.sign_out(other)
    walk.sign_in(other, signed_in)
    walk.send(page)
    walk.expect_question(page, 2)
    assert site.answered(attempt) == [1]


def test_an_answer_kept_for_one_person_is_not_sent_for_the_next(page, site, signed_in):
    attempt = walk.begin(page)
    walk.answer(page)
    page.context.clear_cookies(name="sessionid")
    walk.send(page)
    expect(page.get_by_text("Error 404")).to_be_visible()
    walk.sign_up(page, f"next-{signed_in}")
    other = walk.begin(page)
    assert page.evaluate("sessionStorage.getItem('careerquiz.answer')") is None
    assert site.answered(attempt) == site.answered(other) == []


def test_an_answer_on_its_way_is_sent_after_a_reload(sitting, site):
    page, attempt, status = sitting
    page.route("**/answers/*/", lambda route: route.abort())
    walk.send(page)
    expect(status).to_have_text(NOT_SAVED)
    page.unroute("**/answers/*/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    walk.expect_question(page, 2)
    assert site.answered(attempt) == [1]


def test_an_answer_is_fetched_when_it_is_unfolded_and_its_link_waits_for_the_line(open_browser, measured):
    guest, attempt = measured
    browser = open_browser()
    browser.add_cookies(cookies_of(guest))
    page = browser.new_page()
    page.goto(f"/attempts/{attempt}/result/")
    second, third = (page.locator("#answers > details").nth(place) for place in (1, 2))
    second.locator("summary").first.click()
    expect(second.locator(".stem")).to_be_visible()
    expect(second.get_by_role("link", name="Read question")).to_have_count(0)
    browser.set_offline(True)
    third.locator("summary").first.click()
    expect(third.get_by_role("link", name="Read question")).to_be_visible()
    browser.set_offline(False)
    third.get_by_role("link", name="Read question").click()
    expect(page.get_by_text("with what is right and why")).to_be_visible()
