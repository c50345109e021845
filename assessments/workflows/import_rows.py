"""Questions that wait in an import become items and versions, five hundred at a time."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, OuterRef, Subquery

from assessments.models import (
    Area,
    ImportedQuestion,
    Item,
    ItemReference,
    ItemVersion,
    Misconception,
    QuestionImport,
    Resource,
    Subskill,
)
from assessments.models.imports import Choice
from assessments.models.json_text import Dumped
from assessments.workflows import items

AT_A_TIME = 500
DUMPED = ("content", "key", "content_html", "review_html")
ENTRY_COLUMNS = (
    "cognitive_level", "difficulty_label", "difficulty_reason", "seconds", "holds_for", "review_by", "keying", "verify",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A waiting question that will be made, with all it needs."""

    waiting: ImportedQuestion
    subskill: Subskill
    twin: Item | None  # the item that gets a new version
    entry: dict[str, Any]  # what only our own format says


@dataclass
class Maker:
    """Makes the rows of one import; holds what they refer to."""

    batch: QuestionImport
    by: Any
    subskills: dict[int, Subskill]
    places: dict[str, int]
    taken: set[str]
    last_number: dict[str, int] = field(default_factory=dict)
    areas: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, batch: QuestionImport) -> Maker:
        return cls(
            batch=batch,
            by=batch.created_by,
            subskills={one.pk: one for one in Subskill.objects.select_related("area")},
            places=batch.places,
            taken=set(Item.objects.values_list("slug", flat=True)),
        )

    def make_all(self) -> int:
        """How many were made. To be called in a transaction."""
        made = 0
        for waiting in in_parts(self.batch):
            rows = [self.row_of(one) for one in waiting if what_becomes_of(one, self.batch) != Choice.SKIP]
            if rows:
                self.make(rows)
            made += len(rows)
        items.bank_changed(self.areas)
        return made

    def row_of(self, waiting: ImportedQuestion) -> Row:
        version = what_becomes_of(waiting, self.batch) == Choice.VERSION
        pk = waiting.subskill_id or self.places[waiting.category]
        return Row(
            waiting=waiting,
            subskill=self.subskills[pk],
            twin=waiting.twin if version else None,
            entry=json.loads(waiting.about) if waiting.about else {},
        )

    def make(self, rows: list[Row]) -> None:
        """Items where there are none, a version each, and what hangs on it."""
        declare_misconceptions(rows)
        fresh = [row for row in rows if row.twin is None]
        made = iter(Item.objects.bulk_create([self.item_of(row) for row in fresh], batch_size=AT_A_TIME))
        owners = [row.twin or next(made) for row in rows]
        numbers = numbers_of(row.twin for row in rows if row.twin)
        versions = []
        for row, item in zip(rows, owners, strict=True):
            numbers[item.pk] = numbers.get(item.pk, 0) + 1
            versions.append(self.version_of(row, item, numbers[item.pk]))
        ItemVersion.objects.bulk_create(versions, batch_size=AT_A_TIME)
        attach(list(zip(rows, versions, strict=True)))
        make_current(item.pk for item in owners)
        self.areas |= {item.area_id for item in owners}

    def item_of(self, row: Row) -> Item:
        life = self.batch.life
        if life == QuestionImport.LifeOfNew.AS_WRITTEN:
            life = row.entry.get("life", QuestionImport.LifeOfNew.DRAFT)
        return Item(
            slug=self.free_slug(row),
            area=row.subskill.area,
            life=life,
            title=row.waiting.title,
            tags=row.waiting.tags,
            family=row.entry.get("family", ""),
        )

    def free_slug(self, row: Row) -> str:
        """The id of the file, made free by a number, or the next one of the area: it tells nothing of the answer."""
        slug = row.waiting.slug or self.next_of(row.subskill.area)
        number = 2
        while slug in self.taken:
            slug = f"{row.waiting.slug[:70]}-{number}" if row.waiting.slug else self.next_of(row.subskill.area)
            number += 1
        self.taken.add(slug)
        return slug

    def next_of(self, area: Area) -> str:
        if area.slug not in self.last_number:
            number = re.compile(re.escape(area.slug) + r"-(\d{1,8})")
            found = (number.fullmatch(slug) for slug in self.taken)
            self.last_number[area.slug] = max((int(match[1]) for match in found if match), default=0)
        self.last_number[area.slug] += 1
        return f"{area.slug}-{self.last_number[area.slug]:03}"

    def version_of(self, row: Row, item: Item, number: int) -> ItemVersion:
        waiting = row.waiting
        told = {name: row.entry[name] for name in ENTRY_COLUMNS if row.entry.get(name)}
        judged = {"difficulty_label": self.batch.difficulty_label, "cognitive_level": self.batch.cognitive_level}
        return ItemVersion(
            item=item,
            number=number,
            subskill=row.subskill,
            created_by=self.by,
            imported_as=waiting,
            **{name: Dumped(getattr(waiting, name)) for name in DUMPED},
            **{name: getattr(waiting, name) for name in ("kind", "language", "fingerprint", "guessing")},
            **{**judged, **told},
        )


