"""Every page in every state, at four widths, in light and dark: `make gallery` writes them into var/gallery.

They are looked at one by one; the worst is what counts. Beside the pictures stands a sheet for each page.
"""

import json
import random
import re
import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string
from PIL import Image
from playwright.sync_api import Error, sync_playwright

from assessments.questions.layout import Layout
from assessments.urls import urlpatterns
from tests.browser import walk
from tests.browser.conftest import SWITCHES, cookies_of
from tests.browser.screenshots import CHROMIUM, PENDING
from tests.person import Person
from tests.site import KINDS, ROOT, Site

FOLDER = ROOT / "var" / "gallery"
WIDTHS = (320, 390, 768, 1280)
SCHEMES = ("light", "dark")
TALLEST = 6000  # pixels: longer pages repeat themselves
SHEET_HEIGHT = 1500
SHARE_KNOWN = 0.6
ADDRESS = "gallery@example.org"
ACCOUNT = ("email", "password/change", "password/set", "2fa", "2fa/totp/activate", "logout", "reauthenticate")
ENTRANCE = ("login", "signup", "password/reset", "password/reset/done", "password/reset/key/1-x", "confirm-email")
DESK = (
    "", "assessments/item/", "assessments/item/add/", "assessments/area/",
    "assessments/role/1/change/", "assessments/report/", "assessments/calibration/", "assessments/questionimport/",
)  # fmt: skip
WITHOUT_NAMES = sorted(str(one.pattern) for one in urlpatterns if "<" not in str(one.pattern))
OPEN = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
NOT_PAGES = re.compile(r"favicon|export|\.ics|\.md|theme/|/begin|join|arrived")


def known(site, attempt, chance):
    """The form of an answer: right where this person knows, else an honest "I don't know"."""
    kind, content, key, seed = site.rows(PENDING, attempt)[0]
    right = json.loads(key)["right"]
    layout = Layout.of(json.loads(content), seed)
    if chance.random() > SHARE_KNOWN:
        return {"unknown": "1"}
    if kind in ("choice", "multiple"):
        return {"choice": [str(layout.place_of(option)) for option in right]}
    if kind == "ordering":
        return {f"place_{layout.place_of(option)}": str(rank) for rank, option in enumerate(right, 1)}
    if kind == "matching":
        return {f"match_{at}": str(layout.place_of(right[one])) for at, one in enumerate(layout.premises, 1)}
    return {"number": str(right)} if kind == "numeric" else {"text": right[0]}


def sit(site, person, area, chance, most=100):
    attempt = person.begin(area)
    for _ in range(most):
        if not site.pending(attempt):
            break
        form = person.question(attempt)
        sure = chance.choice(["", "25", "50", "75", "95"])
        person.post(form.action, {**known(site, attempt, chance), "confidence": sure})
    return attempt


class Gallery:
    """Takes each page in every look. Every look has a browser context of its own, with her cookies."""

    def __init__(self, browser, site, widths):
        self.browser, self.site, self.widths = browser, site, widths
        self.wide = []  # what scrolls sideways and should not

    def show(self, name, path, person=None, deed=None, **more):
        if (person or Person(self.site)).get(path).status not in (200, 404):
            return  # a deed, or the way to another page
        pictures = []
        for scheme in SCHEMES:
            for width in self.widths:
                look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
                context = self.browser.new_context(base_url=self.site.url, **look, **more)
                context.set_default_timeout(5000)
                if person:
                    context.add_cookies(cookies_of(person))
                page = context.new_page()
                page.goto(path)
                with suppress(Error):
                    deed and deed(page)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    self.wide.append(f"{name} at {width}")
                pictures.append(self.take(page, FOLDER / f"{name}-{width}-{scheme}.png"))
                context.set_offline(False)
                context.close()
        sheet(pictures, FOLDER / "sheets" / f"{name}.png")

    def take(self, page, path):
        width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        page.screenshot(
            path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
        )
        return path


def sheet(pictures, path):
    """All looks of a page beside one another, cut below."""
    images = [Image.open(picture).convert("RGB") for picture in pictures]
    half = len(images) // 2 or 1
    lines = [images[:half], images[half:]]
    tall = min(SHEET_HEIGHT, max(image.height for image in images))
    whole = Image.new("RGB", (sum(image.width for image in lines[0]), 2 * tall), "grey")
    for at, line in enumerate(lines):
        left = 0
        for image in line:
            whole.paste(image.crop((0, 0, image.width, min(image.height, tall))), (left, at * tall))
            left += image.width
    whole.save(path)


