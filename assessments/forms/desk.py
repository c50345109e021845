"""A question written by hand: the forms made for its kind, and the question they make."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.forms.items import (
    AlsoForm,
    CommonErrorForm,
    ItemForm,
    NumberForm,
    OptionForm,
    PairsForm,
    PremiseForm,
    ReferenceForm,
    TextForm,
)
from assessments.forms.written import initial_of
from assessments.models import ItemVersion
from assessments.questions.question import Problem, Question
from assessments.questions.registry import KINDS, kind


@dataclass(frozen=True)
class Parts:
    """Which of an option's fields a kind has, and what else it needs."""

    option_fields: tuple[str, ...] = ()
    premises: bool = False
    key_form: type[forms.Form] | None = None
    typed: bool = False


AUTHORING = {
    "choice": Parts(("text", "right", "credit", "note", "misconception")),
    "multiple": Parts(("text", "right", "credit", "note", "misconception")),
    "numeric": Parts(key_form=NumberForm, typed=True),
    "short_text": Parts(key_form=TextForm, typed=True),
    "ordering": Parts(("text", "note")),
    "matching": Parts(("text",), premises=True, key_form=PairsForm),
    "rating": Parts(("text", "rating", "note")),
}


class Desk:
    """All forms of one question of one kind, bound together."""

    def __init__(self, kind_name: str, data: QueryDict | None = None, version: ItemVersion | None = None) -> None:
        self.kind = kind_name
        self.parts = AUTHORING[kind_name]
        written, data = initial_of(version) if version else {}, with_our_line_ends(data)
        self.item = ItemForm(data, initial=written.get("item"))
        self.key = self.parts.key_form(data, prefix="key", initial=written.get("key")) if self.parts.key_form else None
        self.options = self.several(OptionForm, "options", data, written, only=self.parts.option_fields)
        self.premises = self.several(PremiseForm, "premises", data, written) if self.parts.premises else None
        self.also = self.several(AlsoForm, "also", data, written) if self.parts.typed else None
        self.errors = self.several(CommonErrorForm, "errors", data, written) if self.parts.typed else None
        self.references = self.several(ReferenceForm, "references", data, written)

    def several(
        self, form: type[forms.Form], prefix: str, data: Any, written: dict[str, Any], only: tuple[str, ...] = ()
    ) -> BaseFormSet | None:
        if form is OptionForm:
            if not only:
                return None
            fields = {name: form.base_fields[name] for name in only}
            form = type("OptionForm", (forms.Form,), fields)
        rows = written.get(prefix, [])
        extra = 1 if rows else 4
        return formset_factory(form, extra=extra, can_delete=True, max_num=12)(
            data, prefix=prefix, initial=rows or None
        )

    @property
    def formsets(self) -> list[tuple[str, BaseFormSet]]:
        named = (
            (_("Lines to match"), self.premises),
            (_("Options") if self.kind != "ordering" else _("Steps, in the right order"), self.options),
            (_("Other answers with credit"), self.also),
            (_("Common wrong answers"), self.errors),
            (_("References"), self.references),
        )
        return [(str(title), formset) for title, formset in named if formset is not None]

    @property
    def reference_rows(self) -> list[dict[str, Any]]:
        return rows_of(self.references)

    def is_valid(self) -> bool:
        """Every field, and then the question as a whole."""
        forms_valid = [self.item.is_valid(), *(formset.is_valid() for _title, formset in self.formsets)]
        if self.key is not None:
            forms_valid.append(self.key.is_valid())
        if not all(forms_valid):
            return False
        problems = kind(self.kind).validate(self.question())
        for problem in problems:
            self.blame(problem)
        return not problems

    def blame(self, problem: Problem) -> None:
        """Say a fault of the question at the field it was written in, or above all where it has none."""
        head, *rest = problem.place.split(".")
        row = dict(self.keyed(self.rows_called(head))).get(rest[0]) if rest else None
        single = problem.place.replace(".", "_")
        if row is not None:
            row.add_error(field_called(rest[-1], row, head), problem.message)
        elif single in self.item.fields:
            self.item.add_error(single, problem.message)
        elif self.key is not None and rest and rest[-1] in self.key.fields:
            self.key.add_error(rest[-1], problem.message)
        else:
            self.item.add_error(None, f"{problem.place}: {problem.message}")

    def rows_called(self, name: str) -> BaseFormSet | None:
        found = {"options": self.options, "premises": self.premises, "also": self.also, "common_errors": self.errors}
        return (self.premises or self.options) if name == "feedback" else found.get(name)

    def keyed(self, formset: BaseFormSet | None) -> Iterable[tuple[str, forms.Form]]:
        """The filled rows under the names that a question has for them: letters, or numbers from 1 or 0."""
        if formset is None:
            return []
        letters = ascii_lowercase if formset is self.options else map(str, itertools.count(formset is self.premises))
        return zip(letters, [form for form in formset.forms if is_filled(form)], strict=False)

    def question(self) -> Question:
        """The question that these forms make; keys of options are given by their place."""
        cleaned = self.item.cleaned_data
        options = rows_of(self.options)
        content: dict[str, Any] = {
            "stem": cleaned["stem"],
            "lead_in": cleaned["lead_in"],
            "shuffle": cleaned["shuffle"],
        }
        if cleaned["code_source"].strip():
            content["code"] = {"language": cleaned["code_language"], "source": cleaned["code_source"]}
        if options:
            content["options"] = [{"key": key, "text": row["text"]} for key, row in lettered(options)]
        if self.premises is not None:
            content["premises"] = [
                {"key": str(n), "text": row["text"]} for n, row in enumerate(rows_of(self.premises), 1)
            ]
        key = {"explanation": cleaned["explanation"], "right": self.right(options), **self.extras(options)}
        if cleaned["prints"]:
            key["stdout"] = cleaned["prints"]
        if self.kind == "numeric" and self.key is not None:
            content["unit"] = self.key.cleaned_data["unit"]
            key["tolerance"] = self.key.cleaned_data["tolerance"] or 0.0
        if self.kind == "short_text" and self.key is not None:
            key["case_sensitive"] = self.key.cleaned_data["case_sensitive"]
        if self.key is not None and self.key.cleaned_data.get("reuse"):
            content["reuse"] = True
        return Question(self.kind, content, key)

    def right(self, options: list[dict[str, Any]]) -> Any:
        letters = [key for key, _row in lettered(options)]
        chosen = [key for key, row in lettered(options) if row.get("right")]
        if self.kind == "choice":
            return chosen[0] if len(chosen) == 1 else None
        if self.kind == "multiple":
            return chosen
        if self.kind == "ordering":
            return letters
        if self.kind == "rating":
            return {key: row["rating"] for key, row in lettered(options)}
        if self.kind == "matching":
            numbers = [row["option"] for row in rows_of(self.premises)]
            return {str(n): letters[number - 1] for n, number in enumerate(numbers, 1) if number <= len(letters)}
        cleaned = self.key.cleaned_data if self.key else {}
        return cleaned["value"] if self.kind == "numeric" else lines(cleaned["accepted"])

    def extras(self, options: list[dict[str, Any]]) -> dict[str, Any]:
        """Notes and misconceptions, under the names the kind gives them."""
        notes = {key: row["note"] for key, row in lettered(options) if row.get("note")}
        if self.kind == "ordering":
            letters = [key for key, _row in lettered(options)]
            notes = {f"{a}-{b}": notes[a] for a, b in itertools.pairwise(letters) if a in notes}
        if self.premises is not None:
            notes = {str(n): row["note"] for n, row in enumerate(rows_of(self.premises), 1) if row["note"]}
        tags = {key: row["misconception"].slug for key, row in lettered(options) if row.get("misconception")}
        return {
            "notes": notes or self.typed_notes(),
            "misconceptions": tags,
            "common_errors": [self.error(row) for row in rows_of(self.errors)],
            **self.credits(options),
        }

    def typed_notes(self) -> dict[str, str]:
        cleaned = self.key.cleaned_data if self.key else {}
        said = {name: cleaned.get(f"note_{name}", "") for name in ("right", "otherwise")}
        return {name: note for name, note in said.items() if note}

    def credits(self, options: list[dict[str, Any]]) -> dict[str, Any]:
        """Where answers may be partly right; what is not said is left out of the key."""
        found: dict[str, Any] = {}
        if any(row.get("credit") is not None for row in options):
            found["fractions"] = {key: credit_of(row) for key, row in lettered(options)}
        if also := [self.also_one(row) for row in rows_of(self.also)]:
            found["also"] = also
        if self.key is not None and self.key.cleaned_data.get("wildcards"):
            found["wildcards"] = True
        return found

    def also_one(self, row: dict[str, Any]) -> dict[str, Any]:
        about = {"credit": row["credit"], "note": row["note"]}
        if self.kind == "short_text":
            return {"text": row["answer"], **about}
        return {"value": number_in(row["answer"]), "tolerance": row["tolerance"] or 0.0, **about}

    def error(self, row: dict[str, Any]) -> dict[str, Any]:
        tag = row["misconception"].slug if row["misconception"] else None
        if self.kind == "short_text":
            return {"text": row["answer"], "misconception": tag, "note": row["note"]}
        return {
            "value": number_in(row["answer"]),
            "tolerance": row["tolerance"] or 0.0,
            "misconception": tag,
            "note": row["note"],
        }


