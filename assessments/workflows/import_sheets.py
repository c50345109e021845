"""A waiting question as its editor sees it: as the learner will, and with its key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments import markup
from assessments.models import ImportedQuestion
from assessments.questions.registry import kind

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """An option, a line to match or an answer: what it says, and what the key says of it."""

    html: str
    right: bool = False
    belongs: str = ""  # what a line is matched with
    credit: float | None = None  # percent, where it is neither all nor nothing
    note: str = ""
    wrong: bool = False  # a typed answer that is wrong in a known way


@dataclass(frozen=True)
class ImportSheet:
    """One question of the preview."""

    waiting: ImportedQuestion
    kind: str
    html: Told
    review: Told
    parts: list[Part]
    notes: list[str]  # those that belong to no part
    tags: list[str]


def sheet_of(waiting: ImportedQuestion) -> ImportSheet:
    html, review = (markup.stored(json.loads(text)) for text in (waiting.content_html, waiting.review_html))
    parts = PARTS[waiting.kind](json.loads(waiting.content), json.loads(waiting.key), html, review["notes"])
    shown = {part.note for part in parts}
    return ImportSheet(
        waiting=waiting,
        kind=kind(waiting.kind).label,
        html=html,
        review=review,
        parts=parts,
        notes=[note for note in review["notes"].values() if note not in shown],
        tags=waiting.tags,
    )


def judged(content: Told, key: Told, html: Told, notes: Told) -> list[Part]:
    """Options that are right, wrong, or partly right."""
    fractions = key.get("fractions") or {}
    right = key["right"] if isinstance(key["right"], list) else [key["right"]]
    return [
        Part(html["options"][name], name in right, credit=fractions.get(name), note=notes.get(name, ""))
        for name in (option["key"] for option in content["options"])
    ]


def ordered(content: Told, key: Told, html: Told, notes: Told) -> list[Part]:
    return [Part(html["options"][name], right=True, note=notes.get(name, "")) for name in key["right"]]


def matched(content: Told, key: Told, html: Told, notes: Told) -> list[Part]:
    lines = [
        Part(html["premises"][name], right=True, belongs=html["options"][key["right"][name]], note=notes.get(name, ""))
        for name in (premise["key"] for premise in content["premises"])
    ]
    used = set(key["right"].values())
    return lines + [Part(text) for name, text in html["options"].items() if name not in used]


def rated(content: Told, key: Told, html: Told, notes: Told) -> list[Part]:
    return [
        Part(text, right=True, belongs=str(key["right"].get(name, "")), note=notes.get(name, ""))
        for name, text in html["options"].items()
    ]


def entered(content: Told, key: Told, html: Told, notes: Told) -> list[Part]:
    """Answers that are typed: all right ones, those with some credit, and the wrong ones that have a note."""
    also = [Part(answer_of(one), credit=one.get("credit"), note=note_of(one)) for one in key.get("also", ())]
    return (
        right_ones(key)
        + also
        + [Part(answer_of(one), note=note_of(one), wrong=True) for one in key.get("common_errors", ())]
    )


def right_ones(key: Told) -> list[Part]:
    """Of a text every accepted form, of a number how far from it is near enough: what the key alone does not tell."""
    if isinstance(key["right"], list):
        return [Part(str(text), right=True) for text in key["right"]] if len(key["right"]) > 1 else []
    told = {"value": key["right"], "tolerance": key.get("tolerance")}
    return [Part(answer_of(told), right=True)] if told["tolerance"] else []


def answer_of(one: Told) -> str:
    if "text" in one:
        return str(one["text"])
    tolerance = one.get("tolerance")
    return f"{one['value']} ± {tolerance}" if tolerance else str(one["value"])


def note_of(one: Told) -> str:
    return markup.stored({"note": markup.render_inline(one.get("note") or "")})["note"]


PARTS: dict[str, Callable[[Told, Told, Told, Told], list[Part]]] = {
    "choice": judged,
    "multiple": judged,
    "ordering": ordered,
    "matching": matched,
    "rating": rated,
    "numeric": entered,
    "short_text": entered,
}
