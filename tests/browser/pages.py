"""Every page of the site in every state worth looking at, and the people who stand before it.

A view is an address, who opens it, and what she does there. Who she is is made once for all views.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser import walk
from tests.person import AnswerForm, Person
from tests.site import KINDS

WORK = {"title": "A parser", "url": "https://example.org/", "made_on": "2026-01-31", "checks": ["mine", "runs"]}
LINKS_IN_MAILS = """
import json
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
address = EmailAddress.objects.filter(verified=False).first()
user = address.user
reset = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
print("LINKS " + json.dumps({"confirm": EmailConfirmationHMAC(address).key, "reset": reset}))
"""


@dataclass(frozen=True)
class View:
    who: str
    path: str  # {role} and the like are filled in from Town.names
    deed: Callable | None = None  # what she does on it before it is judged
    status: int = 200

    @property
    def name(self):
        return f"{self.who} {self.path}{' ' + self.deed.__name__ if self.deed else ''}"


class Town:
    """The people of a site. Each is made when she is first asked for, over plain HTTP."""

    def __init__(self, site):
        self.site = site

    def person(self, who):
        return self.asked(who.removeprefix("asked_")) if who.startswith("asked_") else getattr(self, who)

    @cached_property
    def nobody(self):
        return Person(self.site)

    @cached_property
    def begun(self):
        """A guest in mid-sitting, with one answer given."""
        guest = Person(self.site)
        self.open_attempt = guest.begin()
        form = guest.question(self.open_attempt)
        guest.post(form.action, form.answers()[0])
        return guest

    def asked(self, kind):
        guest = Person(self.site)
        self.asked_attempt = guest.begin()
        self.site.ask(self.asked_attempt, kind)
        return guest

    @cached_property
    def learner(self):
        """An account with two sittings of one area, a short one of another, a claim, a link, a report, a plan."""
        one = self.signed_up("learner@example.org")
        self.sit(one, "programming")
        self.attempt = self.sit(one, "programming")
        self.short_attempt = self.sit(one, "statistics", most=1)
        one.post(f"/attempts/{self.short_attempt}/stop/", {})
        one.post("/evidence/programming/", {"level": "4"})
        one.post("/evidence/programming/repository/", WORK)
        one.post("/evidence/programming/paper/", WORK)
        one.post(f"/attempts/{self.attempt}/questions/2/report/", {"words": "Two options are right."})
        one.post("/resources/geron-hands-on-ml-tf/choose/", {"state": "started"})
        form = {"hours_per_week": "5", "budget": "100", "starts_on": "2030-01-07", "until": ""}
        one.post("/plan/", {"profile": self.names_of_content["role"], **form})
        card = AnswerForm(one.get("/review/question/").text)
        reply = one.post(card.action, {"version": card.fields["version"][0], **card.answers()[0]})
        self.practised = re.search(r"\d+", reply.place)[0]
        return one

    @cached_property
    def mapped(self):
        """A guest between two rounds of the map."""
        guest = Person(self.site)
        guest.get("/map/")
        reply = guest.post("/map/begin/", {})
        self.map_attempt = int(reply.place.split("/")[2])
        while not reply.place.endswith("/round/"):
            form = AnswerForm(guest.get(f"/attempts/{self.map_attempt}/").text)
            reply = guest.post(form.action, form.answers()[0])
        return guest

    @cached_property
    def charted(self):
        """A guest whose map is finished."""
        guest = self.mapped
        guest.post(f"/attempts/{self.map_attempt}/stop/", {})
        return guest

    @cached_property
    def joining(self):
        """She has sat as a guest and signs in to an older account."""
        self.signed_up("joining@example.org")
        guest = Person(self.site)
        guest.begin()
        self.sign_in(guest, "joining@example.org")
        return guest

    @cached_property
    def secured(self):
        """An account with a second factor."""
        one = self.signed_up("secured@example.org")
        self.site.rows(
            "UPDATE account_emailaddress SET verified = ? WHERE user_id = (SELECT MAX(id) FROM assessments_user)", True
        )
        one.post("/accounts/reauthenticate/", {"password": walk.PASSWORD})
        page = one.get("/accounts/2fa/totp/activate/").text
        secret = re.search(r"\b[A-Z2-7]{32}\b", page)[0]
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        reply = one.post("/accounts/2fa/totp/activate/", {"code": code})
        assert reply.status == 302, reply.text
        return one

    @cached_property
    def halfway(self):
        """The password is given, the second factor is not."""
        _made = self.secured
        one = Person(self.site)
        self.sign_in(one, "secured@example.org")
        return one

    @cached_property
    def editor(self):
        email = "pages@example.org"
        self.site.manage("createsuperuser", "--noinput", "--email", email, DJANGO_SUPERUSER_PASSWORD=walk.PASSWORD)
        one = Person(self.site)
        self.sign_in(one, email)
        _reports = self.learner
        one.post("/admin/assessments/itemtolookat/count/", {})
        return one

    def signed_up(self, email):
        one = Person(self.site)
        one.get("/accounts/signup/")
        reply = one.post("/accounts/signup/", {"email": email, "password1": walk.PASSWORD})
        assert reply.status == 302, reply.text
        return one

    def sign_in(self, one, email):
        one.get("/accounts/login/")
        assert one.post("/accounts/login/", {"login": email, "password": walk.PASSWORD}).status == 302

    def sit(self, one, area, most=100):
        attempt = one.begin(area)
        for turn in range(most):
            if not self.site.pending(attempt):
                break
            form = one.question(attempt)
            one.post(form.action, {**form.answers()[turn % 2], "confidence": "95"})
        return attempt

    @cached_property
    def names_of_content(self):
        ((role, seniority),) = self.site.rows(
            "SELECT r.slug, MIN(p.seniority) FROM assessments_roleprofile p"
            " JOIN assessments_role r ON r.id = p.role_id GROUP BY r.slug ORDER BY r.slug LIMIT 1"
        )
        found = {"role": f"{role}/{seniority}"}
        for table in ("item", *(name for name in CHANGED if name != "user")):
            ((found[f"{table}_pk"],),) = self.site.rows(f"SELECT MIN(id) FROM assessments_{table}")  # noqa: S608
        return found

    @cached_property
    def links(self):
        _somebody = self.learner
        told = self.site.manage("shell", "--command", LINKS_IN_MAILS)
        return json.loads(re.search("LINKS (.*)", told)[1])

    def address(self, view):
        """The view's path with its names filled in; its person must have been made."""
        own = {name: value for name, value in vars(self).items() if isinstance(value, str | int)}
        answered = {}
        if "{answered_item}" in view.path:
            ((answered["answered_item"],),) = self.site.rows(
                "SELECT MIN(v.item_id) FROM assessments_itemresponse r"
                " JOIN assessments_itemversion v ON v.id = r.version_id WHERE r.attempt_id = ?",
                self.attempt,
            )
        if "{user_pk}" in view.path:
            ((answered["user_pk"],),) = self.site.rows("SELECT MIN(id) FROM assessments_user")
        links = self.links if re.search(r"\{(confirm|reset)\}", view.path) else {}
        reports = {}
        if "{report}" in view.path:
            ((reports["report"],),) = self.site.rows("SELECT MIN(id) FROM assessments_report")
        if "{proof}" in view.path:
            ((reports["proof"],),) = self.site.rows("SELECT MAX(id) FROM assessments_proof")
        return view.path.format(**self.names_of_content, **own, **answered, **links, **reports)


