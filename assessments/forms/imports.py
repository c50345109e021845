"""What an editor says of a question file: which it is, where its categories belong, what becomes of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.formats.exchange import MOST_BYTES
from assessments.formats.recognition import recognised
from assessments.formats.registry import FORMATS
from assessments.forms.skills import under_areas
from assessments.models import Area, ImportedQuestion, Life, QuestionImport, Subskill
from assessments.models.imports import Choice

NOT_YET = [("", _("– not yet –"))]
CHOICE_OF_NEW = [("", _("import it")), (Choice.SKIP, _("leave it out"))]
CHOICE_OF_KNOWN = [("", _("as for the whole file")), *Choice.choices]


def formats() -> list[tuple[str, str]]:
    return [(one.name, one.label) for one in FORMATS.values()]


def places() -> list[Any]:
    """Every sub-skill under its area."""
    found = under_areas(Subskill.objects.all())
    return [(area, [(str(one.pk), one.name) for one in subskills]) for area, subskills in found.items()]


def offered(likely: Iterable[Subskill]) -> list[Any]:
    """The likely ones above all others, with their area: under it they stand a second time."""
    rows = [(str(one.pk), f"{one.area}: {one.name}") for one in likely]
    return [(_("Likely"), rows)] if rows else []


class UploadForm(forms.Form):
    """A file, and its format where it does not tell itself."""

    file = forms.FileField(label=_("File"))
    format = forms.ChoiceField(
        label=_("Format"), required=False, help_text=_("Left open, it is told from the name and the content.")
    )

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.fields["format"].choices = [("", _("tell it from the file")), *formats()]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s MB; %(most)s MB is the most. Divide it.")
                % {"size": round(file.size / 1e6, 1), "most": MOST_BYTES // 1_000_000}
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            cleaned["content"] = file.read()
            cleaned["format"] = cleaned.get("format") or recognised(file.name, cleaned["content"])
            if not cleaned["format"]:
                self.add_error("format", _("Neither its name nor its content tells the format. Choose it here."))
        return cleaned


class PlacesForm(forms.Form):
    """A select for each category of a page of them; where all others go that have no place yet.

    likely: for a category the sub-skills that stand first in its select.
    """

    rest = forms.ChoiceField(required=False, label=_("All categories without a place"))

    def __init__(
        self,
        categories: Iterable[Any],
        data: Any = None,
        *,
        unplaced: int = 0,
        likely: Mapping[str, Iterable[Subskill]] | None = None,
    ) -> None:
        super().__init__(data, prefix="place")
        known = places()
        choices = [*NOT_YET, *known]
        self.named: dict[str, str] = {}
        for number, category in enumerate(categories):
            name = f"category_{number}"
            self.named[name] = category.name
            self.fields[name] = forms.ChoiceField(
                label=category.name or _("(no category)"),
                choices=[*NOT_YET, *offered((likely or {}).get(category.name, ())), *known],
                required=False,
                initial=str(category.subskill or ""),
                help_text=category.questions,
            )
        if unplaced:
            self.fields["rest"].choices = choices  # type: ignore[attr-defined]
            self.order_fields(["rest", *self.named])
        else:
            del self.fields["rest"]

    def places(self) -> dict[str, int | None]:
        cleaned = self.cleaned_data
        return {self.named[name]: as_key(cleaned[name]) for name in self.named}

    def rest_of(self, unplaced: Iterable[str]) -> dict[str, int | None]:
        """The place of those that neither this page nor an earlier choice has placed."""
        rest, told = as_key(self.cleaned_data.get("rest", "")), self.places()
        return {name: rest for name in unplaced if not told.get(name)} if rest else {}


def as_key(value: str) -> int | None:
    return int(value) if value else None


class DecisionsForm(forms.ModelForm):
    """What holds for the whole file."""

    class Meta:
        model = QuestionImport
        fields = ["existing", "difficulty_label", "cognitive_level", "life", "refused_left_out"]
        labels = {
            "existing": _("What is in the bank already (same id or same text)"),
            "difficulty_label": _("Difficulty of the new ones, 1 to 5"),
            "cognitive_level": _("Their cognitive level"),
            "life": _("Their life"),
            "refused_left_out": _("Leave out the questions that could not be read for certain"),
        }
        help_texts = dict.fromkeys(fields, "")

    def __init__(self, *words: Any, refused: int = 0, **more: Any) -> None:
        super().__init__(*words, **more)
        if not refused:
            del self.fields["refused_left_out"]


class ChoicesForm(forms.Form):
    """What becomes of each question of a page."""

    def __init__(self, questions: Iterable[ImportedQuestion], data: Any = None) -> None:
        super().__init__(data)
        self.questions = {f"choice_{one.pk}": one for one in questions}
        for name, one in self.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Question %(n)s") % {"n": one.position},
                choices=CHOICE_OF_KNOWN if one.twin_id else CHOICE_OF_NEW,
                required=False,
                initial=one.choice,
            )

    def changed(self) -> Iterator[ImportedQuestion]:
        for name, one in self.questions.items():
            if self.cleaned_data[name] != one.choice:
                one.choice = self.cleaned_data[name]
                yield one


class ExportForm(forms.Form):
    """Which questions, in which format."""

    area = forms.ModelChoiceField(Area.objects.all(), required=False, empty_label=_("all areas"))
    life = forms.ChoiceField(choices=[("", _("any")), *Life.choices], required=False)
    format = forms.ChoiceField(label=_("Format"))
    chosen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.fields["format"].choices = formats()  # type: ignore[attr-defined]

    def clean_chosen(self) -> list[int]:
        """The keys of the questions that were chosen in the list, if any were."""
        told = self.cleaned_data["chosen"]
        try:
            return [int(part) for part in told.split(",") if part]
        except ValueError:
            raise forms.ValidationError(_("Choose the questions in the list again.")) from None
