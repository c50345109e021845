"""The charts: readings and their doubt as SVG made of attributes and classes, each with words and a table.

Horizontal places are percentages and heights are pixels, without a viewBox: a chart stretches from
a telephone to a desk and its letters never shrink. Readings are on the rule from 1 to 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.templatetags.places import (
    LEVELS,
    anchor,
    band,
    chance_of_meeting,
    field,
    limbs,
    limited,
    percent,
    place,
    share,
    span,
    spread,
    verdict,
    wilson,
)
from assessments.templatetags.words import chance_words, interval_words, level_name, reading, wanted

register = template.Library()
Context = dict[str, Any]
_figures = count(1)


def figure(title: str, desc: str, **rest: Any) -> Context:
    """What every chart carries: an id of its own, a title, and a description that replaces the picture."""
    return {"id": f"g{next(_figures):x}", "title": title, "desc": desc, **rest}


def sentence(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _reading(value: float | None, low: float | None, high: float | None) -> Context | None:
    """The interval with its jaws and bead, or nothing where nothing is measured."""
    if value is None or low is None or high is None:
        return None
    low, high = limited(low), limited(high)
    return {"at": place(value), "low": place(low), "high": place(high), "limbs": limbs(low, high), **span(low, high)}


def _target(value: float | None, low: float | None, high: float | None, target: float | None) -> Context | None:
    """The pointer, and the part of the interval that lies short of it."""
    if target is None:
        return None
    short = {"low": place(low), "high": place(min(high, target))} if low is not None and high is not None and low < target else None
    return {"at": place(target), "anchor": anchor(share(target)), "short": short}


def _chance(value: Any, low: Any, high: Any, target: Any, chance: Any) -> float | None:
    if chance is not None or None in (value, low, high, target):
        return None if chance is None else float(chance)
    return chance_of_meeting(value, low, high, target)


def _said(value: Any, low: Any, high: Any, target: Any, chance: float | None) -> str:
    """A reading in words, for those who do not see the picture."""
    if value is None:
        words = _("Not measured yet.")
    else:
        words = _("%(reading)s, %(level)s; with 90%% probability between %(low)s and %(high)s.") % {
            "reading": reading(value), "level": level_name(value), "low": reading(low), "high": reading(high),
        }  # fmt: skip
    if target is None:
        return words
    goal = _("Target %(target)s") % {"target": wanted(target)}
    return sentence(words, f"{goal}: {verdict(chance)}." if chance is not None else f"{goal}.")


@register.inclusion_tag("assessments/charts/level_rule.html")
def level_rule(
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    target_label: str = "",
    claimed: float | None = None,
    chance: float | None = None,
    hero: bool = False,
    table: bool = True,
) -> Context:
    """The large rule: five limbs, the interval between two jaws, the bead, the pointer of the role."""
    chance = _chance(value, low, high, target, chance)
    top, height = (60, 84) if hero else (52, 38)
    rows = [(_("Reading"), f"{reading(value)}, {level_name(value)}"), (_("90% interval"), interval_words(low, high))]
    if target is not None:
        rows.append((target_label or _("Target"), wanted(target)))
    if chance is not None:
        rows.append((_("Chance to meet it"), f"{chance_words(chance)}: {verdict(chance)}"))
    if claimed is not None:
        rows.append((_("What you said before"), f"{int(claimed)}, {level_name(claimed)}"))
    you_said = _("you said %(level)s") % {"level": int(claimed)} if claimed is not None else ""
    return figure(
        _("Level %(reading)s") % {"reading": reading(value)} if value is not None else _("Not measured yet"),
        sentence(_said(value, low, high, target, chance), f"{you_said}." if you_said else ""),
        limbs=[{"level": level, "at": place(level), "name": level_name(level), "here": value is not None and band(value) == level} for level in LEVELS],
        reading=_reading(value, low, high),
        target=_target(value, low, high, target),
        target_label=target_label or (_("target %(level)s") % {"level": wanted(target)} if target is not None else ""),
        claimed=place(band(claimed) + 0.5) if claimed is not None else None,
        you_said=you_said,
        hero=hero,
        y={name: str(at) for name, at in _heights(top, height, hero).items()},
        table={"caption": _("Level"), "head": [_("Measure"), _("Value")], "rows": rows} if table else None,
    )


def _heights(top: int, height: int, hero: bool) -> dict[str, int]:
    """Every vertical place of the large rule follows from its upper edge and its thickness."""
    under = top + height
    big = 1 if hero else 0
    return {
        "top": top, "height": height, "under": under, "middle": top + height // 2, "jaw": top - 2, "jaw_height": height + 4,
        "lip": height - 10, "ticks": 28 if hero else 18, "number": under + (50 if hero else 37), "name": under + (70 if hero else 57),
        "pointer": top - 26, "pointer_end": 26 + height, "bead": 9 + 6 * big, "whole": under + (76 if hero else 62),
    }  # fmt: skip


@register.inclusion_tag("assessments/charts/small_rule.html")
def small_rule(
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    label: str = "",
    chance: float | None = None,
) -> Context:
    """The rule of a row: its words are in aria-label, since the row says the numbers beside it."""
    words = _said(value, low, high, target, _chance(value, low, high, target, chance))
    return {
        "label": f"{label}: {words}" if label else words,
        "reading": _reading(value, low, high),
        "target": _target(value, low, high, target),
    }


@register.inclusion_tag("assessments/charts/precision_bar.html")
def precision_bar(width: float, goal: float = 0.8, start: float | None = None) -> Context:
    """The jaws while answering: width only, never the place, so that they cannot hint at the level."""
    whole = max(start or width, width, goal) * 1.04
    reach, wanted = width / whole, goal / whole
    return {
        "label": _("The interval is %(width)s levels wide; the goal is %(goal)s.") % {"width": reading(width), "goal": reading(goal)},
        "low": percent(0.5 - reach / 2), "high": percent(0.5 + reach / 2), "width": percent(reach),
        "zone": {"x": percent(0.5 - wanted / 2), "width": percent(wanted)}, "tenths": str(round(whole * 10)),
    }  # fmt: skip


@register.inclusion_tag("assessments/charts/profile_chart.html")
def profile_chart(rows: Iterable[Any], caption: str = "", table: bool = True) -> Context:
    """Many readings under one another: the widest gap first, what is not measured last and hatched."""
    drawn = sorted((_profile_row(row) for row in rows), key=lambda row: row["order"])
    measured = sum(row["reading"] is not None for row in drawn)
    lines = [(row["name"], row["level"], row["number"], row["interval"], row["target_number"], row["verdict"]) for row in drawn]
    return figure(
        caption or _("All areas with their intervals"),
        _("%(measured)s of %(all)s measured, the largest gap first.") % {"measured": measured, "all": len(drawn)},
        rows=drawn,
        limbs=[{"level": level, "at": place(level), "name": level_name(level)} for level in LEVELS],
        table={
            "caption": caption or _("All areas"),
            "head": [_("Name"), _("Level"), _("Reading"), _("90% interval"), _("Target"), _("Against the target")],
            "rows": lines,
        } if table else None,
    )  # fmt: skip


def _profile_row(row: Any) -> Context:
    value, low, high, target = (field(row, name) for name in ("value", "low", "high", "target"))
    chance = _chance(value, low, high, target, field(row, "chance"))
    gap = 0.0 if value is None else value - (target if target is not None else 0)
    return {
        "name": str(field(row, "name")), "url": field(row, "url"), "order": (value is None, gap),
        "reading": _reading(value, low, high), "target": _target(value, low, high, target),
        "number": reading(value), "interval": interval_words(low, high), "level": level_name(value),
        "target_number": wanted(target), "verdict": verdict(chance) if chance is not None else "",
        "desc": _said(value, low, high, target, chance), "id": f"g{next(_figures):x}",
    }  # fmt: skip


@register.inclusion_tag("assessments/charts/trend_chart.html")
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
        dots.append({
            "x": percent(at), "y": y(value), "low": y(low), "high": y(high), "said": f"{reading(value)} ({interval_words(low, high)})",
            "date": "" if near else formats.date_format(date, pgettext("date below a chart", "j M")), "day": formats.date_format(date, "DATE_FORMAT"),
        })  # fmt: skip
    return figure(
        caption or _("Level over time"),
        " ".join(f"{dot['day']}: {dot['said']}." for dot in dots) or _("No sitting yet."),
        dots=dots,
        lines=list(zip(dots, dots[1:], strict=False)),
        bands=[{"level": level, "y": y(level + 1), "line": y(level), "text": f"{bottom - (level - 1) * per_level - 8:.1f}", "name": level_name(level)} for level in LEVELS],
        target=None if target is None else {"y": y(target), "text": f"{float(y(target)) + 17:.1f}", "label": _("target %(level)s") % {"level": wanted(target)}},
        per_level=str(per_level), height=str(bottom + 30), date_line=str(bottom + 22),
        table={"caption": caption or _("Level over time"), "head": [_("Sitting"), _("Reading (90% interval)")], "rows": [(dot["day"], dot["said"]) for dot in dots]},
    )  # fmt: skip


@register.inclusion_tag("assessments/charts/sitting_chart.html")
def sitting_chart(steps: Sequence[Any], target: float | None = None, caption: str = "", table: bool = True) -> Context:
    """One sitting, question by question, narrowing to its reading: the product in one picture."""
    top, row = 34, 21
    marks = {"right": _("right"), "wrong": _("wrong"), "unknown": _("not known")}
    drawn = []
    for number, step in enumerate(steps, start=1):
        value, low, high = (field(step, name) for name in ("value", "low", "high"))
        outcome = str(field(step, "outcome") or "")
        drawn.append({
            "label": field(step, "label") or _("Question %(number)s") % {"number": number}, "number": str(number),
            "y": str(top + row * (number - 1)), "outcome": outcome, "said": marks.get(outcome, ""),
            "reading": _reading(value, low, high), "value": reading(value), "interval": interval_words(low, high),
        })  # fmt: skip
    last = drawn[-1] if drawn else None
    return figure(
        caption or _("One sitting, question by question"),
        _("The interval narrows with every answer, to %(reading)s (%(interval)s).") % {"reading": last["value"], "interval": last["interval"]} if last else _("No answer yet."),
        steps=drawn, last=last, marked=any(step["outcome"] for step in drawn),
        marks=[{"level": level, "at": place(level)} for level in LEVELS],
        target=place(target) if target is not None else None,
        height=str(top + row * len(drawn) + 4), foot=str(top + row * len(drawn)),
        table={
            "caption": caption or _("One sitting"), "head": [_("After"), _("Answer"), _("Reading"), _("90% interval")],
            "rows": [(step["label"], step["said"] or "–", step["value"], step["interval"]) for step in drawn],
        } if table else None,
    )  # fmt: skip


@register.inclusion_tag("assessments/charts/calibration_chart.html")
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
        dots.append({
            "x": x(claimed), "y": y(right / total), "low": y(low), "high": y(high), "text": f"{float(y(low)) + 18:.1f}", "count": f"{right}/{total}",
            "row": (field(one, "label"), f"{round(claimed * 100)}%", _("%(right)s of %(total)s") % {"right": right, "total": total}, _("%(low)s to %(high)s%%") % {"low": round(low * 100), "high": round(high * 100)}),
        })  # fmt: skip
    return figure(
        caption or _("How sure you were, and how right"),
        " ".join(f"{dot['row'][0]} ({dot['row'][1]}): {dot['row'][2]}." for dot in dots) or _("No answer with a confidence yet."),
        dots=dots, marks=[{"x": x(part), "y": y(part), "text": f"{float(y(part)) + 4:.1f}", "value": str(round(part * 100))} for part in (0, 0.25, 0.5, 0.75, 1)],
        foot={"numbers": str(top + height + 20), "words": str(top + height + 42), "height": str(top + height + 50)},
        table={"caption": caption or _("Calibration"), "head": [_("You said"), _("That is"), _("Right"), _("90% interval")], "rows": [dot["row"] for dot in dots]},
    )  # fmt: skip


@register.inclusion_tag("assessments/charts/readiness_rule.html")
def readiness_rule(low: float, high: float, value: float | None = None) -> Context:
    """A chance as a rule of one hundred ticks. All three are shares, 0 to 1; low to high is the doubt."""
    middle = (low + high) / 2 if value is None else value
    sure, open_ = round(low * 100), round(high * 100)
    words = _("%(chance)s; between %(low)s and %(high)s fit the answers.") % {"chance": chance_words(middle), "low": sure, "high": open_}
    return figure(
        _("Readiness: %(chance)s") % {"chance": chance_words(middle)},
        chance_words(middle) + "." if sure == open_ else words,
        paths=[
            {"class": "in", "d": _ticks(0, sure, (44, 36, 28))},
            {"class": "maybe", "d": _ticks(sure, open_, (44, 36, 28))},
            {"class": "out", "d": _ticks(open_, 100, (20, 15, 10))},
        ],
        at=percent(middle), near_half=0.42 < middle < 0.58,
    )  # fmt: skip


def _ticks(first: int, after: int, heights: tuple[int, int, int]) -> str:
    """One path for many ticks: every tenth is tallest, every fifth taller."""
    ten, five, one = heights
    return "".join(f"M{tick}.5 45v-{ten if tick % 10 == 9 else five if tick % 5 == 4 else one}" for tick in range(first, after))


@register.inclusion_tag("assessments/charts/level_table.html")
def level_table(probabilities: Sequence[float]) -> Context:
    """How probable each level is: the bar stands in the table, so there is nothing to translate between them."""
    highest = max(probabilities, default=0)
    return {"rows": [
        {"level": level, "name": level_name(level), "width": percent(chance), "words": chance_words(chance), "most": chance == highest}
        for level, chance in zip(LEVELS, probabilities, strict=True)
    ]}  # fmt: skip


@register.inclusion_tag("assessments/charts/legend.html")
def legend(*signs: str) -> Context:
    """What the signs mean; any of: you, interval, short, target, claimed, unmeasured."""
    words = {
        "you": _("reading"), "interval": _("90% interval"), "short": _("short of the target"),
        "target": _("target of the role"), "claimed": _("what you said"), "unmeasured": _("not measured"),
    }  # fmt: skip
    return {"signs": [{"name": sign, "words": words[sign]} for sign in signs]}
