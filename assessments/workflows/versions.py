"""A version copied: into a question of its own, or back to be the present one."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from assessments.models import Area, Item, ItemVersion, Life
from assessments.questions import comparison
from assessments.questions.comparison import Difference
from assessments.workflows import items
from assessments.workflows.items import WRITTEN_FIELDS, Wording


def copy_of(version: ItemVersion, *, by: Any = None, **changes: Any) -> Wording:
    """The same wording once more, not saved yet, with other values for some of its fields."""
    fields = {name: getattr(version, name) for name in WRITTEN_FIELDS} | changes
    copied = ItemVersion(
        kind=version.kind,
        content=version.content,
        key=version.key,
        keying=version.keying,
        verify=version.verify,
        created_by=by,
        **fields,
    )
    references = [(one.resource, one.locator) for one in version.references.select_related("resource")]
    return Wording(copied, list(version.also_about.all()), references)


@transaction.atomic
def duplicate(item: Item, *, by: Any) -> Item:
    """A draft with the same wording and the next free name; the question itself stays untouched.

    A key made by a panel is not taken over as such: the panel has rated another question.
    """
    made = Item.objects.create(
        slug=free_slug(item.area),
        area=item.area,
        life=Life.DRAFT,
        family=item.family,
        title=item.title,
        tags=item.tags,
    )
    wording = copy_of(item.current_version, by=by) if item.current_version else None
    if wording:
        wording.version.keying = {}
        items.revise(made, wording)
    return made


def free_slug(area: Area) -> str:
    """The area's name with the number after its highest."""
    pattern = re.compile(re.escape(area.slug) + r"-(\d+)")
    slugs = Item.objects.filter(slug__startswith=f"{area.slug}-").values_list("slug", flat=True)
    numbers = [int(found[1]) for slug in slugs if (found := pattern.fullmatch(slug))]
    return f"{area.slug}-{max(numbers, default=0) + 1:03}"


@transaction.atomic
def restore(item: Item, number: int, *, edit: str, by: Any) -> ItemVersion:
    """An old version becomes the present one again, as a new version: nothing in between is lost."""
    old = item.versions.get(number=number)
    return items.revise(item, copy_of(old, by=by), edit=edit, always_new=True)


def compared(old: ItemVersion, new: ItemVersion) -> list[Difference]:
    """What differs between two versions: texts, key and notes, and what is said about the question."""
    return comparison.differences(parts_of(old), parts_of(new))


def parts_of(version: ItemVersion) -> dict[str, str]:
    beside = {
        "sub-skill": str(version.subskill),
        "also about": ", ".join(str(one) for one in version.also_about.all()),
        "thinking": version.get_cognitive_level_display(),
        "difficulty": str(version.difficulty_label),
        "reason for the difficulty": version.difficulty_reason,
        "seconds": str(version.seconds),
        "language": version.language,
        "holds for": version.holds_for,
        "review by": str(version.review_by or ""),
        "references": "; ".join(str(one) for one in version.references.select_related("resource")),
        "code that proves the key": str(version.verify.get("source", "")),
    }
    return comparison.parts(version.question) | {name: text for name, text in beside.items() if text}
