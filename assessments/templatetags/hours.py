"""The rule of hours: one tick an hour, as much of it filled as is planned."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.templatetags.one_reading import Context, figure
from assessments.templatetags.places import percent

MOST_TICKS = 60


def hours_rule(steps: Iterable[Any], capacity: float) -> Context:
    """The hours of a week: a piece for each step. capacity: the hours she has."""
    parts = [float(step.hours) for step in steps]
    whole = max(float(capacity), sum(parts), 0.1)
    starts = [0.0, *accumulate(parts)]
    said = {"planned": shown(sum(parts)), "all": shown(capacity)}
    return figure(
        _("%(planned)s of %(all)s hours planned") % said,
        _("A rule of %(all)s hours, %(planned)s of them filled.") % said,
        pieces=[
            {"x": percent(start / whole), "width": percent(hours / whole)}
            for start, hours in zip(starts, parts, strict=False)
        ],
        ticks=[percent(tick / whole) for tick in range(1, min(math.ceil(whole), MOST_TICKS))],
        end=_("%(hours)s h") % {"hours": shown(whole)},
    )


def shown(hours: float) -> str:
    """Hours in halves, and never none where there is something to do: the one way hours are said."""
    halves = math.floor(hours * 2 + 0.5) / 2 or (0.5 if hours > 0 else 0.0)
    return number_format(int(halves) if halves.is_integer() else halves)
