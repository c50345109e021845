"""What the published schemas of QTI 2.1 allow of the elements that we write.

Written down from imsqti_v2p1.xsd (items), qtiv2p1_imscpv1p2_v1p0.xsd (the manifest) and
imsmd_loose_v1p3p2.xsd (what it says of each item): the order and number of children as a regular
expression over their names, each followed by a blank, whether text may stand between them, and
the attributes with the form of their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# simple types
NAME = r"[A-Za-z_][\w.-]*"  # NCName, for the letters that we use
TRUTH = "true|false|0|1"
DOUBLE = r"-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?"
WHOLE = r"-?\d{1,9}"
TEXT, SHORT = r"(?s).*", r"(?s).{0,256}"
ADDRESS = r"[\w.~:/?#@!$&'()*+,;=%-]*"
CARDINALITY, BASE = "single|multiple|ordered|record", "identifier|string|float|integer|directedPair|boolean"


def any_of(*names: str) -> str:
    return "(?:(?:" + "|".join(names) + ") )*"


SIMPLE = ("em", "a", "code", "span", "sub", "sup", "strong", "b", "i", "tt", "kbd", "q", "var", "small", "cite")
INLINE_STATIC = (*SIMPLE, "img", "br")
INLINE = (*INLINE_STATIC, "textEntryInteraction")
BLOCK_STATIC = (
    "pre", "h1", "h2", "h3", "h4", "h5", "h6", "p", "dl", "ol", "hr", "blockquote", "ul", "table", "div",
)  # fmt: skip
INTERACTIONS = ("choiceInteraction", "orderInteraction", "matchInteraction")
BLOCK = (*BLOCK_STATIC, *INTERACTIONS)
FLOW_STATIC = (*BLOCK_STATIC, *INLINE_STATIC)
FLOW = (*BLOCK, *INLINE)
EXPRESSION = (
    "(?:(?:and|or|not|isNull|variable|correct|baseValue|match|equal|stringMatch|patternMatch|mapResponse|member) )"
)
RULES = any_of("responseCondition", "setOutcomeValue", "exitResponse")


@dataclass(frozen=True)
class Rule:
    """An element: its children, whether it holds text, and its attributes; those with a * may be left out."""

    children: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    mixed: bool = False


BODY = {"class*": TEXT, "id*": NAME, LANGUAGE + "*": TEXT, "label*": SHORT}
IDENTIFIER = {"identifier": NAME}
RESPONSE = {**BODY, "responseIdentifier": NAME}
DECLARED = {**IDENTIFIER, "cardinality": CARDINALITY, "baseType*": BASE}
inline = Rule(any_of(*INLINE), BODY, mixed=True)
flowing = Rule(any_of(*FLOW), BODY, mixed=True)
ITEM_RULES = {
    "assessmentItem": Rule(
        "(responseDeclaration )*(outcomeDeclaration )*(itemBody )?(responseProcessing )?(modalFeedback )*",
        {
            "identifier": TEXT,
            "title": TEXT,
            "adaptive": TRUTH,
            "timeDependent": TRUTH,
            "toolName*": SHORT,
            LOCATION + "*": TEXT,
            LANGUAGE + "*": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
        },
    ),
    "responseDeclaration": Rule("(defaultValue )?(correctResponse )?(mapping )?", DECLARED),
    "outcomeDeclaration": Rule("(defaultValue )?", DECLARED),
    "defaultValue": Rule("(value )+"),
    "correctResponse": Rule("(value )+"),
    "value": Rule(mixed=True),
    "mapping": Rule("(mapEntry )+", {"lowerBound*": DOUBLE, "upperBound*": DOUBLE, "defaultValue": DOUBLE}),
    "mapEntry": Rule("", {"mapKey": TEXT, "mappedValue": DOUBLE, "caseSensitive*": TRUTH}),
    "itemBody": Rule(any_of(*BLOCK), BODY),
    "choiceInteraction": Rule("(prompt )?(simpleChoice )+", {**RESPONSE, "shuffle": TRUTH, "maxChoices": WHOLE}),
    "orderInteraction": Rule("(prompt )?(simpleChoice )+", {**RESPONSE, "shuffle": TRUTH}),
    "matchInteraction": Rule(
        "(prompt )?(simpleMatchSet ){2}", {**RESPONSE, "shuffle": TRUTH, "maxAssociations": WHOLE}
    ),
    "textEntryInteraction": Rule("", {**RESPONSE, "expectedLength*": WHOLE}),
    "prompt": Rule(any_of(*INLINE_STATIC), BODY, mixed=True),
    "simpleChoice": Rule(any_of(*FLOW_STATIC), {**BODY, **IDENTIFIER}, mixed=True),
    "simpleMatchSet": Rule("(simpleAssociableChoice )*"),
    "simpleAssociableChoice": Rule(any_of(*FLOW_STATIC), {**BODY, **IDENTIFIER, "matchMax": WHOLE}, mixed=True),
    "modalFeedback": Rule(
        any_of(*FLOW_STATIC), {"outcomeIdentifier": NAME, "showHide": "show|hide", **IDENTIFIER}, mixed=True
    ),
    "responseProcessing": Rule(RULES, {"template*": ADDRESS}),
    "responseCondition": Rule("responseIf (responseElseIf )*(responseElse )?"),
    "responseIf": Rule(EXPRESSION + RULES),
    "responseElseIf": Rule(EXPRESSION + RULES),
    "responseElse": Rule(RULES),
    "setOutcomeValue": Rule(EXPRESSION, IDENTIFIER),
    "or": Rule(EXPRESSION + "+"),
    "match": Rule(EXPRESSION + "{2}"),
    "equal": Rule(EXPRESSION + "{2}", {"toleranceMode": "exact|absolute|relative", "tolerance*": DOUBLE}),
    "stringMatch": Rule(EXPRESSION + "{2}", {"caseSensitive": TRUTH, "substring*": TRUTH}),
    "patternMatch": Rule(EXPRESSION, {"pattern": TEXT}),
    "mapResponse": Rule("", IDENTIFIER),
    "variable": Rule("", IDENTIFIER),
    "correct": Rule("", IDENTIFIER),
    "baseValue": Rule("", {"baseType": BASE}, mixed=True),
    **dict.fromkeys(("p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "code", "span"), inline),
    "a": Rule(any_of(*INLINE), {**BODY, "href": ADDRESS}, mixed=True),
    "img": Rule("", {**BODY, "src": ADDRESS, "alt": SHORT}),
    **dict.fromkeys(("br", "hr"), Rule("", BODY)),
    **dict.fromkeys(("div", "li", "td", "th"), flowing),
    "blockquote": Rule(any_of(*BLOCK), BODY),
    **dict.fromkeys(("ul", "ol"), Rule("(li )*", BODY)),
    "table": Rule("(caption )?(thead )?(tfoot )?(tbody )+", BODY),
    **dict.fromkeys(("thead", "tbody"), Rule("(tr )+", BODY)),
    "tr": Rule(any_of("td", "th"), BODY),
}
FILE = {"href": ADDRESS}
PACKAGE_RULES = {
    "manifest": Rule("metadata organizations resources ", {**IDENTIFIER, LOCATION + "*": TEXT}),
    "metadata": Rule("(schema schemaversion )?(lom )?"),
    "schema": Rule(mixed=True),
    "schemaversion": Rule(mixed=True),
    "organizations": Rule(),
    "resources": Rule("(resource )*"),
    "resource": Rule("(metadata )?(file )*", {**IDENTIFIER, "type": "imsqti_item_xmlv2p1", "href*": ADDRESS}),
    "file": Rule("", FILE),
}
STRING = Rule("(string )*")
LOM_RULES = {
    "lom": Rule(any_of("general", "classification")),
    "general": Rule(any_of("identifier", "title", "language", "keyword")),
    "identifier": Rule("(entry )?"),
    "title": STRING,
    "keyword": STRING,
    "language": Rule(mixed=True),
    "string": Rule("", {"language*": TEXT}, mixed=True),
    "classification": Rule("(taxonPath )*"),
    "taxonPath": Rule("(source )?(taxon )*"),
    "source": STRING,
    "taxon": Rule("(entry )?"),
    "entry": Rule("(string )*", mixed=True),  # a text of an identifier, strings of a taxon
}
RULES_OF = {ITEM: {ITEM: ITEM_RULES}, PACKAGE: {PACKAGE: PACKAGE_RULES, LOM: LOM_RULES}}


def faults(root: Element, namespace: str) -> Iterator[str]:
    """Everything within the element that the schema of this namespace does not allow."""
    for element in root.iter():
        space, _brace, name = element.tag.removeprefix("{").rpartition("}")
        rules = RULES_OF[namespace].get(space, {})
        if name not in rules:
            yield f"<{element.tag}> is unknown"
            continue
        yield from (f"<{name}>: {fault}" for fault in _faults_of(element, rules[name]))


def _faults_of(element: Element, rule: Rule) -> Iterator[str]:
    children = "".join(child.tag.rpartition("}")[2] + " " for child in element)
    if not re.fullmatch(rule.children, children):
        yield f"children {children[:200]}"
    if not rule.mixed and "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
        yield "text between its children"
    known = {name.removesuffix("*"): form for name, form in rule.attributes.items()}
    yield from (f"without {name}" for name in rule.attributes if not name.endswith("*") and name not in element.attrib)
    for name, value in element.attrib.items():
        if name not in known or not re.fullmatch(known[name], value):
            yield f'{name}="{value[:80]}"'
