"""What many questions are to become."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.skills import SubskillField
from assessments.models import Subskill


class ChosenForm(forms.Form):
    """The chosen questions in one field: ten thousand do not fit into as many."""

    chosen = forms.CharField(widget=forms.HiddenInput, max_length=200_000)

    def clean_chosen(self) -> list[int]:
        numbers = self.cleaned_data["chosen"].split(",")
        if not all(number.isascii() and number.isdigit() for number in numbers):
            raise forms.ValidationError(_("Choose questions in the list."))
        return [int(number) for number in numbers]


class MoveForm(ChosenForm):
    subskill = SubskillField(Subskill.objects.all(), label=_("To area and sub-skill"), empty_label=_("Choose"))


class RelabelForm(ChosenForm):
    label = forms.IntegerField(label=_("Difficulty, 1 to 5"), min_value=1, max_value=5, initial=3)
