"""Steps laid into weeks: who has so many hours a week does this until then.

Doubts are measured first, a few a week; the other steps follow in the order they are given, cut where
a week ends. A sitting is never cut in two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.guidance.bundles import Part
from assessments.guidance.gaps import Gap
from assessments.guidance.recommendation import Why, reasons
from assessments.guidance.shelf import Offer

HOURS_TO_MEASURE = 0.5  # a sitting of twenty questions
SHARE_TO_MEASURE = 0.5  # of a week's hours may go to sittings before studying, at least one sitting
MOST_WEEKS = 104
WEEK = timedelta(days=7)
SMALLEST_PIECE = 0.05  # hours; three minutes are no entry in a calendar


@dataclass(frozen=True)
class Terms:
    """What she can give. budget: in her own money; 0 free things only, None no limit.

    starts_on: where the first week begins; today: weeks before it are not planned any more.
    """

    hours_per_week: float
    starts_on: date
    today: date
    budget: float | None = 0.0
    until: date | None = None


@dataclass(frozen=True)
class Study:
    """Hours with one part in one week: from_hour to from_hour + hours of part_hours.

    opens: whether the plan meets its work here for the first time.
    """

    offer: Offer
    gap: Gap
    hours: float
    from_hour: float
    part_hours: float
    started: bool = False
    why: tuple[Why, ...] = ()
    opens: bool = True
    kind: str = "study"

    @property
    def resource(self) -> object:
        return self.offer.resource

    @property
    def chapters(self) -> str:
        return self.offer.chapters

    @property
    def first(self) -> bool:
        return self.from_hour < SMALLEST_PIECE

    @property
    def last(self) -> bool:
        return self.from_hour + self.hours > self.part_hours - SMALLEST_PIECE


@dataclass(frozen=True)
class Measure:
    """A sitting where it tells most. reason: unmeasured, unsure, read-since, after-study."""

    area: str
    area_name: str
    reason: str
    hours: float = HOURS_TO_MEASURE
    kind: str = "measure"


Step = Study | Measure


@dataclass(frozen=True)
class Week:
    """capacity: hours there are in it.  days: seven, but for a last week that the end cuts short."""

    number: int
    starts_on: date
    capacity: float
    steps: tuple[Step, ...]
    days: int = WEEK.days

    @property
    def ends_on(self) -> date:
        return self.starts_on + timedelta(days=self.days - 1)

    @property
    def hours(self) -> float:
        return sum(step.hours for step in self.steps)


@dataclass
class Task:
    """One step before it is laid into weeks."""

    hours: float
    offer: Offer | None = None
    gap: Gap | None = None
    part: Part | None = None
    measure: Measure | None = None


def scheduled(tasks: Sequence[Task], terms: Terms) -> tuple[tuple[Week, ...], list[Task]]:
    """Tasks laid into weeks in their order, doubts a few a week; and the tasks that do not fit."""
    if terms.hours_per_week <= 0:
        return (), list(tasks)
    doubts = [task for task in tasks if task.measure and task.gap is None]
    rest = [task for task in tasks if not (task.measure and task.gap is None)]
    gaps = {task.gap.subskill: task.gap for task in rest if task.gap}
    weeks: list[Week] = []
    opened: set[int | str] = set()  # works met so far
    read = 0.0  # hours of the first of `rest` that earlier weeks have taken
    for number, start in week_starts(terms):
        if not doubts and not rest:
            break
        days = days_of_week(start, terms)
        hours = terms.hours_per_week * days / WEEK.days
        steps, free = sittings_first(doubts, hours, bool(rest))
        while rest and free > SMALLEST_PIECE:
            task = rest[0]
            taken = min(task.hours - read, free)
            if task.measure and taken < task.hours - read and steps:
                break  # a sitting is not cut in two
            steps.append(step_of(task, taken, read, gaps, opened))
            free, read = free - taken, read + taken
            if task.measure or read > task.hours - SMALLEST_PIECE:
                rest.pop(0)
                read = 0.0
        weeks.append(Week(number, start, hours, tuple(steps), days))
    left = [*doubts, *rest]
    if rest and read:
        left[len(doubts)] = Task(rest[0].hours - read, rest[0].offer, rest[0].gap, rest[0].part, rest[0].measure)
    return tuple(weeks), left


def sittings_first(doubts: list[Task], hours: float, more: bool) -> tuple[list[Step], float]:
    """The sittings of this week and the hours they leave; takes them from the list."""
    room = hours * SHARE_TO_MEASURE if more else hours
    count = max(1, int(room / HOURS_TO_MEASURE))
    now, doubts[:] = doubts[:count], doubts[count:]
    steps: list[Step] = [task.measure for task in now if task.measure]
    return steps, hours - sum(step.hours for step in steps)


def step_of(task: Task, hours: float, read: float, gaps: Mapping[str, Gap], opened: set[int | str]) -> Step:
    """The next hours of a task; a work met for the first time is added to those opened."""
    if task.measure:
        return task.measure
    assert task.offer and task.gap and task.part
    why = reasons(task.gap, task.offer, gaps, task.part.started)
    opens = task.offer.key not in opened
    opened.add(task.offer.key)
    return Study(task.offer, task.gap, hours, read, task.hours, task.part.started, why, opens)


def week_starts(terms: Terms) -> list[tuple[int, date]]:
    """Number and first day of the weeks from today's on, up to the end or two years."""
    passed = max(0, (terms.today - terms.starts_on).days // 7)
    found = [(n + 1, terms.starts_on + n * WEEK) for n in range(passed, passed + MOST_WEEKS)]
    return [(number, start) for number, start in found if terms.until is None or start <= terms.until]


def days_of_week(start: date, terms: Terms) -> int:
    """Seven, or as many as are left before the end."""
    return WEEK.days if terms.until is None else min(WEEK.days, (terms.until - start).days + 1)
