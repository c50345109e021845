"""What to do with a part of a work, said as a person says it: "Read chapters 4 and 9", "Watch the part about it"."""

from __future__ import annotations

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SECTION_SIGN = "."  # 7.10.2 is a section, 7 a chapter
RANGE_SIGN = "-"


def chapters_words(chapters: str) -> str:
    """ "4, 9" -> "chapters 4 and 9"; "3-4" -> "chapters 3–4"; "7.10.2" -> "section 7.10.2"."""
    said, several = listed(chapters)
    if SECTION_SIGN in chapters:
        return ngettext("section %(places)s", "sections %(places)s", several) % said
    return ngettext("chapter %(places)s", "chapters %(places)s", several) % said


def lines_words(lines: str) -> str:
    """ "62, 74" -> "lines 62 and 74", as places of an article."""
    said, several = listed(lines)
    return ngettext("line %(places)s", "lines %(places)s", several) % said


def listed(numbers: str) -> tuple[dict[str, str], int]:
    """ "1, 5-6" -> "1 and 5–6", and a number for the grammar: 1 for one of them, else 2."""
    places = [place.strip().replace(RANGE_SIGN, "–") for place in numbers.split(",") if place.strip()]
    several = len(places) > 1 or any("–" in place for place in places)
    return {"places": get_text_list(places, _("and"))}, 2 if several else 1


def deed_words(part: Any) -> str:
    """What she does with a part: "Watch the part about it", "Take it", by the kind of work. part: share, chapters."""
    kind = part.resource.kind
    if part.chapters:
        return _("Read %(chapters)s") % {"chapters": chapters_words(part.chapters)}
    whole = {
        "video": _("Watch it"),
        "podcast": _("Listen to it"),
        "course": _("Take it"),
        "bootcamp": _("Take it"),
        "tutorial": _("Work through it"),
        "documentation": _("Work through it"),
    }
    a_part = {
        "video": _("Watch the part about it"),
        "podcast": _("Listen to the part about it"),
        "course": _("Take the part about it"),
        "bootcamp": _("Take the part about it"),
        "tutorial": _("Work through the part about it"),
        "data source": _("Look at the part about it"),
        "organisation": _("Look for the part about it"),
        "repository": _("Look at the part about it"),
    }
    if part.share > 0.999:
        return whole.get(kind, _("Read it"))
    return a_part.get(kind, _("Read the part about it"))
