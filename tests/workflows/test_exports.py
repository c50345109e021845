"""Questions leave the bank as they are, and come back as they were."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.formats import native_exchange
from assessments.formats.registry import FORMATS
from assessments.models import Item, ItemReference, Misconception, QuestionImport, Resource
from assessments.workflows import exports, imports, items, pictures
from tests.bank import make_area
from tests.workflows.test_pictures import drawn


def compared(item):
    version = item.current_version
    return (
        item.slug, item.life, item.title, item.tags, item.family, version.kind, version.content, version.key,
        version.subskill, version.cognitive_level, version.difficulty_label, version.difficulty_reason,
        version.seconds, version.language, version.holds_for, version.review_by, version.content_html,
        version.review_html, version.guessing, version.fingerprint,
        sorted(one.slug for one in version.also_about.all()),
        [(one.resource, one.locator) for one in version.references.all()],
    )  # fmt: skip


def test_our_own_format_brings_every_question_back_with_all_that_is_said_of_it(mixed_area):
    Item.objects.update(title="Title", tags=["one", "two"])
    item = Item.objects.get(slug="mixed-00000")
    version = item.current_version
    part = version.subskill
    Misconception.objects.create(slug="wrong-idea", says="It is so.", subskill=part)
    version.key["misconceptions"] = {"b": "wrong-idea"}
    version.also_about.add(mixed_area.subskills.last())
    picture = pictures.keep(drawn())
    version.content["stem"] += f" ![a square]({picture.address})"
    items.rendered(version).save()
    resource = Resource.objects.create(slug="a-book", title="A book", url="https://example.org/", kind="book")
    ItemReference.objects.create(version=version, resource=resource, locator="chapter 2")
    before = [compared(one) for one in Item.objects.order_by("slug")]

    written = exports.write(exports.chosen(area="mixed"), "native")
    assert not written.losses
    for one in Item.objects.all():
        items.discard(one)
    pictures.Picture.objects.all().delete()
    batch = imports.begin(written.content, file_name="q.yaml", format_name="native")
    imports.carry_out(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.total) == (QuestionImport.State.WAITING, 60), batch.trouble
    batch.life = "file"
    batch.save()
    imports.import_now(batch)
    assert [compared(one) for one in Item.objects.order_by("slug")] == before
    assert pictures.Picture.objects.get().address == picture.address


@pytest.mark.parametrize("name", list(FORMATS))
def test_what_is_exported_is_known_again(mixed_area, name):
    """Whatever a format can say comes back with the same words, under the same id."""
    written = exports.write(exports.chosen(area="mixed"), name)
    left_out = {loss.where for loss in written.losses}
    assert written.count == 60 - len({loss.where for loss in written.losses if "left out" in loss.message})
    batch = imports.begin(written.content, file_name="file", format_name=name)
    imports.carry_out(batch.pk)
    batch.refresh_from_db()
    assert batch.state == QuestionImport.State.WAITING, batch.trouble
    assert batch.total == written.count >= 60 - len(left_out) and not batch.remarks.filter(weight="refused").exists()
    assert {one.likeness for one in batch.questions.all()} <= {"both", "text"}


def test_the_questions_of_an_area_and_of_a_life_are_chosen(area):
    make_area("other", items=3)
    Item.objects.filter(slug="other-00001").update(life="draft")
    assert exports.chosen(area="other").count() == 3
    assert [item.slug for item in exports.chosen(area="other", life="draft")] == ["other-00001"]
    assert exports.chosen(keys=[Item.objects.first().pk]).count() == 1


def test_another_format_says_first_what_only_ours_says(area, monkeypatch):
    class Other:
        name, label, endings, media_type = "other", "Other", (".other",), "text/plain"
        write = staticmethod(native_exchange.write)

    monkeypatch.setitem(FORMATS, "other", Other)
    (loss,) = exports.write(exports.chosen(area="measuring"), "other").losses
    assert "difficulty" in loss.message and loss.where == ""


def test_the_command_writes_a_file(area, tmp_path):
    path, err = tmp_path / "out.yaml", StringIO()
    call_command("export_questions", "--format", "native", "--area", "measuring", "--output", str(path), stderr=err)
    assert len(native_exchange.read(path.read_bytes()).questions) == 60 and "60 questions" in err.getvalue()


def test_the_command_refuses_an_area_that_is_none(area):
    with pytest.raises(CommandError, match="no area"):
        call_command("export_questions", "--format", "native", "--area", "nowhere")
    with pytest.raises(CommandError, match="no such question"):
        call_command("export_questions", "--format", "native", "--area", "measuring", "--life", "retired")