def of_everybody(gallery):
    for path in WITHOUT_NAMES:
        if not NOT_PAGES.search(path):
            gallery.show(f"new-{path.strip('/').replace('/', '-') or 'home'}", f"/{path}")
    gallery.show("new-area", "/areas/programming/")
    gallery.show("in-preparation", "/areas/mlops/")
    for path in ENTRANCE:
        gallery.show(f"entrance-{path.replace('/', '-')}", f"/accounts/{path}/")
    gallery.show("wrong-password", "/accounts/login/", deed=sign_in_wrongly)


def sign_in_wrongly(page):
    page.locator("[name=login]").fill(ADDRESS)
    page.locator("[name=password]").fill("not this one")
    page.locator("main form button").first.click()
    page.locator(".alert, .invalid-feedback").first.wait_for()


def of_questions(gallery):
    site = gallery.site
    for kind in KINDS:
        guest = Person(site)
        attempt = guest.begin()
        site.ask(attempt, kind)
        path = f"/attempts/{attempt}/"
        gallery.show(f"question-{kind}", path, guest)
        gallery.show(f"question-{kind}-refused", path, guest, deed=send_nothing)
    gallery.show("question-offline", path, guest, deed=lambda page: page.context.set_offline(True))
    gallery.show("question-not-saved", path, guest, deed=send_into_nothing)
    gallery.show("question-without-script", path, guest, java_script_enabled=False)
    gallery.show("question-chosen", path, guest, deed=lambda page: page.locator("label.idk").click())
    gallery.show("area-open", "/areas/programming/", guest)
    gallery.show("home-open", "/", guest)
    gallery.show("session-ended", path, None)


def send_nothing(page):
    page.evaluate("document.querySelector('form[data-answer]').submit()")
    page.locator("[role=alert]").wait_for()


def send_into_nothing(page):
    page.route("**/answers/*/", lambda route: route.abort())
    page.locator("label.idk").click()
    walk.send(page)
    page.locator(".is-unsaved").wait_for()


def of_the_measured(gallery):
    site, person, chance = gallery.site, Person(gallery.site), random.Random(3)
    person.get("/accounts/signup/")
    person.post("/accounts/signup/", {"email": ADDRESS, "password1": walk.PASSWORD})
    sit(site, person, "programming", chance)
    attempt = sit(site, person, "programming", chance)
    sit(site, person, "statistics", chance)
    gallery.show("result", f"/attempts/{attempt}/result/", person)
    gallery.show("result-opened", f"/attempts/{attempt}/result/", person, deed=lambda page: page.evaluate(OPEN))
    gallery.show("look-back", f"/attempts/{attempt}/questions/2/", person)
    for path in WITHOUT_NAMES:
        if not NOT_PAGES.search(path):
            gallery.show(f"measured-{path.strip('/').replace('/', '-') or 'home'}", f"/{path}", person)
    for role, seniority in site.rows(
        "SELECT r.slug, p.seniority FROM assessments_roleprofile p JOIN assessments_role r ON r.id = p.role_id LIMIT 1"
    ):
        gallery.show("measured-role", f"/roles/{role}/{seniority}/", person)
    for path in ACCOUNT:
        gallery.show(f"account-{path.replace('/', '-')}", f"/accounts/{path}/", person)
    for end in ("exhausted", "maximum", "stopped"):
        site.rows("UPDATE assessments_attempt SET end = ? WHERE id = ?", end, attempt)
        gallery.show(f"result-{end}", f"/attempts/{attempt}/result/", person)
    of_the_next_steps(gallery, person, attempt)
    stopped = sit(site, person, "statistics", chance, most=1)
    person.post(f"/attempts/{stopped}/stop/", {})
    gallery.show("result-of-one-answer", f"/attempts/{stopped}/result/", person)


