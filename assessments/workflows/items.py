"""Writing questions: a version is rendered when it is saved, and frozen once somebody has met it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from assessments import markup
from assessments.models import Area, Item, ItemReference, ItemVersion, Resource, Subskill
from assessments.questions.fingerprint import fingerprint
from assessments.questions.question import Question
from assessments.questions.registry import kind

WRITTEN_FIELDS = (
    "subskill",
    "cognitive_level",
    "difficulty_label",
    "difficulty_reason",
    "seconds",
    "language",
    "holds_for",
    "review_by",
)


@dataclass(frozen=True)
class Wording:
    """A version about to be saved: its own fields, and the rows that hang on it."""

    version: ItemVersion
    also_about: Sequence[Subskill] = ()
    references: Sequence[tuple[Resource, str]] = ()


def rendered(version: ItemVersion) -> ItemVersion:
    """The version with its asymptote and its safe HTML, so that a page only prints."""
    question = version.question
    version.guessing = kind(version.kind).asymptote(question)
    version.fingerprint = fingerprint(question)
    version.content_html = content_html(question)
    version.review_html = review_html(question)
    return version


def content_html(question: Question) -> dict[str, Any]:
    """What the taker sees. Made from the content alone: the key cannot leak into it."""
    content = question.content
    code = content.get("code")
    return {
        "stem": markup.render(content["stem"]),
        "lead_in": markup.render_inline(content["lead_in"]),
        "code": markup.highlight(code["language"], code["source"]) if code else "",
        "options": {option["key"]: markup.render_inline(option["text"]) for option in content.get("options", ())},
        "premises": {premise["key"]: markup.render_inline(premise["text"]) for premise in content.get("premises", ())},
    }


def review_html(question: Question) -> dict[str, Any]:
    """What is said after the sitting."""
    key = question.key
    return {
        "explanation": markup.render(key.get("explanation", "")),
        "notes": {part: markup.render_inline(text) for part, text in key.get("notes", {}).items()},
        "right": markup.render_inline(kind(question.kind).describe_key(question)),
    }


@transaction.atomic
def revise(
    item: Item, wording: Wording, *, edit: str = ItemVersion.Edit.NEW_QUESTION, always_new: bool = False
) -> ItemVersion:
    """Save a wording as the item's current version.

    The current version is changed in place until somebody has met it; from then on it stays as
    it was answered, and the wording becomes the next one. The lock holds off a sitting that is
    about to show the version: its response waits for this transaction, or is seen by it.
    always_new: keep the current version beside the new one, met or not.
    """
    current = ItemVersion.objects.select_for_update().filter(current_of=item).first()
    version = rendered(wording.version)
    version.item = item
    if current and not always_new and not current.is_frozen:
        version.pk, version.number, version.edit = current.pk, current.number, current.edit
        version._state.adding, version.imported_as_id = False, current.imported_as_id
    else:
        version.pk, version.edit = None, edit if current else ItemVersion.Edit.NEW_QUESTION
        version.number = current.number + 1 if current else 1
        version._state.adding = True
    version.save()
    attach(version, wording)
    if item.current_version_id != version.pk:
        item.current_version = version
        item.save(update_fields=["current_version"])
    if current and current.pk != version.pk and version.edit == ItemVersion.Edit.WORDING:
        carry_parameters(current, version)
    bank_changed([item.area_id])
    return version


def attach(version: ItemVersion, wording: Wording) -> None:
    version.also_about.set(wording.also_about)
    version.references.all().delete()
    ItemReference.objects.bulk_create(
        ItemReference(version=version, resource=resource, locator=locator, position=position)
        for position, (resource, locator) in enumerate(wording.references)
    )


def carry_parameters(old: ItemVersion, new: ItemVersion) -> None:
    """Another wording of the same question keeps what answers have said of it."""
    for parameters in old.parameters.all():
        parameters.pk, parameters.version = None, new
        parameters.save()


def bank_changed(areas: Iterable[int]) -> None:
    """Name the banks anew, so that no process goes on asking from an old copy."""
    Area.objects.filter(pk__in=set(areas)).update(bank_revision=F("bank_revision") + 1)


@transaction.atomic
def set_life(items: Iterable[Item], life: str) -> int:
    chosen = Item.objects.filter(pk__in=[item.pk for item in items])
    areas = list(chosen.values_list("area", flat=True))
    changed = chosen.update(life=life)
    bank_changed(areas)
    return changed


@transaction.atomic
def write(desk: Any, item: Item | None, *, by: Any) -> Item:
    """Save what an editor has written: a new question, or the next wording of one."""
    cleaned = desk.item.cleaned_data
    question = desk.question()
    areas = {cleaned["area"].pk}
    if item is None:
        item = Item.objects.create(slug=cleaned["slug"], area=cleaned["area"])
    else:
        areas.add(item.area_id)
    for name in ("slug", "area", "life", "family", "title", "tags"):
        setattr(item, name, cleaned[name])
    item.save()
    version = ItemVersion(
        kind=question.kind,
        content=question.content,
        key=question.key,
        created_by=by,
        keying=item.current_version.keying if item.current_version else {},
        verify=item.current_version.verify if item.current_version else {},
        **{name: cleaned[name] for name in WRITTEN_FIELDS},
    )
    references = [(row["resource"], row["locator"]) for row in desk.reference_rows]
    revise(item, Wording(version, cleaned["also_about"], references), edit=cleaned["edit"] or ItemVersion.Edit.WORDING)
    bank_changed(areas)
    return item


@transaction.atomic
def discard(item: Item) -> None:
    """Delete a question that nobody has met; PROTECT refuses any other."""
    item.current_version = None
    item.save(update_fields=["current_version"])
    item.versions.all().delete()
    item.delete()
    bank_changed([item.area_id])
