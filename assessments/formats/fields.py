"""Reads single fields of an entry as what they are, gathering faults with their place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from assessments.questions.question import Problem

T = TypeVar("T")


class FieldError(ValueError):
    """A field is not what it should be."""


@dataclass
class Fields:
    """A mapping of the file at its place; each reading notes what is wrong with it."""

    value: dict[str, Any]
    place: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, name: str, message: str) -> None:
        self.problems.append(Problem(self.at(name), message))

    def at(self, name: str) -> str:
        return ".".join(part for part in (self.place, name) if part)

    def only(self, known: Iterable[str]) -> None:
        """Complains of every field that the format does not know."""
        for name in self.value.keys() - set(known):
            self.complain(name, f'there is no field "{name}" here')

    def read(self, name: str, as_what: Callable[[Any], T], default: T) -> T:
        """The field read by a converter; its FieldError becomes a fault."""
        raw = self.value.get(name)
        if raw is None:
            return default
        try:
            return as_what(raw)
        except FieldError as error:
            self.complain(name, str(error))
            return default

    def text(self, name: str, default: str = "") -> str:
        return self.read(name, as_text, default)

    def texts(self, name: str) -> list[str]:
        none: list[str] = []
        return self.read(name, as_texts, none)

    def texts_by_name(self, name: str) -> dict[str, str]:
        none: dict[str, str] = {}
        return self.read(name, as_text_by_name, none)

    def number(self, name: str, default: float | None = None) -> float | None:
        return self.read(name, _as_optional_number, default)

    def numbers_by_name(self, name: str) -> dict[str, float]:
        none: dict[str, float] = {}
        return self.read(name, as_number_by_name, none)

    def flag(self, name: str, default: bool) -> bool:
        return self.read(name, as_yes_or_no, default)

    def inner(self, name: str) -> Fields:
        """The mapping below; empty when it is missing or something else."""
        none: dict[str, Any] = {}
        return Fields(self.read(name, as_mapping, none), self.at(name), self.problems)

    def parts(self, name: str) -> list[Fields]:
        """The mappings of a list, each named by its key or its number."""
        found, none = [], list[Any]()
        for index, part in enumerate(self.read(name, as_list, none)):
            if isinstance(part, dict):
                called = part.get("key") or part.get("id") or index
                found.append(Fields(part, self.at(f"{name}.{called}"), self.problems))
            else:
                self.complain(f"{name}.{index}", "fields are expected here, not plain text")
        return found


def as_text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise FieldError("text is expected here")
    return raw


def as_list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise FieldError("a list is expected here")
    return raw


def as_texts(raw: Any) -> list[str]:
    return [as_text(part) for part in as_list(raw)]


def as_mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise FieldError("fields are expected here")
    return raw


def as_text_by_name(raw: Any) -> dict[str, str]:
    return {name: as_text(part) for name, part in as_mapping(raw).items()}


def as_number(raw: Any) -> float:
    """A whole number stays whole, so that it is written back as it was."""
    try:
        value = float(as_text(raw))
    except ValueError:
        raise FieldError("a number is expected here") from None
    if not math.isfinite(value):
        raise FieldError("a finite number is expected here")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _as_optional_number(raw: Any) -> float | None:
    return as_number(raw)


def as_whole_number(raw: Any) -> int:
    value = as_number(raw)
    if not isinstance(value, int):
        raise FieldError("a whole number is expected here")
    return value


def as_number_by_name(raw: Any) -> dict[str, float]:
    return {name: as_number(part) for name, part in as_mapping(raw).items()}


def as_yes_or_no(raw: Any) -> bool:
    if raw not in ("true", "false", "True", "False"):
        raise FieldError("true or false is expected here")
    return raw in ("true", "True")


def as_date(raw: Any) -> date | None:
    try:
        return date.fromisoformat(as_text(raw))
    except ValueError:
        raise FieldError("a date such as 2027-11-21 is expected here") from None


def one_of(known: Iterable[str]) -> Callable[[Any], str]:
    """A converter that takes only the named words."""
    words = tuple(known)

    def convert(raw: Any) -> str:
        if raw not in words:
            raise FieldError(f'"{raw}" is not one of {", ".join(words)}')
        return str(raw)

    return convert
