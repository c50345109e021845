"""Deeds on many questions at once: what each would change, told beforehand, and then done as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from assessments.models import (
    OPERATIONAL_ITEMS_NEEDED,
    Area,
    Attempt,
    Calibration,
    Item,
    ItemParameters,
    ItemResponse,
    ItemVersion,
    Life,
    Subskill,
)
from assessments.models.reviews import PracticeAnswer
from assessments.workflows import items, versions

MOST_REWRITTEN = 500  # questions whose next version is made in one go, within the time of a request


@dataclass(frozen=True)
class Order:
    """What is to become of the chosen questions; what is None stays as it is."""

    life: str | None = None
    subskill: Subskill | None = None
    label: int | None = None

    def changes(self, item: Item) -> bool:
        version = item.current_version
        if self.life is not None:
            return item.life != self.life
        if self.subskill is not None:
            return version is not None and version.subskill_id != self.subskill.pk
        return version is not None and version.difficulty_label != self.label


@dataclass(frozen=True)
class AreaAfter:
    """How many questions in use an area has, and would have."""

    area: Area
    before: int
    after: int
    open_sittings: int

    @property
    def falls(self) -> bool:
        """It could be measured, and could not any more."""
        return self.before >= OPERATIONAL_ITEMS_NEEDED > self.after

    @property
    def rises(self) -> bool:
        return self.before < OPERATIONAL_ITEMS_NEEDED <= self.after


@dataclass(frozen=True)
class Consequences:
    """What an order would do. shown: open sittings whose waiting question is one of these."""

    changed: list[Item]
    unchanged: int
    refused: list[tuple[Item, str]]
    shown: int
    rewritten: int  # met by somebody: they get a next version
    calibrated: int  # rest on answers; their label has no influence
    areas: list[AreaAfter] = field(default_factory=list)

    @property
    def too_many(self) -> bool:
        return self.rewritten > MOST_REWRITTEN


def consequences(chosen: Sequence[int], order: Order) -> Consequences:
    rows = list(with_versions(chosen))
    refused = [(row, reason) for row in rows if order.changes(row) and (reason := obstacle(row, order))]
    held_back = {row.pk for row, _reason in refused}
    changed = [row for row in rows if order.changes(row) and row.pk not in held_back]
    current = [row.current_version_id for row in changed]
    return Consequences(
        changed=changed,
        unchanged=len(rows) - len(changed) - len(refused),
        refused=refused,
        shown=ItemResponse.objects.pending().filter(version__item__in=changed).count(),
        rewritten=0 if order.life is not None else sum(row.met for row in changed),
        calibrated=ItemParameters.objects.filter(
            version__in=current, calibration=Calibration.objects.order_by("-number").values("pk")[:1]
        ).count(),
        areas=areas_after(changed, order),
    )


def with_versions(chosen: Sequence[int]) -> Any:
    """The chosen questions; `met` tells whether somebody has met the present version."""
    asked = ItemResponse.objects.filter(version=OuterRef("current_version"))
    practised = PracticeAnswer.objects.filter(version=OuterRef("current_version"))
    return (
        Item.objects.filter(pk__in=chosen)
        .select_related("area", "current_version__subskill")
        .annotate(met=Exists(asked) | Exists(practised))
    )


def obstacle(item: Item, order: Order) -> str:
    """Why a question must be left out; empty where it need not."""
    version = item.current_version
    if version is None:
        return _("it has no version")
    if order.life == Life.OPERATIONAL and version.kind == "rating" and version.keying.get("status") != "panel":
        return _("no panel has keyed it")
    return ""


def areas_after(changed: Sequence[Item], order: Order) -> list[AreaAfter]:
    """Areas whose number of questions in use would change."""
    moves: Counter[int] = Counter()
    for item in changed:
        was, will = item.life, order.life or item.life
        moves[item.area_id] -= was == Life.OPERATIONAL
        moves[order.subskill.area_id if order.subskill else item.area_id] += will == Life.OPERATIONAL
    touched = [area for area, move in moves.items() if move]
    return [
        AreaAfter(
            area,
            area.operational,
            area.operational + moves[area.pk],
            Attempt.objects.open().filter(area=area).count(),
        )
        for area in Area.objects.with_counts().filter(pk__in=touched)
    ]


@transaction.atomic
def carry_out(chosen: Sequence[int], order: Order, *, by: Any) -> list[Item]:
    """Do all of it, or nothing; return the questions that are changed."""
    list(Item.objects.select_for_update().filter(pk__in=chosen).order_by("pk").values_list("pk"))
    changed = consequences(chosen, order).changed
    if order.life is not None:
        items.set_life(changed, order.life)
        return changed
    for item in changed:
        rewrite(item, order, by=by)
    return changed


def rewrite(item: Item, order: Order, *, by: Any) -> None:
    """Another sub-skill or label: of the present version, or of the next one where somebody has met it."""
    left = item.area_id
    fields: dict[str, Any] = {"difficulty_label": order.label} if order.label is not None else {}
    if order.subskill is not None:
        fields["subskill"] = order.subskill
        Item.objects.filter(pk=item.pk).update(area=order.subskill.area_id)
        item.area_id = order.subskill.area_id
    present = item.current_version
    if present is None:
        return
    wording = versions.copy_of(present, by=by, **fields)
    items.revise(item, wording, edit=ItemVersion.Edit.WORDING)
    items.bank_changed([left])
