"""The profile on paper: one sheet, black on white, with interval and date."""

import re

import pytest

from tests.browser.conftest import cookies_of

# The fullest sheet there can be: every row as long as the longest one that was measured.
ALL_MEASURED = """() => {
    const rows = [...document.querySelectorAll(".sheet-table tbody tr")], full = rows[0].children;
    for (const row of rows.slice(1))
        [...row.children].slice(1).forEach((cell, at) => cell.replaceWith(full[at + 1].cloneNode(true)));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_one_sheet_of_a4_and_dark_letters_on_white(open_browser, measured, scheme):
    browser = open_browser(color_scheme=scheme)
    browser.add_cookies(cookies_of(measured[0]))
    page = browser.new_page()
    page.goto("/progress/report/")
    page.evaluate(ALL_MEASURED)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", print_background=True))) == 1
    page.emulate_media(media="print")
    look = page.evaluate(
        "(() => { const style = (at) => getComputedStyle(document.querySelector(at));"
        " return [style('body').backgroundColor, style('.sheet').color, style('.sheet-table th').color]; })()"
    )
    assert look == ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)"]
    text = page.locator(".sheet").inner_text()
    assert "90% interval" in text and re.search(r"\b20\d\d\b", text)
    lines = page.locator("a:visible").evaluate_all("(all) => all.map((a) => getComputedStyle(a).textDecorationLine)")
    assert set(lines) <= {"none"}
