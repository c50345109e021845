"""Drawings of amounts of money, each as one source gives it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.templatetags.one_reading import Context, figure
from assessments.templatetags.places import percent

STEP = 100_000  # US dollars between two marks of the scale


def pay_chart(facts: Iterable[Any]) -> Context:
    """Yearly amounts in US dollars, a row for each statement: a dot, or a bar from the least to the most named."""
    rows = [(fact, fact.details["usd_a_year"]) for fact in facts if fact.details.get("usd_a_year")]
    whole = STEP * math.ceil(max((max(amounts) for _fact, amounts in rows), default=STEP) / STEP)
    return figure(
        _("Yearly pay in US dollars, as each article states it"),
        _("They measure different things in different years and are not averaged."),
        rows=[pay_row(fact, amounts, whole) for fact, amounts in rows],
        marks=[{"at": percent(mark / whole), "text": thousands(mark)} for mark in range(0, whole + 1, STEP)],
    )


def pay_row(fact: Any, amounts: list[int], whole: int) -> Context:
    low, high = min(amounts), max(amounts)
    return {
        "fact": fact,
        "year": str(fact.details.get("year", "")).partition(" (")[0],
        "low": percent(low / whole),
        "high": percent(high / whole),
        "width": percent((high - low) / whole),
        "span": high > low,
    }


def thousands(amount: int) -> str:
    return "0" if not amount else _("%(amount)s k") % {"amount": number_format(amount // 1000)}
