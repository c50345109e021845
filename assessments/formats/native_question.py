"""The part of an entry that is the question itself, for each kind, read and written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assessments.formats.fields import Fields
from assessments.questions.question import Question

COMMON = ("stem", "lead_in", "code", "shuffle", "explanation")
CODE_FIELDS = ("language", "source", "stdout", "needs", "optional_needs")
JUDGED_OPTION = ("key", "text", "correct", "credit", "misconception", "feedback")
PLAIN_OPTION = ("key", "text")
RATED_OPTION = ("key", "text", "feedback")

Half = dict[str, Any]
Reader = Callable[[Fields, Half, Half], None]


def read_question(kind: str, fields: Fields) -> Question:
    """The question of an entry; faults are gathered in `fields`."""
    content: Half = {
        "stem": fields.text("stem"),
        "lead_in": fields.text("lead_in"),
        "shuffle": fields.flag("shuffle", True),
    }
    key: Half = {
        "explanation": fields.text("explanation"),
        "notes": {},
        "misconceptions": {},
    }
    if fields.value.get("code") is not None:
        code = fields.inner("code")
        code.only(CODE_FIELDS)
        content["code"] = {
            "language": code.text("language"),
            "source": code.text("source"),
        }
        key["stdout"] = code.text("stdout")
    READERS[kind](fields, content, key)
    return Question(kind, content, key)


def _read_judged_options(fields: Fields, content: Half, key: Half) -> list[str]:
    """Options that are right or wrong; gives the keys of the right ones."""
    parts = fields.parts("options")
    content["options"] = [_read_option(part, key, JUDGED_OPTION) for part in parts]
    if any("credit" in part.value for part in parts):
        key["fractions"] = {part.text("key"): part.number("credit") for part in parts}
    return [p.text("key") for p in parts if p.flag("correct", False)]


def _read_options(fields: Fields, content: Half, key: Half, known: tuple[str, ...]) -> None:
    parts = fields.parts("options")
    content["options"] = [_read_option(part, key, known) for part in parts]


def _read_option(part: Fields, key: Half, known: tuple[str, ...]) -> dict[str, str]:
    part.only(known)
    name = part.text("key")
    if note := part.text("feedback"):
        key["notes"][name] = note
    if slug := part.text("misconception"):
        key["misconceptions"][name] = slug
    return {"key": name, "text": part.text("text")}


def _read_choice(fields: Fields, content: Half, key: Half) -> None:
    right = _read_judged_options(fields, content, key)
    key["right"] = right[0] if len(right) == 1 else right  # validation speaks of the rest


def _read_multiple(fields: Fields, content: Half, key: Half) -> None:
    key["right"] = sorted(_read_judged_options(fields, content, key))


def _read_numeric(fields: Fields, content: Half, key: Half) -> None:
    answer = fields.inner("answer")
    answer.only(("value", "tolerance", "unit"))
    content["unit"] = answer.text("unit")
    key["right"] = answer.number("value")
    key["tolerance"] = answer.number("tolerance", 0)
    key["common_errors"] = [_read_number_error(part) for part in fields.parts("common_errors")]
    _read_further(fields, key, _read_also_number)


def _read_further(fields: Fields, key: Half, read_one: Callable[[Fields], Half]) -> None:
    """Other answers with credit, and what is said of right and of all other answers."""
    key["notes"] = fields.texts_by_name("feedback")
    if also := [read_one(part) for part in fields.parts("also")]:
        key["also"] = also


def _read_also_number(part: Fields) -> Half:
    part.only(("value", "tolerance", "credit", "feedback"))
    return {"value": part.number("value"), "tolerance": part.number("tolerance", 0), **_credit_and_note(part)}


def _read_also_text(part: Fields) -> Half:
    part.only(("text", "credit", "feedback"))
    return {"text": part.text("text"), **_credit_and_note(part)}


def _credit_and_note(part: Fields) -> Half:
    return {"credit": part.number("credit"), "note": part.text("feedback")}


def _read_number_error(part: Fields) -> dict[str, Any]:
    part.only(("value", "tolerance", "misconception", "feedback"))
    return {
        "value": part.number("value"),
        "tolerance": part.number("tolerance", 0),
        "misconception": part.text("misconception") or None,
        "note": part.text("feedback"),
    }


def _read_short_text(fields: Fields, content: Half, key: Half) -> None:
    answer = fields.inner("answer")
    answer.only(("accepted", "case_sensitive", "wildcards"))
    key["right"] = answer.texts("accepted")
    key["case_sensitive"] = answer.flag("case_sensitive", False)
    if answer.flag("wildcards", False):
        key["wildcards"] = True
    key["common_errors"] = [_read_text_error(part) for part in fields.parts("common_errors")]
    _read_further(fields, key, _read_also_text)


def _read_text_error(part: Fields) -> dict[str, Any]:
    part.only(("text", "misconception", "feedback"))
    return {
        "text": part.text("text"),
        "misconception": part.text("misconception") or None,
        "note": part.text("feedback"),
    }


def _read_ordering(fields: Fields, content: Half, key: Half) -> None:
    _read_options(fields, content, key, PLAIN_OPTION)
    key["right"] = fields.texts("answer")
    key["notes"] = fields.texts_by_name("feedback")


def _read_matching(fields: Fields, content: Half, key: Half) -> None:
    if fields.flag("reuse", False):
        content["reuse"] = True
    content["premises"] = []
    for part in fields.parts("premises"):
        part.only(("key", "text"))
        content["premises"].append({"key": part.text("key"), "text": part.text("text")})
    _read_options(fields, content, key, PLAIN_OPTION)
    key["right"] = fields.texts_by_name("answer")
    key["notes"] = fields.texts_by_name("feedback")


def _read_rating(fields: Fields, content: Half, key: Half) -> None:
    _read_options(fields, content, key, RATED_OPTION)
    key["right"] = fields.numbers_by_name("answer")


READERS: dict[str, Reader] = {
    "choice": _read_choice,
    "multiple": _read_multiple,
    "numeric": _read_numeric,
    "short_text": _read_short_text,
    "ordering": _read_ordering,
    "matching": _read_matching,
    "rating": _read_rating,
}
FIELDS: dict[str, tuple[str, ...]] = {
    "choice": ("options",),
    "multiple": ("options",),
    "numeric": ("answer", "also", "common_errors", "feedback"),
    "short_text": ("answer", "also", "common_errors", "feedback"),
    "ordering": ("options", "answer", "feedback"),
    "matching": ("premises", "options", "reuse", "answer", "feedback"),
    "rating": ("options", "answer"),
}
