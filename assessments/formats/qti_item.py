"""An item of QTI 2 taken apart: its variables, its interaction, its texts, and what its scores prove."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assessments.formats.exchange import Picture
from assessments.formats.html_tree import Element
from assessments.formats.pictures import PictureRefused, from_data_address
from assessments.formats.qti_markup import markdown_in
from assessments.formats.qti_processing import Processing
from assessments.formats.qti_values import (
    Container,
    Declared,
    NotUnderstood,
    declaration,
    members,
    number_of,
)
from assessments.formats.remarks import Refused, Remarks, Skipped

NAMESPACES = ("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imsqti_v2p2")
TOOL = "careerquiz"
SCORE = "SCORE"
MOST_PARTS = 200  # feedbacks, rules, or answers that rules speak of
FEEDBACKS = ("feedbackInline", "feedbackBlock")
BLANK = "____"
NOT_WORKED_OUT = "its response processing is not worked out here: "
TEMPLATE = re.compile(r"(?:^|/)(match_correct|map_response)(?:\.xml)?$")
FindPicture = Callable[[str], Picture]  # PictureRefused says why there is none


@dataclass(frozen=True)
class Feedback:
    """A text that is shown after some answers. owner: the option in which it stands."""

    element: Element
    outcome: str
    identifier: str
    shown_if: bool
    owner: str = ""

    def is_visible(self, outcomes: dict[str, Any]) -> bool:
        return (self.identifier in members(outcomes.get(self.outcome))) == self.shown_if


@dataclass
class Item:
    """One assessmentItem while it is read."""

    root: Element
    remarks: Remarks
    find_picture: FindPicture
    pictures: dict[str, Picture] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)  # of pictures: as the item names them, and as we do

    def __post_init__(self) -> None:
        for element in self.root.all("img", "object"):
            source = element.attributes.get("src") or element.attributes.get("data") or ""
            if source and source not in self.addresses:
                self._keep_picture(source, element.line)

    def _keep_picture(self, source: str, line: int) -> None:
        try:
            picture = from_data_address(source) if source.startswith("data:") else self.find_picture(source)
        except PictureRefused as refused:
            self.remarks.skipped(f'the picture "{source[:80]}" is left out: {refused}', line)
            return
        self.pictures[picture.address] = picture
        self.addresses[source] = picture.address

    # -- parts --

    @cached_property
    def body(self) -> Element:
        body = self.root.first("itemBody")
        if body is None:
            raise Skipped("the item has no body")
        return body

    @cached_property
    def interaction(self) -> Element:
        found = [element for element in self.body.everything() if element.tag.endswith("Interaction")]
        if not found:
            raise Skipped("the item has no interaction: there is nothing to answer")
        if len(found) > 1:
            names = ", ".join(element.tag for element in found[:5])
            raise Skipped(f"the item has {len(found)} interactions ({names}); a question here has one", found[1].line)
        return found[0]

    @cached_property
    def response(self) -> Declared:
        name = self.interaction.attributes.get("responseIdentifier", "")
        if name not in self.responses:
            raise Refused(f'the response "{name}" is not declared', self.interaction.line)
        return self.responses[name]

    @cached_property
    def responses(self) -> dict[str, Declared]:
        return {one.identifier: one for one in map(declaration, self.root.named("responseDeclaration"))}

    @cached_property
    def outcomes(self) -> dict[str, Declared]:
        return {one.identifier: one for one in map(declaration, self.root.named("outcomeDeclaration"))}

    @cached_property
    def rules(self) -> list[Element]:
        found = self.root.first("responseProcessing")
        return list(found.elements()) if found else []

    @cached_property
    def template(self) -> str:
        """match_correct or map_response where the item names one, or writes out no more than one."""
        element = self.root.first("responseProcessing")
        if element is None:
            return "match_correct"  # nothing is scored: the declared key stands
        named = element.attributes.get("template", "") or element.attributes.get("templateLocation", "")
        if not self.rules and named:
            found = TEMPLATE.search(named)
            if found is None:
                raise Skipped(f'the response processing template "{named[:120]}" is not known', element.line)
            return found[1]
        return _written_out(self.rules, self.response.identifier)

    # -- what answers earn --

    @cached_property
    def processing(self) -> Processing:
        return Processing(self.rules, self.responses, self.outcomes)

    def outcomes_of(self, answer: Any) -> dict[str, Any]:
        try:
            return self.processing.outcomes_of({self.response.identifier: answer})
        except NotUnderstood as what:
            raise Skipped(f"{NOT_WORKED_OUT}{what}") from None

    def score(self, answer: Any) -> float:
        value = self.outcomes_of(answer).get(SCORE)
        if value is None and SCORE not in self.outcomes:
            raise Skipped("its response processing sets no SCORE")
        try:
            return number_of(value)
        except NotUnderstood as what:
            raise Skipped(f"{NOT_WORKED_OUT}{what}") from None

    def prove(self, key: Any, answers: Sequence[Any]) -> None:
        """The declared key must earn the most, and every other answer less."""
        best = self.score(key)
        if best <= 0:
            raise Skipped("its response processing gives the declared key nothing")
        if any(self.score(answer) >= best - 1e-9 for answer in answers if answer != key):
            raise Skipped("its response processing does not prove the declared key: another answer earns as much")

    # -- what is said --

    @cached_property
    def feedbacks(self) -> list[Feedback]:
        found = list[Feedback]()
        for choice in self.body.everything():
            if choice.tag in ("simpleChoice", "inlineChoice", "simpleAssociableChoice"):
                found += [_feedback(one, choice.attributes.get("identifier", "")) for one in choice.all(*FEEDBACKS)]
        inside = {id(feedback.element) for feedback in found}
        found += [_feedback(one, "") for one in self.body.all(*FEEDBACKS) if id(one) not in inside]
        found += [_feedback(element, "") for element in self.root.named("modalFeedback")]
        if len(found) > MOST_PARTS or len(self.rules) > MOST_PARTS:
            raise Skipped(f"it has {len(found)} feedbacks and {len(self.rules)} rules; {MOST_PARTS} is the most")
        return found

    def markdown(self, element: Element | None, *, in_line: bool = False) -> str:
        """The text of an element, without what is shown only after the answer."""
        if element is None:
            return ""
        text, losses = markdown_in(_without(element), self.addresses, in_line=in_line)
        if losses:
            self.remarks.changed(f"not kept in <{element.tag}>: {', '.join(losses)}", element.line)
        return text

    def body_text(self, blank: str = "") -> str:
        """The text around the interaction; blank: what stands in its place."""
        return self.markdown(_put(self.body, self.interaction, blank))


def _feedback(element: Element, owner: str) -> Feedback:
    about = element.attributes
    shown_if = about.get("showHide", "show") != "hide"
    return Feedback(element, about.get("outcomeIdentifier", ""), about.get("identifier", ""), shown_if, owner)


def _without(element: Element) -> Element:
    """A copy without feedback, and without what is for others than the taker."""
    children = [
        child if isinstance(child, str) else _without(child)
        for child in element.children
        if isinstance(child, str) or child.tag not in (*FEEDBACKS, "rubricBlock", "infoControl")
    ]
    return Element(element.tag, element.attributes, children, element.line, element.space)


def _put(element: Element, what: Element, instead: str) -> Element:
    """A copy with an element replaced by a text."""
    children: list[Element | str] = []
    for child in element.children:
        if child is what:
            children += [Element("blank", {}, [instead])] if instead else []
        else:
            children.append(child if isinstance(child, str) else _put(child, what, instead))
    return Element(element.tag, element.attributes, children, element.line, element.space)


def _written_out(rules: list[Element], response: str) -> str:
    """The template that the rules for the score are the same as; "" where they are none."""
    scoring = [rule for rule in rules if any(_sets(part) for part in (rule, *rule.everything()))]
    if len(scoring) != 1:
        return ""
    if _is_map(scoring[0], response):
        return "map_response"
    return "match_correct" if _is_match(scoring[0], response) else ""


def _sets(element: Element) -> bool:
    return element.tag == "setOutcomeValue" and element.attributes.get("identifier") == SCORE


def _is_map(rule: Element, response: str) -> bool:
    if rule.tag == "setOutcomeValue":
        inner = list(rule.elements())
        return len(inner) == 1 and inner[0].tag == "mapResponse" and inner[0].attributes.get("identifier") == response
    parts = list(rule.elements())
    if [part.tag for part in parts] != ["responseIf", "responseElse"]:
        return False
    test, otherwise = list(parts[0].elements()), list(parts[1].elements())
    empty = len(test) == 2 and test[0].tag == "isNull" and _is_variable(test[0].first("variable"), response)
    return (
        empty
        and _gives(test[1]) == 0
        and len(otherwise) == 1
        and _sets(otherwise[0])
        and _is_map(otherwise[0], response)
    )


def _is_match(rule: Element, response: str) -> bool:
    parts = list(rule.elements())
    if [part.tag for part in parts] not in (["responseIf"], ["responseIf", "responseElse"]):
        return False
    test, *given = list(parts[0].elements())
    inner = {part.tag: part for part in test.elements()}
    if test.tag != "match" or set(inner) != {"variable", "correct"} or not _is_variable(inner["variable"], response):
        return False
    scores = [_gives(rule) for rule in given if _sets(rule)]
    others = [_gives(rule) for part in parts[1:] for rule in part.elements() if _sets(rule)]
    return len(scores) == 1 and (scores[0] or 0) > 0 and others in ([], [0.0])


def _is_variable(element: Element | None, response: str) -> bool:
    return element is not None and element.attributes.get("identifier") == response


def _gives(rule: Element) -> float | None:
    """The number that a rule sets."""
    inner = list(rule.elements())
    if len(inner) != 1 or inner[0].tag != "baseValue":
        return None
    try:
        return float(inner[0].text())
    except ValueError:
        return None


def container(response: Declared, values: Sequence[Any]) -> Any:
    """An answer in the shape that the response has."""
    if not response.is_container:
        return values[0] if values else None
    return Container(tuple(values), response.cardinality == "ordered")
