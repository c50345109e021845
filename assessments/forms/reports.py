"""What a learner writes about a question, and what an editor answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models.reports import LONGEST_ANSWER, LONGEST_WORDS


class ReportForm(forms.Form):
    words = forms.CharField(
        max_length=LONGEST_WORDS,
        label=_("What is wrong with it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what is wrong.")},
    )


class ReportAnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=LONGEST_ANSWER,
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        help_text=_("Plain text, shown to the learner once her sitting has ended."),
    )
    all_open = forms.BooleanField(required=False, label=_("Give this answer to every open report about this question"))
