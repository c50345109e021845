"""Bank files into questions: new ones in bulk, changed ones as the next version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.formats.native import FileProblem
from assessments.models import Area, Item, ItemReference, ItemVersion, Misconception, Resource, Subskill
from assessments.questions.entry import BankFile, Entry
from assessments.workflows import items
from assessments.workflows.fixture_rows import Load, digest


@dataclass(frozen=True)
class Shelf:
    """The rows that questions refer to, by slug."""

    areas: dict[str, Area]
    subskills: dict[str, Subskill]
    resources: dict[str, Resource]
    misconceptions: set[str]

    @classmethod
    def stocked(cls) -> Shelf:
        return cls(
            areas={area.slug: area for area in Area.objects.all()},
            subskills={subskill.slug: subskill for subskill in Subskill.objects.all()},
            resources={resource.slug: resource for resource in Resource.objects.all()},
            misconceptions=set(Misconception.objects.values_list("slug", flat=True)),
        )


def apply_bank(name: str, bank: BankFile, shelf: Shelf, load: Load) -> None:
    """Bring the questions of one file to what it says; faults are gathered in the load."""
    problems = [
        FileProblem(entry.slug, 0, place, message) for entry in bank.entries for place, message in faults(entry, shelf)
    ]
    if problems:
        load.problems += [f"{name}: {problem.entry}, {problem.place}: {problem.message}" for problem in problems]
        return
    stored = {item.slug: item for item in Item.objects.filter(slug__in=[entry.slug for entry in bank.entries])}
    fresh = [entry for entry in bank.entries if entry.slug not in stored]
    add(fresh, shelf, load)
    for entry in bank.entries:
        if entry.slug in stored:
            update(name, entry, stored[entry.slug], shelf, load)


def faults(entry: Entry, shelf: Shelf) -> Iterable[tuple[str, str]]:
    """What an entry refers to that is not there."""
    if entry.area not in shelf.areas:
        yield "area", f"there is no area {entry.area}"
    for subskill in entry.subskills:
        if subskill not in shelf.subskills:
            yield "subskills", f"there is no sub-skill {subskill}"
    first = shelf.subskills.get(entry.subskills[0]) if entry.subskills else None
    if first is None:
        yield "subskills", "the first sub-skill is missing"
    elif entry.area in shelf.areas and first.area_id != shelf.areas[entry.area].pk:
        yield "subskills", f"the first sub-skill, {first.slug}, is not of the area {entry.area}"
    for reference in entry.references:
        if reference.resource not in shelf.resources:
            yield "references", f"there is no resource {reference.resource}"
    for tag in misconceptions_of(entry):
        if tag not in shelf.misconceptions:
            yield "misconception", f"the misconception {tag} is declared in no file"


def misconceptions_of(entry: Entry) -> set[str]:
    key = entry.question.key
    errors = [error.get("misconception") for error in key.get("common_errors", ())]
    return {tag for tag in (*key.get("misconceptions", {}).values(), *errors) if tag}


def add(entries: list[Entry], shelf: Shelf, load: Load) -> None:
    rows = Item.objects.bulk_create(
        Item(slug=entry.slug, area=shelf.areas[entry.area], life=entry.life, family=entry.family) for entry in entries
    )
    versions = [version_of(entry, item, shelf) for entry, item in zip(entries, rows, strict=True)]
    ItemVersion.objects.bulk_create(items.rendered(version) for version in versions)
    for item, version in zip(rows, versions, strict=True):
        item.current_version = version
    Item.objects.bulk_update(rows, ["current_version"])
    also = ItemVersion.also_about.through
    also.objects.bulk_create(
        also(itemversion=version, subskill=shelf.subskills[slug])
        for entry, version in zip(entries, versions, strict=True)
        for slug in dict.fromkeys(entry.subskills[1:])
    )
    ItemReference.objects.bulk_create(
        ItemReference(version=version, resource=shelf.resources[one.resource], locator=one.locator, position=position)
        for entry, version in zip(entries, versions, strict=True)
        for position, one in enumerate(entry.references)
    )
    items.bank_changed({item.area_id for item in rows})
    for entry, item in zip(entries, rows, strict=True):
        load.note("item", (entry.slug,), entry.digest, row_digest(item))
    load.added += len(rows)


def update(name: str, entry: Entry, item: Item, shelf: Shelf, load: Load) -> None:
    origin = load.origins.get(("item", entry.slug))
    if origin and origin.entry_digest == entry.digest and not load.take_fixtures:
        load.unchanged += 1
        return
    if origin and origin.row_digest != row_digest(item) and not load.take_fixtures:
        load.conflicts.append(f"{name}: {entry.slug} was changed by an editor and is kept as it is")
        return
    version = version_of(entry, item, shelf)
    wording = items.Wording(
        version=version,
        also_about=[shelf.subskills[slug] for slug in dict.fromkeys(entry.subskills[1:])],
        references=[(shelf.resources[one.resource], one.locator) for one in entry.references],
    )
    item.life, item.family = entry.life, entry.family
    item.save(update_fields=["life", "family"])
    items.revise(item, wording, edit=kind_of_edit(item.current_version, version))
    load.note("item", (entry.slug,), entry.digest, row_digest(item))
    load.changed += 1


def kind_of_edit(old: ItemVersion | None, new: ItemVersion) -> str:
    """Notes and references may change and the question stays the same; what is asked may not."""
    same = old and (old.kind, old.content, scored_by(old)) == (new.kind, new.content, scored_by(new))
    return ItemVersion.Edit.WORDING if same else ItemVersion.Edit.NEW_QUESTION


def scored_by(version: ItemVersion) -> Any:
    """All of the key that decides what an answer earns."""
    key = version.key
    also = [(one.get("value"), one.get("tolerance"), one.get("text"), one["credit"]) for one in key.get("also", ())]
    return *(key.get(name) for name in ("right", "tolerance", "case_sensitive", "wildcards", "fractions")), also


def version_of(entry: Entry, item: Item, shelf: Shelf) -> ItemVersion:
    return ItemVersion(
        item=item,
        kind=entry.kind,
        content=entry.question.content,
        key=entry.question.key,
        subskill=shelf.subskills[entry.subskills[0]],
        cognitive_level=entry.bloom,
        difficulty_label=entry.difficulty,
        difficulty_reason=entry.difficulty_reason,
        seconds=entry.seconds,
        language=entry.language,
        holds_for=entry.holds_for,
        review_by=entry.review_by,
        keying=entry.keying,
        verify={**entry.verify, "code_needs": list(entry.needs), "code_optional_needs": list(entry.optional_needs)},
    )


def row_digest(item: Item) -> str:
    """What an editor could have changed."""
    version = item.current_version
    return digest(
        {
            "life": item.life,
            "family": item.family,
            "area": item.area_id,
            "number": version.number if version else 0,
            "content": version.content if version else None,
            "key": version.key if version else None,
            "difficulty": version.difficulty_label if version else 0,
            "subskill": version.subskill_id if version else 0,
        }
    )
