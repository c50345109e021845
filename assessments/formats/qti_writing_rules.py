"""Response declarations and response processing of QTI 2.1 as text: what is right, and what an answer earns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.formats.moodle_number import written
from assessments.formats.qti_item import SCORE
from assessments.formats.xml_writing import block, element, in_text

TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
RESPONSE, FEEDBACK = "RESPONSE", "FEEDBACK"


def default_value(value: str) -> str:
    return element("defaultValue", element("value", in_text(value)))


def declared(cardinality: str, base: str, correct: Sequence[str], mapping: str = "") -> str:
    values = [element("value", in_text(value)) for value in correct]
    return block(
        "responseDeclaration", [element("correctResponse", *values), mapping],
        identifier=RESPONSE, cardinality=cardinality, baseType=base,
    )  # fmt: skip


def mapping_of(worth: Mapping[str, float], **about: object) -> str:
    entries = [element("mapEntry", mapKey=key, mappedValue=written(value), **about) for key, value in worth.items()]
    return element("mapping", *entries, lowerBound="0", upperBound="1", defaultValue="0")


def set_outcome(outcome: str, expression: str) -> str:
    return element("setOutcomeValue", expression, identifier=outcome)


def base_value(value: str, base: str) -> str:
    return element("baseValue", in_text(value), baseType=base)


def variable() -> str:
    return element("variable", identifier=RESPONSE)


def processed(template: str, scoring: str, *, speaks: bool) -> str:
    """The standard template where nothing is said after the answer; else the same rules, written out."""
    if not speaks:
        return element("responseProcessing", template=TEMPLATES + template)
    return block("responseProcessing", [scoring, set_outcome(FEEDBACK, variable())])


def match_rule() -> str:
    test = element("match", variable(), element("correct", identifier=RESPONSE))
    right = element("responseIf", test, set_outcome(SCORE, base_value("1", "float")))
    return element("responseCondition", right, element("responseElse", set_outcome(SCORE, base_value("0", "float"))))


def map_rule() -> str:
    return set_outcome(SCORE, element("mapResponse", identifier=RESPONSE))
