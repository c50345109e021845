"""The topics of the articles in the words of the site, and the details of a fact in order."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

TOPICS = {
    "questions": (_("Questions people ask"), _("What the articles set out to answer.")),
    "roles": (_("What the job is"), _("Titles, and what each article says they do.")),
    "duties": (_("Duties"), _("What the work consists of.")),
    "skills": (_("Skills asked for"), _("Every skill the articles name.")),
    "education": (
        _("Ways in"),
        _("Degrees, certificates and self-study. The articles disagree; each speaks for itself."),
    ),
    "schools": (_("Schools"), _("With the figures as one article states them, in US dollars a year.")),
    "salary_demand": (_("Pay and demand"), _("Each figure with who says it and the year. They are never averaged.")),
    "career_steps": (_("Steps and applications"), _("From a plan to an offer.")),
    "technologies": (_("Technologies"), _("Languages, tools and services named.")),
    "industries_applications": (_("Industries and uses"), _("Where the work is done, and for what.")),
    "places": (_("Places"), _("Where the jobs are said to be.")),
    "challenges": (_("Challenges"), _("What is said to be hard.")),
    "resources": (
        _("Named to learn from"),
        _("Books, courses, organisations, journals and podcasts the articles name."),
    ),
    "people_employers": (_("People and employers"), _("Named in the articles.")),
    "claims": (_("Claims"), _("Definitions and general statements, as claims.")),
    "excluded": (_("Left out"), _("Parts of the articles that say nothing of the job, and why.")),
}
LABELS = {
    "in_state_tuition": _("tuition, in state"),
    "out_of_state_tuition": _("tuition, out of state"),
    "admission_rate": _("admission rate"),
    "graduation_rate": _("graduation rate"),
    "enrollment": _("students"),
    "basis": _("said by"),
}
SHARES = ("admission_rate", "graduation_rate")


@register.filter
def details(fact: Any) -> list[tuple[str, str]]:
    """What a fact states beside its sentence: label and value."""
    return [(str(LABELS.get(name, name.replace("_", " "))), shown(name, value)) for name, value in fact.details.items()]


def shown(name: str, value: Any) -> str:
    if name in SHARES:
        return f"{value:.0%}"
    return f"{value:,}" if isinstance(value, int) and name != "year" else str(value)
