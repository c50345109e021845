"""A question that is being written: what stands in its forms, whether or not it makes a question yet."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, Form
from django.forms.utils import ErrorList

from assessments.forms.desk import Desk
from assessments.questions.question import Question

LONGEST_TEXT = 6000  # what a preview shows of one field


def draft(desk: Desk) -> Question:
    """What a taker would see of it so far; without a key."""
    content: dict[str, Any] = {name: text_in(desk.item, name) for name in ("stem", "lead_in")}
    if source := text_in(desk.item, "code_source"):
        content["code"] = {"language": text_in(desk.item, "code_language") or "text", "source": source}
    for name, formset in (("options", desk.options), ("premises", desk.premises)):
        if formset is not None:
            content[name] = [{"key": key, "text": text_in(form, "text")} for key, form in desk.keyed(formset)]
    if desk.key is not None and "unit" in desk.key.fields:
        content["unit"] = text_in(desk.key, "unit")
    return Question(desk.kind, content, {"explanation": text_in(desk.item, "explanation"), "right": None})


def missing(desk: Desk) -> list[str]:
    """What must still be filled in: said once, not beside each field while somebody is writing."""
    return [name for name, field in fields(desk) if codes_of(field) == {"required"}]


def faults(desk: Desk) -> list[tuple[str, ErrorList]]:
    """For every field the faults of what is written there; empty where there is none."""
    return [
        (field.auto_id, ErrorList() if codes_of(field) == {"required"} else field.errors)
        for _name, field in fields(desk)
        if field.name != "edit"  # not on the page of a version that nobody has met, and never at fault
    ]


def fields(desk: Desk) -> list[tuple[str, BoundField]]:
    """Every field with what a message calls it."""
    singles = [form for form in (desk.item, desk.key) if form is not None]
    named = [(str(field.label), field) for form in singles for field in form]
    for title, formset in desk.formsets:
        for number, form in enumerate(formset.forms, 1):
            named += [(f"{title} {number}: {field.label}", field) for field in form]
    return named


def text_in(form: Form, name: str) -> str:
    return str(form[name].value() or "")[:LONGEST_TEXT]


def codes_of(field: BoundField) -> set[str | None]:
    return {error.code for error in field.errors.as_data()} if field.errors else set()
