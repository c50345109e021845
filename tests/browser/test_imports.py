"""A file of questions goes into the bank through a real browser: uploaded, placed, looked at, imported, taken out."""

import re

import pytest
from playwright.sync_api import expect

from assessments.formats import moodle_xml
from assessments.formats.exchange import Exchanged, Picture
from tests.bank import ALL_KINDS, QUESTIONS
from tests.browser.conftest import cookies_of
from tests.browser.test_accessible import check
from tests.workflows.test_pictures import drawn

LOOKS = {
    "narrow-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "wide-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def a_file(mark):
    """A question of each kind, one with a picture, and one that no one can read for certain."""
    picture = Picture("image/png", drawn(size=(900, 40)))
    questions = []
    for number, kind in enumerate(ALL_KINDS):
        question = QUESTIONS[kind](7000 + number)
        question.content["stem"] += f" {mark} ![a bar]({picture.address}) and $x^2$"
        questions.append(Exchanged(question, f"{mark} {kind}", category=("Old system", mark)))
    content = moodle_xml.write(questions, {picture.address: picture}).content
    return re.sub(rb'<answer fraction="100"', b'<answer fraction="a lot"', content, count=1)


@pytest.mark.parametrize("look", LOOKS)
def test_a_file_is_uploaded_placed_imported_and_taken_out_again(open_browser, administrator, site, look):
    browser = open_browser(**LOOKS[look], reduced_motion="reduce")
    browser.add_cookies(cookies_of(administrator))
    page = browser.new_page()
    page.goto("/admin/assessments/item/")
    page.get_by_role("link", name="Import questions").click()
    check(page)
    file = {"name": "moodle.xml", "mimeType": "text/xml", "buffer": a_file(look)}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("5 questions were read")).to_be_visible(timeout=30_000)
    assert page.get_by_role("img", name="a bar").first.evaluate("(image) => image.naturalWidth") == 900
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check(page)
    page.get_by_role("button", name="Import 5 questions").click()
    expect(page.get_by_text("still have no sub-skill")).to_have_count(2)  # told, and why nothing happened
    page.get_by_label(f"Old system/{look}").select_option(index=1)
    page.get_by_role("button", name="Keep the places").click()
    page.get_by_label("could not be read for certain").check()
    page.get_by_role("button", name="Import 5 questions").click()
    expect(page.get_by_text("5 questions were imported")).to_be_visible(timeout=30_000)
    check(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("5 questions are taken out again")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("nothing was imported")).to_be_visible()


def test_a_file_is_read_without_script(open_browser, administrator):
    browser = open_browser(java_script_enabled=False)
    browser.add_cookies(cookies_of(administrator))
    page = browser.new_page()
    page.goto("/admin/assessments/questionimport/new/")
    page.get_by_label("File").set_input_files({"name": "q.xml", "mimeType": "text/xml", "buffer": a_file("bare")})
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("5 questions were read")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Discard").click()
