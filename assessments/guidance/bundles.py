"""Which parts close one gap in the fewest hours, by the simple model of learning.

Parts of different gaps do not touch each other, so each gap is solved by itself: sets of parts are
tried in order of their hours until one reaches the target, which is then the shortest. Of a large
catalogue only the most promising parts are tried.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from assessments.guidance.gaps import Gap
from assessments.guidance.learning import (
    ABOVE_HER,
    FAR_ABOVE_HER,
    HARD,
    HOURS_TO_BEGIN,
    HOURS_TO_LEARN,
    INTO_LAST_LEVEL,
    LEAST_ROOM,
    LOWEST,
    MAIN,
    level_gain,
    level_of,
)
from assessments.guidance.recommendation import Tastes
from assessments.guidance.shelf import MONEY_NOMINAL, IntArray, Shelf

STEEPEST, HIGHEST = 4, 1  # parts tried of those that begin at one level, free ones and all
SLACK = 1.05  # the hours found are at most so many times the fewest (weighted A*: Pohl 1970)
MOST_TRIED = 1000  # sets; then the way that takes the steepest rise each time
CLOSE = 1e-9
WORTH_READING = 0.1  # levels a part must add where the target cannot be reached
MOST_SETS_OF_PURCHASES = 256
FEW_PURCHASES = 8  # all are considered; of more only those that serve best with money no object


@dataclass(frozen=True)
class Part:
    """One part as the search needs it. share: of the room it closes; top: the level it leads to."""

    place: int
    hours: float
    share: float
    begins: float
    top: float
    paid: int  # number of the resource that must be bought, -1 for none
    started: bool = False

    def after(self, level: float, shift: float) -> float | None:
        """The level after reading it, None where she cannot follow or it leads no further."""
        seen = level + shift
        above = self.begins - max(seen, LOWEST)
        if above > FAR_ABOVE_HER or self.top - seen < LEAST_ROOM or self.top <= level:
            return None
        ease = 1.0 if above <= ABOVE_HER else HARD
        return level + ease * self.share * (self.top - level)


@dataclass(frozen=True)
class Bundle:
    """Parts in the order they are read. reached: the level then; short: levels still missing."""

    parts: tuple[Part, ...] = ()
    hours: float = 0.0
    reached: float = 0.0
    short: float = 0.0

    @property
    def closes(self) -> bool:
        return self.short <= CLOSE


@dataclass(frozen=True)
class Problem:
    """One gap to close: from this level by so much, with these parts. started: read in any case."""

    level: float
    target: float
    shift: float
    parts: tuple[Part, ...]

    def bundle(self, allowed: Collection[int] = ()) -> Bundle:
        """The shortest way with free parts and the purchases allowed."""
        open_to = tuple(part for part in self.parts if part.paid < 0 or part.started or part.paid in allowed)
        return shortest(self.level, self.target, self.shift, open_to)

    @property
    def purchases(self) -> frozenset[int]:
        return frozenset(part.paid for part in self.parts if part.paid >= 0 and not part.started)


def problem_of(gap: Gap, shelf: Shelf, tastes: Tastes, serves: np.typing.NDArray[np.bool_]) -> Problem:
    """The gap with the most promising parts of the shelf."""
    level = float(level_of(gap.theta))
    target = level + gap.distance
    places = np.flatnonzero(serves & (shelf.subskill == shelf.subskill_numbers.get(gap.subskill, -1)))
    shift = float(tastes.shift[places[0]]) if places.size else 0.0
    parts = [part_of(place, shelf, tastes) for place in promising(places, level, target, shelf, tastes)]
    return Problem(level, target, shift, tuple(sorted(parts, key=lambda part: (part.hours, part.place))))


def promising(places: IntArray, level: float, target: float, shelf: Shelf, tastes: Tastes) -> list[int]:
    """What is started, and of the parts that begin at each level the steepest, and the one that rises most.

    Steep: rise for each hour. Free ones are taken beside those that cost, so that any budget has a choice.
    """
    top, begins = shelf.level_to[places] + INTO_LAST_LEVEL, shelf.level_from[places]
    places = places[(begins <= max(target, LOWEST) + FAR_ABOVE_HER) & (top > level)]
    rise = level_gain(shelf.hours[places], level=level, level_to=shelf.level_to[places], weight=shelf.weight[places])
    steep, free = rise / (shelf.hours[places] + HOURS_TO_BEGIN), shelf.nominal[places] == 0
    kept = set(places[tastes.started[places]].tolist())
    for start in np.unique(shelf.level_from[places]):
        alike = shelf.level_from[places] == start
        for group in (np.flatnonzero(alike), np.flatnonzero(alike & free)):
            kept.update(places[group[np.argsort(-steep[group], kind="stable")[:STEEPEST]]].tolist())
            kept.update(places[group[np.argsort(-rise[group], kind="stable")[:HIGHEST]]].tolist())
    return sorted(kept)


def part_of(place: int, shelf: Shelf, tastes: Tastes) -> Part:
    offer = shelf.offers[place]
    hours = offer.part_hours
    return Part(
        place=place,
        hours=hours + HOURS_TO_BEGIN,
        share=offer.weight / MAIN * (1.0 - float(np.exp(-hours / HOURS_TO_LEARN))),
        begins=offer.level_from,
        top=offer.level_to + INTO_LAST_LEVEL,
        paid=int(shelf.resource[place]) if MONEY_NOMINAL[offer.cost] else -1,
        started=bool(tastes.started[place]),
    )


@lru_cache(maxsize=4096)
def shortest(level: float, target: float, shift: float, parts: tuple[Part, ...]) -> Bundle:
    """The set of parts with the fewest hours that reaches the target, after what is started.

    Sets are tried in order of the hours they need at least in all (A*), so the first that reaches the
    target is the shortest, within SLACK. Of two orders of one set the one that ends higher is kept.
    """
    begun, level_then = read_started(level, target, shift, parts)
    rest = tuple(part for part in parts if not part.started)
    far = steepest(level_then, target, shift, rest, begun)
    if len(far.parts) == len(begun) or highest(level_then, rest) < target - CLOSE:
        return far
    most = far.hours if far.closes else float("inf")
    queue = [(0.0, sum(part.hours for part in begun), 0, level_then, ())]
    seen: dict[int, float] = {}
    for _tried in range(MOST_TRIED):
        if not queue:
            break
        _bound, spent, read, now, order = heapq.heappop(queue)
        if now >= target - CLOSE:
            return Bundle((*begun, *(rest[n] for n in order)), spent, now)
        for n, part in enumerate(rest):
            if read >> n & 1 or (then := part.after(now, shift)) is None:
                continue
            with_it = read | 1 << n
            if then > seen.get(with_it, -np.inf) + CLOSE:
                seen[with_it] = then
                hours = spent + part.hours
                bound = hours + SLACK * least_hours(then, target, rest, with_it)
                if bound < SLACK * most:
                    heapq.heappush(queue, (bound, hours, with_it, then, (*order, n)))
    return far


def highest(level: float, parts: Sequence[Part]) -> float:
    """The level after all parts if each could be followed: no order ends higher than this one."""
    for part in sorted(parts, key=lambda part: part.top):
        level = max(level, level + part.share * (part.top - level))
    return level


def least_hours(level: float, target: float, parts: Sequence[Part], read: int) -> float:
    """Not fewer than these are still needed: all at the steepest rise that is left (rises only fall)."""
    if level >= target - CLOSE:
        return 0.0
    rates = [part.share * (part.top - level) / part.hours for n, part in enumerate(parts) if not read >> n & 1]
    best = max(rates, default=0.0)
    return (target - level) / best if best > 0 else float("inf")


def read_started(level: float, target: float, shift: float, parts: Sequence[Part]) -> tuple[tuple[Part, ...], float]:
    """What she has begun comes first, the easiest before the hardest, while it leads further."""
    begun: list[Part] = []
    for part in sorted((one for one in parts if one.started), key=lambda one: (one.top, one.begins)):
        then = part.after(level, shift)
        if then is not None and level < target - CLOSE:
            begun.append(part)
            level = then
    return tuple(begun), level


def steepest(level: float, target: float, shift: float, parts: Sequence[Part], begun: tuple[Part, ...]) -> Bundle:
    """As far as it goes: each time the part that rises most for each hour."""
    taken, left = list(begun), list(parts)
    while left and level < target - CLOSE:
        rises = [(then - level if (then := part.after(level, shift)) is not None else 0.0) for part in left]
        best = max(range(len(left)), key=lambda n: rises[n] / left[n].hours)
        if rises[best] < WORTH_READING and level + sum(rises) < target:
            break
        if rises[best] <= 0.0:
            break
        level += rises[best]
        taken.append(left.pop(best))
    return Bundle(tuple(taken), sum(part.hours for part in taken), level, max(0.0, target - level))


def within_budget(problems: Sequence[Problem], prices: dict[int, float], budget: float | None) -> frozenset[int]:
    """Which resources to buy: the set that leaves the fewest gaps open, and then asks the fewest hours.

    Exact while there are few sets to try; else bought one by one, the largest gain for its price first.
    """
    wanted = sorted({one for problem in problems for one in problem.purchases})
    if budget is None:
        return frozenset(wanted)
    if len(wanted) > FEW_PURCHASES:
        wanted = sorted({part.paid for one in problems for part in one.bundle(wanted).parts if part.paid >= 0})
    affordable = [one for one in wanted if prices[one] <= budget]
    sets = all_sets(affordable, prices, budget)
    if sets is not None:
        return min(sets, key=lambda bought: (*cost(problems, bought), sum(prices[one] for one in bought)))
    return bought_one_by_one(problems, affordable, prices, budget)


def all_sets(purchases: Sequence[int], prices: dict[int, float], budget: float) -> list[frozenset[int]] | None:
    """Every set the budget allows, None when there are too many."""
    found: list[frozenset[int]] = []
    for size in range(len(purchases) + 1):
        allowed = [frozenset(one) for one in combinations(purchases, size) if sum(prices[p] for p in one) <= budget]
        if not allowed:
            break
        found += allowed
        if len(found) > MOST_SETS_OF_PURCHASES:
            return None
    return found


def bought_one_by_one(
    problems: Sequence[Problem], purchases: Sequence[int], prices: dict[int, float], budget: float
) -> frozenset[int]:
    bought: frozenset[int] = frozenset()
    while True:
        left = budget - sum(prices[one] for one in bought)
        options = [bought | {one} for one in purchases if one not in bought and prices[one] <= left]
        best = min(options, key=lambda one: cost(problems, one), default=bought)
        if cost(problems, best) >= cost(problems, bought):
            return bought
        bought = best


def cost(problems: Sequence[Problem], bought: frozenset[int]) -> tuple[int, float, float]:
    """Gaps that stay open, then hours to close the others, then levels that stay missing."""
    bundles = [problem.bundle(bought & problem.purchases) for problem in problems]
    hours = round(sum(one.hours for one in bundles if one.closes), 6)
    return sum(not one.closes for one in bundles), hours, sum(one.short for one in bundles)
