"""Response processing of QTI 2 worked out for one answer: what it scores and what it shows.

Only what works on values is known here: an expression that is missing makes the whole item one whose
scores prove nothing (`NotUnderstood`). Source: QTI 2.1, Assessment Test, Section and Item
Information Model, 13 (Response Processing).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.formats.html_tree import Element
from assessments.formats.qti_expressions import EXPRESSIONS
from assessments.formats.qti_values import Container, Declared, NotUnderstood, members, value_of

MOST_STEPS = 200_000  # for all answers of an item together: about a third of a second


class _Exit(Exception):
    """exitResponse was met."""


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


def _as_response(value: Any, response: Declared) -> Any:
    """The declared values in the shape in which answers are given."""
    if value is None or not response.is_container:
        return value
    return Container(tuple(value), response.cardinality == "ordered")


def _literal(work: _Work, element: Element) -> Any:
    return value_of(element.text(), element.attributes.get("baseType", "identifier"))


LEAVES: dict[str, Callable[[_Work, Element], Any]] = {
    "baseValue": _literal,
    "variable": lambda work, element: work.variable(element),
    "correct": lambda work, element: _as_response(work.correct(element), work.response(element)),
    "mapResponse": lambda work, element: work.mapped(element),
    "null": lambda work, element: None,
}
