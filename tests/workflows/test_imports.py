"""A question file on its way into the bank: read apart, looked at, then all or nothing."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.formats import native_exchange
from assessments.formats.exchange import Exchanged, FileRefused, Picture, Reading, Remark, Weight, nobody
from assessments.formats.registry import FORMATS
from assessments.models import (
    CategoryPlace,
    ImportedQuestion,
    Item,
    ItemVersion,
    Misconception,
    QuestionImport,
    Subskill,
)
from assessments.models import Picture as Kept
from assessments.workflows import attempts, import_files, import_places, imports, items
from tests.bank import ALL_KINDS, QUESTIONS, choice
from tests.workflows.test_pictures import drawn

State = QuestionImport.State


class Told:
    """A format whose file says what its reading shall be."""

    name, label, endings, media_type = "told", "Told", (".told",), "text/plain"

    def __init__(self):
        self.reading = Reading(())

    def read(self, content, each=nobody):
        if isinstance(self.reading, Exception):
            raise self.reading
        if callable(self.reading):
            return self.reading()
        for one in self.reading.questions:
            each(one)
        return self.reading


@pytest.fixture
def told(monkeypatch):
    format = Told()
    monkeypatch.setitem(FORMATS, "told", format)
    return format


def exchanged(number, *, slug="", category=("Statistics", "Means"), **more):
    return Exchanged(choice(number), f"Question {number}", slug, 10 * number, category, **more)


def read(told, *questions, remarks=(), pictures=None, **fields):
    told.reading = Reading(tuple(questions), tuple(remarks), pictures or {})
    batch = imports.begin(b"x", file_name="questions.told", format_name="told", **fields)
    imports.start(batch)
    batch.refresh_from_db()
    return batch


def place_all(batch, subskill):
    imports.place(batch, {one.name: subskill.pk for one in import_places.categories_of(batch)})


def imported(batch):
    imports.begin_import(batch)
    batch.refresh_from_db()
    assert batch.state == State.DONE, batch.trouble
    return list(ItemVersion.objects.filter(imported_as__batch=batch).select_related("item").order_by("pk"))


@pytest.fixture
def part(area):
    return area.subskills.first()


def test_questions_wait_until_their_category_has_a_place(told, part):
    batch = read(told, exchanged(101), exchanged(102, category=("Statistics", "Other")))
    assert batch.state == State.WAITING and batch.total == 2
    imports.place(batch, {"Statistics/Means": part.pk})
    with pytest.raises(imports.NotReady, match="1 still have no sub-skill"):
        imports.begin_import(batch)
    assert not ItemVersion.objects.filter(imported_as__batch=batch).exists()
    imports.place(batch, {"Statistics/Other": part.pk})
    versions = imported(batch)
    assert [version.subskill for version in versions] == [part, part]
    assert [version.content["stem"] for version in versions] == [choice(n).content["stem"] for n in (101, 102)]


def test_an_imported_question_is_a_rendered_draft_of_its_editor_with_title_and_tags(told, part, bob):
    batch = read(told, exchanged(707, slug="q-7", tags=("means", "robust"), language="de"), by=bob.user)
    place_all(batch, part)
    (version,) = imported(batch)
    item = version.item
    assert (item.slug, item.life, item.title, item.tags) == ("q-7", "draft", "Question 707", ["means", "robust"])
    assert item.current_version == version and item.area == part.area
    assert (version.created_by, version.language, version.difficulty_label) == (bob.user, "de", 3)
    fresh = items.rendered(ItemVersion(kind="choice", content=version.content, key=version.key))
    assert (version.content_html, version.review_html) == (fresh.content_html, fresh.review_html)
    assert (version.guessing, version.fingerprint) == (fresh.guessing, fresh.fingerprint)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_kind_arrives_as_it_was_read(told, part, kind):
    question = QUESTIONS[kind](999)
    batch = read(told, Exchanged(question, category=("A",)))
    place_all(batch, part)
    (version,) = imported(batch)
    assert version.question == question


def test_what_was_refused_blocks_the_import_until_it_is_left_out_on_purpose(told, part):
    remark = Remark(14, Weight.REFUSED, "Mean of three", "answer has no number")
    batch = read(told, exchanged(101), remarks=[remark])
    place_all(batch, part)
    with pytest.raises(imports.NotReady, match="could not be read for certain"):
        imports.begin_import(batch)
    batch.refused_left_out = True
    batch.save()
    assert len(imported(batch)) == 1
    kept = batch.remarks.get()
    assert (kept.line, kept.weight, kept.where) == (14, "refused", "Mean of three")


def test_a_question_of_the_bank_is_known_by_its_id_and_by_its_words(told, part):
    there = Item.objects.get(slug="measuring-00003")
    spaced = choice(4)
    spaced.content["stem"] = "  " + spaced.content["stem"].upper().replace(" ", "\n ")
    batch = read(told, exchanged(500, slug="measuring-00003"), Exchanged(spaced), exchanged(900))
    found = [(one.twin, one.likeness) for one in batch.questions.all()]
    assert found == [(there, "id"), (Item.objects.get(slug="measuring-00004"), "text"), (None, "")]
    place_all(batch, part)
    assert [version.content["stem"] for version in imported(batch)] == [choice(900).content["stem"]]


def test_what_is_there_already_becomes_a_next_version_or_a_new_question_as_the_editor_says(told, part):
    there = Item.objects.get(slug="measuring-00003")
    batch = read(told, exchanged(500, slug="measuring-00003"), exchanged(501, slug="measuring-00004"))
    place_all(batch, part)
    batch.existing = "version"
    batch.save()
    batch.questions.filter(position=2).update(choice="new")
    version, new = imported(batch)
    there.refresh_from_db()
    assert (there.current_version, version.number) == (version, 2)
    assert (new.item.slug, new.number) == ("measuring-00004-2", 1)


def test_two_questions_for_one_item_become_two_versions_of_it(told, part):
    words = choice(3)
    batch = read(told, exchanged(500, slug="measuring-00003"), Exchanged(words, category=("B",)))
    place_all(batch, part)
    batch.existing = "version"
    batch.save()
    assert [version.number for version in imported(batch)] == [2, 3]
    assert Item.objects.get(slug="measuring-00003").current_version.content["stem"] == words.content["stem"]
    imports.undo(QuestionImport.objects.get(pk=batch.pk))
    assert Item.objects.get(slug="measuring-00003").current_version.number == 1


def test_questions_without_an_id_are_numbered_on_in_their_area(told, part):
    batch = read(told, exchanged(901), exchanged(902))
    place_all(batch, part)
    assert [version.item.slug for version in imported(batch)] == ["measuring-060", "measuring-061"]


def test_an_id_that_ours_cannot_be_is_changed_with_a_word(told, part):
    batch = read(told, exchanged(1001, slug="Övning nr 1"), exchanged(1002, slug="q"), exchanged(1003, slug="q"))
    assert [one.slug for one in batch.questions.all()] == ["ovning-nr-1", "q", ""]
    said = [remark.message for remark in batch.remarks.all()]
    assert "ovning-nr-1" in said[0] and "twice" in said[1]


def test_one_question_can_be_left_out(told, part):
    batch = read(told, exchanged(901), exchanged(902))
    place_all(batch, part)
    batch.questions.filter(position=1).update(choice="skip")
    assert imports.to_be_made(batch) == 1 and len(imported(batch)) == 1


def test_a_category_is_placed_as_it_was_the_last_time_or_by_its_name(told, part):
    first = read(told, exchanged(901, category=("Odd", "Name")))
    place_all(first, part)
    imported(first)
    assert CategoryPlace.objects.get().subskill == part
    other = Subskill.objects.exclude(pk=part.pk).first()
    again = read(told, exchanged(902, category=("Odd", "Name")), exchanged(903, category=("Measuring", other.name)))
    assert again.places == {"Odd/Name": part.pk, f"Measuring/{other.name}": other.pk}


def test_a_slash_in_the_name_of_a_category_divides_nothing(told, part):
    part.name = "Input/output"
    part.save()
    batch = read(told, exchanged(901, category=("Measuring", "Input/output")))
    assert batch.places == {"Measuring/Input//output": part.pk}


def test_an_import_is_undone_while_nobody_has_met_it(told, part):
    there = Item.objects.get(slug="measuring-00003")
    before = there.current_version
    batch = read(told, exchanged(500, slug="measuring-00003"), exchanged(901))
    place_all(batch, part)
    batch.existing = "version"
    batch.save()
    imported(batch)
    assert imports.undo(QuestionImport.objects.get(pk=batch.pk)) == 2
    there.refresh_from_db()
    assert there.current_version == before and Item.objects.count() == 60
    batch.refresh_from_db()
    assert batch.state == State.WAITING
    assert len(imported(batch)) == 2


def test_an_import_that_somebody_has_met_stays(told, part, ada):
    batch = read(told, exchanged(901))
    place_all(batch, part)
    batch.life = "operational"
    batch.save()
    (version,) = imported(batch)
    response = attempts.begin(ada, part.area).responses.get()
    response.version = version
    response.save()
    batch.refresh_from_db()
    with pytest.raises(imports.NotReady, match="met one"):
        imports.undo(batch)
    assert ItemVersion.objects.filter(pk=version.pk).exists()


def test_an_import_with_later_versions_stays(told, part):
    batch = read(told, exchanged(901))
    place_all(batch, part)
    (version,) = imported(batch)
    later = items.rendered(ItemVersion.objects.get(pk=version.pk))
    later.pk, later.number, later._state.adding, later.imported_as = None, 2, True, None
    later.save()
    Item.objects.filter(pk=version.item_id).update(current_version=later)
    batch.refresh_from_db()
    with pytest.raises(imports.NotReady, match="later versions"):
        imports.undo(batch)


def test_an_imported_question_that_was_edited_is_still_known_as_imported(told, part):
    batch = read(told, exchanged(901))
    place_all(batch, part)
    (version,) = imported(batch)
    edited = ItemVersion(kind="choice", **{name: getattr(version, name) for name in ("content", "key", "subskill")})
    edited.cognitive_level, edited.difficulty_label = "apply", 2
    items.revise(version.item, items.Wording(edited))
    assert imports.undo(QuestionImport.objects.get(pk=batch.pk)) == 1 and Item.objects.count() == 60


def test_all_or_nothing(told, part, monkeypatch):
    batch = read(told, *[exchanged(n) for n in range(1000, 1003)])
    place_all(batch, part)

    def breaks(*_rows):
        raise OSError("no room on the disk")

    monkeypatch.setattr("assessments.workflows.import_rows.make_current", breaks)
    imports.begin_import(batch)
    batch.refresh_from_db()
    assert batch.state == State.WAITING and "Nothing was imported" in batch.trouble
    assert Item.objects.count() == 60


def test_the_bank_is_looked_at_again_before_the_import(told, part):
    batch = read(told, exchanged(901, slug="fresh"))
    place_all(batch, part)
    Item.objects.create(slug="fresh", area=part.area)
    with pytest.raises(imports.NotReady, match="bank has changed"):
        imports.begin_import(batch)
    assert batch.questions.get().likeness == "id"


def test_pictures_are_kept_with_the_import_and_go_with_it(told, part):
    picture = Picture("image/png", drawn())
    fake = Picture("image/png", b"<svg>")
    both = {one.address: one for one in (picture, fake)}
    batch = read(told, exchanged(901), pictures=both)
    assert not Kept.objects.get().kept
    assert "left out" in batch.remarks.get().message
    imports.discard(batch)
    assert not Kept.objects.exists()
    again = read(told, exchanged(901), pictures={picture.address: picture})
    place_all(again, part)
    imported(again)
    assert Kept.objects.get().kept


def test_a_picture_of_another_waiting_file_stays(told, part):
    picture = Picture("image/png", drawn())
    one, other = (read(told, exchanged(901), pictures={picture.address: picture}) for _n in range(2))
    imports.discard(one)
    assert Kept.objects.get() in other.pictures.all()


def test_our_own_format_keeps_what_only_it_can_say(area, part):
    Misconception.objects.create(slug="mean-is-median", says="They are the same.", subskill=part)
    text = f"""
