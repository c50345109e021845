"""A question file on its way into the bank: read apart, looked at, then all or nothing."""

import json

import pytest

from assessments.formats.exchange import Exchanged, Picture, Remark, Weight
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
from assessments.workflows import attempts, import_places, imports, items
from tests.bank import ALL_KINDS, QUESTIONS, choice
from tests.workflows.test_pictures import drawn
from tests.workflows.told import State, exchanged, imported, place_all, read


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


def test_what_is_stored_of_a_waiting_question_is_whole(told, part):
    batch = read(told, exchanged(901))
    kept = batch.questions.get()
    assert (json.loads(kept.content), json.loads(kept.key)) == (choice(901).content, choice(901).key)
