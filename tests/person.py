"""Somebody who uses the site over HTTP: cookies, forms, and as many tabs at once as she likes."""

import gzip
import http.client
import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from threading import Barrier
from urllib.parse import urlencode

from tests.site import AREA

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTMX = {"HX-Request": "true"}


@dataclass
class Reply:
    status: int
    headers: dict
    sent: bytes  # as it went over the line

    @property
    def text(self):
        return (gzip.decompress(self.sent) if self.headers.get("content-encoding") == "gzip" else self.sent).decode()

    @property
    def place(self):
        return self.headers.get("location", "")


class AnswerForm(HTMLParser):
    """The answer form of a page: where it goes, and the values each of its fields may take."""

    def __init__(self, page):
        super().__init__()
        self.action, self.fields, self._inside, self._select = "", {}, False, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self._inside = "data-answer" in found
            self.action = found["action"] if self._inside else self.action
        elif self._inside and tag == "input":
            self.fields.setdefault(found["name"], []).append(found.get("value") or "")
        elif self._inside and tag == "select":
            self._select = found["name"]
        elif self._inside and tag == "option" and "value" not in found:
            self.fields.setdefault(self._select, []).append(str(len(self.fields.get(self._select, [])) + 1))
        elif self._inside and tag == "option" and found["value"]:
            self.fields.setdefault(self._select, []).append(found["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False

    def answers(self):
        """All well-formed answers that differ from each other, but for too many."""
        lists = [name for name in self.fields if name.startswith(("place_", "match_"))]
        if lists:
            values = itertools.permutations(self.fields[lists[0]], len(lists))
            found = (dict(zip(lists, order, strict=True)) for order in values)
        elif "number" in self.fields:
            found = ({"number": str(number)} for number in range(1, 20))
        elif "text" in self.fields:
            found = ({"text": f"word {number}"} for number in range(1, 20))
        else:
            found = ({"choice": place} for place in self.fields["choice"])
        return [*itertools.islice(found, 8), {"unknown": "1"}]


@dataclass
class Person:
    site: object
    cookies: dict = field(default_factory=dict)

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for one in answer.headers.get_all("Set-Cookie") or []:
                name, value = one.split(";")[0].split("=", 1)
                self.cookies[name] = value
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, form, **headers):
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **form}, doseq=True)
        return self.ask("POST", path, body, **FORM, **headers)

    def begin(self, area=AREA, goal="quick"):
        """Start a sitting and return its number."""
        self.get(f"/areas/{area}/")
        reply = self.post(f"/areas/{area}/begin/", {"goal": goal})
        assert reply.status == 302, reply.text
        return int(re.fullmatch(r"/attempts/(\d+)/", reply.place)[1])

    def question(self, attempt):
        return AnswerForm(self.get(f"/attempts/{attempt}/").text)


def at_once(deeds):
    """Do all of these in the same moment, each in a thread of its own."""
    start = Barrier(len(deeds))

    def one(deed):
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [done.result() for done in [threads.submit(one, deed) for deed in deeds]]
