"""A schedule by weeks: what to read, in which order, and when to measure again.

Gaps that are more probably real than not are studied; doubtful ones are measured first. For each gap the
parts with the fewest hours are chosen (bundles), within the budget. Bundles are put in order by what
they are worth to the role for each hour, counted together with the open sub-skills they stand on,
which come before them. After the last part in an area comes a sitting: what was learned is believed
when it is measured. The plan is computed from what is known today, so it is new after every sitting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.guidance.bundles import Bundle, Problem, problem_of, within_budget
from assessments.guidance.gaps import Gap
from assessments.guidance.recommendation import (
    Choice,
    Filters,
    Tastes,
    passes,
    value_of,
    why_none,
)
from assessments.guidance.shelf import MONEY_NOMINAL, Shelf
from assessments.guidance.weeks import HOURS_TO_MEASURE, Measure, Task, Terms, Week, scheduled


@dataclass(frozen=True)
class AreaToMeasure:
    """reason: unmeasured, unsure, or read-since."""

    area: str
    name: str
    reason: str


@dataclass(frozen=True)
class Unreached:
    """A gap the plan leaves open. reason: nothing-serves, refused, budget, time.  short: in levels."""

    gap: Gap
    reason: str
    short: float


@dataclass(frozen=True)
class Plan:
    """weeks: what to do.  hours: of all that is to be done, whether it fits or not.

    missing_hours: of it that does not fit before the end.  reaches: every likely gap is closed in time,
    as far as the model of learning can say.  reason: nothing-measured, at-target, unsure, no-hours,
    all-refused, nothing-serves; empty for a plan with something to read.  spent: nominal money.
    """

    weeks: tuple[Week, ...] = ()
    hours: float = 0.0
    missing_hours: float = 0.0
    reaches: bool = False
    unreached: tuple[Unreached, ...] = ()
    reason: str = ""
    spent: float = 0.0
    gaps: tuple[Gap, ...] = ()

    @property
    def finish_on(self) -> date | None:
        return self.weeks[-1].ends_on if self.weeks else None

    @property
    def weeks_needed(self) -> int:
        return len(self.weeks)


@dataclass(frozen=True)
class Studied:
    """A gap with the bundle that closes it."""

    gap: Gap
    problem: Problem
    bundle: Bundle
    needs: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        return value_of(self.gap) * (self.bundle.reached - self.problem.level)


@dataclass(frozen=True, eq=False)
class Desk:
    """The shelf as she sees it: tastes, and which parts may serve at all."""

    shelf: Shelf
    tastes: Tastes
    choices: Sequence[Choice] = ()


def plan(
    gaps: Sequence[Gap],
    shelf: Shelf,
    terms: Terms,
    *,
    choices: Sequence[Choice] = (),
    to_measure: Sequence[AreaToMeasure] = (),
) -> Plan:
    """The plan for these gaps; every state of a person has one, and none is an exception."""
    desk = Desk(shelf, Tastes.of(shelf, choices), choices)
    wanted = to_study(gaps)
    studied, spent = chosen(wanted, desk, terms)
    tasks = laid_out(in_order(studied), desk, to_measure)
    weeks, left = scheduled(tasks, terms)
    unreached = (*impossible(studied, desk, terms), *too_late(studied, left))
    return Plan(
        weeks=weeks,
        hours=sum(task.hours for task in tasks),
        missing_hours=sum(task.hours for task in left),
        reaches=bool(gaps) and not unreached and not left,
        unreached=unreached,
        reason=reason_of(gaps, wanted, studied, desk, terms),
        spent=spent,
        gaps=tuple(wanted),
    )


def to_study(gaps: Sequence[Gap]) -> list[Gap]:
    """Likely gaps of the areas the role needs, and those they stand on, wherever these are."""
    likely = {gap.subskill: gap for gap in gaps if gap.is_likely}
    wanted: dict[str, Gap] = {}

    def add(gap: Gap) -> None:
        if gap.subskill not in wanted:
            wanted[gap.subskill] = gap
            for need in gap.skill.needs:
                if need in likely:
                    add(likely[need])

    for gap in likely.values():
        if gap.aim.required:
            add(gap)
    return list(wanted.values())


def chosen(gaps: Sequence[Gap], desk: Desk, terms: Terms) -> tuple[list[Studied], float]:
    """The shortest bundle of each gap within the budget, and what is spent."""
    shelf = desk.shelf
    affordable = (shelf.nominal == 0) if terms.budget == 0 else (shelf.nominal >= 0)
    serves = desk.tastes.open & (affordable | desk.tastes.started)
    problems = [problem_of(gap, shelf, desk.tastes, serves) for gap in gaps]
    prices = {
        part.paid: MONEY_NOMINAL[shelf.offers[part.place].cost]
        for problem in problems
        for part in problem.parts
        if part.paid >= 0
    }
    bought = within_budget(problems, prices, terms.budget)
    names = {gap.subskill for gap in gaps}
    studied = [
        Studied(
            gap, problem, problem.bundle(bought & problem.purchases), tuple(n for n in gap.skill.needs if n in names)
        )
        for gap, problem in zip(gaps, problems, strict=True)
    ]
    used = {part.paid for one in studied for part in one.bundle.parts if part.paid >= 0 and not part.started}
    return studied, sum(prices[one] for one in used)


def in_order(studied: Sequence[Studied]) -> list[Studied]:
    """Greedy: each time the gap worth most for each hour, counted with what it stands on, which comes first."""
    open_ones = {one.gap.subskill: one for one in studied}
    ordered: list[Studied] = []
    while open_ones:
        chains = [chain_to(one, open_ones) for one in open_ones.values()]
        best = max(chains, key=density)
        for one in best:
            ordered.append(open_ones.pop(one.gap.subskill))
    return ordered


def chain_to(last: Studied, open_ones: Mapping[str, Studied]) -> list[Studied]:
    """A gap after all open gaps it stands on, each after its own; a circle is cut where it closes."""
    chain: dict[str, Studied] = {}
    entered: set[str] = set()

    def add(one: Studied) -> None:
        entered.add(one.gap.subskill)
        for need in one.needs:
            if need in open_ones and need not in entered:
                add(open_ones[need])
        chain[one.gap.subskill] = one

    add(last)
    return list(chain.values())


def density(chain: Sequence[Studied]) -> float:
    """Worth of a chain for each of its hours; what is started counts first."""
    started = any(part.started for one in chain for part in one.bundle.parts)
    hours = sum(one.bundle.hours for one in chain)
    worth = sum(one.value for one in chain) / hours if hours else 0.0
    return worth + (1e6 if started else 0.0)


def laid_out(ordered: Sequence[Studied], desk: Desk, to_measure: Sequence[AreaToMeasure]) -> list[Task]:
    """Sittings that clear a doubt, then the parts; after the last part in an area a sitting.

    A part takes the hours it has in the catalogue: the hour to begin weighs in the choice alone.
    """
    tasks = [doubt(one) for one in to_measure]
    for place, one in enumerate(ordered):
        for part in one.bundle.parts:
            offer = desk.shelf.offers[part.place]
            tasks.append(Task(offer.part_hours, offer=offer, gap=one.gap, part=part))
        later = {other.gap.area for other in ordered[place + 1 :] if other.bundle.parts}
        if one.bundle.parts and one.gap.area not in later:
            sitting = Measure(one.gap.area, one.gap.area_name, "after-study")
            tasks.append(Task(sitting.hours, gap=one.gap, measure=sitting))
    return tasks


def doubt(one: AreaToMeasure) -> Task:
    return Task(HOURS_TO_MEASURE, measure=Measure(one.area, one.name, one.reason))


def impossible(studied: Sequence[Studied], desk: Desk, terms: Terms) -> tuple[Unreached, ...]:
    """Gaps that no bundle closes, and what stands in the way."""
    return tuple(
        Unreached(one.gap, obstacle(one, desk, terms), one.bundle.short) for one in studied if not one.bundle.closes
    )


def obstacle(one: Studied, desk: Desk, terms: Terms) -> str:
    """What would have to be otherwise: money, or her refusals; else the catalogue holds too little."""
    if (
        terms.budget is not None
        and problem_of(one.gap, desk.shelf, desk.tastes, desk.tastes.open).bundle(range(len(desk.shelf.numbers))).closes
    ):
        return "budget"
    patient = Tastes.of(desk.shelf, [choice for choice in desk.choices if choice.state != "refused"])
    if problem_of(one.gap, desk.shelf, patient, patient.open).bundle(range(len(desk.shelf.numbers))).closes:
        return "refused"
    return "nothing-serves"


def too_late(studied: Sequence[Studied], left: Sequence[Task]) -> tuple[Unreached, ...]:
    """Gaps whose parts do not all fit before the end."""
    late = {task.gap.subskill: task.gap for task in left if task.gap and task.part}
    return tuple(
        Unreached(one.gap, "time", one.gap.distance)
        for one in studied
        if one.gap.subskill in late and one.bundle.closes
    )


def reason_of(gaps: Sequence[Gap], wanted: Sequence[Gap], studied: Sequence[Studied], desk: Desk, terms: Terms) -> str:
    """Why there is nothing to read; empty where there is."""
    if not gaps:
        return "nothing-measured"
    if not wanted:
        return "unsure" if any(not gap.is_closed and gap.aim.required for gap in gaps) else "at-target"
    if terms.hours_per_week <= 0:
        return "no-hours"
    if any(one.bundle.parts for one in studied):
        return ""
    everything = passes(desk.shelf, Filters(free_only=terms.budget == 0))
    found = why_none(list(wanted), (), desk.shelf, desk.tastes, everything)
    return "budget" if found == "filtered-out" else found