def opened(page):
    """Everything opened that can be opened."""
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")


def send_nothing(page):
    page.evaluate("document.querySelector('form[data-answer]').submit()")  # past the script that holds it back
    expect(page.get_by_role("alert")).to_be_visible()


def choose(page):
    page.locator("label.answer").first.click()
    page.locator("label.idk").click()


def lose_the_line(page):
    page.context.set_offline(True)
    expect(page.locator("[data-status]")).to_contain_text("No connection")


def send_into_nothing(page):
    page.route("**/answers/*/", lambda route: route.abort())
    page.locator("label.idk").click()
    walk.send(page)
    page.locator(".is-unsaved").wait_for()


def fill_in_wrongly(page):
    """Every field of the first form gets what it cannot take, past the browser's own checks."""
    form = page.locator("main form:has([type=email], [type=password], [type=text], textarea)").first
    form.evaluate("(form) => { form.noValidate = true; }")
    form.locator("button").last.click()
    page.locator(".invalid-feedback, .is-invalid, .alert, .errorlist").first.wait_for()


def choose_many(page):
    page.locator(".action-select").first.check()
    page.locator("select[name=action]").select_option("retire")
    page.get_by_role("button", name=re.compile("^(Run|Go)")).click()
    expect(page.get_by_role("heading", name="This will change")).to_be_visible()


def choose_many_to_move(page):
    page.locator(".action-select").first.check()
    page.locator("select[name=action]").select_option("move")
    page.get_by_role("button", name=re.compile("^(Run|Go)")).click()
    expect(page.get_by_label(re.compile("sub-skill", re.IGNORECASE)).first).to_be_visible()


def save_empty(page):
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    page.locator(".errornote, .errorlist, .alert").first.wait_for()


