"""The terms of a plan: what she aims at, and the time and money she has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessments.models import RoleProfile
from assessments.models.plans import MOST_HOURS_A_WEEK

MOST_MONEY = 1_000_000


class PlanForm(forms.Form):
    """Only the last two fields may stay empty: no limit of money, no end."""

    profile = forms.ChoiceField(label=_("Role"))
    hours_per_week = forms.IntegerField(label=_("Hours a week"), min_value=0, max_value=MOST_HOURS_A_WEEK)
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until (optional)"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    budget = forms.IntegerField(
        label=_("Money"),
        min_value=0,
        max_value=MOST_MONEY,
        required=False,
        help_text=_("In all. 0: free things only; empty: no limit."),
    )

    def __init__(self, *args: Any, profiles: Iterable[RoleProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profiles = {name_of(profile): profile for profile in profiles}
        self.fields["profile"].choices = [(name, str(profile)) for name, profile in self.profiles.items()]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_profile(self) -> RoleProfile:
        return self.profiles[self.cleaned_data["profile"]]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        start, end = asked.get("starts_on"), asked.get("until")
        if start and end and end < start:
            self.add_error("until", _now("The end lies before the beginning. Choose a later day, or leave it empty."))
        return asked


def name_of(profile: RoleProfile) -> str:
    return f"{profile.role.slug}/{profile.seniority}"
