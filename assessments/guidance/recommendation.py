"""Which book or course serves a gap best: expected gain for the role, for each hour and for money.

A part of a resource is worth weight of the sub-skill in the role x probability that the gap is real
x expected rise in levels, by the hours of the part that is read, with a little for beginning and for
money. Its place is computed: nobody sets it, and nobody can buy it. Prerequisites come first. A gap
that may well not be there is measured before it is studied, so it stands in a list of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessments.guidance.gaps import Gap
from assessments.guidance.learning import HOURS_TO_BEGIN, ease_of, leads_further, level_gain, level_of
from assessments.guidance.normal import FloatArray
from assessments.guidance.shelf import BoolArray, Offer, Shelf

SAME_GAP_AGAIN = 0.4  # a second resource for one gap is worth this share: gaps are many, hours few
NEEDED_FIRST = 1e3  # areas the role needs come before those that are only useful to it
STARTED_FIRST = 1e6  # what is begun is finished first
CAUGHT = 1.5  # a wrong idea seen in her answers makes its sub-skill this much more worth
SHIFT_PER_WORD = 0.5  # levels by which "too hard" or "too easy" moves what is offered there
DEARER = 2.0  # each "too expensive" makes money weigh this much more
STYLE = 0.7  # each "not my style" leaves its kind this share of its worth
FURTHER = 0.5  # levels above the target that somebody without a gap is led


@dataclass(frozen=True)
class Filters:
    """What she wants to see: empty means everything."""

    free_only: bool = False
    language: str = ""
    kinds: tuple[str, ...] = ()
    most_hours: float | None = None


@dataclass(frozen=True)
class Choice:
    """What she said of a resource: started, done, refused with a reason.

    unmeasured: the areas not measured since (what was read there is not in the measurement yet).
    """

    key: int | str
    state: str
    reason: str = ""
    unmeasured: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Why:
    """A reason, to be worded by the page: code and detail."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Recommendation:
    """A part of a resource for the gap that caused it.

    tier: open (almost surely a gap), useful (so, in an area that is only useful), perhaps (measure
    first), further (no gap: leads beyond the target).  gain: levels expected.
    """

    offer: Offer
    gap: Gap
    gain: float
    score: float
    tier: str
    why: tuple[Why, ...] = ()
    started: bool = False
    also: tuple[str, ...] = ()

    @property
    def resource(self) -> object:
        return self.offer.resource

    @property
    def chapters(self) -> str:
        return self.offer.chapters

    @property
    def hours(self) -> float:
        return self.offer.part_hours

    @property
    def whole_hours(self) -> float:
        return self.offer.hours

    @property
    def share(self) -> float:
        return self.offer.share

    @property
    def money(self) -> str:
        return self.offer.cost

    @property
    def level_from(self) -> int:
        return self.offer.level_from

    @property
    def level_to(self) -> int:
        return self.offer.level_to


@dataclass(frozen=True)
class Recommendations:
    """items: for open gaps.  perhaps: for gaps to be measured first.  further: beyond the target.

    reason: why items is empty: nothing-measured, at-target, unsure, all-refused, filtered-out,
    nothing-serves; empty where it is not.
    """

    items: tuple[Recommendation, ...] = ()
    perhaps: tuple[Recommendation, ...] = ()
    further: tuple[Recommendation, ...] = ()
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Tastes:
    """What her refusals say of offers she has not seen: arrays beside a shelf."""

    open: BoolArray  # neither done nor refused
    started: BoolArray
    shift: FloatArray  # levels by which she is treated as higher
    style: FloatArray  # share of the worth that is left
    money: float  # how many times dearer money is

    @classmethod
    def of(cls, shelf: Shelf, choices: Sequence[Choice]) -> Tastes:
        out = {one.key for one in choices if one.state in ("done", "refused")}
        started = {one.key for one in choices if one.state == "started"}
        refused = {one.key: one.reason for one in choices if one.state == "refused"}
        moved: dict[str, float] = {}
        kinds: dict[str, float] = {}
        steps = {"too-easy": SHIFT_PER_WORD, "too-hard": -SHIFT_PER_WORD}
        seen: set[int | str] = set()
        for place in np.flatnonzero(shelf.of_resources(refused)):
            offer = shelf.offers[place]
            reason = refused[offer.key]
            moved[offer.subskill] = moved.get(offer.subskill, 0.0) + steps.get(reason, 0.0)
            if reason == "not-my-style" and offer.key not in seen:
                kinds[offer.kind] = kinds.get(offer.kind, 1.0) * STYLE
            seen.add(offer.key)
        style = np.ones(len(shelf))
        for kind, share in kinds.items():
            style[shelf.kinds == kind] = share
        return cls(
            open=~shelf.of_resources(out),
            started=shelf.of_resources(started),
            shift=shelf.by_subskill(moved, 0.0),
            style=style,
            money=DEARER ** sum(reason == "too-expensive" for reason in refused.values()),
        )