PLAIN = (
    "/", "/areas/", "/areas/programming/", "/areas/mlops/", "/map/", "/measure/", "/progress/", "/progress/report/",
    "/progress/history/", "/progress/answers/", "/evidence/", "/evidence/programming/",
    "/evidence/programming/repository/", "/review/", "/roles/", "/roles/{role}/", "/roles/compare/",
    "/roles/compare/?a={role}&b=machine-learning-engineer/junior",
    "/career/", "/career/career_steps/", "/career/salary_demand/", "/career/questions/", "/career/skills/",
    "/resources/", "/resources/geron-hands-on-ml-tf/", "/study/", "/plan/", "/me/", "/me/reports/",
)  # fmt: skip
ENTRANCE = (
    "login", "signup", "password/reset", "password/reset/done", "password/reset/key/1-x", "password/reset/key/done",
    "confirm-email", "confirm-email/x", "inactive",
)  # fmt: skip
ACCOUNT = ("email", "password/change", "2fa", "2fa/totp/activate", "reauthenticate", "logout")
SECURED = ("2fa", "2fa/totp/deactivate", "2fa/recovery-codes", "2fa/recovery-codes/generate", "2fa/reauthenticate")
LISTS = (
    "item", "itemtolookat", "calibration", "report", "questionimport", "area", "subskill", "level", "misconception",
    "role", "roleprofile", "resource", "fact", "source", "disagreement", "user",
)  # fmt: skip
CHANGED = (
    "area", "subskill", "level", "misconception", "role", "roleprofile", "resource", "fact", "source", "disagreement",
    "user",
)  # fmt: skip
OF_AN_ITEM = ("change", "numbers", "history", "try", "compare")

VIEWS = (
    *(View("nobody", path) for path in PLAIN),
    View("nobody", "/nowhere/", status=404),
    View("nobody", "/attempts/1/", status=404),
    *(View("nobody", f"/accounts/{path}/") for path in ENTRANCE),
    *(View("nobody", f"/accounts/{path}/", fill_in_wrongly) for path in ("login", "signup", "password/reset")),
    View("nobody", "/admin/login/"),
    *(View(f"asked_{kind}", "/attempts/{asked_attempt}/") for kind in KINDS),
    *(View(f"asked_{kind}", "/attempts/{asked_attempt}/", send_nothing) for kind in KINDS),
    *(View("asked_choice", "/attempts/{asked_attempt}/", deed) for deed in (choose, lose_the_line, send_into_nothing)),
    *(View("begun", path) for path in ("/", "/areas/", "/areas/programming/", "/attempts/{open_attempt}/")),
    View("begun", "/attempts/{open_attempt}/questions/1/", opened),
    *(View("learner", path) for path in PLAIN),
    View("learner", "/attempts/{attempt}/result/"),
    View("learner", "/attempts/{attempt}/result/", opened),
    View("learner", "/attempts/{short_attempt}/result/", opened),
    View("learner", "/attempts/{attempt}/questions/2/", opened),
    View("learner", "/progress/answers/?show=reported", opened),
    View("learner", "/resources/?q=nothing+is+called+so"),
    View("learner", "/study/?kind=book&free=on", opened),
    View("learner", "/evidence/links/{proof}/", opened),
    View("learner", "/evidence/links/{proof}/delete/"),
    View("learner", "/evidence/programming/repository/", fill_in_wrongly),
    View("learner", "/review/question/"),
    View("learner", "/review/answers/{practised}/", opened),
    *(View("learner", f"/accounts/{path}/") for path in ACCOUNT),
    View("learner", "/accounts/password/change/", fill_in_wrongly),
    View("nobody", "/accounts/confirm-email/{confirm}/"),
    View("nobody", "/accounts/password/reset/key/{reset}/"),
    *(View("secured", f"/accounts/{path}/") for path in SECURED),
    View("halfway", "/accounts/2fa/authenticate/"),
    View("joining", "/me/arrived/"),
    View("mapped", "/attempts/{map_attempt}/round/"),
    View("charted", "/attempts/{map_attempt}/result/", opened),
    View("charted", "/progress/", opened),
    View("editor", "/admin/"),
    View("editor", "/style/"),
    *(View("editor", f"/admin/assessments/{name}/") for name in LISTS),
    *(View("editor", f"/admin/assessments/{name}/{{{name}_pk}}/change/") for name in CHANGED),
    *(View("editor", f"/admin/assessments/{name}/add/") for name in ("role", "user")),
    View("editor", "/admin/auth/group/1/change/"),
    View("editor", "/admin/assessments/role/{role_pk}/delete/"),
    *(View("editor", f"/admin/assessments/item/{{answered_item}}/{path}/") for path in OF_AN_ITEM),
    *(View("editor", f"/admin/assessments/item/add/?kind={kind}") for kind in KINDS),
    View("editor", "/admin/assessments/item/add/"),
    View("editor", "/admin/assessments/item/add/?kind=choice", save_empty),
    View("editor", "/admin/assessments/item/export/"),
    View("editor", "/admin/assessments/item/", choose_many),
    View("editor", "/admin/assessments/item/", choose_many_to_move),
    View("editor", "/admin/assessments/questionimport/new/"),
    View("editor", "/admin/assessments/report/{report}/change/"),
    View("editor", "/admin/password_change/"),
    View("editor", "/admin/nowhere/", status=404),
)