def of_the_next_steps(gallery, person, attempt):
    """Plan, comparison, topics, resources, review and evidence, as she uses them."""
    site, today = gallery.site, date.today().isoformat()
    one, other = site.rows(
        "SELECT r.slug, p.seniority FROM assessments_roleprofile p JOIN assessments_role r ON r.id = p.role_id"
        " ORDER BY p.id LIMIT 2"
    )
    gallery.show("compared", "/roles/compare/?a={}/{}&b={}/{}".format(*one, *other), person)
    terms = {"profile": "/".join(one), "hours_per_week": "4", "budget": "", "starts_on": today, "until": ""}
    person.post("/plan/", terms)
    gallery.show("plan-hers", "/plan/", person)
    gallery.show("plan-opened", "/plan/", person, deed=lambda page: page.evaluate(OPEN))
    gallery.show("plan-refused", "/plan/", person, deed=plan_too_much)
    person.post("/plan/", terms | {"hours_per_week": "0"})
    gallery.show("plan-no-hours", "/plan/", person)
    person.post("/plan/", terms)
    for topic in re.findall(r'href="(/career/[a-z-]+/)"', person.get("/career/").text):
        gallery.show(f"topic-{topic.split('/')[2]}", topic, person)
    for (slug,) in site.rows("SELECT slug FROM assessments_resource ORDER BY id LIMIT 1"):
        person.post(f"/resources/{slug}/choose/", {"state": "started"})
        gallery.show("resource", f"/resources/{slug}/", person)
    gallery.show("resources-none", "/resources/?words=nothing+is+called+this", person)
    gallery.show("study-said", "/study/", person)
    gallery.show("review-answer", "/review/question/", person, deed=practise)
    gallery.show("evidence-area", "/evidence/programming/", person)
    for kind in ("repository", "certificate"):
        gallery.show(f"evidence-{kind}", f"/evidence/programming/{kind}/", person)
    gallery.show("answers-filtered", "/progress/answers/?show=wrong", person)
    person.post(f"/attempts/{attempt}/questions/1/report/", {"words": "Which table is meant?"})
    gallery.show("reports-one", "/me/reports/", person)


def practise(page):
    page.locator("label.idk").click()
    walk.send(page)
    page.locator(".retold").wait_for()


def plan_too_much(page):
    page.locator("details:has([name=hours_per_week])").evaluate("(one) => { one.open = true; }")
    page.locator("[name=hours_per_week]").evaluate("(one) => { one.removeAttribute('max'); one.value = '99'; }")
    page.locator("main form button").first.click()
    page.locator(".invalid-feedback").first.wait_for()


def of_bad_days(gallery):
    for code in ("400", "403_csrf", "500", "503"):
        body = render_to_string(f"{code}.html")
        for name in ("site.css", "study.css", "mark.svg", "favicon.ico"):  # its names on this site carry a hash
            body = re.sub(rf"/static/assessments/{name}", hashed(gallery.site, name), body)

        def broken(page, body=body):
            page.set_content(body)

        gallery.show(f"error-{code}", "/measure/", deed=broken)
    gallery.show("error-404", "/nowhere/")


def hashed(site, name):
    stem, ending = name.rsplit(".", 1)
    found = sorted((site.folder / "static" / "assessments").glob(f"{stem}.*.{ending}"))
    return f"/static/assessments/{found[0].name}" if found else f"/static/assessments/{name}"


def of_the_desk(gallery):
    site = gallery.site
    email = "desk@example.org"
    site.manage("createsuperuser", "--noinput", "--email", email, DJANGO_SUPERUSER_PASSWORD=walk.PASSWORD)
    editor = Person(site)
    editor.get("/accounts/login/")
    editor.post("/accounts/login/", {"login": email, "password": walk.PASSWORD})
    editor.get("/admin/")
    for path in DESK:
        gallery.show(f"desk-{path.strip('/').replace('/', '-') or 'index'}", f"/admin/{path}", editor)
    ((item,),) = site.rows("SELECT MIN(id) FROM assessments_item")
    gallery.show("desk-item", f"/admin/assessments/item/{item}/change/", editor)
    gallery.show("style", "/style/", editor)


ROOMS = (of_everybody, of_questions, of_the_measured, of_bad_days, of_the_desk)


def main(rooms=ROOMS, widths=WIDTHS):
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "sheets").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.load()
        site.collect_static()
        try:
            site.start()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            gallery = Gallery(browser, site, widths)
            for room in rooms:
                room(gallery)
            browser.close()
        finally:
            site.end()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    print("\n".join(["scrolls sideways:", *gallery.wide]) if gallery.wide else "nothing scrolls sideways")