def recommend(
    gaps: Sequence[Gap],
    shelf: Shelf,
    *,
    choices: Sequence[Choice] = (),
    filters: Filters = Filters(),
    most: int = 20,
) -> Recommendations:
    """The best parts for these gaps, at most so many in each list."""
    if not gaps:
        return Recommendations(reason="nothing-measured")
    tastes = Tastes.of(shelf, choices)
    wanted = passes(shelf, filters)
    real = [gap for gap in gaps if not gap.is_closed]
    sure, unsure = [gap for gap in real if gap.is_sure], [gap for gap in real if not gap.is_sure]
    items = ranked(sure, shelf, tastes, wanted, most)
    perhaps = ranked(unsure, shelf, tastes, wanted, most)
    further = () if real else ranked(beyond(gaps), shelf, tastes, wanted, most, tier="further")
    reason = "" if items else why_none(sure, unsure, shelf, tastes, wanted)
    return Recommendations(items, perhaps, further, reason)


def why_none(sure: Sequence[Gap], unsure: Sequence[Gap], shelf: Shelf, tastes: Tastes, wanted: BoolArray) -> str:
    """Why nothing is recommended for a gap that is there."""
    if not sure:
        return "unsure" if unsure else "at-target"
    everything = replace(tastes, open=np.ones(len(shelf), dtype=np.bool_))
    if not ranked(sure, shelf, everything, np.ones(len(shelf), dtype=np.bool_), 1):
        return "nothing-serves"
    return "filtered-out" if ranked(sure, shelf, tastes, np.ones(len(shelf), dtype=np.bool_), 1) else "all-refused"


def beyond(gaps: Sequence[Gap]) -> list[Gap]:
    """For somebody at every target: the areas her role needs, half a level further."""
    return [replace(gap, distance=FURTHER, chance=1.0) for gap in gaps if gap.aim.required]


def passes(shelf: Shelf, filters: Filters) -> BoolArray:
    """Which offers she wants to see at all."""
    kept = np.ones(len(shelf), dtype=np.bool_)
    if filters.free_only:
        kept &= shelf.free
    if filters.language:
        kept &= shelf.languages == filters.language
    if filters.kinds:
        kept &= np.isin(shelf.kinds, list(filters.kinds))
    if filters.most_hours is not None:
        kept &= shelf.hours <= filters.most_hours
    return kept


@dataclass(frozen=True, eq=False)
class Worth:
    """Of every offer (P,): levels it is expected to bring, and its score, 0 where it does not serve."""

    gain: FloatArray
    score: FloatArray


def worth(gaps: Sequence[Gap], shelf: Shelf, tastes: Tastes, wanted: BoolArray) -> Worth:
    level = shelf.by_subskill({gap.subskill: float(level_of(gap.theta)) for gap in gaps}, 99.0)
    distance = shelf.by_subskill({gap.subskill: gap.distance for gap in gaps}, 0.0)
    value = shelf.by_subskill({gap.subskill: value_of(gap) for gap in gaps}, 0.0)
    serves = wanted & tastes.open & (value > 0)
    ease = ease_of(level + tastes.shift, shelf.level_from)
    serves &= (ease > 0) & leads_further(level + tastes.shift, shelf.level_to)
    rise = level_gain(shelf.hours, level=level, level_to=shelf.level_to, weight=shelf.weight, ease=ease)
    gain = np.where(serves, np.minimum(distance, rise), 0.0)
    cost = HOURS_TO_BEGIN + shelf.hours + tastes.money * shelf.money
    return Worth(gain, value * gain * tastes.style / cost)


def value_of(gap: Gap) -> float:
    """What a level gained here is worth to her role."""
    return gap.aim.weight * gap.chance * (CAUGHT if gap.caught else 1.0)


def ranked(
    gaps: Sequence[Gap], shelf: Shelf, tastes: Tastes, wanted: BoolArray, most: int, *, tier: str = ""
) -> tuple[Recommendation, ...]:
    """What she has started, then areas the role needs, then by score; prerequisites first."""
    if not gaps or not len(shelf):
        return ()
    found = worth(gaps, shelf, tastes, wanted)
    by_subskill = {gap.subskill: gap for gap in gaps}
    needed = shelf.by_subskill({gap.subskill: float(gap.aim.required) for gap in gaps}, 0.0)
    urgency = found.score * np.where(needed > 0, NEEDED_FIRST, 1.0) * np.where(tastes.started, STARTED_FIRST, 1.0)
    picker = Picker(shelf, by_subskill, urgency)
    return tuple(recommendation(place, shelf, found, tastes, by_subskill, tier) for place in picker.pick(most))


