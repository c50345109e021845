"""Takes the pictures of the README from the running product: `make screenshots`."""

import json
import random
import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from assessments.questions.layout import Layout
from tests.browser.conftest import SWITCHES
from tests.browser.walk import begin, expect_question, send
from tests.site import ROOT, Site

CHROMIUM = shutil.which("chromium")
SHARE_KNOWN = 0.5  # of its questions the person of the pictures knows
SIZE = {"width": 1280, "height": 860}
PENDING = (
    "SELECT v.kind, v.content, v.key, r.layout_seed FROM assessments_itemresponse r"
    " JOIN assessments_itemversion v ON v.id = r.version_id WHERE r.attempt_id = ? AND r.answered_at IS NULL"
)


def answer(page, site, attempt, chance):
    """Answer rightly where she knows, else admit it."""
    kind, content, key, seed = site.rows(PENDING, attempt)[0]
    content, right = json.loads(content), json.loads(key)["right"]
    layout = Layout.of(content, seed)
    if chance.random() > SHARE_KNOWN:
        page.locator("label.idk").click()
    elif kind in ("choice", "multiple"):
        for option in right:
            page.locator(f"label.answer:has([name=choice][value='{layout.place_of(option)}'])").click()
    elif kind == "ordering":
        for rank, option in enumerate(right, 1):
            page.locator(f"[name=place_{layout.place_of(option)}]").select_option(str(rank))
    elif kind == "matching":
        for place, premise in enumerate(layout.premises, 1):
            page.locator(f"[name=match_{place}]").select_option(str(layout.place_of(right[premise])))
    elif kind == "numeric":
        page.locator("#number").fill(str(right))
    else:
        page.locator("#text").fill(right[0])


def walk(page, site, picture):
    page.goto("/")
    picture("home")
    attempt = begin(page)
    chance = random.Random(7)
    position = 1
    while True:
        if page.locator(".stem pre").count() and not (ROOT / "docs" / "question.png").exists():
            picture("question")
        answer(page, site, attempt, chance)
        send(page)
        heading = page.get_by_role("heading", level=1)
        expect(heading).not_to_have_text(re.compile(rf"^\s*Question {position}\b"))
        if page.url.endswith("/result/"):
            break
        position += 1
        expect_question(page, position)
    picture("result")
    page.goto("/progress/")
    picture("progress")


def main():
    for name in ("home", "question", "result", "progress"):
        (ROOT / "docs" / f"{name}.png").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.load()
        site.collect_static()
        try:
            site.start()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            page = browser.new_page(viewport=SIZE, base_url=site.url, reduced_motion="reduce")
            walk(page, site, lambda name: page.screenshot(path=ROOT / "docs" / f"{name}.png"))
            browser.close()
        finally:
            site.end()