def with_our_line_ends(data: QueryDict | None) -> QueryDict | None:
    """What was sent, with lines that end as ours do: browsers send CR LF, and that would be another text."""
    if data is None:
        return None
    sent = data.copy()
    for name, values in data.lists():
        sent.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return sent


def rows_of(formset: BaseFormSet | None) -> list[dict[str, Any]]:
    """Filled rows that are not marked for deletion."""
    if formset is None:
        return []
    return [form.cleaned_data for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def is_filled(form: forms.Form) -> bool:
    """Whether somebody has written in this row and has not marked it for deletion."""
    return bool(form["answer" if "answer" in form.fields else "text"].value()) and not form["DELETE"].value()


def field_called(name: str, row: forms.Form, head: str) -> str:
    """The field of a row that a part of the question was written in."""
    if head == "feedback" and "note" in row.fields:
        return "note"
    if name in row.fields:
        return name
    return "answer" if "answer" in row.fields else "text"


def credit_of(row: dict[str, Any]) -> float:
    """An option that says nothing of its credit earns all or nothing."""
    if row["credit"] is not None:
        return float(row["credit"])
    return 100.0 if row["right"] else 0.0


def number_in(text: str) -> float | None:
    """None where there is no number; the question as a whole says so then."""
    try:
        return float(text)
    except ValueError:
        return None


def lettered(rows: Iterable[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return list(zip(ascii_lowercase, rows, strict=False))


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def missing_kinds() -> set[str]:
    """Kinds of question that cannot be written by hand yet; a test holds this empty."""
    return set(KINDS) - set(AUTHORING)
