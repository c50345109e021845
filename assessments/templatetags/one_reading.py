"""Drawings of one reading: the rule large and small, the jaws while answering, a chance, the levels.

Each function says what its template needs, as text; the template knows the shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from assessments.templatetags.places import (
    LEVELS,
    anchor,
    band,
    chance_of_meeting,
    limbs,
    percent,
    place,
    share,
    span,
    verdict,
    visible,
)
from assessments.templatetags.words import chance_words, interval_words, level_name, reading, wanted

Context = dict[str, Any]
_figures = count(1)
HILL = 64  # pixels: the height of the shape above a rule


def figure(title: str, desc: str, **rest: Any) -> Context:
    """What every chart carries: an id of its own, a title, and a description that replaces the picture."""
    return {"id": f"g{next(_figures):x}", "title": title, "desc": desc, **rest}


def sentence(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def interval_drawn(value: float | None, low: float | None, high: float | None) -> Context | None:
    """The interval with its jaws and bead, or nothing where nothing is measured."""
    if value is None or low is None or high is None:
        return None
    low, high = visible(low, high)
    return {"at": place(value), "low": place(low), "high": place(high), "limbs": limbs(low, high), **span(low, high)}


def target_drawn(value: float | None, low: float | None, high: float | None, target: float | None) -> Context | None:
    """The pointer, and the part of the interval that lies short of it."""
    if target is None:
        return None
    short = (
        {"low": place(low), "high": place(min(high, target))}
        if low is not None and high is not None and low < target
        else None
    )
    return {"at": place(target), "anchor": anchor(share(target)), "short": short}


def chance_of(value: Any, low: Any, high: Any, target: Any, chance: Any) -> float | None:
    if chance is not None or None in (value, low, high, target):
        return None if chance is None else float(chance)
    return chance_of_meeting(value, low, high, target)


def in_words(value: Any, low: Any, high: Any, target: Any, chance: float | None) -> str:
    """A reading in words, for those who do not see the picture."""
    if value is None:
        words = _("Not measured yet.")
    else:
        words = _("%(reading)s, %(level)s; with 90%% probability %(interval)s.") % {
            "reading": reading(value),
            "level": level_name(value),
            "interval": interval_words(low, high),
        }
    if target is None:
        return words
    goal = _("Target %(target)s") % {"target": wanted(target)}
    return sentence(words, f"{goal}: {verdict(chance)}." if chance is not None else f"{goal}.")


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
    shape: Sequence[float] = (),
) -> Context:
    """The large rule: five limbs, the interval between two jaws, the bead, the pointer of the role.

    shape: the density of the reading from 1 to 6, the highest 1: drawn above the rule, cut at the target.
    """
    chance = chance_of(value, low, high, target, chance)
    top, height = (60, 84) if hero else (52 + HILL if shape else 52, 38)
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
        sentence(in_words(value, low, high, target, chance), f"{you_said}." if you_said else ""),
        limbs=[
            {
                "level": level,
                "at": place(level),
                "name": level_name(level),
                "here": value is not None and band(value) == level,
            }
            for level in LEVELS
        ],
        reading=interval_drawn(value, low, high),
        target=target_drawn(value, low, high, target),
        target_label=target_label or (_("target %(level)s") % {"level": wanted(target)} if target is not None else ""),
        claimed=place(band(claimed) + 0.5) if claimed is not None else None,
        you_said=you_said,
        tips={
            "reading": f"{rows[0][0]}: {rows[0][1]}",
            "interval": f"{rows[1][0]}: {rows[1][1]}",
            "target": ". ".join(f"{name}: {value}" for name, value in rows[2:4]) if target is not None else "",
        },
        hero=hero,
        hill=hill(shape, target) if shape else None,
        sides=sides(chance, target) if shape and chance is not None and target is not None else None,
        y={name: str(at) for name, at in _heights(top, height, hero, HILL if shape else 0).items()},
        table={"caption": _("Level"), "head": [_("Measure"), _("Value")], "rows": rows} if table else None,
    )


def hill(shape: Sequence[float], target: float | None) -> dict[str, str]:
    """The shape of the doubt as two areas in a box of 100 x 100: what is short of the target, and what meets it."""
    cut = 100 * share(target) if target is not None else 0.0
    ground = [(100 * at / (len(shape) - 1), 100 - 96 * height) for at, height in enumerate(shape)]
    before = [(x, y) for x, y in ground if x < cut]
    after = [(x, y) for x, y in ground if x >= cut]
    edge = after[0][1] if after else 100.0  # points are a tenth of a level apart, targets stand on whole levels
    return {"short": area([*before, (cut, edge)]) if before else "", "meets": area(after)}


def area(line: Sequence[tuple[float, float]]) -> str:
    if not line:
        return ""
    points = "L".join(f"{x:.4g} {y:.4g}" for x, y in line)
    return f"M{line[0][0]:.4g} 100L{points}L{line[-1][0]:.4g} 100z"


def sides(chance: float, target: float) -> dict[str, str]:
    """How the target divides the doubt, in words for its two sides."""
    return {
        "at": place(target),
        "short": _("short: %(chance)s") % {"chance": chance_words(1 - chance)},
        "meets": _("meets: %(chance)s") % {"chance": chance_words(chance)},
    }


def _heights(top: int, height: int, hero: bool, raised: int) -> dict[str, int]:
    """Every vertical place of the large rule follows from its upper edge and its thickness."""
    under = top + height
    big = 1 if hero else 0
    return {
        "top": top,
        "height": height,
        "under": under,
        "middle": top + height // 2,
        "jaw": top - 2,
        "jaw_height": height + 4,
        "lip": height - 10,
        "ticks": 28 if hero else 18,
        "number": under + (50 if hero else 37),
        "name": under + (70 if hero else 57),
        "pointer": top - 26 - raised,
        "pointer_end": 26 + raised + height,
        "hill": top - 6 - raised,
        "hill_height": raised,
        "bead": 9 + 6 * big,
        "whole": under + (76 if hero else 62),
    }


def small_rule(
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    label: str = "",
    chance: float | None = None,
) -> Context:
    """The rule of a row: its words are in aria-label, since the row says the numbers beside it."""
    words = in_words(value, low, high, target, chance_of(value, low, high, target, chance))
    return {
        "id": f"g{next(_figures):x}",
        "label": f"{label}: {words}" if label else words,
        "reading": interval_drawn(value, low, high),
        "target": target_drawn(value, low, high, target),
    }


def precision_bar(width: float, goal: float = 0.8, start: float | None = None) -> Context:
    """The jaws while answering: width only, never the place, so that they cannot hint at the level."""
    whole = max(start or width, width, goal) * 1.04
    reach, wanted = width / whole, goal / whole
    return {
        "label": _("The interval is %(width)s levels wide; the goal is %(goal)s.")
        % {"width": reading(width), "goal": reading(goal)},
        "low": percent(0.5 - reach / 2),
        "high": percent(0.5 + reach / 2),
        "width": percent(reach),
        "zone": {"x": percent(0.5 - wanted / 2), "width": percent(wanted)},
        "tenths": str(round(whole * 10)),
    }


def readiness_rule(low: float, high: float, value: float | None = None) -> Context:
    """A chance as a rule of one hundred ticks. All three are shares, 0 to 1; low to high is the doubt."""
    middle = (low + high) / 2 if value is None else value
    sure, open_ = round(low * 100), round(high * 100)
    words = _("%(chance)s; between %(low)s and %(high)s fit the answers.") % {
        "chance": chance_words(middle),
        "low": sure,
        "high": open_,
    }
    return figure(
        _("Readiness: %(chance)s") % {"chance": chance_words(middle)},
        chance_words(middle) + "." if sure == open_ else words,
        paths=[
            {"class": "in", "d": _ticks(0, sure, (44, 36, 28))},
            {"class": "maybe", "d": _ticks(sure, open_, (44, 36, 28))},
            {"class": "out", "d": _ticks(open_, 100, (20, 15, 10))},
        ],
        at=percent(middle),
        near_start=middle < 0.06,
        near_half=0.42 < middle < 0.58,
        near_end=middle > 0.92,
    )


def _ticks(first: int, after: int, heights: tuple[int, int, int]) -> str:
    """One path for many ticks: every tenth is tallest, every fifth taller."""
    ten, five, one = heights
    return "".join(
        f"M{tick}.5 45v-{ten if tick % 10 == 9 else five if tick % 5 == 4 else one}" for tick in range(first, after)
    )


def level_table(probabilities: Sequence[float]) -> Context:
    """How probable each level is: the bar stands in the table, so there is nothing to translate between them."""
    highest = max(probabilities, default=0)
    return {
        "rows": [
            {
                "level": level,
                "name": level_name(level),
                "width": percent(chance),
                "words": chance_words(chance),
                "most": chance == highest,
            }
            for level, chance in zip(LEVELS, probabilities, strict=True)
        ]
    }


def legend(*signs: str) -> Context:
    """What the signs mean; any of: you, interval, short, target, claimed, unmeasured."""
    words = {
        "you": _("reading"),
        "interval": _("90% interval"),
        "short": _("short of the target"),
        "target": _("target of the role"),
        "claimed": _("what you said"),
        "unmeasured": _("not measured"),
    }
    return {"id": f"g{next(_figures):x}", "signs": [{"name": sign, "words": words[sign]} for sign in signs]}
