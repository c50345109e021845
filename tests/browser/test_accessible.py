"""axe finds nothing to complain of on any page, narrow and light as well as wide and dark.

Each page is loaded anew for each look. The watch over the security policy and over other hosts
(conftest.py) stands over every one of them.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.conftest import cookies_of
from tests.person import AnswerForm, Person
from tests.site import KINDS

LOOKS = {
    "narrow-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "wide-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
AXE = Axe()
# Without "preload", with which axe writes imported stylesheets into the page and offends the policy itself.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
FOR_EVERYBODY = [
    "/",
    "/areas/",
    "/areas/programming/",
    "/measure/",
    "/career/",
    "/career/career_steps/",
    "/career/salary_demand/",
    "/career/questions/",
    "/resources/",
    "/resources/geron-hands-on-ml-tf/",
    "/roles/compare/",
    "/plan/",
    "/study/",
    "/map/",
    "/progress/",
    "/review/",
    "/progress/history/",
    "/progress/answers/",
    "/evidence/",
    "/evidence/programming/",
    "/evidence/programming/repository/",
    "/roles/",
    "/roles/{role}/",
    "/me/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nowhere/",
]
OF_THE_MEASURED = [
    "/progress/report/",
    "/",
    "/areas/",
    "/areas/programming/",
    "/attempts/{attempt}/result/",
    "/attempts/{attempt}/questions/2/",
    "/progress/",
    "/review/",
    "/review/question/",
    "/progress/history/",
    "/progress/answers/",
    "/progress/answers/?show=reported",
    "/evidence/",
    "/roles/{role}/",
    "/me/",
    "/me/reports/",
    "/plan/",
    "/study/",
    "/roles/",
    "/roles/compare/?a={role}&b=machine-learning-engineer/junior",
    "/career/skills/",
]
OF_AN_ACCOUNT = ["/me/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"]
OF_THE_DESK = [
    "/admin/",
    "/admin/assessments/item/",
    "/admin/assessments/item/add/",
    "/admin/assessments/item/add/?kind=matching",
    "/admin/assessments/item/{item}/change/",
    "/admin/assessments/item/{item}/numbers/",
    "/admin/assessments/item/{item}/history/",
    "/admin/assessments/item/{item}/try/",
    "/admin/assessments/report/",
    "/admin/assessments/questionimport/",
    "/admin/assessments/item/export/",
    "/style/",
]


@pytest.fixture(params=LOOKS)
def look(request):
    return {**LOOKS[request.param], "reduced_motion": "reduce"}  # nothing is judged in mid-movement


@pytest.fixture
def browser(open_browser, look):
    return open_browser(**look)


@pytest.fixture(scope="module")
def names(site, measured):
    """What stands for the names in addresses."""
    ((role,),) = site.rows("SELECT MIN(slug) FROM assessments_role")
    ((seniority,),) = site.rows(
        "SELECT MIN(p.seniority) FROM assessments_roleprofile p JOIN assessments_role r ON r.id = p.role_id"
        " WHERE r.slug = ?",
        role,
    )
    item = "SELECT MIN(v.item_id) FROM assessments_itemresponse r JOIN assessments_itemversion v ON v.id = r.version_id"
    ((item,),) = site.rows(f"{item} WHERE r.attempt_id = ?", measured[1])
    return {"role": f"{role}/{seniority}", "attempt": measured[1], "item": item}


def check(page):
    """No violation here, with everything opened that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = AXE.run(page, options=OPTIONS).response["violations"]
    told = [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]
    assert not told, "\n".join([page.url, *told])


@pytest.mark.parametrize("path", FOR_EVERYBODY)
def test_pages_for_everybody(browser, names, path):
    page = browser.new_page()
    reply = page.goto(path.format(**names))
    assert reply.status == (404 if path == "/nowhere/" else 200)
    check(page)


