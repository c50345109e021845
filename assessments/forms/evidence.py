"""What she claims, and what she can show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import RUBRICS, AreaAnchor, Proof


class ClaimForm(forms.Form):
    """The five anchors of an area, as deeds."""

    level = forms.TypedChoiceField(
        label=_("Which sentence is true of your last twelve months?"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Take the last one that is true of your practice, not of your reading."),
    )

    def __init__(self, *args: Any, anchors: Iterable[AreaAnchor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(one.level, f"{one.level}. {one.deed}") for one in anchors]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False


class ProofForm(forms.ModelForm):
    """A link to her work, with the rubric of its kind."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    checks = forms.MultipleChoiceField(
        label=_("Check it yourself: what is true?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only you see this. From three of the five on, we count it as practice shown."),
    )

    class Meta:
        model = Proof
        fields = ["title", "url", "made_on", "checks"]
        labels = {"title": _("Title"), "made_on": _("Date")}
        widgets = {"made_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checks"].choices = list(RUBRICS[self.instance.kind].items())  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_checks(self) -> list[str]:
        """Each line once, in the order of the rubric."""
        return [name for name in RUBRICS[self.instance.kind] if name in self.cleaned_data["checks"]]

    def clean_made_on(self) -> Any:
        made_on = self.cleaned_data["made_on"]
        if made_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Give the day it was finished or issued."))
        return made_on
