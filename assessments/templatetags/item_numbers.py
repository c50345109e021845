"""Words and the picture for what answers say of a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.psychometrics.irt import LABEL_DIFFICULTIES
from assessments.psychometrics.item_verdict import Finding
from assessments.templatetags.one_reading import Context, figure
from assessments.templatetags.places import place

register = template.Library()

TOP, HEIGHT, STRIP = 12, 200, 60  # pixels: above the curve, of the curve, of the information below
MOST_INFORMATION = 0.5  # per squared unit of theta; a question above it is drawn to the top


@register.filter
def said(one: dict[str, str], numbers: Any) -> str:
    """A finding as advice. one: {finding, option}; numbers: the version's numbers, for the option's words."""
    words = str(WORDS[Finding(one["finding"])]())
    return words % {"option": one["option"].upper(), "label": behaves_like(numbers)}


def behaves_like(numbers: dict[str, Any]) -> int:
    """The label whose usual difficulty is nearest to what the answers say."""
    distance = numbers.get("label_distance") or (0.0, 0.0)
    difficulty = numbers["scored_with"]["label_difficulty"] + distance[0]
    return 1 + min(range(len(LABEL_DIFFICULTIES)), key=lambda place: abs(LABEL_DIFFICULTIES[place] - difficulty))


@register.filter
def signed(value: float | None, digits: int = 2) -> str:
    """A difference with its sign, in the locale's digits."""
    if value is None:
        return "–"
    return ("+" if value >= 0 else "−") + number_format(abs(value), digits)


@register.filter
def share(value: float | None) -> str:
    return "–" if value is None else _("%(n)s%%") % {"n": number_format(100 * value, 0)}


@register.filter
def between(interval: Sequence[float] | None, digits: int = 2) -> str:
    if not interval:
        return "–"
    low, high = (("−" if end < 0 else "") + number_format(abs(end), digits) for end in interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


@register.filter
def shares_between(interval: Sequence[float] | None) -> str:
    if not interval:
        return "–"
    low, high = (number_format(100 * end, 0) for end in interval)
    return _("%(low)s to %(high)s%%") % {"low": low, "high": high}


@register.inclusion_tag("assessments/charts/item_curve.html")
def item_curve(curve: Any) -> Context:
    """Share right along the rule: the curve it is scored by, fifths of its people, information below."""
    dots = [_dot(group) for group in curve.groups]
    foot = TOP + HEIGHT
    return figure(
        _("The curve of the question, and who was right"),
        " ".join(f"{dot['row'][0]}: {dot['row'][1]}." for dot in dots),
        dots=dots,
        marks=[{"at": place(level), "number": level} for level in (1, 2, 3, 4, 5)],
        shares=[
            {"y": _y(part), "text": f"{float(_y(part)) - 4:.0f}", "value": round(100 * part)} for part in (0, 0.5, 1)
        ],
        curve=_points(curve.readings, [1 - one for one in curve.shares]),
        information=_points(curve.readings, [1 - min(one / MOST_INFORMATION, 1) for one in curve.information]),
        most=number_format(max(curve.information), 2),
        top=TOP,
        tall=HEIGHT,
        foot=foot + 16,
        strip=foot + 30,
        strip_tall=STRIP,
        height=foot + 30 + STRIP,
        table={
            "caption": _("Fifths of the people, weakest first"),
            "head": [_("At reading"), _("Right"), _("90 in 100 say"), _("Expected")],
            "rows": [dot["row"] for dot in dots],
        },
    )


def _dot(group: dict[str, Any]) -> Context:
    low, high = group["interval"]
    return {
        "x": place(group["reading"]),
        "y": _y(group["right"] / group["answers"]),
        "low": _y(low),
        "high": _y(high),
        "row": (
            number_format(group["reading"], 1),
            _("%(right)s of %(all)s") % {"right": group["right"], "all": group["answers"]},
            shares_between((low, high)),
            share(group["expected"]),
        ),
    }


def _y(part: float) -> str:
    return f"{TOP + (1 - part) * HEIGHT:.1f}"


def _points(readings: Sequence[float], drops: Sequence[float]) -> str:
    """A line in a box of 100 by 100 that is stretched to its place."""
    return " ".join(f"{20 * (x - 1):.1f},{100 * y:.1f}" for x, y in zip(readings, drops, strict=True))


WORDS = {
    Finding.FLAT: lambda: _(
        "Right answers do not go with ability: check the key, then the wording. It hardly measures anything as it is."
    ),
    Finding.MISFIT: lambda: _("Its answers are far from its curve. Check the key and the difficulty label."),
    Finding.CHECK_KEY: lambda: _("Strong people miss this one more often than weak people. Is the key right?"),
    Finding.STRONG_CHOOSE: lambda: _(
        "Many strong people choose %(option)s. Is it right as well, or what in the stem rules it out?"
    ),
    Finding.WEAK: lambda: _("Right answers hardly go with ability: perhaps it is guessed, or asks for a detail."),
    Finding.HARDER: lambda: _("Harder than its curve says. A calibration will move it; a clearer stem may be better."),
    Finding.EASIER: lambda: _("Easier than its curve says. Does an option or the stem give the answer away?"),
    Finding.DRIFTED: lambda: _("It has become another question since its last version: its difficulty has moved."),
    Finding.LABEL_TOO_LOW: lambda: _("The label says easier than it is: it behaves like a %(label)s."),
    Finding.LABEL_TOO_HIGH: lambda: _("The label says harder than it is: it behaves like a %(label)s."),
    Finding.MOSTLY_UNKNOWN: lambda: _("More than half say “I don't know”. Is it about something rarely met?"),
    Finding.UNCHOSEN: lambda: _("Nobody chooses %(option)s: a better distractor, or one less, would do more."),
    Finding.SLOW: lambda: _("It takes more than twice the time it is labelled with. Can the stem be shorter?"),
}
