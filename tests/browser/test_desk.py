"""The editor's desk by keyboard, on a narrow screen: writing with the preview, many questions at once, a report."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import cookies_of
from tests.browser.test_accessible import check
from tests.person import Person

NARROW = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}


@pytest.fixture
def desk(open_browser, administrator):
    browser = open_browser(**NARROW)
    browser.add_cookies(cookies_of(administrator))
    return browser.new_page()


@pytest.fixture
def item(site):
    ((item,),) = site.rows(
        "SELECT MIN(i.id) FROM assessments_item i JOIN assessments_itemversion v ON v.id = i.current_version_id"
        " WHERE v.kind = 'choice'"
    )
    return item


def press(page, target, key="Enter"):
    target.focus()
    page.keyboard.press(key)


def test_an_editor_writes_by_keyboard_and_the_preview_follows(desk, item):
    desk.goto(f"/admin/assessments/item/{item}/change/")
    frame = desk.frame_locator("iframe[title]")
    stem = desk.locator("#id_stem")
    press(desk, stem, "Control+Home")
    desk.keyboard.type("Typed words. ")
    expect(frame.locator(".stem").first).to_contain_text("Typed words.")
    expect(stem).to_be_focused()
    first = desk.locator("#id_options-0-text").input_value()
    desk.locator("#id_options-1-text").fill(first)
    expect(desk.locator("#faults-id_options-1-text")).to_contain_text("are the same")
    desk.locator("#id_lead_in").fill("")
    expect(desk.locator("#seen [role=status]")).to_contain_text("Still to be written")
    press(desk, desk.locator("#at-phone-width"), "Space")
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(desk, desk.get_by_role("group", name="Insert into Question").get_by_role("button", name="Formula"))
    expect(desk.locator("#id_lead_in")).to_have_value("$x^2$")
    check(desk)


def test_many_questions_change_after_a_page_that_says_so(desk, site):
    desk.goto("/admin/assessments/item/")
    press(desk, desk.locator(".action-select").first, "Space")
    desk.locator("select[name=action]").select_option("retire")
    press(desk, desk.get_by_role("button", name=re.compile("^(Run|Go)")))
    expect(desk.get_by_role("heading", name="This will change")).to_be_visible()
    check(desk)
    press(desk, desk.get_by_role("link", name="No, leave them as they are"))
    expect(desk).to_have_url(re.compile("/admin/assessments/item/$"))
    assert site.rows("SELECT COUNT(*) FROM assessments_item WHERE life = 'retired'") == [(0,)]


def test_a_report_is_answered_and_the_answer_is_read(desk, open_browser, site):
    guest = Person(site)
    attempt = guest.begin()
    form = guest.question(attempt)
    guest.post(form.action, form.answers()[0])
    guest.post(f"/attempts/{attempt}/stop/", {})
    learner = open_browser(**NARROW)
    learner.add_cookies(cookies_of(guest))
    hers = learner.new_page()
    hers.goto(f"/attempts/{attempt}/questions/1/")
    press(hers, hers.locator("summary", has_text="Report this question"))
    hers.get_by_label("What is wrong with it?").fill("Two options are right.")
    press(hers, hers.get_by_role("button", name="Send report"))
    expect(hers.get_by_role("status").first).to_contain_text("Thank you")
    desk.goto("/admin/assessments/report/")
    told = desk.get_by_role("listitem").filter(has_text="Two options are right.")  # others may have reported, too
    press(desk, told.get_by_role("link", name="Answer it").first)
    expect(desk.get_by_label("Your answer")).to_be_visible()
    check(desk)
    desk.get_by_label("Your answer").fill("Mended, thank you.")
    press(desk, desk.get_by_role("button", name="Send the answer"))
    expect(desk.get_by_text("1 report is answered.")).to_be_visible()
    hers.goto("/me/reports/")
    expect(hers.get_by_text("Mended, thank you.")).to_be_visible()
    check(hers)
