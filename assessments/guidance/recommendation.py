"""Which book or course serves a gap best: expected gain for each hour of the part that is read.

A resource is worth what it can add to the sub-skills that are open, not what it is known for; its
place is computed, and nobody can buy or set it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MAIN = 3  # weight of a sub-skill that is the main subject of a resource
HOURS_TO_LEARN = 20.0  # gain approaches its ceiling at this rate of hours read
HOURS_TO_BEGIN = 2.0  # finding it, starting, coming back: a very short work gains nothing by being short
SMALLEST_GAP = 0.5  # somebody at the target is shown what leads half a level further
PIECES = 3


@dataclass(frozen=True)
class Need:
    """A sub-skill of the sitting, how it went, and how far the person is from her target.

    reading and target are on the rule from 1 to 6; chance_short is the probability that she is
    below the target in the area.
    """

    subskill: str
    name: str
    right: int
    asked: int
    reading: float
    chance_short: float
    target: float

    @property
    def openness(self) -> float:
        """Share not right, pulled to one half where few questions were asked (Krichevsky & Trofimov 1981)."""
        return (self.asked - self.right + 0.5) / (self.asked + 1)


@dataclass(frozen=True)
class Offer:
    """What one resource holds on one sub-skill. part: share of the whole that is about it."""

    resource: Any
    subskill: str
    weight: int
    part: float
    chapters: str
    hours: float
    level_from: int
    level_to: int
    free: bool
    kind: str

    @property
    def part_hours(self) -> float:
        return self.hours * self.part


@dataclass(frozen=True)
class Advice:
    """A resource for the gap that caused it."""

    resource: Any
    need: Need
    chapters: str
    hours: float
    score: float


def gain(need: Need, offer: Offer) -> float:
    """Expected rise in levels from reading the part, weighted by the chance that it is needed."""
    distance = max(need.target - need.reading, SMALLEST_GAP)
    room = min(distance, offer.level_to - min(need.reading, offer.level_to))
    learned = 1 - math.exp(-offer.part_hours / HOURS_TO_LEARN)
    return need.openness * (0.1 + 0.9 * need.chance_short) * room * offer.weight / MAIN * learned


def fits(need: Need, offer: Offer) -> bool:
    """The resource starts where she can follow and leads further than she is."""
    return offer.level_from <= max(need.reading, 1.0) + 0.5 and need.reading < offer.level_to


def advise(needs: Sequence[Need], offers: Sequence[Offer], pieces: int = PIECES) -> list[Advice]:
    """The best resources, each once, each for the gap it serves best, over different gaps first."""
    by_subskill = {need.subskill: need for need in needs}
    found = [
        advice(by_subskill[offer.subskill], offer)
        for offer in offers
        if offer.subskill in by_subskill and fits(by_subskill[offer.subskill], offer)
    ]
    found.sort(key=lambda one: (-one.score, str(one.resource)))
    return spread(found, pieces)


def advice(need: Need, offer: Offer) -> Advice:
    score = gain(need, offer) / (HOURS_TO_BEGIN + offer.part_hours)
    return Advice(offer.resource, need, offer.chapters, offer.part_hours, score)


def spread(ranked: list[Advice], pieces: int) -> list[Advice]:
    """The first of each gap, then seconds; no resource twice, one free of charge if there is one."""
    chosen: list[Advice] = []
    for most_per_gap in range(1, pieces + 1):
        for one in ranked:
            if len(chosen) == pieces:
                break
            taken = {other.resource for other in chosen}
            same_gap = sum(other.need.subskill == one.need.subskill for other in chosen)
            if one.resource not in taken and same_gap < most_per_gap:
                chosen.append(one)
    if chosen and not any(one.resource.free for one in chosen):
        free = next((one for one in ranked if one.resource.free and one not in chosen), None)
        chosen[-1:] = [free] if free else chosen[-1:]
    return chosen
