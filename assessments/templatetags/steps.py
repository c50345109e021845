"""The steps of a plan in words, for the files it leaves as: a calendar and a text."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.guidance.weeks import Measure, Step, Study, Week
from assessments.templatetags.hours import shown
from assessments.templatetags.parts import chapters_words


def title_of(page: Any) -> str:
    if page.profile is None:
        return _("Study plan")
    return _("Study plan: %(role)s") % {"role": page.profile}


def heading_of(week: Week) -> str:
    return _("Week %(number)s: %(first)s to %(last)s, %(hours)s h") % {
        "number": week.number,
        "first": date_format(week.starts_on, "DATE_FORMAT"),
        "last": date_format(week.ends_on, "DATE_FORMAT"),
        "hours": shown(week.hours),
    }


def path_of(step: Step) -> str:
    """Where the step is done: the page of the work, or the area to measure."""
    if isinstance(step, Study):
        return reverse("resource", args=[step.offer.resource.slug])
    return reverse("area", args=[step.area])


def worded(step: Step) -> tuple[str, str]:
    """What to do, and more about it."""
    if not isinstance(step, Study):
        return sitting_words(step) % {"area": step.area_name}, REASONS_TO_MEASURE[step.reason]()
    resource = step.offer.resource
    what = _("%(title)s, %(hours)s h") % {"title": resource.title, "hours": shown(step.hours)}
    more = [_("for %(name)s") % {"name": step.gap.name}]
    more += [chapters_words(step.chapters)] if step.chapters else []
    more += [resource.url] if resource.url else []
    return what, ", ".join(more)


def sitting_words(step: Measure) -> str:
    return _("Measure: %(area)s") if step.reason == "unmeasured" else _("Measure again: %(area)s")


REASONS_TO_MEASURE = {
    "unmeasured": lambda: _("not measured yet"),
    "unsure": lambda: _("whether there is a gap is not sure"),
    "read-since": lambda: _("what was read since is not in the measurement"),
    "after-study": lambda: _("what was learned shows here"),
}
