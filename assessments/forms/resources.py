"""Narrowing the catalogue: every field is optional, and all of them stand in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from assessments.models import Area, Cost, Resource, ResourceKind

FREE = (Cost.FREE, Cost.FREE_TO_READ)
HOURS = ((2, _("at most 2 h")), (10, _("at most 10 h")), (30, _("at most 30 h")), (100, _("at most 100 h")))
LEVELS = (1, 2, 3, 4, 5)
ALL = ("", _("all"))


class CatalogueForm(forms.Form):
    words = forms.CharField(label=_("Title or author"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    about = forms.ChoiceField(label=_("About"), required=False)
    level = forms.TypedChoiceField(
        label=_("For level"),
        choices=[ALL, *((n, n) for n in LEVELS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    hours = forms.TypedChoiceField(
        label=_("Hours"), choices=[ALL, *HOURS], coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    free = forms.BooleanField(label=_("Free to read or use"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = list(Resource.objects.shown().values_list("kind", "language"))
        self.fields["kind"].choices = [ALL, *kinds(kind for kind, _language in shown)]  # type: ignore[attr-defined]
        self.fields["language"].choices = [ALL, *languages(code for _kind, code in shown)]  # type: ignore[attr-defined]
        self.fields["about"].choices = [ALL, *areas_and_subskills()]  # type: ignore[attr-defined]

    def found(self) -> QuerySet[Resource]:
        """What fits; a value that is none of the choices fits nothing."""
        resources = Resource.objects.shown().order_by("title", "pk")
        if not self.is_valid():
            return resources.none()
        asked = self.cleaned_data
        for name, condition in CONDITIONS.items():
            if asked[name]:
                resources = resources.filter(condition(asked[name]))
        return resources.distinct()


# Each filter is a condition of its value; an area or a sub-skill is looked for among what a resource covers.
CONDITIONS = {
    "words": lambda words: Q(title__icontains=words) | Q(creators__icontains=words) | Q(provider__icontains=words),
    "kind": lambda kind: Q(kind=kind),
    "about": lambda slug: Q(coverage__subskill__area__slug=slug) | Q(coverage__subskill__slug=slug),
    "level": lambda level: Q(level_from__lte=level, level_to__gte=level),
    "hours": lambda hours: Q(hours__lte=hours),
    "language": lambda code: Q(language=code),
    "free": lambda _yes: Q(cost__in=FREE),
}


def counted(values: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Values as they are called, each with the number of resources that have it."""
    return [(value, f"{names.get(value, value)} ({count})") for value, count in sorted(Counter(values).items())]


def kinds(values: Iterable[str]) -> list[tuple[str, str]]:
    return counted(values, {value: str(label) for value, label in ResourceKind.choices})


def languages(codes: Iterable[str]) -> list[tuple[str, str]]:
    codes = list(codes)
    return counted(codes, {code: get_language_info(code)["name_translated"] for code in set(codes) & set(LANG_INFO)})


def areas_and_subskills() -> list[tuple[str, list[tuple[str, str]]]]:
    """An area by itself, then its sub-skills, each with the number of resources that cover it."""
    shown = Q(subskills__coverage__resource__archived=False)
    found = Area.objects.annotate(resources=Count("subskills__coverage__resource", filter=shown, distinct=True))
    return [
        (
            area.name,
            [(area.slug, f"{area.name} ({area.resources})"), *((one.slug, one.name) for one in area.subskills.all())],
        )
        for area in found.prefetch_related("subskills")
    ]
