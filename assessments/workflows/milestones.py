"""Milestones that mean something: each is a fact of the measurement, none is earned by clicking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from assessments.models import Area, AreaEstimate
from assessments.psychometrics.change import ChangeLabel
from assessments.psychometrics.stopping import SOLID_STANDARD_ERROR
from assessments.workflows.progress import own, since

ROUNDING = 0.005  # a sitting stops at the first answer below its goal; what is shown is rounded so


class Name(StrEnum):
    FIRST = "first"
    SOLID = "solid"
    CORE = "core"
    ALL = "all"
    GAIN = "gain"


@dataclass(frozen=True)
class Milestone:
    """name: which one. reached_at: None while it is still ahead. area: the one it was reached in.

    done, of: areas, where it counts some.
    """

    name: Name
    reached_at: datetime | None = None
    area: str = ""
    done: int = 0
    of: int = 0


def milestones(
    estimates: Sequence[AreaEstimate], areas: Sequence[Area], core: set[int], measurable: set[int]
) -> list[Milestone]:
    """From all her estimates in order of time: what is reached first, then what is ahead.

    An area in preparation is nobody's to reach.
    """
    names = {area.pk: area.name for area in areas}
    found = [
        reached(Name.FIRST, estimates[:1], names),
        reached(Name.SOLID, [row for row in estimates if is_solid(row)][:1], names),
        counted(Name.CORE, estimates, core & measurable),
        counted(Name.ALL, estimates, measurable),
        *gains(estimates, names),
    ]
    kept = [one for one in found if one.reached_at or one.of or one.name in (Name.FIRST, Name.SOLID)]
    return sorted(kept, key=lambda one: (one.reached_at is None, one.reached_at.timestamp() if one.reached_at else 0))


def is_solid(row: AreaEstimate) -> bool:
    """By the answers of the area alone."""
    alone = own(row)
    return alone is not None and alone.standard_error <= SOLID_STANDARD_ERROR + ROUNDING


def reached(name: Name, rows: Sequence[AreaEstimate], names: dict[int, str]) -> Milestone:
    return Milestone(name, rows[0].measured_at, names[rows[0].area_id]) if rows else Milestone(name)


def counted(name: Name, estimates: Sequence[AreaEstimate], wanted: set[int]) -> Milestone:
    """When the last of these areas was measured for the first time."""
    first: dict[int, datetime] = {}
    for row in estimates:
        if row.area_id in wanted:
            first.setdefault(row.area_id, row.measured_at)
    complete = wanted and len(first) == len(wanted)
    return Milestone(name, max(first.values()) if complete else None, done=len(first), of=len(wanted))


def gains(estimates: Sequence[AreaEstimate], names: dict[int, str]) -> list[Milestone]:
    """The first clear gain in each area, from one sitting to the next."""
    found: dict[int, Milestone] = {}
    for area in names:
        for before, after in pairwise([row for row in estimates if row.area_id == area]):
            change = since(before, after)
            if change and change.change.label == ChangeLabel.CLEAR_GAIN:
                found.setdefault(area, Milestone(Name.GAIN, after.measured_at, names[area]))
    return list(found.values())
