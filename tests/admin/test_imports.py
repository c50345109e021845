"""Question files on the desk: uploaded, looked at page by page, imported, undone."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.formats import native_exchange
from assessments.formats.exchange import Exchanged
from assessments.models import ImportedQuestion, Item, QuestionImport, User
from assessments.workflows.import_sheets import entered
from tests.bank import ALL_KINDS, QUESTIONS, choice

NEW = "/admin/assessments/questionimport/new/"


def file_of(*questions, name="questions.yaml"):
    return SimpleUploadedFile(name, native_exchange.write(questions, {}).content)


def question(number, *, category=("Statistics", "Means"), **fields):
    return Exchanged(choice(number), f"Title {number}", f"q-{number}", 1, category, **fields)


@pytest.fixture
def part(area):
    return area.subskills.first()


@pytest.fixture
def upload(editors_browser, area):
    def uploaded(*questions, **fields):
        reply = editors_browser.post(NEW, {"file": file_of(*questions), "format": "", **fields})
        assert reply.status_code == 302, reply.content
        return QuestionImport.objects.latest("pk"), reply.url

    return uploaded


def shown(client, url):
    reply = client.get(url)
    assert reply.status_code == 200
    return reply.content.decode()


DECISIONS = {"existing": "skip", "difficulty_label": "4", "cognitive_level": "recall", "life": "draft"}


def test_a_file_is_uploaded_looked_at_placed_imported_and_undone(editors_browser, upload, part):
    _batch, url = upload(question(901), question(902))
    page = shown(editors_browser, url)
    assert "2 questions were read" in page and "1 still have no sub-skill" in page and "Title 901" in page
    editors_browser.post(f"{url}decisions/", {**DECISIONS, "_import": "1"})
    assert Item.objects.count() == 60
    editors_browser.post(f"{url}places/", {"place-category_0": part.pk})
    reply = editors_browser.post(f"{url}decisions/", {**DECISIONS, "_import": "1"}, follow=True)
    page = reply.content.decode()
    assert "2 questions were imported" in page and "q-901 version 1" in page
    version = Item.objects.get(slug="q-901").current_version
    assert (version.subskill, version.created_by.email) == (part, "editor@example.org")
    page = editors_browser.post(f"{url}undo/", follow=True).content.decode()
    assert "2 questions are taken out again" in page and Item.objects.count() == 60


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_preview_shows_every_kind_with_its_key(editors_browser, upload, kind):
    one = Exchanged(QUESTIONS[kind](999), "A title", category=("X",))
    _batch, url = upload(one)
    page = shown(editors_browser, url)
    assert "an explanation that would tell the answer" in page and "Key:" in page
    assert one.question.content["stem"][:20] in page


def test_what_is_alike_in_name_or_near_a_sister_stands_first(editors_browser, upload, part):
    part.name, other = "Hypothesis tests", part.area.subskills.last()
    part.save()
    other.name, other.covers = "Sampling", "how many to ask"
    other.save()
    _batch, url = upload(*[question(900 + n, category=("C", name)) for n, name in enumerate(("All tests", "Misc"))])
    selects = shown(editors_browser, url).split("<select")
    by_name = next(one for one in selects if one.startswith(' name="place-category_0"'))
    assert "Likely" in by_name and by_name.index(f"{part.area}: Hypothesis tests") < by_name.index('label="Measuring')
    assert "Likely" not in next(one for one in selects if one.startswith(' name="place-category_1"'))
    editors_browser.post(f"{url}places/", {"place-category_0": other.pk})
    page = shown(editors_browser, url)
    assert f"{part.area}: Sampling" in page.split(' name="place-category_1"')[1].split("</select>")[0]


def test_all_other_categories_go_where_the_editor_says(editors_browser, upload, part):
    other = part.area.subskills.last()
    batch, url = upload(*[question(900 + n, category=("C", str(n))) for n in range(3)])
    editors_browser.post(f"{url}places/", {"place-category_0": other.pk, "place-rest": part.pk})
    batch.refresh_from_db()
    assert batch.places == {"C/0": other.pk, "C/1": part.pk, "C/2": part.pk}


def test_a_place_that_is_none_is_refused(editors_browser, upload):
    batch, url = upload(question(901))
    page = editors_browser.post(f"{url}places/", {"place-category_0": "987654"}, follow=True).content.decode()
    batch.refresh_from_db()
    assert batch.places == {} and "Choose a sub-skill of the list" in page


def test_the_preview_has_pages_and_filters(editors_browser, upload, part):
    there = Exchanged(choice(3), "There already", category=("A",))
    _batch, url = upload(*[question(900 + n) for n in range(25)], there)
    first, second = shown(editors_browser, url), shown(editors_browser, f"{url}?page=2")
    assert "Title 900" in first and "Title 924" not in first and "Title 924" in second
    known = shown(editors_browser, f"{url}?show=known")
    assert "There already" in known and "same text" in known and "Title 900" not in known
    assert "There already" not in shown(editors_browser, f"{url}?show=new&page=2")


def test_what_becomes_of_single_questions_is_chosen(editors_browser, upload, part):
    there = Exchanged(choice(3), "There already", "measuring-00003", category=("A",))
    batch, url = upload(question(901), there)
    one, twin = batch.questions.all()
    editors_browser.post(f"{url}choices/?page=1", {f"choice_{one.pk}": "skip", f"choice_{twin.pk}": "version"})
    assert [q.choice for q in ImportedQuestion.objects.order_by("position")] == ["skip", "version"]
    editors_browser.post(f"{url}choices/", {f"choice_{one.pk}": "version"})  # there is none to be a version of
    assert ImportedQuestion.objects.get(pk=one.pk).choice == "skip"


def test_remarks_are_listed_by_weight_and_refusals_are_confirmed(editors_browser, area, part):
    content = native_exchange.write([question(901), question(902)], {}).content
    faulty = content.replace(b"difficulty: 3", b"difficulty: rather", 1)
    reply = editors_browser.post(NEW, {"file": SimpleUploadedFile("q.yaml", faulty), "format": "native"})
    url = reply.url
    page = shown(editors_browser, f"{url}?weight=refused")
    assert "1 could not be read for certain" in page and "a number is expected here" in page
    assert "a number is expected here" not in shown(editors_browser, f"{url}?weight=skipped")
    editors_browser.post(f"{url}places/", {"place-category_0": part.pk})
    page = editors_browser.post(f"{url}decisions/", {**DECISIONS, "_import": "1"}, follow=True).content.decode()
    assert "Confirm that they are left out" in page and Item.objects.count() == 60
    editors_browser.post(f"{url}decisions/", {**DECISIONS, "_import": "1", "refused_left_out": "on"})
    assert Item.objects.count() == 61


def test_a_file_that_cannot_be_read_says_why(editors_browser, area):
    file = SimpleUploadedFile("q.yaml", "area: \u00e9".encode("latin-1"))
    page = editors_browser.post(NEW, {"file": file, "format": ""}, follow=True).content.decode()
    assert "not UTF-8" in page and "Nothing was imported" in page


def test_a_file_of_no_format_and_a_file_too_large_are_refused_at_the_door(editors_browser, area, monkeypatch):
    page = editors_browser.post(NEW, {"file": SimpleUploadedFile("q.doc", b"words"), "format": ""})
    assert "tells the format" in page.content.decode()
    monkeypatch.setattr("assessments.forms.imports.MOST_BYTES", 10)
    page = editors_browser.post(NEW, {"file": file_of(question(901)), "format": ""})
    assert "is the most" in page.content.decode() and not QuestionImport.objects.exists()


def test_a_file_is_discarded(editors_browser, upload):
    batch, url = upload(question(901))
    editors_browser.post(f"{url}discard/")
    batch.refresh_from_db()
    assert batch.state == "discarded" and not ImportedQuestion.objects.exists()
    assert "was discarded" in shown(editors_browser, url)
    assert batch.file_name in shown(editors_browser, "/admin/assessments/questionimport/")


def test_progress_is_shown_while_the_work_is_under_way_and_the_page_comes_back_at_its_end(editors_browser, upload):
    batch, url = upload(question(901))
    QuestionImport.objects.filter(pk=batch.pk).update(state="reading", total=10, done=3)
    page = shown(editors_browser, url)
    assert 'value="3"' in page and 'hx-trigger="every 1s"' in page and "noscript" in page
    part = editors_browser.get(f"{url}progress/")
    assert "3 of 10" in part.content.decode() and "HX-Refresh" not in part
    QuestionImport.objects.filter(pk=batch.pk).update(total=0)
    assert "3 questions so far" in shown(editors_browser, f"{url}progress/")
    QuestionImport.objects.filter(pk=batch.pk).update(state="waiting")
    assert editors_browser.get(f"{url}progress/")["HX-Refresh"] == "true"


def test_work_that_has_stopped_can_be_started_again(editors_browser, upload):
    batch, url = upload(question(901))
    long_ago = batch.touched_at.replace(year=2020)
    QuestionImport.objects.filter(pk=batch.pk).update(
        state="reading", claimed=True, touched_at=long_ago, file=native_exchange.write([question(901)], {}).content
    )
    assert "has stopped" in shown(editors_browser, url)
    editors_browser.post(f"{url}again/")
    batch.refresh_from_db()
    assert batch.state == "waiting"


def test_a_decision_that_comes_too_late_changes_nothing(editors_browser, upload, part):
    batch, url = upload(question(901))
    QuestionImport.objects.filter(pk=batch.pk).update(state="discarded")
    for deed in ("places/", "decisions/", "choices/"):
        assert editors_browser.post(f"{url}{deed}", DECISIONS).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "discarded" and batch.difficulty_label == 3


def test_hostile_text_of_a_file_is_made_safe(editors_browser, upload):
    hostile = choice(901)
    hostile.content["stem"] = "<script>alert(1)</script>"
    _batch, url = upload(Exchanged(hostile, "<script>alert(2)</script>", category=("<script>alert(3)</script>",)))
    assert "<script>alert" not in shown(editors_browser, url)


PAGES = ("new/", "{pk}/", "{pk}/progress/", "")
DEEDS = ("places/", "decisions/", "choices/", "again/", "discard/", "undo/")


def staff(*permissions):
    user = User.objects.create_user("staff@example.org", "correct horse battery", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user, backend="assessments.accounts.LearnerBackend")
    return client


def test_who_may_not_write_questions_may_not_import_them(upload, adas_browser):
    batch, url = upload(question(901))
    reader = staff("view_item")
    for page in PAGES:
        address = f"/admin/assessments/questionimport/{page.format(pk=batch.pk)}"
        assert reader.get(address).status_code == 403 and adas_browser.get(address).status_code == 302
    for deed in DEEDS:
        assert reader.post(f"{url}{deed}").status_code == 403
    assert batch.questions.exists()


def test_who_may_write_questions_may_import_them(upload):
    _batch, url = upload(question(901))
    editor = staff("view_item", "add_item", "change_item")
    assert editor.get(url).status_code == 200 and editor.get(NEW).status_code == 200
    assert f'href="{NEW}"' in editor.get("/admin/assessments/item/").content.decode()


def test_nothing_changes_by_looking(editors_browser, upload):
    batch, url = upload(question(901))
    for deed in DEEDS:
        assert editors_browser.get(f"{url}{deed}").status_code == 405
    assert editors_browser.get(f"/admin/assessments/questionimport/{batch.pk}/change/").url == url
    assert editors_browser.get("/admin/assessments/questionimport/add/").url == NEW


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ({"right": 3.14, "tolerance": 0.01}, ["3.14 ± 0.01"]),
        ({"right": 5}, []),  # the key says it all
        ({"right": ["t-test", "t test"]}, ["t-test", "t test"]),
        ({"right": ["Paris"], "also": [{"text": "Par*", "credit": 50}]}, ["Par*"]),
    ],
)
def test_the_editor_sees_all_that_a_typed_answer_may_be(key, said):
    """A tolerance and a second accepted word were read from the file and not shown."""
    assert [part.html for part in entered({}, key, {}, {})] == said
