"""What a person does on our pages, in her words."""

import re

from playwright.sync_api import expect

from tests.site import AREA

PASSWORD = "a long and quiet river"


def begin(page, area=AREA):
    """Start a sitting from the page of its area; returns its number."""
    page.goto(f"/areas/{area}/")
    page.get_by_role("button", name="Start").click()
    expect_question(page, 1)
    return number_of(page)


def number_of(page):
    return int(re.search(r"/attempts/(\d+)/", page.url)[1])


def expect_question(page, position):
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^\s*Question {position}\b"))


def position(page):
    return int(re.search(r"Question (\d+)", page.get_by_role("heading", level=1).inner_text())[1])


def kind_of(page):
    """Which kind of question this is, as one sees it."""
    for kind, sign in (
        ("ordering", "[data-order]"),
        ("matching", "[name^=match_]"),
        ("numeric", "#number"),
        ("short_text", "#text"),
        ("multiple", "[type=checkbox][name=choice]"),
        ("choice", "[type=radio][name=choice]"),
    ):
        if page.locator(f"form[data-answer] {sign}").count():
            return kind
    raise AssertionError("no question on this page")


def answer(page, choice=1):
    """Give some answer with the mouse, without sending it; another choice is another answer."""
    kind = kind_of(page)
    if kind == "ordering":
        order(page, choice)
    elif kind == "matching":
        places = page.locator("[name^=match_]").all()
        for place, select in enumerate(places):
            select.select_option(index=1 + (place + choice) % len(places))
    elif kind == "numeric":
        page.locator("#number").fill(str(choice))
    elif kind == "short_text":
        page.locator("#text").fill(f"word {choice}")
    else:
        page.locator(f"label.answer:has([name=choice][value='{choice}'])").click()
    return kind


def order(page, choice):
    """With script rows are moved by buttons, without it they are numbered."""
    selects = page.locator("[data-order] select")
    if page.locator("[data-order] button").count():
        page.locator("[data-order] > li").nth(choice - 1).get_by_role("button", name="Move down").click()
        return
    for place in range(selects.count()):
        selects.nth(place).select_option(str(1 + (place + choice) % selects.count()))


def send(page):
    page.get_by_role("button", name="Send answer").click()


def answer_all(page):
    """Answer question after question to the result; returns the kinds that were met."""
    kinds, at = [], position(page)
    while True:
        kinds.append(answer(page))
        send(page)
        heading = page.get_by_role("heading", level=1)
        expect(heading).not_to_have_text(re.compile(rf"^\s*Question {at}\b"))
        if page.url.endswith("/result/"):
            return kinds
        at += 1
        expect_question(page, at)


def sign_up(page, address):
    page.goto("/accounts/signup/")
    page.locator("[name=email]").fill(address)
    page.locator("[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def sign_in(page, address):
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(address)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def sign_out(page):
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
