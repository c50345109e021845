"""Versions: changed until somebody has met them, then never again."""

import pytest

from assessments.models import Item, ItemParameters, ItemVersion
from assessments.workflows import attempts, items
from assessments.workflows.items import Wording
from tests.bank import choice, make_calibration, version_for


def wording(item, stem):
    version = version_for(item, 1, "choice", item.current_version.subskill)
    version.content = {**choice(1).content, "stem": stem}
    return Wording(version)


def test_an_unmet_version_is_changed_in_place(area):
    item = Item.objects.first()
    before = item.current_version_id
    items.revise(item, wording(item, "Better words."))
    item.refresh_from_db()
    assert item.current_version_id == before
    assert item.current_version.content["stem"] == "Better words."
    assert "Better words." in item.current_version.content_html["stem"]


def test_a_version_somebody_has_met_stays_and_the_edit_becomes_the_next(ada, area):
    attempt = attempts.begin(ada, area)
    met = attempt.responses.get().version
    items.revise(met.item, wording(met.item, "Better words."))
    met.refresh_from_db()
    new = ItemVersion.objects.get(current_of=met.item)
    assert met.content["stem"] != "Better words."
    assert (new.number, new.content["stem"]) == (met.number + 1, "Better words.")


@pytest.mark.parametrize(("edit", "kept"), [("wording", True), ("new", False)])
def test_a_wording_keeps_what_answers_have_said_and_a_new_question_does_not(ada, area, edit, kept):
    met = attempts.begin(ada, area).responses.get().version
    ItemParameters.objects.create(
        version=met, calibration=make_calibration(), discrimination=1.2, difficulty=0.4,
        log_discrimination_error=0.1, difficulty_error=0.2, answers=300,
    )  # fmt: skip
    items.revise(met.item, wording(met.item, "Better words."), edit=edit)
    assert ItemVersion.objects.get(current_of=met.item).parameters.exists() is kept


def test_every_change_names_the_bank_anew(area):
    item = Item.objects.first()
    items.revise(item, wording(item, "Better words."))
    items.set_life([item], "retired")
    before = area.bank_revision
    area.refresh_from_db()
    assert area.bank_revision == before + 2


def test_only_a_question_nobody_has_met_is_deleted(ada, area):
    from django.db.models import ProtectedError

    met = attempts.begin(ada, area).responses.get().version.item
    other = Item.objects.exclude(pk=met.pk).first()
    items.discard(other)
    assert not Item.objects.filter(pk=other.pk).exists()
    with pytest.raises(ProtectedError):
        items.discard(met)
