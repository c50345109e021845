"""Where a reading stands in a drawing: plain arithmetic, given out as text that no locale changes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from assessments.psychometrics.scale import HIGHEST_READING, LOWEST_READING

LEVELS = (1, 2, 3, 4, 5)
Z90 = 1.645  # half of a 90% interval, in standard deviations
SLIVER = 0.12  # of a level: just wide enough to be seen
SETTLED = 0.90  # from nine in ten on without it
PROBABLE = 0.75  # from three in four on we say "probably"


def limited(value: float) -> float:
    return min(max(float(value), LOWEST_READING), HIGHEST_READING)


def percent(share: float) -> str:
    """0.5 -> "50%": SVG wants a point whatever the language, and fewer digits are fewer bytes."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def share(value: float) -> float:
    """Part of the rule, 0 to 1, to the left of a reading."""
    return (limited(value) - LOWEST_READING) / (HIGHEST_READING - LOWEST_READING)


def place(value: float) -> str:
    return percent(share(value))


def span(low: float, high: float) -> dict[str, str]:
    """An SVG x and width for a stretch of the rule."""
    return {"x": place(low), "width": percent(share(high) - share(low))}


def band(value: float) -> int:
    """The limb a reading stands on: limb k runs from mark k to mark k + 1."""
    return max(1, min(5, int(value)))


def limbs(low: float, high: float) -> list[dict[str, Any]]:
    """The stretch from low to high, cut where the levels change, each piece with its level."""
    low, high = limited(low), limited(high)
    cut = [(level, max(low, level), min(high, level + 1)) for level in LEVELS]
    return [{"level": level, **span(left, right)} for level, left, right in cut if right > left]


def visible(low: float, high: float) -> tuple[float, float]:
    """An interval that lies beyond an end of the rule is drawn as a sliver at that end, not as nothing."""
    low, high = limited(low), limited(high)
    if high - low >= SLIVER:
        return low, high
    return (low, low + SLIVER) if low + SLIVER <= HIGHEST_READING else (high - SLIVER, high)


def chance_of_meeting(value: float, low: float, high: float, target: float) -> float:
    """From the picture alone, taking the interval for a normal one; the posterior knows better."""
    deviation = max(high - low, 0.01) / 2 / Z90
    return 0.5 * (1 + math.erf((value - target) / deviation / math.sqrt(2)))


def verdict(chance: float) -> str:
    """As a result's headline says it: "probably" is for what may yet be otherwise."""
    if chance >= SETTLED:
        return _("meets")
    if chance < 1 - SETTLED:
        return _("short")
    if chance >= PROBABLE:
        return _("probably meets")
    return _("probably short") if chance <= 1 - PROBABLE else _("undecided")


def wilson(right: int, total: int, z: float = Z90) -> tuple[float, float]:
    """Wilson's interval for a share (E. B. Wilson, 1927): honest for small counts, never outside 0 to 1."""
    if not total:
        return 0.0, 1.0
    observed = right / total
    middle = observed + z * z / (2 * total)
    reach = z * math.sqrt(observed * (1 - observed) / total + z * z / (4 * total * total))
    size = 1 + z * z / total
    return max(0.0, (middle - reach) / size), min(1.0, (middle + reach) / size)


def field(row: Any, name: str) -> Any:
    """Rows come as dictionaries from views and as objects from workflows."""
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)


def anchor(where: float) -> str:
    """Text near an edge leans inwards, so that it is not cut off."""
    return "end" if where > 0.86 else "" if where < 0.14 else "mid"


def spread(days: Iterable[int], first: float, last: float, least: float = 0.06) -> list[float]:
    """Places of sittings along a line of time; when some stand too close, evenly spaced instead."""
    days = list(days)
    if len(days) == 1:
        return [(first + last) / 2]
    length = days[-1] - days[0]
    reach = last - first
    timely = [first + reach * (day - days[0]) / length for day in days] if length else []
    close = not timely or any(later - sooner < least for sooner, later in pairwise(timely))
    return [first + reach * at / (len(days) - 1) for at in range(len(days))] if close else timely
