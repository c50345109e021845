"""Drawings of many readings: all areas, sittings over time, one sitting, how sure against how right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.templatetags.one_reading import Context, chance_of, figure, in_words, interval_drawn, target_drawn
from assessments.templatetags.places import LEVELS, field, limited, percent, place, spread, verdict, wilson
from assessments.templatetags.words import interval_words, level_name, reading, wanted


def profile_chart(rows: Iterable[Any], caption: str = "", table: bool = True) -> Context:
    """Many readings under one another: the widest gap first, what is not measured last and hatched."""
    drawn = sorted((_profile_row(row) for row in rows), key=lambda row: row["order"])
    measured = sum(row["reading"] is not None for row in drawn)
    lines = [
        (row["name"], row["level"], row["number"], row["interval"], row["target_number"], row["verdict"])
        for row in drawn
    ]
    return figure(
        caption or _("All areas with their intervals"),
        _("%(measured)s of %(all)s measured, the largest gap first.") % {"measured": measured, "all": len(drawn)},
        rows=drawn,
        limbs=[{"level": level, "at": place(level), "name": level_name(level)} for level in LEVELS],
        table={
            "caption": caption or _("All areas"),
            "head": [_("Name"), _("Level"), _("Reading"), _("90% interval"), _("Target"), _("Against the target")],
            "rows": lines,
        }
        if table
        else None,
    )


def _profile_row(row: Any) -> Context:
    value, low, high, target = (field(row, name) for name in ("value", "low", "high", "target"))
    chance = chance_of(value, low, high, target, field(row, "chance"))
    gap = 0.0 if value is None else value - (target if target is not None else 0)
    return {
        "name": str(field(row, "name")),
        "url": field(row, "url"),
        "order": (value is None, gap),
        "reading": interval_drawn(value, low, high),
        "target": target_drawn(value, low, high, target),
        "number": reading(value),
        "interval": interval_words(low, high),
        "level": level_name(value),
        "target_number": wanted(target),
        "verdict": verdict(chance) if chance is not None else "",
        "desc": in_words(value, low, high, target, chance),
        "id": figure("", "")["id"],
    }


def trend_chart(points: Sequence[Any], target: float | None = None, caption: str = "") -> Context:
    """Sittings over time, an error bar on every one of them."""
    top, per_level = 16, 60
    bottom = top + 5 * per_level

    def y(value: float) -> str:
        return f"{bottom - (limited(value) - 1) * per_level:.1f}"

    points = sorted(points, key=lambda point: field(point, "date"))
    places = spread([field(point, "date").toordinal() for point in points], 0.24, 0.93) if points else []
    dots, labelled = [], -1.0
    for point, at in zip(points, places, strict=True):
        value, low, high = (field(point, name) for name in ("value", "low", "high"))
        near = at - labelled < 0.16  # dates must not run into each other
        labelled = labelled if near else at
        date = field(point, "date")
        dots.append(
            {
                "x": percent(at),
                "y": y(value),
                "low": y(low),
                "high": y(high),
                "said": f"{reading(value)} ({interval_words(low, high)})",
                "date": "" if near else formats.date_format(date, pgettext("date below a chart", "j M")),
                "day": formats.date_format(date, "DATE_FORMAT"),
            }
        )
    return figure(
        caption or _("Level over time"),
        " ".join(f"{dot['day']}: {dot['said']}." for dot in dots) or _("No sitting yet."),
        dots=dots,
        lines=list(pairwise(dots)),
        bands=[
            {
                "level": level,
                "y": y(level + 1),
                "line": y(level),
                "text": f"{bottom - (level - 1) * per_level - 8:.1f}",
                "name": level_name(level),
            }
            for level in LEVELS
        ],
        target=None
        if target is None
        else {
            "y": y(target),
            "text": f"{float(y(target)) + 17:.1f}",
            "label": _("target %(level)s") % {"level": wanted(target)},
        },
        per_level=str(per_level),
        height=str(bottom + 30),
        date_line=str(bottom + 22),
        table={
            "caption": caption or _("Level over time"),
            "head": [_("Sitting"), _("Reading (90% interval)")],
            "rows": [(dot["day"], dot["said"]) for dot in dots],
        },
    )


def sitting_chart(steps: Sequence[Any], target: float | None = None, caption: str = "", table: bool = True) -> Context:
    """One sitting, question by question, narrowing to its reading: the product in one picture."""
    top, row = 34, 21
    marks = {"right": _("right"), "wrong": _("wrong"), "unknown": _("not known")}
    drawn = []
    for number, step in enumerate(steps, start=1):
        value, low, high = (field(step, name) for name in ("value", "low", "high"))
        outcome = str(field(step, "outcome") or "")
        drawn.append(
            {
                "label": field(step, "label") or _("Question %(number)s") % {"number": number},
                "number": str(number),
                "y": str(top + row * (number - 1)),
                "outcome": outcome,
                "said": marks.get(outcome, ""),
                "reading": interval_drawn(value, low, high),
                "value": reading(value),
                "interval": interval_words(low, high),
            }
        )
    last = drawn[-1] if drawn else None
    return figure(
        caption or _("One sitting, question by question"),
        _("The interval narrows with every answer, to %(reading)s (%(interval)s).")
        % {"reading": last["value"], "interval": last["interval"]}
        if last
        else _("No answer yet."),
        steps=drawn,
        last=last,
        marked=any(step["outcome"] for step in drawn),
        marks=[{"level": level, "at": place(level)} for level in LEVELS],
        target=place(target) if target is not None else None,
        height=str(top + row * len(drawn) + 4),
        foot=str(top + row * len(drawn)),
        table={
            "caption": caption or _("One sitting"),
            "head": [_("After"), _("Answer"), _("Reading"), _("90% interval")],
            "rows": [(step["label"], step["said"] or "–", step["value"], step["interval"]) for step in drawn],
        }
        if table
        else None,
    )


def calibration_chart(bins: Iterable[Any], caption: str = "") -> Context:
    """How sure against how right; the dashed line is where the two agree. `claimed` is a share, 0 to 1."""
    top, height = 14, 250

    def y(part: float) -> str:
        return f"{top + (1 - part) * height:.1f}"

    def x(part: float) -> str:
        return percent(0.1 + part * 0.82)

    dots = []
    for one in bins:
        claimed, right, total = (field(one, name) for name in ("claimed", "right", "total"))
        if not total:
            continue
        low, high = wilson(right, total)
        dots.append(
            {
                "x": x(claimed),
                "y": y(right / total),
                "low": y(low),
                "high": y(high),
                "text": f"{float(y(low)) + 18:.1f}",
                "count": f"{right}/{total}",
                "row": (
                    field(one, "label"),
                    f"{round(claimed * 100)}%",
                    _("%(right)s of %(total)s") % {"right": right, "total": total},
                    _("%(low)s to %(high)s%%") % {"low": round(low * 100), "high": round(high * 100)},
                ),
            }
        )
    return figure(
        caption or _("How sure you were, and how right"),
        " ".join(f"{dot['row'][0]} ({dot['row'][1]}): {dot['row'][2]}." for dot in dots)
        or _("No answer with a confidence yet."),
        dots=dots,
        marks=[
            {"x": x(part), "y": y(part), "text": f"{float(y(part)) + 4:.1f}", "value": str(round(part * 100))}
            for part in (0, 0.25, 0.5, 0.75, 1)
        ],
        foot={"numbers": str(top + height + 20), "words": str(top + height + 42), "height": str(top + height + 50)},
        table={
            "caption": caption or _("Calibration"),
            "head": [_("You said"), _("That is"), _("Right"), _("90% interval")],
            "rows": [dot["row"] for dot in dots],
        },
    )
