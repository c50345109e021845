"""One question on its way into QTI: its texts as XHTML, the names of its parts, and what is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.formats.exchange import Exchanged, Picture
from assessments.formats.qti_markup import with_source
from assessments.formats.xml_writing import can_say, element, sayable
from assessments.questions.fractions import FULL, richest_first
from assessments.questions.parts import option_keys, option_texts
from assessments.questions.question import Question


def option_name(key: str) -> str:
    return f"option-{key}"


def premise_name(key: str) -> str:
    return f"premise-{key}"


def typed_answers(question: Question) -> list[tuple[str, float, str, Any]]:
    """Every answer that is spoken of: its name, what it earns in percent, what is said, what it is."""
    key = question.key
    notes = key.get("notes", {})
    right = [{"text": text} for text in key["right"]] if question.kind == "short_text" else [right_window(key)]
    found: list[tuple[str, float, str, Any]] = [("right", FULL, notes.get("right", ""), right)]
    for place, one in enumerate(richest_first(question), 1):
        found.append((f"also-{place}", one["credit"], one.get("note") or "", [one]))
    for place, error in enumerate(key.get("common_errors", []), 1):
        found.append((f"error-{place}", 0, error.get("note") or "", [error]))
    return [*found, ("otherwise", 0, notes.get("otherwise", ""), [])]


def right_window(key: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": key["right"], "tolerance": key.get("tolerance", 0)}


@dataclass
class Writing:
    """One question on its way into an item."""

    exchanged: Exchanged
    identifier: str
    pictures: Mapping[str, Picture]
    losses: list[str] = field(default_factory=list)
    seen: str = ""  # every text that was written: it tells which pictures are shown

    @property
    def question(self) -> Question:
        return self.exchanged.question

    @property
    def content(self) -> dict[str, Any]:
        return self.question.content

    @property
    def key(self) -> dict[str, Any]:
        return self.question.key

    # -- texts --

    def said(self, text: str) -> str:
        if not can_say(text):
            self.losses.append("control characters, which XML cannot say")
        self.seen += text
        return sayable(text)

    def block_text(self, text: str) -> str:
        return with_source(self.said(text), in_line=False, shown=self.pictures)

    def line_text(self, text: str) -> str:
        return with_source(self.said(text), in_line=True, shown=self.pictures)

    def prompt(self) -> str:
        lead_in = self.content.get("lead_in")
        return element("prompt", self.line_text(lead_in)) if lead_in else ""

    def notes(self) -> dict[str, str]:
        """What is said after some answers, by the identifier that shows it."""
        notes = self.key.get("notes", {})
        if self.question.kind in ("choice", "multiple"):
            return {option_name(key): notes[key] for key in option_keys(self.content) if notes.get(key)}
        if self.question.kind in ("numeric", "short_text"):
            return {name: note for name, _percent, note, _what in typed_answers(self.question) if note}
        return {}

    def shuffle(self) -> str:
        return "true" if self.content.get("shuffle", True) else "false"

    def choices(self, name: str = "simpleChoice", **about: object) -> list[str]:
        return [
            element(name, self.line_text(text), identifier=option_name(key), **about)
            for key, text in option_texts(self.content).items()
        ]
