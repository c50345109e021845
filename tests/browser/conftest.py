"""A real Chromium before a real server. What no page may ever do is watched in every test."""

import itertools

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import walk
from tests.browser.pages import Town
from tests.conftest import CHROMIUM
from tests.person import Person

SWITCHES = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds; machines that run tests are slow and shared
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation",
    (event) => tellViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile} on ${location}`))"""
# A slow machine shows a page before its transition is ready; Chromium skips the transition and notes it as an error.
NOTE_OF_A_SLOW_MACHINE = "Transition was aborted because of invalid state"
# What Chromium and htmx note of a refusal or a lost line; what the page makes of it is the business of single tests.
NOTES_OF_A_LINE = ("Failed to load resource", "Response Status Error Code", "htmx:sendError", "htmx:afterRequest")

_people = itertools.count(1)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


# Not for the whole session: while Playwright's loop runs, Django refuses to touch a database.
@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def faults():
    """Violations of the security policy, requests to other hosts and errors of scripts, as they are seen."""
    return []


@pytest.fixture
def open_browser(chromium, site, faults):
    """Opens a browser with cookies of its own; at the end of a test there must be no fault."""
    contexts = []

    def opened(**look):
        context = chromium.new_context(base_url=site.url, **look)
        context.set_default_timeout(PATIENCE)
        context.expose_binding("tellViolation", lambda source, what: faults.append(what))
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", lambda request: watch_request(request.url))
        context.on("weberror", lambda error: watch_error(str(error.error)))
        context.on("console", lambda message: watch_console(message))
        contexts.append(context)
        return context

    def watch_request(url):
        if not url.startswith((site.url + "/", "data:", "blob:")):
            faults.append(f"request to another host: {url}")

    def watch_error(text):
        if NOTE_OF_A_SLOW_MACHINE not in text:
            faults.append(text)

    def watch_console(message):
        if message.type == "error" and not message.text.startswith(NOTES_OF_A_LINE):
            faults.append(message.text)

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_browser):
    return open_browser().new_page()


@pytest.fixture
def address():
    """An e-mail address that nobody has taken."""
    return f"person-{next(_people)}@example.org"


def cookies_of(person):
    return [{"name": name, "value": value, "url": person.site.url} for name, value in person.cookies.items()]


@pytest.fixture(scope="module")
def measured(site):
    """A guest who has answered a whole sitting, and its number; the browser may take her cookies."""
    guest = Person(site)
    attempt = guest.begin()
    while site.pending(attempt):
        form = guest.question(attempt)
        guest.post(form.action, {**form.answers()[0], "confidence": "95"})
    return guest, attempt


@pytest.fixture(scope="session")
def town(site):
    """One for all files that a worker runs: its people have addresses that can be taken once."""
    return Town(site)


@pytest.fixture(scope="session")
def administrator(site):
    email = "desk@example.org"
    site.manage("createsuperuser", "--noinput", "--email", email, DJANGO_SUPERUSER_PASSWORD=walk.PASSWORD)
    person = Person(site)
    person.get("/accounts/login/")
    assert person.post("/accounts/login/", {"login": email, "password": walk.PASSWORD}).status == 302
    return person
