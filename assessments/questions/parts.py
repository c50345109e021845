"""Options and premises by their keys: who they are, and what is written beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.questions.question import AnswerError, Note, Question


def option_keys(content: Mapping[str, Any]) -> list[str]:
    """The keys of the options, in the author's order."""
    return [option["key"] for option in content.get("options", [])]


def option_texts(content: Mapping[str, Any]) -> dict[str, str]:
    """Option key to text."""
    return {option["key"]: option["text"] for option in content.get("options", [])}


def premise_texts(content: Mapping[str, Any]) -> dict[str, str]:
    """Premise key to text."""
    return {premise["key"]: premise["text"] for premise in content.get("premises", [])}


def single_value(data: Mapping[str, Sequence[str]], field: str, missing: str) -> str:
    """The one value of a form field; `missing` is said when there is none."""
    values = [value for value in data.get(field, []) if value.strip()]
    if not values:
        raise AnswerError(missing)
    if len(values) > 1:
        raise AnswerError("Give one answer, not several.")
    return values[0].strip()


def known_key(name: str, keys: Iterable[str]) -> str:
    """The key itself, if the question has it."""
    if name not in keys:
        raise AnswerError("This option is not part of the question.")
    return name


def option_note(question: Question, name: str) -> list[Note]:
    """What the author wrote about one option, if anything."""
    text = question.key.get("notes", {}).get(name, "")
    misconception = question.key.get("misconceptions", {}).get(name)
    return [Note(name, text, misconception)] if text or misconception else []


def answer_note(question: Question, name: str) -> list[Note]:
    """What the author wrote about a right answer ("right") or any other one ("otherwise")."""
    text = question.key.get("notes", {}).get(name, "")
    return [Note(None, text)] if text else []


def error_notes(error: Mapping[str, Any]) -> list[Note]:
    """What the author wrote about one common error."""
    return [Note(None, error.get("note") or "", error.get("misconception"))]


@dataclass(frozen=True)
class JudgedOption:
    """An option of a choice with all that is written about it."""

    key: str
    text: str
    right: bool
    note: str
    misconception: str | None


def judged_options(question: Question) -> list[JudgedOption]:
    """The options of a choice or of a multiple choice, in the author's order."""
    key, right = question.key, question.key.get("right") or []
    right_keys = [right] if isinstance(right, str) else right
    return [
        JudgedOption(
            key=option["key"],
            text=option["text"],
            right=option["key"] in right_keys,
            note=key.get("notes", {}).get(option["key"], ""),
            misconception=key.get("misconceptions", {}).get(option["key"]),
        )
        for option in question.content.get("options", [])
    ]
