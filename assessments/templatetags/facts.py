"""The topics of the articles in the words of the site, and how each is laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessments.templatetags.parts import lines_words
from assessments.templatetags.words import interval_words

register = template.Library()
register.filter(lines_words)

TOPICS = {
    "questions": (_("Questions people ask"), _("What the articles set out to answer, and what they answer.")),
    "roles": (_("What the job is"), _("Titles, and what each article says they do.")),
    "duties": (_("Duties"), _("What the work consists of, and the skills behind it.")),
    "skills": (_("Skills asked for"), _("Every skill the articles name, by area, beside where you stand.")),
    "education": (
        _("Ways in"),
        _("Degrees, certificates and self-study. The articles disagree; each speaks for itself."),
    ),
    "schools": (_("Schools"), _("With the figures as one article states them, in US dollars a year.")),
    "salary_demand": (_("Pay and demand"), _("Each figure with who says it and the year. They are never averaged.")),
    "career_steps": (_("Steps and applications"), _("From a plan to an offer, to tick off as you go.")),
    "technologies": (_("Technologies"), _("Languages, tools and services named, and the skill behind each.")),
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
FORMS = {
    "questions": "questions",
    "schools": "schools",
    "salary_demand": "pay",
    "places": "pairs",
    "people_employers": "pairs",
    "excluded": "pairs",
}  # the others are lists of what is told
TICK_WORDS = {
    "career_steps": _("Tick what you have done."),
    "duties": _("Tick what you have done: at work, in studies or in a project of your own."),
    "skills": _("Tick what you would name in an application. A tick is your word; a level is measured."),
    "technologies": _("Tick what you have worked with."),
    "education": _("Tick what you have."),
}
GROUPS = {
    "plan": _("Plan"),
    "learn": _("Learn"),
    "practise": _("Practise"),
    "network": _("Meet people"),
    "search": _("Search"),
    "apply": _("Apply"),
    "progress": _("Move on"),
    "degree": _("Degrees"),
    "degree or experience": _("A degree or experience"),
    "certificate": _("Certificates"),
    "bootcamp": _("Bootcamps"),
    "self-study": _("Self-study"),
    "course": _("Courses"),
    "projects": _("Projects"),
    "advice": _("Advice"),
    "application": _("Uses"),
    "industry": _("Industries"),
    "language": _("Languages"),
    "library": _("Libraries and environments"),
    "data and serving": _("Data, cloud and deployment"),
    "working tool": _("Working tools and techniques"),
    "book": _("Books"),
    "website": _("Sites and communities"),
    "organisation": _("Organisations"),
    "repository": _("Repositories of papers"),
    "journal": _("Journals"),
    "youtube": _("Video channels"),
    "podcast": _("Podcasts"),
    "provider": _("Providers of certificates"),
    "list": _("Lists whose target the articles do not give"),
    "tutorial": _("Tutorials"),
    "article": _("Articles"),
    "activity": _("Things to do"),
    "data source": _("Sources of figures"),
}
SHARES = ("admission_rate", "graduation_rate")
HELD = ("answer_lines", "usd_a_year")  # for our own use: the statement says it already
SAID_BY_THE_HEADING = ("kind", "seniority")

ARTICLE = re.compile(r"\b(article (\d+))\b")
FRAMEWORKS = {
    "soc": _("Occupations of the United States (SOC)"),
    "esco": _("Occupations of the European Union (ESCO)"),
    "sfia": _("Skills of the information age (SFIA), each code with its levels"),
}


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; slug: of the article it names."""

    text: str
    slug: str = ""


@register.filter
def pieces(said: str) -> list[Piece]:
    """A sentence cut at the articles it names, so that a page can link them."""
    parts = ARTICLE.split(said)  # words, name, number, words, ...
    found = []
    for words, name, number in zip(parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True):
        found += [Piece(words)] if words else []
        found += [Piece(name, f"article-{number}")] if name else []
    return found


@register.filter
def place_in(said: str, sources: Any) -> dict[str, Any]:
    """ "article 0: lines 62, 74" -> its source and "lines 62 and 74"; what names no article stays as it is."""
    name, _colon, lines = said.partition(":")
    source = next((one for one in sources if one.slug == name.strip().replace(" ", "-")), None)
    if source is None:
        return {"source": None, "said": said}
    return {"source": source, "lines": lines_words(re.sub(r"^\s*lines?\s*", "", lines)) if lines.strip() else ""}


@register.filter
def places(fact: Any) -> list[dict[str, Any]]:
    """Where the articles state a fact: each article once, with all its lines."""
    found: dict[Any, list[str]] = {}
    for citation in fact.citations.all():
        found.setdefault(citation.source, []).append(citation.lines)
    return [{"source": source, "lines": ", ".join(sorted(lines, key=first_number))} for source, lines in found.items()]


def first_number(lines: str) -> int:
    digits = re.match(r"\d+", lines)
    return int(digits[0]) if digits else 0


@register.filter
def framework_name(code: str) -> str:
    return str(FRAMEWORKS.get(code, code.upper()))


@register.filter
def group_name(name: str) -> str:
    return str(GROUPS.get(name, name))


@register.filter
def tick_words(topic: str) -> str:
    return str(TICK_WORDS.get(topic, ""))


@register.filter
def details(fact: Any) -> list[str]:
    """What a fact states beside its sentence, but for what its place on the page says."""
    left_out = (*HELD, *SAID_BY_THE_HEADING)
    found = [(name, value) for name, value in fact.details.items() if name not in left_out]
    return [shown(name, value) for name, value in found if value not in GROUPS or name != "group"]


@register.filter
def detail(fact: Any, name: str) -> str:
    """One figure or word of a fact; a dash where the articles give none."""
    value = fact.details.get(name)
    return "–" if value is None else shown(name, value)


def shown(name: str, value: Any) -> str:
    if name in SHARES:
        return _now("%(share)s%%") % {"share": round(value * 100)}
    return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else str(value)


@register.filter
def you_are(standing: Any) -> str:
    """Where she stands in an area, in two or three words."""
    if standing.report is None:
        return _now("not measured")
    return _now("you: %(interval)s") % {"interval": interval_words(standing.report.low, standing.report.high)}


@register.filter
def number_of(source: Any) -> str:
    """ "article-2" -> "2": the articles are called by the number of their file."""
    return source.slug.rpartition("-")[2]
