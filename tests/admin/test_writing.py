"""Writing on the desk: the preview follows, faults stand at their fields, advice is given and holds nothing back."""

import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessments.models import Item, Picture
from assessments.workflows import advice
from tests.admin.test_desk import fields
from tests.bank import ALL_KINDS


def preview(client, item, **changes):
    kind = item.current_version.kind
    sent = fields(item.current_version, **changes)
    page = client.post(f"/admin/assessments/item/preview/{kind}/?item={item.pk}", sent)
    assert page.status_code == 200
    return unescape(page.content.decode())


def fault_at(page, field):
    return page.split(f'id="faults-{field}"')[1].split("</div>")[0]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_preview_shows_what_is_written_and_saves_nothing(editors_browser, mixed_area, kind):
    item = Item.objects.filter(current_version__kind=kind).first()
    page = preview(editors_browser, item, stem="A stem with $x^2$ in it.")
    assert "<math" in page and "After the sitting" in page and "<script" not in page
    item.refresh_from_db()
    assert "A stem" not in item.current_version.content["stem"]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_an_unfinished_question_is_previewed_too(editors_browser, mixed_area, kind):
    data = {"stem": "Half a stem", "options-TOTAL_FORMS": "0"}
    page = editors_browser.post(f"/admin/assessments/item/preview/{kind}/", data)
    assert page.status_code == 200 and "Half a stem" in page.content.decode()
    assert "Still to be written:" in page.content.decode()


def test_a_fault_stands_at_its_field_and_what_is_missing_is_said_once(editors_browser, area):
    page = preview(editors_browser, Item.objects.first(), **{"options-1-text": "One", "lead_in": ""})
    assert "Question" in page.split("Still to be written:")[1].split("</p>")[0]
    assert "required" not in page
    page = preview(editors_browser, Item.objects.first(), **{"options-1-text": "One"})
    assert "are the same" in fault_at(page, "id_options-1-text")
    assert "errorlist" not in fault_at(page, "id_options-0-text")


def test_author_text_cannot_leave_its_frame(editors_browser, area):
    item = Item.objects.first()
    sent = fields(item.current_version, stem='"><script>alert(1)</script>')
    page = editors_browser.post(f"/admin/assessments/item/preview/choice/?item={item.pk}", sent).content.decode()
    assert page.count("<iframe") == 1 and "<script" not in page
    assert 'sandbox="allow-same-origin"' in page


def test_only_editors_get_a_preview(adas_browser, editors_browser, area):
    assert adas_browser.post("/admin/assessments/item/preview/choice/").status_code == 302
    assert editors_browser.get("/admin/assessments/item/preview/choice/").status_code == 405
    assert editors_browser.post("/admin/assessments/item/preview/nothing/").status_code == 404


def messages_of(item):
    return [finding.message for finding in advice.of_version(item.current_version)]


def test_advice_names_what_the_lints_find(area):
    found = "; ".join(messages_of(Item.objects.first()))
    assert "note on option a" in found and "no reference" in found
    assert "much like" in found  # every question of this bank is the other's twin
    assert "keys of the area stand in place 1" in found


def test_the_longest_option_as_the_key_and_a_long_stem_are_told(editors_browser, area):
    changes = {"options-0-text": "One that is much longer than the rest", "stem": "word " * 100}
    page = preview(editors_browser, Item.objects.first(), **changes)
    assert "The longest option is the key" in page and "10" in page.split("words in stem")[0]


def test_advice_follows_a_save_and_holds_nothing_back(editors_browser, area):
    item = Item.objects.first()
    address = f"/admin/assessments/item/{item.pk}/change/"
    page = editors_browser.post(address, fields(item.current_version, stem="Another stem."), follow=True)
    assert "pieces of advice on" in page.content.decode()
    item.refresh_from_db()
    assert item.current_version.content["stem"] == "Another stem."
    assert "pieces of advice" in editors_browser.get(address).content.decode()


def picture_file(format="PNG"):
    buffer = io.BytesIO()
    Image.new("RGB", (3, 3)).save(buffer, format)
    return SimpleUploadedFile("picture", buffer.getvalue())


def test_a_picture_is_kept_and_shown_by_its_address(editors_browser, adas_browser, area):
    reply = editors_browser.post("/admin/assessments/item/picture/", {"picture": picture_file()})
    address = reply.json()["address"]
    assert editors_browser.get(address).headers["Content-Type"] == "image/png"
    page = preview(editors_browser, Item.objects.first(), stem=f"Look: ![a square]({address})")
    assert f'src="{address}"' in page
    refused = SimpleUploadedFile("picture.png", b"<svg onload=alert(1)>")
    assert editors_browser.post("/admin/assessments/item/picture/", {"picture": refused}).status_code == 422
    assert adas_browser.post("/admin/assessments/item/picture/", {"picture": picture_file()}).status_code == 302
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "changes", "field", "fault"),
    [
        ("choice", {"options-0-note": "x" * 2001}, "id_options-0-note", "2001"),
        ("numeric", {"errors-0-answer": "7.5"}, "id_errors-0-answer", "marked right"),
        ("numeric", {"errors-0-answer": "abc"}, "id_errors-0-answer", "number"),
        ("short_text", {"key-wildcards": "on"}, "id_key-wildcards", "no answer has a *"),
    ],
)
def test_a_fault_of_the_question_stands_where_it_was_written(editors_browser, mixed_area, kind, changes, field, fault):
    item = Item.objects.filter(current_version__kind=kind).first()
    assert fault in fault_at(preview(editors_browser, item, **changes), field)


def test_everything_that_is_told_later_is_shown_to_the_author(editors_browser, mixed_area):
    item = Item.objects.filter(current_version__kind="numeric").first()
    changes = {
        "also-0-answer": "8", "also-0-tolerance": "0.2", "also-0-credit": "50", "also-0-note": "Nearly.",
        "errors-0-answer": "15", "errors-0-note": "Twice `as` much.", "key-note_otherwise": "Look again.",
    }  # fmt: skip
    page = preview(editors_browser, item, **changes)
    for words in (
        "Partly right (50%):",
        "8 ± 0.2",
        "Nearly.",
        "Foreseen:",
        "Twice <code>as</code> much.",
        "Any other answer:",
    ):
        assert words in page
    item = Item.objects.filter(current_version__kind="choice").first()
    page = preview(editors_browser, item, **{"options-0-credit": "100", "options-1-credit": "25"})
    assert "Right: (100%)" in page and "(25%)" in page


def test_who_saves_over_anothers_save_is_told_first(editors_browser, area):
    item = Item.objects.first()
    address = f"/admin/assessments/item/{item.pk}/change/"
    hers, his = (fields(item.current_version, stem=stem) for stem in ("Her words.", "His words."))
    assert editors_browser.post(address, hers).status_code == 302
    page = editors_browser.post(address, his)
    assert page.status_code == 200 and "while you were writing" in page.content.decode()
    item.refresh_from_db()
    assert item.current_version.content["stem"] == "Her words."
    stamp = re.search('name="stamp" value="([^"]*)"', page.content.decode())[1]
    assert editors_browser.post(address, his | {"stamp": unescape(stamp)}).status_code == 302
    item.refresh_from_db()
    assert item.current_version.content["stem"] == "His words."
