"""A chart under the pointer, under the keyboard, and as a file of its own."""

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import cookies_of


@pytest.fixture
def result(open_browser, measured):
    browser = open_browser(reduced_motion="reduce")
    browser.add_cookies(cookies_of(measured[0]))
    page = browser.new_page()
    page.goto(f"/attempts/{measured[1]}/result/")
    return page


def test_a_mark_tells_its_exact_value_to_the_pointer_and_to_the_focus(result):
    tip = result.locator(".tip")
    result.locator(".chart .bead").first.hover(force=True)
    expect(tip).to_have_text(re.compile(r"^Reading: [\d.]+, \w+"))
    result.mouse.move(1, 1)
    expect(tip).to_be_hidden()
    result.locator(".chart [data-tip][tabindex='0']").first.focus()
    expect(tip).to_have_text(re.compile("interval|Target|Reading"))
    first = tip.inner_text()
    result.keyboard.press("ArrowRight")
    expect(tip).not_to_have_text(first)
    result.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_map_of_sub_skills_is_walked_by_tab_and_by_arrows(page):
    page.goto("/areas/programming/")
    boxes = page.locator(".ground svg a")
    boxes.first.focus()
    page.keyboard.press("ArrowRight")
    right_of_it = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert right_of_it != boxes.first.get_attribute("aria-label")
    assert "Stands on:" in right_of_it
    boxes.first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == boxes.nth(1).get_attribute(
        "aria-label"
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/areas/programming/#\w+"))


def test_on_a_narrow_screen_the_map_is_a_tree(open_browser):
    page = open_browser(viewport={"width": 320, "height": 700}).new_page()
    page.goto("/areas/programming/")
    expect(page.locator(".ground svg")).to_be_hidden()
    expect(page.locator(".tree a").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", ["/", "/progress/", "/areas/programming/", "result"])
def test_a_saved_chart_needs_nothing_else(result, path):
    if path != "result":
        result.goto(path)
    result.locator(".data:has(.btn) > summary").first.click()
    with result.expect_download() as download:
        result.get_by_role("button", name="Save the picture as SVG").first.click()
    source = download.value.path().read_text()
    root = ElementTree.fromstring(source)  # noqa: S314 - our own output
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.get("width")) > 100 and float(root.get("height")) > 60
    assert not re.search(r"var\(|url\((?!&quot;#|#|\"#)|http://(?!www\.w3\.org)[^/]*/static", source)
    shapes = [one for one in root.iter() if one.tag.endswith(("rect", "text", "path"))]
    assert all(one.get("fill") for one in shapes), "what the stylesheet said stands in the file"
