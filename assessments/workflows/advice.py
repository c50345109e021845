"""Advice on a question at the desk: its row or its form as the lints read it, among its area's questions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from assessments.models import Area, Item, ItemVersion
from assessments.questions.entry import Entry, Reference
from assessments.questions.finding import Finding
from assessments.questions.lint_desk import Neighbours, advice, neighbours
from assessments.questions.question import Question
from assessments.workflows.entries import entry_of

AREAS_IN_MEMORY = 8


def of_version(version: ItemVersion) -> list[Finding]:
    """What could be better in a version that is kept."""
    return advice(entry_of(version), in_use(version.item.area))


def of_desk(desk: Any, item: Item | None) -> list[Finding]:
    """What could be better in a valid form that is not saved yet."""
    cleaned = desk.item.cleaned_data
    known = item.current_version if item else None
    wrote = Entry(
        slug=item.slug if item else cleaned["slug"],
        area=cleaned["area"].slug,
        kind=desk.kind,
        subskills=(cleaned["subskill"].slug,),
        bloom=cleaned["cognitive_level"],
        difficulty=cleaned["difficulty_label"],
        difficulty_reason=cleaned["difficulty_reason"],
        seconds=cleaned["seconds"],
        language=cleaned["language"],
        life=cleaned["life"],
        family=cleaned["family"],
        holds_for=cleaned["holds_for"],
        created=None,
        review_by=cleaned["review_by"],
        references=tuple(Reference(row["resource"].slug, row["locator"]) for row in desk.reference_rows),
        keying=known.keying if known else {},
        scoring={},
        needs=(),
        optional_needs=(),
        verify=known.verify if known else {},
        question=desk.question(),
    )
    return advice(wrote, in_use(cleaned["area"]))


def in_use(area: Area) -> Neighbours:
    """The area's questions in use or on trial, read again only when its bank has changed."""
    revision = Area.objects.values_list("bank_revision", flat=True).get(pk=area.pk)
    return _neighbours(area.pk, revision)


@lru_cache(maxsize=AREAS_IN_MEMORY)
def _neighbours(area: int, revision: int) -> Neighbours:
    version = "current_version__"
    rows = (
        Item.objects.asked()
        .filter(area=area)
        .order_by("slug")
        .values_list("slug", "family", f"{version}kind", f"{version}content", f"{version}key")
    )
    return neighbours(
        (slug, family, Question(kind, content, key)) for slug, family, kind, content, key in rows.iterator()
    )
