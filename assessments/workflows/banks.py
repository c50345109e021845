"""The questions an area can ask now, with their parameters, kept in the memory of the process.

A bank is named by its area's revision and the calibration; both only ever grow, so a copy in
memory is never wrong, and an answer costs the same in a bank of 100 and of 100,000 questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, FilteredRelation, Q

from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Calibration, Item
from assessments.psychometrics import ItemBank, item_bank
from assessments.psychometrics.irt import LABEL_LOG_DISCRIMINATION_SD

BANKS_IN_MEMORY = 64


@dataclass(frozen=True)
class Parameters:
    """What a response is scored with."""

    discrimination: float
    difficulty: float
    guessing: float
    log_discrimination_error: float
    difficulty_error: float
    rests_on_label: bool


@dataclass(frozen=True)
class Trial:
    """A question in pretest."""

    item: int
    version: int
    parameters: Parameters


@dataclass(frozen=True, eq=False)
class AreaBank:
    """The operational questions of an area: arrays for the engine, and who they are."""

    bank: ItemBank
    items: tuple[int, ...]
    versions: tuple[int, ...]
    rests_on_label: tuple[bool, ...]
    place_of_item: dict[int, int]
    on_trial: tuple[Trial, ...]

    def __len__(self) -> int:
        return len(self.items)

    def parameters(self, place: int) -> Parameters:
        bank = self.bank
        return Parameters(
            discrimination=float(bank.discrimination[place]),
            difficulty=float(bank.difficulty[place]),
            guessing=float(bank.guessing[place]),
            log_discrimination_error=float(bank.log_discrimination_sd[place]),
            difficulty_error=float(bank.difficulty_sd[place]),
            rests_on_label=self.rests_on_label[place],
        )

    def places(self, items: list[int]) -> list[int]:
        """Where these items stand in the bank; those that have left it are passed over."""
        return [self.place_of_item[item] for item in items if item in self.place_of_item]


def area_bank(area: Area, calibration: Calibration) -> AreaBank:
    return _area_bank(area.pk, area.bank_revision, calibration.pk)


@lru_cache(maxsize=BANKS_IN_MEMORY)
def _area_bank(area: int, revision: int, calibration_pk: int) -> AreaBank:
    calibration = Calibration.objects.get(pk=calibration_pk)
    rows = list(
        Item.objects.operational()
        .filter(area=area)
        .annotate(
            known=FilteredRelation(
                "current_version__parameters", condition=Q(current_version__parameters__calibration=calibration)
            )
        )
        .order_by("pk")
        .values(
            "pk",
            "family",
            "current_version",
            label=F("current_version__difficulty_label"),
            guessing=F("current_version__guessing"),
            subskill=F("current_version__subskill"),
            discrimination=F("known__discrimination"),
            difficulty=F("known__difficulty"),
            log_discrimination_error=F("known__log_discrimination_error"),
            difficulty_error=F("known__difficulty_error"),
        )
    )
    for row in rows:
        row["rests_on_label"] = row["difficulty"] is None
        if row["rests_on_label"]:
            row |= from_label(row["label"], calibration)
    return AreaBank(
        bank=item_bank(
            [row["discrimination"] for row in rows],
            [row["difficulty"] for row in rows],
            [row["guessing"] for row in rows],
            difficulty_sd=[row["difficulty_error"] for row in rows],
            log_discrimination_sd=[row["log_discrimination_error"] for row in rows],
            sub_skill=codes([row["subskill"] for row in rows]),
            family=codes([row["family"] for row in rows], alone=""),
        ),
        items=tuple(row["pk"] for row in rows),
        versions=tuple(row["current_version"] for row in rows),
        rests_on_label=tuple(row["rests_on_label"] for row in rows),
        place_of_item={row["pk"]: place for place, row in enumerate(rows)},
        on_trial=on_trial(area, calibration),
    )


def on_trial(area: int, calibration: Calibration) -> tuple[Trial, ...]:
    rows = (
        Item.objects.on_trial()
        .filter(area=area)
        .values_list("pk", "current_version", "current_version__difficulty_label", "current_version__guessing")
    )
    return tuple(
        Trial(item, version, Parameters(guessing=guessing, rests_on_label=True, **from_label(label, calibration)))
        for item, version, label, guessing in rows
    )


def map_banks(stamp: int, calibration: Calibration) -> tuple[tuple[int, ...], tuple[AreaBank, ...]]:
    """The areas that can be measured, by key, and their banks; the stamp names their contents."""
    return _map_banks(stamp, calibration.pk)


@lru_cache(maxsize=8)
def _map_banks(stamp: int, calibration_pk: int) -> tuple[tuple[int, ...], tuple[AreaBank, ...]]:
    areas = Area.objects.with_counts().filter(operational__gte=OPERATIONAL_ITEMS_NEEDED)
    banks = {area.pk: _area_bank(area.pk, area.bank_revision, calibration_pk) for area in areas}
    return tuple(banks), tuple(banks.values())


def from_label(label: int, calibration: Calibration) -> dict[str, float]:
    """What is believed of a question before anybody has answered it."""
    return {
        "discrimination": 1.0,
        "difficulty": calibration.label_difficulties[label - 1],
        "log_discrimination_error": LABEL_LOG_DISCRIMINATION_SD,
        "difficulty_error": calibration.label_standard_deviation,
    }


def codes(names: list[object], alone: object = None) -> list[int]:
    """Numbers for names, in order of appearance; -1 for a name that groups nothing."""
    numbers: dict[object, int] = {}
    return [-1 if alone is not None and name == alone else numbers.setdefault(name, len(numbers)) for name in names]
