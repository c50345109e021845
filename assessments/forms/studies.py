"""What a person may ask of her list of studies, and say of a resource."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.resources import ALL, HOURS, languages
from assessments.models import Resource, ResourceChoice, ResourceKind


class StudyForm(forms.Form):
    """Filters of the list; all of them stand in the address."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    hours = forms.TypedChoiceField(
        label=_("Hours"), choices=[ALL, *HOURS], coerce=float, empty_value=None, required=False
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    free = forms.BooleanField(label=_("Free to read or use"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = list(Resource.objects.shown().values_list("kind", "language"))
        self.fields["kind"].choices = [ALL, *uncounted(kind for kind, _language in shown)]  # type: ignore[attr-defined]
        self.fields["language"].choices = [ALL, *languages(code for _kind, code in shown)]  # type: ignore[attr-defined]


def uncounted(values: Iterable[str]) -> list[tuple[str, str]]:
    names = dict(ResourceKind.choices)
    return [(value, str(names.get(value, value))) for value in sorted(set(values))]


class ChoiceForm(forms.Form):
    """Started, done, not for me with a reason, or nothing said any more."""

    WITHDRAWN = "withdrawn"

    state = forms.ChoiceField(choices=[*ResourceChoice.State.choices, (WITHDRAWN, _("undo"))])
    reason = forms.ChoiceField(choices=ResourceChoice.Reason.choices, required=False)