area: measuring
misconceptions:
  not-here-yet: {{says: "A new wrong idea.", subskill: {part.slug}}}
items:
- id: measuring-q1
  title: A title
  kind: choice
  subskills: [{part.slug}, measuring-part-1, nowhere]
  bloom: analyse
  difficulty: 5
  difficulty_reason: hard
  seconds: 95
  life: pretest
  family: twins
  stem: Which?
  lead_in: Say which.
  options:
  - {{key: a, text: one, correct: true}}
  - {{key: b, text: two, misconception: not-here-yet}}
  - {{key: c, text: three, misconception: mean-is-median}}
  - {{key: d, text: four, misconception: unheard-of}}
  references: [{{resource: no-such-book, locator: chapter 1}}]
"""
    batch = imports.begin(text.encode(), file_name="q.yaml", format_name="native")
    imports.start(batch)
    batch.refresh_from_db()
    (remark,) = batch.remarks.all()
    assert all(word in remark.message for word in ("unheard-of", "nowhere", "no-such-book"))
    assert not import_places.categories_of(batch)
    batch.life = "file"
    batch.save()
    (version,) = imported(batch)
    assert (version.subskill, [one.slug for one in version.also_about.all()]) == (part, ["measuring-part-1"])
    assert (version.difficulty_label, version.cognitive_level, version.seconds) == (5, "analyse", 95)
    assert (version.item.life, version.item.family, version.item.title) == ("pretest", "twins", "A title")
    assert version.key["misconceptions"] == {"b": "not-here-yet", "c": "mean-is-median"}
    assert Misconception.objects.get(slug="not-here-yet").subskill == part


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (FileRefused("it is no XML", 3), "line 3: it is no XML"),
        (lambda: bytearray(10**9) and None, "256 MB"),
        (lambda: [None for _n in iter(int, 1)], "256 MB"),
        (lambda: 1 / 0, "an error of ours"),
        (Reading(()), "no question"),
    ],
    ids=["refused", "one large piece", "ever more", "our fault", "empty"],
)
def test_a_file_that_cannot_be_read_is_told_why_and_harms_nobody(told, db, reading, words, capfd):
    told.reading = reading
    batch = imports.begin(b"x", file_name="q.told", format_name="told")
    imports.start(batch)
    batch.refresh_from_db()
    assert batch.state == State.FAILED and words in batch.trouble
    assert connection.is_usable() and not batch.questions.exists()


def test_a_reader_that_never_ends_is_stopped(told, db, monkeypatch):
    monkeypatch.setattr(import_files, "SECONDS_TO_BEGIN", 0.1)

    def for_ever():
        while True:
            pass

    told.reading = for_ever
    batch = imports.begin(b"x", file_name="q.told", format_name="told")
    imports.start(batch)
    batch.refresh_from_db()
    assert batch.state == State.FAILED and "5 seconds per MB" in batch.trouble


def test_a_faulty_question_of_a_reader_is_refused_at_the_last_look(told, part):
    faulty = choice(1)
    faulty.key["right"] = "z"
    nul = choice(2)
    nul.content["stem"] = "a \0 b"
    batch = read(told, Exchanged(faulty, "Faulty", line=3), Exchanged(nul, "Nul", line=9), exchanged(901))
    assert [(one.line, one.weight) for one in batch.remarks.all()] == [(3, "refused"), (9, "refused")]
    assert batch.total == 1


def test_work_is_done_once_whoever_is_asked(told, part):
    batch = read(told, exchanged(901))
    place_all(batch, part)
    imported(batch)
    imports.carry_out(batch.pk)
    imports.save(batch)
    assert Item.objects.count() == 61


def test_a_worker_that_died_leaves_an_import_that_can_be_started_again(told, part):
    batch = read(told, exchanged(901))
    QuestionImport.objects.filter(pk=batch.pk).update(state=State.READING, claimed=True)
    imports.carry_out(batch.pk)
    batch.refresh_from_db()
    assert batch.state == State.READING
    imports.start(batch)
    batch.refresh_from_db()
    assert batch.state == State.WAITING and batch.total == 1


def test_files_that_nobody_imported_go_after_two_weeks(told, part):
    old, young = read(told, exchanged(901)), read(told, exchanged(902))
    QuestionImport.objects.filter(pk=old.pk).update(touched_at=old.touched_at - imports.WAITS_FOR * 1.1)
    read(told, exchanged(903))
    assert set(ImportedQuestion.objects.filter(batch=young)) and not ImportedQuestion.objects.filter(batch=old)


# --- the command ---


@pytest.fixture
def file(tmp_path):
    questions = [exchanged(n, slug=f"new-{n}") for n in range(900, 903)]
    path = tmp_path / "questions.yaml"
    path.write_bytes(native_exchange.write(questions, {}).content)
    return path


def command(*words):
    out, err = StringIO(), StringIO()
    call_command("import_questions", *map(str, words), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_the_command_imports_a_file(file, part):
    said = command(file, "--category", f"Statistics/Means=measuring:{part.slug}", "--life", "operational")
    assert "3 questions are imported" in said
    assert set(Item.objects.filter(slug__startswith="new-").values_list("life", flat=True)) == {"operational"}


def test_the_command_tells_what_it_would_do(file, part):
    assert "3 questions would be imported" in command(file, "--area", "measuring", "--subskill", part.slug, "--dry-run")
    assert Item.objects.count() == 60 and not ImportedQuestion.objects.exists()


def test_the_command_refuses_what_has_no_place(file, part):
    with pytest.raises(CommandError, match="no sub-skill"):
        command(file)
    with pytest.raises(CommandError, match="There is no sub-skill"):
        command(file, "--area", "elsewhere", "--subskill", part.slug)
    assert Item.objects.count() == 60


def test_the_command_refuses_a_file_with_a_fault_and_says_the_line(file, part, capsys):
    file.write_text(file.read_text().replace("difficulty: 3", "difficulty: rather", 1))
    place = ("--area", "measuring", "--subskill", part.slug)
    with pytest.raises(CommandError, match="could not be read for certain"):
        command(file, *place)
    assert Item.objects.count() == 60
    assert "2 questions are imported" in command(file, *place, "--leave-out-refused")


def test_the_command_refuses_what_is_no_file_of_questions(tmp_path, db):
    with pytest.raises(CommandError, match="cannot be opened"):
        command(tmp_path / "nothing.yaml")
    path = tmp_path / "q.yaml"
    path.write_bytes("area: \u00e9".encode("latin-1"))
    with pytest.raises(CommandError, match="not UTF-8"):
        command(path)


def test_what_is_stored_of_a_waiting_question_is_whole(told, part):
    batch = read(told, exchanged(901))
    kept = batch.questions.get()
    assert (json.loads(kept.content), json.loads(kept.key)) == (choice(901).content, choice(901).key)


def test_two_processes_render_a_long_file_in_its_order(told, part, monkeypatch):
    monkeypatch.setattr(import_files, "CHUNK", 3)
    faulty = choice(1)
    faulty.key["right"] = "z"
    batch = read(told, *[exchanged(n) for n in range(900, 920)], Exchanged(faulty, "Faulty", line=5), exchanged(930))
    kept = list(batch.questions.all())
    assert [one.title for one in kept] == [f"Question {n}" for n in (*range(900, 920), 930)]
    assert [one.position for one in kept] == [*range(1, 21), 22]
    assert batch.remarks.get().where == "Faulty" and batch.total == 21


def test_what_goes_wrong_in_the_second_process_is_told(told, part, monkeypatch, capfd):
    monkeypatch.setattr(import_files, "CHUNK", 1)
    broken = exchanged(900)
    broken.question.content.pop("lead_in")
    batch = read(told, broken, exchanged(901), exchanged(902))
    assert batch.state == State.FAILED and "error of ours" in batch.trouble and not batch.questions.exists()
