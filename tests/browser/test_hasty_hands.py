"""Double clicks, the back button, reloads and stale tabs: nothing is lost, doubled or put in a wrong place."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.conftest import cookies_of
from tests.person import Person

ANSWERED_BEFORE = "answered before, perhaps in another tab"


@pytest.fixture
def sitting(open_browser, site):
    """A guest before her first question, a single choice; several tabs of hers share one browser."""
    guest = Person(site)
    attempt = guest.begin()
    site.ask(attempt, "choice")

    def tab_of(script=True):
        if not tabs:
            tabs.append(open_browser(java_script_enabled=script))
            tabs[0].add_cookies(cookies_of(guest))
        page = tabs[0].new_page()
        page.goto(f"/attempts/{attempt}/")
        return page

    tabs = []
    return attempt, tab_of


def chosen(site, attempt):
    """The first answer as it is stored."""
    return site.rows("SELECT answer FROM assessments_itemresponse WHERE attempt_id = ? AND position = 1", attempt)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_double_click_gives_one_answer(sitting, site, script):
    attempt, tab_of = sitting
    page = tab_of(script)
    walk.answer(page)
    page.get_by_role("button", name="Send answer").dblclick()
    walk.expect_question(page, 2)
    assert site.answered(attempt) == [1] and site.pending(attempt) == [2]


def test_while_an_answer_is_under_way_neither_a_click_nor_a_changed_choice_passes(sitting, site):
    attempt, tab_of = sitting
    page = tab_of()
    posts = []

    def slowly(route):
        posts.append(route.request.post_data)
        time.sleep(0.8)
        route.continue_()

    page.route("**/answers/*/", slowly)
    walk.answer(page, choice=1)
    page.evaluate(
        """() => {
            const form = document.querySelector("form[data-answer]");
            form.requestSubmit();
            form.querySelector("[name=choice][value='2']").checked = true;
            form.requestSubmit();
            form.requestSubmit();
        }"""
    )
    expect(page.locator("[data-status]")).to_have_text("Saving…")
    walk.expect_question(page, 2)
    assert len(posts) == 1 and site.answered(attempt) == [1]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_form_that_has_become_stale_in_another_tab_is_told_and_loses_nothing(sitting, site, script):
    attempt, tab_of = sitting
    first, second = tab_of(script), tab_of(script)
    walk.answer(first, choice=1)
    walk.send(first)
    walk.expect_question(first, 2)
    kept = chosen(site, attempt)

    walk.answer(second, choice=2)
    walk.send(second)
    expect(second.get_by_role("alert")).to_contain_text(ANSWERED_BEFORE)
    walk.expect_question(second, 2)
    assert chosen(site, attempt) == kept and site.pending(attempt) == [2]
    walk.answer(second)
    walk.send(second)
    walk.expect_question(second, 3)
    assert site.answered(attempt) == [1, 2]


def test_the_same_answer_from_a_second_tab_simply_goes_on(sitting, site):
    attempt, tab_of = sitting
    first, second = tab_of(), tab_of()
    for page in (first, second):
        walk.answer(page, choice=1)
        walk.send(page)
        walk.expect_question(page, 2)
        expect(page.get_by_role("alert")).to_have_count(0)
    assert site.answered(attempt) == [1]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_answer_to_a_sitting_that_was_ended_in_another_tab_is_told_so(sitting, site, script):
    attempt, tab_of = sitting
    first, second = tab_of(script), tab_of(script)
    walk.answer(first)
    walk.send(first)
    walk.expect_question(first, 2)
    first.get_by_role("link", name="Pause, go on later").click()
    first.get_by_role("button", name="Stop here and see the result").click()
    expect(first).to_have_url(re.compile("/result/$"))

    walk.answer(second, choice=2)
    walk.send(second)
    expect(second.get_by_role("heading", level=1)).to_have_text("This sitting has ended")
    second.get_by_role("link", name="See the result").click()
    expect(second).to_have_url(re.compile("/result/$"))
    assert site.answered(attempt) == [1]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_back_and_forward_lead_to_the_question_that_waits(sitting, site, script):
    attempt, tab_of = sitting
    page = tab_of(script)
    for position in (1, 2):
        walk.answer(page)
        walk.send(page)
        walk.expect_question(page, position + 1)
    page.get_by_role("link", name="Pause, go on later").click()
    expect(page.get_by_role("link", name="Go on")).to_be_visible()
    page.go_back()
    walk.expect_question(page, 3)
    walk.answer(page)
    walk.send(page)
    walk.expect_question(page, 4)
    page.go_back()
    page.go_forward()
    assert site.answered(attempt) == [1, 2, 3]
    page.goto(f"/attempts/{attempt}/")
    walk.expect_question(page, 4)


def test_a_reload_asks_the_same_question_and_sends_nothing_again(sitting, site):
    attempt, tab_of = sitting
    page = tab_of()
    walk.answer(page)
    walk.send(page)
    walk.expect_question(page, 2)
    asked, options = page.locator(".stem").inner_text(), page.locator("form[data-answer] .answers").all_inner_texts()
    page.reload()
    walk.expect_question(page, 2)
    assert page.locator(".stem").inner_text() == asked
    assert page.locator("form[data-answer] .answers").all_inner_texts() == options
    assert site.answered(attempt) == [1] and site.pending(attempt) == [2]


def test_back_from_the_result_does_not_open_the_sitting_again(sitting, site):
    attempt, tab_of = sitting
    page = tab_of()
    walk.answer(page)
    walk.send(page)
    walk.expect_question(page, 2)
    page.get_by_role("link", name="Pause, go on later").click()
    page.get_by_role("button", name="Stop here and see the result").click()
    expect(page).to_have_url(re.compile("/result/$"))
    page.go_back()
    expect(page.get_by_role("link", name="Go on")).to_have_count(0)
    page.goto(f"/attempts/{attempt}/")
    expect(page).to_have_url(re.compile("/result/$"))


def test_an_empty_form_is_not_sent(sitting):
    _attempt, tab_of = sitting
    page = tab_of()
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    walk.send(page)
    expect(page.locator("[data-status]")).to_contain_text("Give an answer first")
    assert posts == []
