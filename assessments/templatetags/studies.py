"""The words of roles, recommendations and plans: codes of the pure room, said to a person."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from assessments.templatetags.words import chance_words

register = template.Library()


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
    if why.code == "importance":
        return _("%(importance)s for your role") % {"importance": importance_name(why.detail)}
    if why.code == "caught":
        return _("your answers showed this idea: “%(says)s”") % {"says": why.detail}
    if why.code == "needed-for":
        return _("%(name)s stands on it") % {"name": why.detail}
    words = {
        "key": _("one of the sub-skills the role is known by"),
        "started": _("you have begun it"),
        "free": _("free of charge"),
    }
    return words.get(why.code, "")
