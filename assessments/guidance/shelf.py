"""The catalogue as arrays: one row for each part of a resource that is about one sub-skill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assessments.guidance.normal import FloatArray

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# What a class of cost is worth in hours of study. No prices are known, only classes, so this is
# coarse on purpose: a paid book has to save four hours against a free one.
MONEY_HOURS = {"free": 0.0, "free-to-read": 0.0, "freemium": 0.5, "subscription": 3.0, "paid": 4.0}
# What it takes from a budget, in the person's own money: nominal, for the same reason.
MONEY_NOMINAL = {"free": 0.0, "free-to-read": 0.0, "freemium": 0.0, "subscription": 40.0, "paid": 40.0}
COSTS_NOTHING = ("free", "free-to-read")


@dataclass(frozen=True)
class Offer:
    """What one resource holds on one sub-skill.

    key: names the resource.  weight: 1 touched, 2 a chapter, 3 main subject.  share: of the whole
    that is about it.  hours: of the whole.  cost: a class of MONEY_HOURS.
    """

    resource: Any
    key: int | str
    subskill: str
    weight: int
    share: float
    chapters: str
    hours: float
    level_from: int
    level_to: int
    cost: str
    kind: str
    language: str = "en"

    @property
    def part_hours(self) -> float:
        return self.hours * self.share


@dataclass(frozen=True, eq=False)
class Shelf:
    """All offers (P,) and what is asked of them most, as arrays of the same length."""

    offers: tuple[Offer, ...]
    numbers: dict[int | str, int]  # of the resources, by key
    kinds: npt.NDArray[np.object_]
    languages: npt.NDArray[np.object_]
    resource: IntArray  # number of the resource
    subskill: IntArray  # number in subskill_numbers
    subskill_numbers: dict[str, int]
    weight: FloatArray
    hours: FloatArray
    level_from: FloatArray
    level_to: FloatArray
    money: FloatArray  # in hours
    nominal: FloatArray  # in money
    free: BoolArray

    def __len__(self) -> int:
        return len(self.offers)

    @classmethod
    def of(cls, offers: Iterable[Offer]) -> Shelf:
        rows = tuple(offers)
        places: dict[int | str, int] = {}
        numbers: dict[str, int] = {}
        resource = np.array([places.setdefault(one.key, len(places)) for one in rows], dtype=np.int64)
        return cls(
            offers=rows,
            numbers=places,
            kinds=named([one.kind for one in rows]),
            languages=named([one.language for one in rows]),
            resource=resource,
            subskill=np.array([numbers.setdefault(one.subskill, len(numbers)) for one in rows], dtype=np.int64),
            subskill_numbers=numbers,
            weight=np.array([one.weight for one in rows], dtype=np.float64),
            hours=np.array([one.part_hours for one in rows], dtype=np.float64),
            level_from=np.array([one.level_from for one in rows], dtype=np.float64),
            level_to=np.array([one.level_to for one in rows], dtype=np.float64),
            money=np.array([MONEY_HOURS[one.cost] for one in rows], dtype=np.float64),
            nominal=np.array([MONEY_NOMINAL[one.cost] for one in rows], dtype=np.float64),
            free=np.array([one.cost in COSTS_NOTHING for one in rows], dtype=np.bool_),
        )

    def of_resources(self, keys: Iterable[int | str]) -> BoolArray:
        """Which offers are of these resources: (P,)."""
        table = np.zeros(max(len(self.numbers), 1), dtype=np.bool_)
        table[[self.numbers[key] for key in keys if key in self.numbers]] = True
        return np.asarray(table[self.resource])

    def by_subskill(self, values: dict[str, float], missing: float) -> FloatArray:
        """A number of each sub-skill at each of its offers: (P,)."""
        table = np.full(max(len(self.subskill_numbers), 1), missing)
        for slug, value in values.items():
            if slug in self.subskill_numbers:
                table[self.subskill_numbers[slug]] = value
        return np.asarray(table[self.subskill])


def named(values: Sequence[Any]) -> npt.NDArray[np.object_]:
    """An array of objects, whatever they are."""
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
