"""The fields a question is written in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.skills import SubskillField, SubskillsField
from assessments.models import Area, CognitiveLevel, ItemVersion, Life, Misconception, Resource, Subskill

CODE_LANGUAGES = [("", "–"), ("python", "Python"), ("sql", "SQL"), ("bash", "Shell")]
LONG = forms.Textarea(attrs={"rows": 4, "cols": 90})
SHORT = forms.Textarea(attrs={"rows": 2, "cols": 60})


class ItemForm(forms.Form):
    """What every question has."""

    slug = forms.SlugField(label=_("Name"), help_text=_("Area and number; it tells nothing of the answer."))
    area = forms.ModelChoiceField(Area.objects.all())
    life = forms.ChoiceField(choices=Life.choices, initial=Life.DRAFT)
    family = forms.CharField(required=False, max_length=80, help_text=_("Variants of one question share it."))
    title = forms.CharField(required=False, max_length=255, help_text=_("What you call it; learners never see it."))
    tags = forms.CharField(
        widget=SHORT, required=False, help_text=_("Words that other systems keep beside it, one a line.")
    )
    stem = forms.CharField(widget=LONG, help_text=_("Markdown with `code` and $mathematics$."))
    code_language = forms.ChoiceField(choices=CODE_LANGUAGES, required=False)
    code_source = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8, "cols": 90, "class": "vLargeTextField code"}),
        required=False,
        strip=False,
    )
    prints = forms.CharField(
        label=_("What the code prints"),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 90, "class": "vLargeTextField code"}),
        required=False,
        strip=False,
        help_text=_("Compared with what it really prints when the bank is verified; learners never see it."),
    )
    lead_in = forms.CharField(label=_("Question"), widget=SHORT)
    explanation = forms.CharField(widget=LONG, help_text=_("Shown after the sitting has ended."))
    subskill = SubskillField(Subskill.objects.all(), label=_("Sub-skill"))
    also_about = SubskillsField(Subskill.objects.all(), required=False, label=_("Also about"))
    cognitive_level = forms.ChoiceField(choices=CognitiveLevel.choices, initial=CognitiveLevel.APPLY)
    difficulty_label = forms.IntegerField(label=_("Difficulty, 1 to 5"), min_value=1, max_value=5, initial=3)
    difficulty_reason = forms.CharField(max_length=300, required=False)
    seconds = forms.IntegerField(min_value=5, max_value=3600, initial=60)
    language = forms.CharField(max_length=8, initial="en")
    holds_for = forms.CharField(
        max_length=100, required=False, help_text=_('A tool and its versions: "pandas >= 2.2".')
    )
    review_by = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    shuffle = forms.BooleanField(required=False, initial=True, label=_("Lay options out in random order"))
    edit = forms.ChoiceField(
        choices=ItemVersion.Edit.choices,
        initial=ItemVersion.Edit.WORDING,
        widget=forms.RadioSelect,
        label=_("This edit is"),
        required=False,
        help_text=_("Asked only where somebody has met the present version: it stays as it was answered."),
    )

    def clean_tags(self) -> list[str]:
        """Each once, in the order they are written."""
        written = (line.strip() for line in self.cleaned_data["tags"].splitlines())
        return list(dict.fromkeys(tag for tag in written if tag))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        subskill, area = cleaned.get("subskill"), cleaned.get("area")
        if subskill and area and subskill.area_id != area.pk:
            self.add_error("subskill", _("This sub-skill belongs to another area."))
        if cleaned.get("code_source") and not cleaned.get("code_language"):
            self.add_error("code_language", _("Name the language of the code."))
        return cleaned


class NumberForm(forms.Form):
    """The key of a question that asks for a number."""

    value = forms.FloatField(label=_("Right number"))
    tolerance = forms.FloatField(min_value=0, initial=0, required=False)
    unit = forms.CharField(max_length=20, required=False)
    note_right = forms.CharField(widget=SHORT, required=False, label=_("Note on the right answer"))
    note_otherwise = forms.CharField(widget=SHORT, required=False, label=_("Note on any other answer"))


class TextForm(forms.Form):
    """The key of a question that asks for a short text."""

    accepted = forms.CharField(widget=SHORT, label=_("Accepted answers"), help_text=_("One a line."))
    case_sensitive = forms.BooleanField(required=False)
    wildcards = forms.BooleanField(
        required=False, label=_("A * stands for any run of characters"), help_text=_(r"Write \* for the sign itself.")
    )
    note_right = forms.CharField(widget=SHORT, required=False, label=_("Note on the right answer"))
    note_otherwise = forms.CharField(widget=SHORT, required=False, label=_("Note on any other answer"))


class PairsForm(forms.Form):
    """How the options of a matching question may be used."""

    reuse = forms.BooleanField(required=False, label=_("An option may be used for several lines"))


class OptionForm(forms.Form):
    """An option: its text, whether it is right, and what thinking leads there."""

    text = forms.CharField(widget=SHORT)
    right = forms.BooleanField(required=False)
    credit = forms.FloatField(
        required=False, min_value=-100, max_value=100, label=_("Credit in percent, where it is not all or nothing")
    )
    rating = forms.FloatField(required=False, min_value=1, max_value=5, label=_("Key, 1 to 5"))
    note = forms.CharField(widget=SHORT, required=False)
    misconception = forms.ModelChoiceField(Misconception.objects.all(), required=False, to_field_name="slug")


class PremiseForm(forms.Form):
    """A line of a matching question and the option that belongs to it."""

    text = forms.CharField(widget=SHORT)
    option = forms.IntegerField(min_value=1, label=_("Number of the right option"))
    note = forms.CharField(widget=SHORT, required=False)


class CommonErrorForm(forms.Form):
    """A wrong entry that has a reason."""

    answer = forms.CharField(max_length=100, label=_("Wrong answer"))
    tolerance = forms.FloatField(min_value=0, required=False)
    note = forms.CharField(widget=SHORT, required=False)
    misconception = forms.ModelChoiceField(Misconception.objects.all(), required=False, to_field_name="slug")


class AlsoForm(forms.Form):
    """An answer beside the right one that earns all or a part of the credit."""

    answer = forms.CharField(max_length=200, label=_("Answer"))
    tolerance = forms.FloatField(min_value=0, required=False)
    credit = forms.FloatField(min_value=0, max_value=100, label=_("Credit in percent"))
    note = forms.CharField(widget=SHORT, required=False)


class ReferenceForm(forms.Form):
    resource = forms.ModelChoiceField(Resource.objects.all())
    locator = forms.CharField(max_length=200)
