"""Choosing among a hundred sub-skills, or among any many: under their areas, and by ticking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.models import Subskill


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes in a frame that scrolls: a click or a space chooses one more, and never lets the others go."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)
        return render_to_string(
            "admin/assessments/ticks.html", {**context, "label": context["widget"]["attrs"].get("aria-label", "")}
        )


class ByArea(ModelChoiceIterator):
    """The sub-skills of each area under its name."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from [
            (area, [self.choice(one) for one in subskills]) for area, subskills in under_areas(self.queryset).items()
        ]


def under_areas(subskills: Any) -> dict[str, list[Subskill]]:
    """The names of the areas in their order, each with its sub-skills."""
    found: dict[str, list[Subskill]] = {}
    for one in subskills.select_related("area"):
        found.setdefault(one.area.name, []).append(one)
    return found


class SubskillField(forms.ModelChoiceField):
    iterator = ByArea


class SubskillsField(forms.ModelMultipleChoiceField):
    iterator = ByArea
    widget = Ticks