def what_becomes_of(waiting: ImportedQuestion, batch: QuestionImport) -> str:
    """NEW, VERSION or SKIP: her choice for the question before that for the file."""
    if waiting.twin_id is None:
        return Choice.SKIP if waiting.choice == Choice.SKIP else Choice.NEW
    return waiting.choice or batch.existing


def in_parts(batch: QuestionImport) -> Iterator[list[ImportedQuestion]]:
    """The waiting questions by place; never all of them in memory."""
    last = 0
    while True:
        waiting = batch.questions.filter(position__gt=last).select_related("twin").order_by("position")
        part = list(waiting[:AT_A_TIME])
        if not part:
            return
        yield part
        last = part[-1].position


def numbers_of(twins: Iterable[Item]) -> dict[int, int]:
    """The highest number of a version of each item."""
    owners = ItemVersion.objects.filter(item__in=[item.pk for item in twins]).order_by()
    return dict(owners.values_list("item").annotate(last=Max("number")))


def make_current(owners: Iterable[int]) -> None:
    newest = ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number").values("pk")[:1]
    Item.objects.filter(pk__in=list(owners)).update(current_version=Subquery(newest))


def declare_misconceptions(rows: list[Row]) -> None:
    """Wrong ideas that a file of ours declares and the tables do not have yet."""
    told = {one["slug"]: one for row in rows for one in row.entry.get("misconceptions", ())}
    if not told:
        return
    subskills = dict(Subskill.objects.values_list("slug", "pk"))
    Misconception.objects.bulk_create(
        [
            Misconception(slug=slug, says=one["says"][:300], subskill_id=subskills[one["subskill"]])
            for slug, one in told.items()
            if one["subskill"] in subskills
        ],
        ignore_conflicts=True,
    )


def attach(made: list[tuple[Row, ItemVersion]]) -> None:
    """Further sub-skills and references, which only our own format tells."""
    told = [(row.entry, version) for row, version in made if row.entry]
    if not told:
        return
    subskills = dict(Subskill.objects.values_list("slug", "pk"))
    resources = dict(Resource.objects.values_list("slug", "pk"))
    also = ItemVersion.also_about.through
    also.objects.bulk_create(
        also(itemversion=version, subskill_id=subskills[slug])
        for entry, version in told
        for slug in entry["also_about"]
        if slug in subskills
    )
    ItemReference.objects.bulk_create(
        ItemReference(version=version, resource_id=resources[slug], locator=locator[:200], position=position)
        for entry, version in told
        for position, (slug, locator) in enumerate(entry["references"])
        if slug in resources
    )


def mark_twins(waiting: list[ImportedQuestion]) -> None:
    """Which of them the bank has already: by id, or by what they ask."""
    by_slug = dict(Item.objects.filter(slug__in={one.slug for one in waiting if one.slug}).values_list("slug", "pk"))
    asked = ItemVersion.objects.filter(
        fingerprint__in={one.fingerprint for one in waiting}, current_of__isnull=False
    ).values_list("fingerprint", "item")
    by_text: dict[str, set[int]] = defaultdict(set)
    for fingerprint, item in asked:
        by_text[fingerprint].add(item)
    for one in waiting:
        mark(one, by_slug.get(one.slug), by_text[one.fingerprint])


def mark(one: ImportedQuestion, same_id: int | None, same_text: set[int]) -> None:
    likeness = ImportedQuestion.Likeness
    if same_id is not None:
        one.twin_id, one.likeness = same_id, likeness.BOTH if same_id in same_text else likeness.ID
    elif same_text:
        one.twin_id, one.likeness = min(same_text), likeness.TEXT
    else:
        one.twin_id, one.likeness = None, ""


def unmake(batch: QuestionImport) -> int:
    """Delete what the import made and put back what it replaced; PROTECT refuses what somebody has met."""
    ours = made_by(batch)
    touched = list(Item.objects.filter(versions__in=ours).values_list("pk", "area"))
    others = ItemVersion.objects.filter(item=OuterRef("pk")).exclude(imported_as__batch=batch)
    before = others.order_by("-number").values("pk")[:1]
    Item.objects.filter(current_version__in=ours).update(current_version=Subquery(before))
    count = ours.count()
    ours.delete()
    Item.objects.filter(pk__in=[pk for pk, _area in touched], versions__isnull=True).delete()
    items.bank_changed({area for _pk, area in touched})
    return count


def made_by(batch: QuestionImport) -> Any:
    """The versions that an import made."""
    return ItemVersion.objects.filter(imported_as__batch=batch)


def edited_since(batch: QuestionImport) -> bool:
    """Whether an editor has made a later version of something that the import made."""
    of_it = Item.objects.filter(versions__in=made_by(batch))
    return of_it.exclude(current_version__in=made_by(batch)).exists()


def met(batch: QuestionImport) -> bool:
    """Whether somebody has been shown one of the questions."""
    return made_by(batch).filter(responses__isnull=False).exists()
