"""The words of progress, as template filters: milestones, and what she said of herself."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext_lazy

from assessments.psychometrics.confidence import CLEARLY
from assessments.templatetags.results import CHANGES

register = template.Library()

MILESTONES: dict[str, tuple[Any, Any]] = {  # reached, and still ahead
    "first": (_lazy("First area measured: %(area)s"), _lazy("Measure a first area")),
    "solid": (_lazy("First solid measurement: %(area)s"), _lazy("A first solid measurement")),
    "core": (
        ngettext_lazy("The core area of your role measured", "All %(of)s core areas of your role measured", "of"),
        _lazy("All core areas of your role measured: %(done)s of %(of)s"),
    ),
    "all": (  # of the areas that have questions: the page counts all there are beside it
        ngettext_lazy(
            "Measured in the area that has questions", "Measured in all %(of)s areas that have questions", "of"
        ),
        _lazy("Measured in all areas that have questions: %(done)s of %(of)s"),
    ),
    "gain": (_lazy("A clear gain in %(area)s"), ""),
}


@register.filter
def milestone_words(milestone: Any) -> str:
    done, ahead = MILESTONES[milestone.name]
    words = done if milestone.reached_at else ahead
    return str(words % {"area": milestone.area, "done": milestone.done, "of": milestone.of})


@register.filter
def claim_words(report: Any) -> str:
    """What she said of herself against what was measured, only as far as the measurement is clear."""
    claimed = {"level": report.claimed}
    if report.probability_above >= CLEARLY:
        return _("You rated yourself at %(level)s, higher than measured.") % claimed
    if report.probability_below >= CLEARLY:
        return _("You rated yourself at %(level)s, lower than measured.") % claimed
    return _("You rated yourself at %(level)s, which the measurement allows.") % claimed


@register.inclusion_tag("assessments/progress/_change_chip.html")
def change_chip(since: Any) -> dict[str, Any]:
    """A change as a label with its sign."""
    label, icon, look = CHANGES[since.change.label]
    return {"label": label, "icon": icon, "look": look, "since": since.since}
