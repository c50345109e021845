"""The words of roles, recommendations and plans: codes of the pure room, said to a person."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.templatetags.hours import shown
from assessments.templatetags.parts import chapters_words, deed_words
from assessments.templatetags.words import chance_words, interval_words, wanted

register = template.Library()
register.filter(chapters_words)
register.filter(deed_words)


@register.filter
def importance_name(code: str) -> str:
    return {"core": _("core"), "important": _("important"), "useful": _("useful")}.get(code, code)


@register.filter
def confidence_name(code: str) -> str:
    return {"high": _("much"), "medium": _("something"), "low": _("little")}.get(code, code)


@register.filter
def why_words(why: Any) -> str:
    """One reason of a recommendation in words."""
    if why.code == "chance":
        return _("%(chance)s that it is a gap") % {"chance": chance_words(float(why.detail))}
    if why.code == "chance-expected":
        return _("%(chance)s that it is still a gap, after what you have read; a forecast") % {
            "chance": chance_words(float(why.detail))
        }
    if why.code == "importance":
        return _("%(importance)s for your role") % {"importance": importance_name(why.detail)}
    if why.code == "caught":
        return _("your answers showed this idea: “%(says)s”") % {"says": why.detail}
    if why.code == "needed-for":
        return _("%(name)s stands on it") % {"name": why.detail}
    words = {
        "key": _("one of the sub-skills the role is known by"),
        "started": _("you have begun it"),
        "hard": _("it begins above where you are: go slowly"),
        "free": _("free of charge"),
    }
    return words.get(why.code, "")


@register.filter
def standing_words(gap: Any) -> str:
    """Where she is in a sub-skill against the target; what reading should have brought is called a forecast."""
    said = {"measured": interval_words(gap.low, gap.high), "target": wanted(gap.target)}
    if not gap.learned:
        return _("you %(measured)s, target %(target)s") % said
    expected = interval_words(gap.expected_low, gap.expected_high)
    return _(
        "measured %(measured)s; expected %(expected)s after what you have done since, not measured; target %(target)s"
    ) % {
        **said,
        "expected": expected,
    }


@register.filter
def measure_words(reason: str) -> str:
    """Why a sitting stands in the plan."""
    words = {
        "unmeasured": _("It is not measured yet: whether there is a gap is not known."),
        "unsure": _("Whether there is a gap is not sure; a sitting costs less than a book."),
        "read-since": _("You have read about it since; a sitting shows what came of it."),
        "after-study": _("Unseen questions show what came of it: a clear gain, a probable gain, or within the noise."),
    }
    return words.get(reason, "")


@register.filter
def unreached_words(reason: str) -> str:
    """Why a gap stays open at the end of the plan."""
    words = {
        "nothing-serves": _("nothing in the catalogue leads that far from where you are"),
        "refused": _("what would serve it you have left out"),
        "budget": _("what would close it costs more than you have given"),
        "time": _("it does not fit before the end"),
    }
    return words.get(reason, "")


@register.filter
def hours_words(hours: float) -> str:
    return _("%(hours)s h") % {"hours": shown(hours)}


@register.filter
def part_words(step: Any) -> str:
    """The hours of a step, and which of the part they are: "chapter 4, first 6 of 10 h"."""
    chapters = chapters_words(step.chapters) if step.chapters else ""
    said = {"hours": shown(step.hours), "all": shown(step.part_hours), "from": shown(step.from_hour)}
    if step.first and step.last:
        hours = _("%(hours)s h") % said
    elif step.first:
        hours = _("first %(hours)s of %(all)s h") % said
    elif step.last:
        hours = _("last %(hours)s of %(all)s h") % said
    else:
        hours = _("%(hours)s of %(all)s h, after the first %(from)s") % said
    return ", ".join(part for part in (chapters, hours) if part)


@register.filter
def week_words(week: Any) -> str:
    """A week in one line: each work once, then what is measured."""
    works = dict.fromkeys(step.resource.title for step in week.steps if step.kind == "study")
    areas = dict.fromkeys(step.area_name for step in week.steps if step.kind == "measure")
    return "; ".join([*works, *(_("measure %(area)s") % {"area": name} for name in areas)])


@register.filter
def plan_headline(page: Any) -> str:
    """What the plan comes to, in one line."""
    plan = page.plan
    if plan.reason and plan.reason != "unsure":
        return _("Your plan")
    planned = sum(week.hours for week in plan.weeks)
    said = {"hours": shown(planned), "weeks": len(plan.weeks)}
    if not plan.weeks:
        return _("Your plan")
    if plan.reaches:
        return (
            ngettext(
                "%(hours)s hours to the bar, in %(weeks)s week",
                "%(hours)s hours to the bar, in %(weeks)s weeks",
                len(plan.weeks),
            )
            % said
        )
    return ngettext("%(hours)s hours in %(weeks)s week", "%(hours)s hours in %(weeks)s weeks", len(plan.weeks)) % said
