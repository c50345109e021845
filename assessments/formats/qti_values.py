"""The values that variables of QTI 2 have, and variables as an item declares them.

Source: QTI 2.1, Assessment Test, Section and Item Information Model, 3 (Item Variables).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.moodle_number import number_in

CONTAINERS = ("multiple", "ordered")


class NotUnderstood(ValueError):
    """A rule or an expression that is not worked out here; says which."""


@dataclass(frozen=True)
class Container:
    """Several values. is_ordered: whether their order counts."""

    values: tuple[Any, ...]
    is_ordered: bool = False


def number_of(value: Any) -> float:
    """A score: nothing is 0, and what is no number proves nothing."""
    if value is None:
        return 0.0
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise NotUnderstood(f"a score that is no number ({value})")
    return float(value)


def members(value: Any) -> list[Any]:
    """A value, or the values of a container; pairs are values themselves, kept as tuples of texts."""
    if value is None:
        return []
    return list(value.values) if isinstance(value, Container) else [value]


@dataclass(frozen=True)
class ResponseMapping:
    """The mapping of a response: what each value is worth."""

    entries: Mapping[Any, float]
    default: float = 0.0
    lower: float | None = None
    upper: float | None = None
    case_sensitive: Mapping[Any, bool] = field(default_factory=dict)

    def held(self, value: float) -> float:
        low = self.lower if self.lower is not None else -math.inf
        high = self.upper if self.upper is not None else math.inf
        return min(high, max(low, value))

    def worth(self, value: Any) -> float:
        if value in self.entries:
            return self.entries[value]
        if isinstance(value, str):
            for key, worth in self.entries.items():
                if not self.case_sensitive.get(key, True) and str(key).casefold() == value.casefold():
                    return worth
        return self.default


@dataclass(frozen=True)
class Declared:
    """A variable as it is declared; values are texts, numbers, truth values, or pairs of texts."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[Any, ...] | None = None
    default: tuple[Any, ...] | None = None
    mapping: ResponseMapping | None = None

    @property
    def is_container(self) -> bool:
        return self.cardinality in CONTAINERS


def declaration(element: Element) -> Declared:
    """A responseDeclaration or outcomeDeclaration as it is written."""
    base = element.attributes.get("baseType", "identifier")
    return Declared(
        element.attributes.get("identifier", ""),
        element.attributes.get("cardinality", "single"),
        base,
        _values(element.first("correctResponse"), base),
        _values(element.first("defaultValue"), base),
        _mapping(element.first("mapping"), base),
    )


def _values(element: Element | None, base: str) -> tuple[Any, ...] | None:
    return None if element is None else tuple(value_of(value.text(), base) for value in element.named("value"))


def value_of(text: str, base: str) -> Any:
    """A written value as what it is."""
    if base == "string":
        return text
    text = text.strip()
    if base in ("float", "integer"):
        number = number_in(text)
        if number is None:
            raise NotUnderstood(f'"{text}" is not a number')
        return float(number)
    if base == "boolean":
        return text in ("true", "1")
    if base in ("pair", "directedPair"):
        return tuple(text.split())
    return text


def _mapping(element: Element | None, base: str) -> ResponseMapping | None:
    if element is None:
        return None
    entries, strict = {}, {}
    for entry in element.named("mapEntry"):
        key = value_of(entry.attributes.get("mapKey", ""), base)
        entries[key] = float(value_of(entry.attributes.get("mappedValue", ""), "float"))
        strict[key] = entry.attributes.get("caseSensitive", "true") != "false"
    bounds = {
        name: value_of(element.attributes[name], "float") for name in ("lowerBound", "upperBound", "defaultValue")
        if name in element.attributes
    }  # fmt: skip
    return ResponseMapping(
        entries, bounds.get("defaultValue", 0.0), bounds.get("lowerBound"), bounds.get("upperBound"), strict
    )
