"""Choosing two versions of a question, and bringing one back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Item, ItemVersion


class CompareForm(forms.Form):
    old = forms.TypedChoiceField(coerce=int, label=_("Version"))
    new = forms.TypedChoiceField(coerce=int, label=_("beside version"))

    def __init__(self, data: Any, *, item: Item) -> None:
        super().__init__(data)
        numbers = [(number, str(number)) for number in item.versions.values_list("number", flat=True)]
        for name in ("old", "new"):
            self.fields[name].choices = numbers  # type: ignore[attr-defined]


class RestoreForm(forms.Form):
    edit = forms.ChoiceField(
        choices=ItemVersion.Edit.choices,
        initial=ItemVersion.Edit.NEW_QUESTION,
        widget=forms.RadioSelect,
        label=_("Against the present version this is"),
    )