@pytest.mark.parametrize("path", OF_THE_MEASURED)
def test_pages_of_somebody_who_has_been_measured(browser, names, measured, path):
    browser.add_cookies(cookies_of(measured[0]))
    page = browser.new_page()
    assert page.goto(path.format(**names)).status == 200
    check(page)


def test_the_truth_about_a_practised_question(browser, measured):
    guest = measured[0]
    form = AnswerForm(guest.get("/review/question/").text)
    reply = guest.post(form.action, {"version": form.fields["version"][0], **form.answers()[0]})
    browser.add_cookies(cookies_of(guest))
    page = browser.new_page()
    assert page.goto(reply.place).status == 200
    check(page)


def test_a_claim_and_a_link_beside_a_measurement(browser, measured):
    guest = measured[0]
    guest.get("/evidence/programming/")
    work = {"title": "A parser", "url": "https://example.org/", "made_on": "2026-01-31", "checks": ["mine", "runs"]}
    assert guest.post("/evidence/programming/", {"level": "4"}).status == 302
    assert guest.post("/evidence/programming/repository/", work).status == 302
    browser.add_cookies(cookies_of(guest))
    page = browser.new_page()
    page.goto("/evidence/")
    check(page)
    page.get_by_role("link", name="Claim or show").first.click()
    expect(page.get_by_role("button", name="Keep my claim")).to_be_visible()
    check(page)
    page.get_by_text("What you checked").first.click()
    page.get_by_role("link", name="Delete").first.click()
    expect(page.get_by_role("button", name="Delete it")).to_be_visible()
    check(page)


def test_a_map_between_two_rounds_and_at_its_end(browser, site):
    guest = Person(site)
    guest.get("/map/")
    form = guest.question(int(guest.post("/map/begin/", {}).place.split("/")[2]))
    while not (reply := guest.post(form.action, form.answers()[0])).place.endswith("/round/"):
        form = AnswerForm(guest.get(reply.place).text)
    browser.add_cookies(cookies_of(guest))
    page = browser.new_page()
    page.goto(reply.place)
    check(page)
    page.get_by_role("button", name="Finish with what is reached").click()
    expect(page).to_have_url(re.compile("/result/$"))
    check(page)
    page.goto("/progress/")
    check(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_before_and_after_a_faulty_answer(browser, site, kind):
    guest = Person(site)
    attempt = guest.begin()
    site.ask(attempt, kind)
    browser.add_cookies(cookies_of(guest))
    page = browser.new_page()
    page.goto(f"/attempts/{attempt}/")
    assert walk.kind_of(page) == kind
    check(page)
    page.evaluate("document.querySelector('form[data-answer]').submit()")  # past the script that holds empty forms back
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)


def test_what_goes_wrong_is_explained_on_an_accessible_page(browser, site):
    guest = Person(site)
    attempt = guest.begin()
    browser.add_cookies(cookies_of(guest))
    page, other = browser.new_page(), browser.new_page()
    page.goto(f"/attempts/{attempt}/")
    other.goto(f"/areas/{walk.AREA}/")
    other.get_by_role("button", name="Drop this sitting").click()
    expect(other.get_by_role("button", name="Start")).to_be_visible()
    walk.answer(page)
    walk.send(page)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("Question"))
    check(page)
    other.context.clear_cookies()
    other.get_by_role("button", name="Start").click()
    expect(other.get_by_text("Error 403")).to_be_visible()
    check(other)


def test_the_pages_of_an_account(browser, site, address):
    page = browser.new_page()
    walk.sign_up(page, address)
    for path in OF_AN_ACCOUNT:
        assert page.goto(path).status == 200
        check(page)
    walk.sign_out(page)
    walk.begin(page)
    walk.sign_in(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Add the results of this browser"))
    check(page)


@pytest.mark.parametrize("path", OF_THE_DESK)
def test_the_editors_desk(browser, names, administrator, path):
    browser.add_cookies(cookies_of(administrator))
    page = browser.new_page()
    assert page.goto(path.format(**names)).status == 200
    check(page)
