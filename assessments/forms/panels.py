"""The ratings of one practitioner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import ItemVersion

RATINGS = [("", "–"), *((number, str(number)) for number in range(1, 6))]


class PanelForm(forms.Form):
    """Each action from 1 (harmful) to 5 (very effective), given alone."""

    panelist = forms.CharField(max_length=60, label=_("Code of the practitioner"))
    practises = forms.CharField(max_length=100, label=_("Works as"), required=False)

    def __init__(self, *args: Any, version: ItemVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = version.content["options"]
        for option in self.actions:
            self.fields[f"rate_{option['key']}"] = forms.TypedChoiceField(
                label=option["text"], choices=RATINGS, coerce=int
            )

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "panelist": cleaned["panelist"],
            "practises": cleaned["practises"],
            "ratings": {option["key"]: cleaned[f"rate_{option['key']}"] for option in self.actions},
        }
