"""The editor's desk: fields for each kind, checks before saving, versions."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.http import QueryDict

from assessments.admin.item_writing import stamp_of
from assessments.forms.desk import Desk, missing_kinds
from assessments.models import Item, ItemVersion
from assessments.questions.registry import KINDS
from assessments.workflows import attempts, forecasts
from tests.bank import ALL_KINDS


def fields(version, **changes):
    """What the browser would send for a version as its form shows it."""
    desk = Desk(version.kind, None, version)
    data = {"stamp": stamp_of(version.item)}
    for form in [desk.item, *([desk.key] if desk.key else [])]:
        data |= sent(form)
    for _title, formset in desk.formsets:
        data |= sent(formset.management_form)
        for form in formset:
            data |= sent(form)
    return {name: value for name, value in (data | changes).items() if value is not None}


def posted(data):
    """As it arrives from a browser, which ends lines with CR LF."""
    values = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    return QueryDict(
        urlencode({name: [str(one).replace("\n", "\r\n") for one in some] for name, some in values.items()}, doseq=True)
    )


def sent(form):
    values = {}
    for bound in form:
        value = bound.value()
        if value is False or value is None:
            continue
        values[bound.html_name] = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
    return values


def test_every_kind_can_be_written_by_hand():
    assert missing_kinds() == set()


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_version_goes_through_its_form_unchanged(mixed_area, kind):
    version = Item.objects.filter(current_version__kind=kind).first().current_version
    desk = Desk(kind, posted(fields(version)), version)
    assert desk.is_valid(), (desk.item.errors, [formset.errors for _t, formset in desk.formsets])
    assert desk.question().content["stem"] == version.content["stem"]
    assert desk.question().key["right"] == version.key["right"]


PROSE = ("stem", "lead_in", "explanation")


def in_order(question):
    """Content and key in one; steps of an ordering are called by their places in the right order."""
    whole = {**question.content, **question.key}
    if question.kind != "ordering":
        return whole
    place = {key: str(number) for number, key in enumerate(question.key["right"])}
    notes = {"-".join(place[key] for key in pair.split("-")): note for pair, note in whole.pop("notes", {}).items()}
    steps = {place[option["key"]]: option["text"] for option in whole.pop("options")}
    return {**whole, "right": None, "notes": notes, "steps": steps}


def essential(part):
    """Without what is empty, and without blanks at the ends of prose: a missing note is no note."""
    trimmed = {name: value.strip() if name in PROSE else value for name, value in part.items()}
    return {name: value for name, value in trimmed.items() if value not in (None, "", [], {})}


def test_no_question_of_the_bank_changes_when_it_is_saved_as_it_stands(db, monkeypatch):
    monkeypatch.setattr(forecasts, "refresh", lambda areas, say: None)  # how many questions a sitting takes
    call_command("load_content", verbosity=0)
    versions = ItemVersion.objects.select_related("item").prefetch_related("also_about", "references")
    for version in versions:
        desk = Desk(version.kind, posted(fields(version)), version)
        assert desk.is_valid(), (version.item, desk.item.errors, [formset.errors for _t, formset in desk.formsets])
        stored, saved = (essential(in_order(one)) for one in (version.question, desk.question()))
        assert saved == stored, version.item


PARTLY_RIGHT = {
    "choice": {"fractions": {"a": 100, "b": 50, "c": 0, "d": -25}},
    "multiple": {"fractions": {"a": 60, "c": 40, "b": -50, "d": 0}},
    "numeric": {"also": [{"value": 7.0, "tolerance": 0.5, "credit": 50.0, "note": "Near."}],
                "notes": {"right": "Yes.", "otherwise": "No."}},
    "short_text": {"also": [{"text": "sev*", "credit": 50.0, "note": "Cut off."}], "wildcards": True,
                   "notes": {"right": "Yes.", "otherwise": "No."}},
}  # fmt: skip


@pytest.mark.parametrize("kind", PARTLY_RIGHT)
def test_an_edit_loses_nothing_of_what_is_partly_right(mixed_area, kind):
    version = Item.objects.filter(current_version__kind=kind).first().current_version
    version.key = {**version.key, **PARTLY_RIGHT[kind]}
    desk = Desk(kind, posted(fields(version)), version)
    assert desk.is_valid(), (desk.item.errors, [formset.errors for _t, formset in desk.formsets])
    assert {name: desk.question().key[name] for name in PARTLY_RIGHT[kind]} == PARTLY_RIGHT[kind]


def test_an_edit_keeps_that_an_option_answers_two_lines(mixed_area):
    version = Item.objects.filter(current_version__kind="matching").first().current_version
    version.content, version.key = (
        {**version.content, "reuse": True},
        {**version.key, "right": dict.fromkeys("123", "a")},
    )
    desk = Desk("matching", posted(fields(version)), version)
    assert desk.is_valid(), desk.item.errors
    assert desk.question().content["reuse"] is True
    assert desk.question().key["right"] == {"1": "a", "2": "a", "3": "a"}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"options-0-right": None}, "right"),
        ({"options-1-text": "One"}, "same"),
        ({"stem": ""}, "required"),
    ],
)
def test_a_faulty_question_is_not_saved(editors_browser, area, changes, fault):
    item = Item.objects.first()
    before = item.current_version.content
    response = editors_browser.post(
        f"/admin/assessments/item/{item.pk}/change/", fields(item.current_version, **changes)
    )
    assert response.status_code == 200
    assert fault in response.content.decode().lower()
    assert "Not saved yet" in response.content.decode()
    item.current_version.refresh_from_db()
    assert item.current_version.content == before


def test_an_edit_of_a_met_question_makes_the_next_version(editors_browser, ada, area):
    met = attempts.begin(ada, area).responses.get().version
    response = editors_browser.post(
        f"/admin/assessments/item/{met.item_id}/change/", fields(met, stem="Better words.", edit="wording")
    )
    assert response.status_code == 302, response.content
    met.item.refresh_from_db()
    assert met.item.current_version.number == 2
    assert met.item.versions.get(number=1).content["stem"] != "Better words."


def test_a_new_question_is_written_previewed_and_saved(editors_browser, area):
    template = Item.objects.first().current_version
    data = fields(template, slug="measuring-99999", stem="A new one with $x^2$.")
    page = editors_browser.post("/admin/assessments/item/add/?kind=choice", data | {"_preview": "1"})
    assert "<math" in unescape(page.content.decode()) and not Item.objects.filter(slug="measuring-99999").exists()
    editors_browser.post("/admin/assessments/item/add/?kind=choice", data)
    assert Item.objects.get(slug="measuring-99999").current_version.number == 1


def test_hostile_text_is_made_safe(editors_browser, area):
    item = Item.objects.first()
    data = fields(item.current_version, stem="<script>alert(1)</script><img src=x onerror=alert(1)>", _preview="1")
    page = editors_browser.post(f"/admin/assessments/item/{item.pk}/change/", data).content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page


def test_the_numbers_of_a_question_are_shown(editors_browser, ada, area):
    response = attempts.begin(ada, area).responses.get()
    page = editors_browser.get(f"/admin/assessments/item/{response.version.item_id}/numbers/").content.decode()
    assert "Nobody has answered it yet" in page


@pytest.mark.parametrize(
    "page", ["", "item/", "item/add/", "area/", "role/", "resource/", "fact/", "misconception/", "user/"]
)
def test_every_list_opens(editors_browser, area, page):
    assert editors_browser.get(f"/admin/assessments/{page}").status_code == 200


def test_a_learner_has_no_desk(adas_browser, area):
    assert adas_browser.get("/admin/assessments/item/").status_code == 302


def test_all_kinds_are_offered(editors_browser, db):
    page = editors_browser.get("/admin/assessments/item/add/").content.decode()
    assert all(f"?kind={name}" in page for name in KINDS)


def test_what_an_author_calls_a_question_and_its_tags_are_written_and_kept(editors_browser, area):
    item = Item.objects.first()
    address = f"/admin/assessments/item/{item.pk}/change/"
    changes = {"title": "A telling title", "tags": "means\n two words, and a comma \nmeans\n"}
    assert editors_browser.post(address, fields(item.current_version, **changes)).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.tags) == ("A telling title", ["means", "two words, and a comma"])
    editors_browser.post(address, fields(item.current_version, stem="Other words."))
    item.refresh_from_db()
    assert (item.title, item.tags) == ("A telling title", ["means", "two words, and a comma"])


def test_a_message_leaves_the_name_of_a_question_as_it_is(editors_browser, area):
    item = Item.objects.first()
    item.slug = "str-choice"
    item.save()
    sent = fields(item.current_version, _continue="1")
    page = editors_browser.post(f"/admin/assessments/item/{item.pk}/change/", sent, follow=True).content.decode()
    assert ">str-choice version 1 is saved.<" in page
