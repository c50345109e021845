"""Lighthouse (mobile) on home, question and result, beside a bare page in the same run: `make lighthouse`.

The limits: performance 98, the other three categories 100, layout shift 0.01, first contentful
paint 1.2 times and largest 1.7 times that of a bare HTML page.
"""

import functools
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests.person import Person
from tests.site import ROOT, Site

LIGHTHOUSE = ROOT / "node_modules" / ".bin" / "lighthouse"
RUNS = int(os.environ.get("RUNS", "3"))
CATEGORIES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
FIRST_PAINT, LARGEST_PAINT, SHIFT = 1.2, 1.7, 0.01
BARE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Bare</title><h1>A bare page</h1><p>With a paragraph of text and nothing else.</p></html>"
)


def report(address, cookies, folder):
    """What Lighthouse says of an address."""
    headers = folder / "headers.json"
    headers.write_text(json.dumps({"Cookie": cookies} if cookies else {}))
    words = [
        LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={folder / 'report.json'}",
        f"--extra-headers={headers}", "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    subprocess.run(words, check=True, env=environment, cwd=folder)
    return json.loads((folder / "report.json").read_text())


def figures(address, cookies, folder):
    """The medians of several runs, and what was found wrong in the last."""
    found = [report(address, cookies, folder) for _ in range(RUNS)]
    numbers = {name: statistics.median(one["categories"][name]["score"] * 100 for one in found) for name in CATEGORIES}
    for short, audit in (
        ("FCP", "first-contentful-paint"),
        ("LCP", "largest-contentful-paint"),
        ("CLS", "cumulative-layout-shift"),
    ):
        numbers[short] = statistics.median(one["audits"][audit]["numericValue"] for one in found)
    wrong = [
        name
        for name, audit in found[-1]["audits"].items()
        if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] in ("binary", "numeric")
    ]
    return numbers, wrong


def measured(site):
    """A person with a finished sitting and an open one."""
    person = Person(site)
    attempt = person.begin()
    for _ in range(40):
        form = person.question(attempt)
        reply = person.post(form.action, form.answers()[0])
        if "result" in reply.place:
            break
    return person, attempt, person.begin("statistics")


def bare_page(folder):
    """A page with nothing in it, from a server beside ours."""
    (folder / "index.html").write_text(BARE)
    (folder / "robots.txt").write_text("")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def complaints(numbers, bare):
    found = [f"{name} below {least}" for name, least in CATEGORIES.items() if numbers[name] < least]
    if numbers["CLS"] > SHIFT:
        found.append("layout shift")
    if numbers["FCP"] > FIRST_PAINT * bare["FCP"]:
        found.append("first paint")
    if numbers["LCP"] > LARGEST_PAINT * bare["LCP"]:
        found.append("largest paint")
    return found


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("site", "bare", "out"):
            (folder / part).mkdir()
        site = Site(folder / "site")
        site.load()
        site.collect_static()
        try:
            site.start()
            run(site, folder)
        finally:
            site.end()


def run(site, folder):
    person, finished, opened = measured(site)
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    pages = {
        "home": (f"{site.url}/", ""),
        "question": (f"{site.url}/attempts/{opened}/", cookies),
        "result": (f"{site.url}/attempts/{finished}/result/", cookies),
    }
    bare, _ = figures(bare_page(folder / "bare"), "", folder / "out")
    print(line("bare", bare, bare))
    failed = False
    for name, (address, cookie) in pages.items():
        numbers, wrong = figures(address, cookie, folder / "out")
        found = complaints(numbers, bare)
        failed |= bool(found)
        print(line(name, numbers, bare), "; ".join(found), " ".join(wrong))
    sys.exit(1 if failed else 0)


def line(name, numbers, bare):
    scores = " ".join(f"{numbers[category]:3.0f}" for category in CATEGORIES)
    paints = " ".join(
        f"{paint} {numbers[paint]:.0f} ms (x{numbers[paint] / bare[paint]:.2f})" for paint in ("FCP", "LCP")
    )
    return f"{name:9} {scores}  {paints}  CLS {numbers['CLS']:.4f}"


if __name__ == "__main__":
    main()