class Picker:
    """Takes offers one by one: no resource twice, open prerequisites first, over several gaps."""

    def __init__(self, shelf: Shelf, gaps: Mapping[str, Gap], urgency: FloatArray) -> None:
        self.shelf = shelf
        self.gaps = gaps
        self.urgency = urgency.copy()
        self.served: set[str] = set()
        self.taken: list[int] = []

    def pick(self, most: int) -> list[int]:
        while len(self.taken) < most and (place := self.best(self.urgency)) is not None:
            self.take_after_needs(place, frozenset())
        return self.taken[:most]

    def best(self, urgency: FloatArray) -> int | None:
        place = int(np.argmax(urgency))
        return place if urgency[place] > 0 else None

    def take_after_needs(self, place: int, above: frozenset[str]) -> None:
        """The best offer for each open sub-skill that this one stands on, then this one."""
        subskill = self.shelf.offers[place].subskill
        for need in self.gaps[subskill].skill.needs:
            if need in self.gaps and need not in self.served and need not in above:
                number = self.shelf.subskill_numbers.get(need, -1)
                first = self.best(np.where(self.shelf.subskill == number, self.urgency, 0.0))
                if first is not None:
                    self.take_after_needs(first, above | {subskill})
        if self.urgency[place] > 0:  # its resource may have gone to a prerequisite
            self.take(place)

    def take(self, place: int) -> None:
        self.taken.append(place)
        self.served.add(self.shelf.offers[place].subskill)
        self.urgency[self.shelf.resource == self.shelf.resource[place]] = 0.0
        self.urgency[self.shelf.subskill == self.shelf.subskill[place]] *= SAME_GAP_AGAIN


def recommendation(
    place: int, shelf: Shelf, found: Worth, tastes: Tastes, gaps: Mapping[str, Gap], tier: str
) -> Recommendation:
    offer = shelf.offers[place]
    gap = gaps[offer.subskill]
    same = np.flatnonzero((shelf.resource == shelf.resource[place]) & (found.score > 0))
    started = bool(tastes.started[place])
    return Recommendation(
        offer=offer,
        gap=gap,
        gain=float(found.gain[place]),
        score=float(found.score[place]),
        tier=tier or tier_of(gap),
        why=reasons(gap, offer, gaps, started),
        started=started,
        also=tuple(gaps[shelf.offers[other].subskill].name for other in same if other != place),
    )


def tier_of(gap: Gap) -> str:
    if not gap.is_sure:
        return "perhaps"
    return "open" if gap.aim.required else "useful"


def reasons(gap: Gap, offer: Offer, gaps: Mapping[str, Gap], started: bool) -> tuple[Why, ...]:
    """Why this one, the strongest first."""
    found = [Why("started")] if started else []
    found += [Why("caught", says) for says in gap.caught]
    found += [Why("needed-for", other.name) for other in gaps.values() if gap.subskill in other.skill.needs]
    found.append(Why("importance", gap.importance))
    found += [Why("key")] if gap.aim.key else []
    found.append(Why("chance-expected" if gap.learned else "chance", f"{gap.chance:.2f}"))
    found += [Why("hard")] if ease_of(level_of(gap.theta), offer.level_from) < 1 else []
    found += [Why("free")] if offer.cost in ("free", "free-to-read") else []
    return tuple(found)


def learned_from(gaps: Sequence[Gap], shelf: Shelf, choices: Sequence[Choice]) -> dict[str, float]:
    """Levels expected from what she has done since each area was measured, by sub-skill."""
    since = {one.key: one.unmeasured for one in choices if one.state == "done"}
    by_subskill = {gap.subskill: gap for gap in gaps}
    gained: dict[str, float] = {}
    for place in np.flatnonzero(shelf.of_resources(since)):
        offer = shelf.offers[place]
        gap = by_subskill.get(offer.subskill)
        if gap is None or gap.area not in since[offer.key]:
            continue
        so_far = gained.get(offer.subskill, 0.0)
        level = float(level_of(gap.theta)) + so_far
        rise = float(level_gain(offer.part_hours, level=level, level_to=offer.level_to, weight=offer.weight))
        gained[offer.subskill] = so_far + rise
    return gained
