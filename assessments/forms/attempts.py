"""What is asked before a sitting begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import AreaAnchor, Goal


class BeginForm(forms.Form):
    """How exact it should be, and where she sees herself."""

    goal = forms.ChoiceField(
        label=_("How exact?"),
        choices=[(Goal.QUICK.value, _("Quick")), (Goal.SOLID.value, _("Solid"))],
        initial=Goal.QUICK,
        widget=forms.RadioSelect,
        required=False,
    )
    self_rating = forms.TypedChoiceField(
        label=_("Where do you see yourself? (optional)"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Take the last sentence that is true. It is shown beside your result and never mixed into it."),
    )

    def __init__(self, *args: Any, anchors: Iterable[AreaAnchor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = self.fields["self_rating"]
        rating.choices = [("", _("I would rather not say")), *((one.level, one.deed) for one in anchors)]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_goal(self) -> str:
        return self.cleaned_data["goal"] or Goal.QUICK.value


class AnswerForm(forms.Form):
    """How an answer was given; the answer itself is read by the kind of its question."""

    confidence = forms.TypedChoiceField(
        choices=[(25, _("Guess")), (50, _("Half sure")), (75, _("Fairly sure")), (95, _("Certain"))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    visible_ms = forms.IntegerField(min_value=0, max_value=86_400_000, required=False)
    unknown = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Who does not know has not said how sure she is of an answer."""
        if self.cleaned_data.get("unknown"):
            self.cleaned_data["confidence"] = None
        return self.cleaned_data
