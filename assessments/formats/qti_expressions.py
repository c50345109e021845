"""The expressions of QTI 2 that work on values alone; one that is missing here is not understood.

Each takes the values of its parts and its element. None is the value that is not there.
Source: QTI 2.1, Assessment Test, Section and Item Information Model, 15 (Expressions).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.moodle_number import number_in
from assessments.formats.qti_values import Container, NotUnderstood, members

CLOSE = 1e-9


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
