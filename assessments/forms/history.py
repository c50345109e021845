"""Which sittings and answers to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Area

SHOWN = [
    ("", _("All answers")),
    ("wrong", _("Wrong")),
    ("unknown", _("I don't know")),
    ("unsure", _("Unsure: a guess or half sure")),
    ("sure", _("Confidently wrong")),
    ("reported", _("Reported")),
]


def area_choices(*more: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [("", _("All areas")), *more, *Area.objects.values_list("slug", "name")]


class SittingsForm(forms.Form):
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = area_choices(("map", _("The map")))  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False


class AnswersForm(forms.Form):
    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    misconception = forms.ChoiceField(label=_("Wrong idea behind it"), required=False)

    def __init__(self, *args: Any, caught: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ideas = [(one.misconception.slug, f"{one.misconception.says} ({len(one.responses)})") for one in caught]
        self.fields["area"].choices = area_choices()  # type: ignore[attr-defined]
        self.fields["misconception"].choices = [("", _("Any or none")), *ideas]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
