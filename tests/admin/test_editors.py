"""An editor may write questions and resources; people, groups, sittings, calibrations and settings are closed to her.

Every address of the desk is knocked at: one that is in neither list below fails the test.
"""

import importlib
import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from assessments.models import Item, ItemVersion, Learner, Resource, User
from assessments.workflows import attempts, learners, reports
from tests.admin.test_desk import fields
from tests.workflows.test_attempts import finish

WRITES = {"item", "itemtolookat", "misconception", "resource", "report", "questionimport"}
READS = {"area", "subskill"}
FOR_ALL_STAFF = {
    "index", "login", "logout", "password_change", "password_change_done", "jsi18n", "app_list", "view_on_site",
    "autocomplete", "",
}  # fmt: skip
# Pages of ours whose names do not say whose they are.
OURS = re.compile(r"^(item|count|import|export|question)_")
CLOSED = {"calibrate"}


@pytest.fixture
def editor(db):
    """As an administrator makes one: staff, and in the group."""
    if not Group.objects.filter(name="Editors").exists():  # emptied by a test that flushes the database
        migration = importlib.import_module("assessments.migrations.0010_editors")
        migration.make_editors(apps, SimpleNamespace(connection=connection))  # a real one is refused in a transaction
    user = User.objects.create_user("writer@example.org", "correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def her_browser(editor):
    client = Client()
    client.force_login(editor, backend="assessments.accounts.LearnerBackend")
    return client


def doors(patterns, before="/admin/"):
    """Every address of the desk with its name, and 1 for every row."""
    for pattern in patterns:
        address = before + re.sub(r"<(?:path|int):\w+>", "1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "", re.sub(r"<str:\w+>", "choice", address)


def model_of(name):
    found = re.match(r"[a-z_]+?_(\w+)_(changelist|add|change|delete|history)$", name)
    return found[1] if found else None


def is_closed(reply):
    """Refused, or sent to the front page as for a row that is not there."""
    return reply.status_code == 403 or (reply.status_code, reply.headers.get("Location")) == (302, "/admin/")


def test_every_door_of_the_desk_is_in_a_list_and_those_that_are_not_hers_are_closed(her_browser):
    for name, address in doors(admin.site.get_urls()):
        model = model_of(name)
        if model in WRITES | READS or name in FOR_ALL_STAFF or (model is None and OURS.match(name)):
            continue  # opened below, where there is something to open
        assert model is not None or name in CLOSED, f"{name} is in no list"
        assert is_closed(her_browser.get(address)), address


def test_she_opens_what_she_works_with(her_browser, ada, area):
    item = Item.objects.first()
    report = reports.report(ada, finish(ada, area).pk, 1, "Option B is right, too.")
    for page in (
        "", "assessments/item/", "assessments/item/add/", "assessments/item/add/?kind=choice",
        f"assessments/item/{item.pk}/change/", f"assessments/item/{item.pk}/history/",
        f"assessments/item/{item.pk}/compare/", f"assessments/item/{item.pk}/try/",
        f"assessments/item/{item.pk}/numbers/", "assessments/itemtolookat/", "assessments/resource/",
        "assessments/resource/add/", "assessments/misconception/", "assessments/misconception/add/",
        "assessments/report/", f"assessments/report/{report.pk}/change/", "assessments/area/", "assessments/subskill/",
        "assessments/questionimport/",
    ):  # fmt: skip
        assert her_browser.get(f"/admin/{page}").status_code == 200, page
    for name in ("import_questions", "export_questions"):
        assert her_browser.get(reverse(f"admin:{name}")).status_code == 200, name


def test_she_writes_copies_publishes_and_answers(her_browser, editor, ada, area):
    item = Item.objects.first()
    report = reports.report(ada, finish(ada, area).pk, 1, "Option B is right, too.")
    home = f"/admin/assessments/item/{item.pk}"
    sent = fields(item.current_version, stem="Her words.")
    assert her_browser.post(f"/admin/assessments/item/preview/choice/?item={item.pk}", sent).status_code == 200
    assert her_browser.post(f"{home}/change/", sent).status_code == 302
    assert her_browser.post(f"{home}/duplicate/").status_code == 302
    made = Item.objects.latest("pk")
    batch = {"chosen": str(made.pk), "confirm": "1"}
    assert her_browser.post("/admin/assessments/item/batch/publish/", batch).status_code == 302
    made.refresh_from_db()
    assert (made.life, made.current_version.created_by) == ("operational", editor)
    her_browser.post(f"/admin/assessments/report/{report.pk}/change/", {"answer": "Mended."})
    report.refresh_from_db()
    assert report.answered_by == editor


def test_a_resource_is_hers_to_write(her_browser, area):
    page = her_browser.get("/admin/assessments/resource/add/").content.decode()
    assert 'name="title"' in page
    assert not Resource.objects.exists()


def test_she_can_neither_delete_questions_nor_reach_people(her_browser, ada, area):
    item = Item.objects.first()
    attempts.begin(ada, area)
    assert her_browser.post(f"/admin/assessments/item/{item.pk}/delete/", {"post": "yes"}).status_code == 403
    for page in ("user/", f"user/{ada.user.pk}/change/", "calibration/", "calibration/begin/", "role/", "fact/"):
        assert her_browser.get(f"/admin/assessments/{page}").status_code == 403, page
    assert her_browser.post("/admin/assessments/calibration/begin/").status_code == 403
    for page in ("auth/group/", "account/emailaddress/", "mfa/authenticator/", "django_tasks_database/dbtaskresult/"):
        assert her_browser.get(f"/admin/{page}").status_code == 403, page
    asked = {"app_label": "assessments", "model_name": "userlearner", "field_name": "user", "term": ""}
    assert her_browser.get("/admin/autocomplete/", asked).status_code == 403
    assert Learner.objects.count() == 1 and ItemVersion.objects.count() == 60


def test_staff_without_the_group_opens_nothing(db, area):
    nobody = User.objects.create_user("staff@example.org", "correct horse battery", is_staff=True)
    client = Client()
    client.force_login(nobody, backend="assessments.accounts.LearnerBackend")
    item = Item.objects.first()
    for page in ("", f"{item.pk}/change/", f"{item.pk}/history/", f"{item.pk}/compare/", f"{item.pk}/try/",
                 f"{item.pk}/numbers/", f"{item.pk}/panel/", "add/?kind=choice"):  # fmt: skip
        assert client.get(f"/admin/assessments/item/{page}").status_code == 403, page
    for page in ("preview/choice/", "picture/", f"{item.pk}/duplicate/", f"{item.pk}/versions/1/restore/",
                 "batch/retire/"):  # fmt: skip
        assert client.post(f"/admin/assessments/item/{page}").status_code == 403, page
    assert learners.begin_guest().pk and Item.objects.count() == 60
