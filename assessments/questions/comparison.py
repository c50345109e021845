"""Two wordings of a question word by word: what is gone, what is new, in every text, key and note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from assessments.questions.question import Question

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
Fate = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came."""

    text: str
    fate: Fate


@dataclass(frozen=True)
class Difference:
    """One part of a question in two wordings. name: its place, such as "options b text"."""

    name: str
    old: str
    new: str
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> list[Piece]:
        """The old wording."""
        return [piece for piece in self.pieces if piece.fate != "new"]

    @property
    def after(self) -> list[Piece]:
        """The new wording."""
        return [piece for piece in self.pieces if piece.fate != "gone"]


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """The parts that differ, in the order of the old wording, then what only the new one has."""
    names = [*old, *(name for name in new if name not in old)]
    pairs = ((name, old.get(name, ""), new.get(name, "")) for name in names)
    return [Difference(name, one, other, pieces(one, other)) for name, one, other in pairs if one != other]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as one sequence of runs of whole words."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    found: list[Piece] = []
    for deed, low, high, its_low, its_high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            found.append(Piece("".join(before[low:high]), "same"))
            continue
        found += [Piece("".join(before[low:high]), "gone")] if high > low else []
        found += [Piece("".join(after[its_low:its_high]), "new")] if its_high > its_low else []
    return tuple(found)


def parts(question: Question) -> dict[str, str]:
    """Every part of a question as text, by its place; parts that say nothing are left out."""
    flat = {"kind": question.kind, **_flat(question.content), **_flat(question.key)}
    return {name.replace("_", " "): text for name, text in flat.items() if text}


def _flat(value: Any, place: str = "") -> dict[str, str]:
    if isinstance(value, Mapping):
        return _joined((f"{place} {name}".strip(), part) for name, part in value.items() if name != "key")
    if isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        return _joined((f"{place} {_name(part, number)}", part) for number, part in enumerate(value, 1))
    return {place: _text(value)}


def _joined(pairs: Any) -> dict[str, str]:
    return {name: text for place, part in pairs for name, text in _flat(part, place).items()}


def _name(part: Any, number: int) -> str:
    return str(part.get("key", number)) if isinstance(part, Mapping) else str(number)


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, float):
        return f"{value:.15g}"  # 77 from a file and 77.0 from a form are one number
    return ", ".join(map(_text, value)) if isinstance(value, list) else str(value)
