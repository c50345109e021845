"""Response processing of QTI 2 worked out for one answer: what it scores and what it shows.

Only what works on values is known here: an expression that is missing makes the whole item one whose
scores prove nothing (`NotUnderstood`). Source: QTI 2.1, Assessment Test, Section and Item
Information Model, 13 (Response Processing) and 15 (Expressions).
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.moodle_number import number_in

CONTAINERS = ("multiple", "ordered")
CLOSE = 1e-9
MOST_STEPS = 200_000  # for all answers of an item together: about a third of a second


class NotUnderstood(ValueError):
    """A rule or an expression that is not worked out here; says which."""


class _Exit(Exception):
    """exitResponse was met."""


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


@dataclass
class Processing:
    """The rules of an item. `outcomes_of` works them out for one value of each response."""

    rules: Sequence[Element]
    responses: Mapping[str, Declared]
    outcomes: Mapping[str, Declared]
    steps: int = 0  # that were taken so far

    def outcomes_of(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """answers: None, a value, or a tuple of values for each response."""
        work = _Work(self, dict(answers))
        try:
            with contextlib.suppress(_Exit):
                work.run(self.rules)
        except NotUnderstood:
            raise
        except (TypeError, IndexError, ValueError, OverflowError, ZeroDivisionError) as fault:
            raise NotUnderstood(f"an expression that does not fit its values ({fault})") from None
        return work.set

    def value_of(self, expression: Element) -> Any:
        """The value of an expression that does not ask for an answer."""
        return _Work(self, {}).value(expression)


class _Work:
    def __init__(self, processing: Processing, answers: dict[str, Any]) -> None:
        self.processing, self.answers = processing, answers
        self.set = {name: _initial(outcome) for name, outcome in processing.outcomes.items()}

    def run(self, rules: Sequence[Element]) -> None:
        for rule in rules:
            self._count()
            if rule.tag == "setOutcomeValue":
                self.set[rule.attributes.get("identifier", "")] = self.value(_only(rule))
            elif rule.tag == "responseCondition":
                self._condition(rule)
            elif rule.tag == "responseProcessingFragment":
                self.run(list(rule.elements()))
            elif rule.tag == "exitResponse":
                raise _Exit
            else:
                raise NotUnderstood(f"<{rule.tag}>")

    def _count(self) -> None:
        self.processing.steps += 1
        if self.processing.steps > MOST_STEPS:
            raise NotUnderstood(f"more than {MOST_STEPS} steps for all answers together")

    def _condition(self, rule: Element) -> None:
        for branch in rule.elements():
            self._count()
            inner = list(branch.elements())
            if branch.tag == "responseElse":
                self.run(inner)
                return
            if inner and self.value(inner[0]) is True:
                self.run(inner[1:])
                return

    def value(self, element: Element) -> Any:
        self._count()
        if element.tag in LEAVES:
            return LEAVES[element.tag](self, element)
        if element.tag not in EXPRESSIONS:
            raise NotUnderstood(f"<{element.tag}>")
        return EXPRESSIONS[element.tag]([self.value(child) for child in element.elements()], element)

    def variable(self, element: Element) -> Any:
        name = element.attributes.get("identifier", "")
        if name in self.answers:
            return self.answers[name]
        if name in self.set:
            return self.set[name]
        raise NotUnderstood(f'the variable "{name}"')

    def response(self, element: Element) -> Declared:
        name = element.attributes.get("identifier", "")
        if name not in self.processing.responses:
            raise NotUnderstood(f'the response "{name}"')
        return self.processing.responses[name]

    def correct(self, element: Element) -> Any:
        response = self.response(element)
        if response.correct is None:
            return None
        return response.correct if response.is_container else next(iter(response.correct), None)

    def mapped(self, element: Element) -> Any:
        response = self.response(element)
        if response.mapping is None:
            raise NotUnderstood("<mapResponse> without a mapping")
        given = members(self.answers.get(response.identifier))
        if response.cardinality == "multiple":
            given = list(dict.fromkeys(given))
        return response.mapping.held(sum(response.mapping.worth(value) for value in given))


def _initial(outcome: Declared) -> Any:
    if outcome.default is not None:
        return Container(outcome.default) if outcome.is_container else next(iter(outcome.default), None)
    return 0.0 if outcome.base_type in ("float", "integer") and not outcome.is_container else None


def _only(element: Element) -> Element:
    inner = list(element.elements())
    if len(inner) != 1:
        raise NotUnderstood(f"<{element.tag}> with {len(inner)} expressions")
    return inner[0]


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
class Container:
    """Several values. is_ordered: whether their order counts."""

    values: tuple[Any, ...]
    is_ordered: bool = False


def _container(value: Any, *, is_ordered: bool = False) -> Container:
    return value if isinstance(value, Container) else Container(tuple(members(value)), is_ordered)


def _same(one: Any, other: Any) -> bool | None:
    if one is None or other is None:
        return None
    if isinstance(one, Container) or isinstance(other, Container) or isinstance(one, tuple) or isinstance(other, tuple):
        return _same_container(one, other)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= CLOSE * max(1.0, abs(one))
    return bool(one == other)


def _same_container(one: Any, other: Any) -> bool:
    if not (isinstance(one, Container) and isinstance(other, Container)):
        return bool(one == other)
    if one.is_ordered:
        return one.values == other.values
    return sorted(map(repr, one.values)) == sorted(map(repr, other.values))


def _numbers(values: Sequence[Any]) -> list[float] | None:
    flat = [member for value in values for member in members(value)]
    return None if any(value is None for value in values) else [float(member) for member in flat]


def _arithmetic(work_out: Callable[[list[float]], float]) -> Callable[[Sequence[Any], Element], Any]:
    def apply(values: Sequence[Any], element: Element) -> Any:
        numbers = _numbers(values)
        return None if not numbers else work_out(numbers)

    return apply


def _compare(holds: Callable[[float, float], bool]) -> Callable[[Sequence[Any], Element], Any]:
    def apply(values: Sequence[Any], element: Element) -> Any:
        numbers = _numbers(values)
        return None if not numbers or len(numbers) != 2 else holds(*numbers)

    return apply


def window_of(element: Element, value: float) -> tuple[float, float]:
    """What <equal> takes as the value: from, to."""
    mode, written = element.attributes.get("toleranceMode", "exact"), element.attributes.get("tolerance", "").split()
    if mode == "exact":
        return value, value
    parts = [number_in(part) for part in written]
    if mode not in ("absolute", "relative") or not parts or any(part is None or part < 0 for part in parts):
        raise NotUnderstood("the tolerance of <equal>")
    below, above = float(parts[0] or 0), float(parts[-1] or 0)
    if mode == "relative":
        below, above = abs(value) * below / 100, abs(value) * above / 100
    return value - below, value + above


def _equal(values: Sequence[Any], element: Element) -> Any:
    numbers = _numbers(values)
    if not numbers or len(numbers) != 2:
        return None
    given, wanted = numbers
    low, high = window_of(element, wanted)
    dust = CLOSE * max(abs(wanted), high - low)
    return low - dust <= given <= high + dust


def _string_match(values: Sequence[Any], element: Element) -> Any:
    if any(value is None for value in values) or len(values) != 2:
        return None
    one, other = str(values[0]), str(values[1])
    if element.attributes.get("caseSensitive", "true") == "false":
        one, other = one.casefold(), other.casefold()
    return other in one if element.attributes.get("substring", "false") == "true" else one == other


def _and(values: Sequence[Any], element: Element) -> Any:
    return False if False in values else None if None in values else True


def _or(values: Sequence[Any], element: Element) -> Any:
    return True if True in values else None if None in values else False


def _member(values: Sequence[Any], element: Element) -> Any:
    one, container = values
    if one is None or container is None:
        return None
    return any(_same(one, member) for member in _container(container).values)


def _contains(values: Sequence[Any], element: Element) -> Any:
    whole, part = values
    if whole is None or part is None:
        return None
    if _container(whole).is_ordered:
        raise NotUnderstood("<contains> of an order")
    known = _container(whole).values
    return all(any(_same(one, member) for member in known) for one in _container(part).values)


def _literal(work: _Work, element: Element) -> Any:
    return value_of(element.text(), element.attributes.get("baseType", "identifier"))


LEAVES: dict[str, Callable[[_Work, Element], Any]] = {
    "baseValue": _literal,
    "variable": lambda work, element: work.variable(element),
    "correct": lambda work, element: _as_response(work.correct(element), work.response(element)),
    "mapResponse": lambda work, element: work.mapped(element),
    "null": lambda work, element: None,
}
EXPRESSIONS: dict[str, Callable[[Sequence[Any], Element], Any]] = {
    "match": lambda values, element: _same(*values) if len(values) == 2 else None,
    "equal": _equal,
    "stringMatch": _string_match,
    "and": _and,
    "or": _or,
    "not": lambda values, element: None if values[0] is None else not values[0],
    "isNull": lambda values, element: values[0] is None or values[0] == Container(()),
    "member": _member,
    "contains": _contains,
    "multiple": lambda values, element: Container(tuple(m for v in values for m in members(v))),
    "ordered": lambda values, element: Container(tuple(m for v in values for m in members(v)), is_ordered=True),
    "containerSize": lambda values, element: float(len(members(values[0]))),
    "sum": _arithmetic(sum),
    "product": _arithmetic(math.prod),
    "max": _arithmetic(max),
    "min": _arithmetic(min),
    "subtract": _arithmetic(lambda numbers: numbers[0] - sum(numbers[1:])),
    "divide": _arithmetic(lambda numbers: numbers[0] / numbers[1] if len(numbers) == 2 and numbers[1] else math.nan),
    "round": _arithmetic(lambda numbers: float(math.floor(numbers[0] + 0.5))),
    "truncate": _arithmetic(lambda numbers: float(math.trunc(numbers[0]))),
    "integerToFloat": _arithmetic(lambda numbers: numbers[0]),
    "gt": _compare(lambda one, other: one > other),
    "gte": _compare(lambda one, other: one >= other),
    "lt": _compare(lambda one, other: one < other),
    "lte": _compare(lambda one, other: one <= other),
}


def _as_response(value: Any, response: Declared) -> Any:
    """The declared values in the shape in which answers are given."""
    if value is None or not response.is_container:
        return value
    return Container(tuple(value), response.cardinality == "ordered")
