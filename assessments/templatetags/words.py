"""The words of measurement, as template filters: a number never goes out without its doubt or its unit."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.psychometrics.scale import HIGHEST_READING, LOWEST_READING
from assessments.templatetags.places import verdict

register = template.Library()
NOT_MEASURED = "–"


@register.filter
def level_name(level: float | None) -> str:
    """1 to 5 -> its name. A reading such as 3.4 has the name of the level it stands on."""
    names = (
        pgettext("level", "Aware"),
        pgettext("level", "Basic"),
        pgettext("level", "Working"),
        pgettext("level", "Advanced"),
        pgettext("level", "Expert"),
    )
    return _("Not measured") if level is None else names[max(1, min(5, int(level))) - 1]


@register.filter
def reading(value: float | None) -> str:
    """3.24 -> "3.2", with the decimal sign of the language."""
    return NOT_MEASURED if value is None else formats.number_format(round(float(value), 1), 1)


@register.filter
def wanted(target: float | None) -> str:
    """A target of a role: "3", since targets are set in whole levels; "3.5" where one is not."""
    if target is None:
        return NOT_MEASURED
    return str(int(target)) if float(target).is_integer() else reading(target)


@register.filter
def interval_words(low: float | None, high: float | None) -> str:
    """{{ low|interval_words:high }} -> "2.8 to 3.6"; cut off by an end of the rule -> "at most 1.0"."""
    if low is None or high is None:
        return NOT_MEASURED
    if round(high, 1) <= LOWEST_READING:
        return _("at most %(high)s") % {"high": reading(high)}
    if round(low, 1) >= HIGHEST_READING:
        return _("at least %(low)s") % {"low": reading(low)}
    return _("%(low)s to %(high)s") % {"low": reading(low), "high": reading(high)}


@register.filter
def chance_words(chance: float | None) -> str:
    """0.79 -> "79 in 100". Never 0 and never 100: no answers prove that much."""
    if chance is None:
        return NOT_MEASURED
    if chance < 0.01:
        return _("fewer than 1 in 100")
    if chance > 0.99:
        return _("more than 99 in 100")
    return _("%(count)s in 100") % {"count": round(chance * 100)}


@register.filter
def verdict_words(chance: float | None) -> str:
    """0.79 -> "probably meets": the target against the doubt."""
    return NOT_MEASURED if chance is None else verdict(chance)


@register.filter
def chances_words(low: float | None, high: float | None) -> str:
    """{{ low|chances_words:high }} -> "62 to 81 in 100"; both ends alike -> as one chance."""
    if low is None or high is None:
        return NOT_MEASURED
    least, most = (min(max(round(one * 100), 1), 99) for one in (low, high))
    if least == most:
        return chance_words((low + high) / 2)
    return _("%(low)s to %(high)s in 100") % {"low": least, "high": most}


@register.filter
def minutes(value: float | None) -> str:
    """Minutes as a person says them: "about 12 minutes", "about 1 h 40 min"."""
    if value is None:
        return NOT_MEASURED
    whole = max(1, round(value))
    if whole < 60:
        return ngettext("about %(count)s minute", "about %(count)s minutes", whole) % {"count": whole}
    return _("about %(hours)s h %(minutes)s min") % {"hours": whole // 60, "minutes": whole % 60}


@register.filter
def right_of(right: int, total: int) -> str:
    """{{ right|right_of:total }} -> "2 of 3 right": all a few answers can say about a sub-skill."""
    return _("%(right)s of %(total)s right") % {"right": right, "total": total}
