"""An item of QTI 2.1 as a file; its elements stand in the order of the schema imsqti_v2p1.xsd."""

from __future__ import annotations

import re

from assessments.formats.qti_item import NAMESPACES, SCORE, TOOL
from assessments.formats.qti_writing_kinds import WRITERS
from assessments.formats.qti_writing_rules import FEEDBACK, default_value
from assessments.formats.qti_writing_texts import Writing
from assessments.formats.xml_writing import DECLARATION, block, element, in_text

QTI = NAMESPACES[0]
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
SOLUTION, EXPLANATION = "SOLUTION", "explanation"


def item_of(writing: Writing) -> bytes:
    """The item as a file; empty where QTI cannot have the question."""
    kind = writing.question.kind
    if kind not in WRITERS:
        writing.losses.append(f"the question is left out: QTI 2.1 has no such kind of question ({kind})")
        return b""
    response, interaction, processing = WRITERS[kind](writing)
    _say_losses(writing)
    feedback = [_modal(FEEDBACK, name, writing.line_text(text)) for name, text in writing.notes().items()]
    explanation = writing.key.get("explanation") or ""
    solution = [_modal(SOLUTION, EXPLANATION, writing.block_text(explanation))] if explanation else []
    parts = [response, *_outcomes(writing), _body(writing, interaction), processing, *feedback, *solution]
    return (DECLARATION + block("assessmentItem", parts, **_about(writing)) + "\n").encode()


def _about(writing: Writing) -> dict[str, object]:
    language = writing.exchanged.language
    return {
        "xmlns": QTI, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{QTI} {SCHEMA}", "identifier": writing.identifier,
        "title": writing.exchanged.title or writing.identifier, "adaptive": "false", "timeDependent": "false",
        "toolName": TOOL, "xml:lang": language if LANGUAGE.fullmatch(language) else None,
    }  # fmt: skip


def _outcomes(writing: Writing) -> list[str]:
    score = element("outcomeDeclaration", default_value("0"), identifier=SCORE, cardinality="single", baseType="float")
    found = [score]
    if writing.notes():
        several = "multiple" if writing.question.kind == "multiple" else "single"
        found.append(element("outcomeDeclaration", identifier=FEEDBACK, cardinality=several, baseType="identifier"))
    if writing.key.get("explanation"):
        about = {"identifier": SOLUTION, "cardinality": "single", "baseType": "identifier"}
        found.append(element("outcomeDeclaration", default_value(EXPLANATION), **about))
    return found


def _body(writing: Writing, interaction: str) -> str:
    parts = [element("div", writing.block_text(writing.content["stem"]), class_="stem")]
    if code := writing.content.get("code"):
        listing = element("code", in_text(writing.said(code["source"])))
        parts.append(element("pre", listing, class_=f"listing language-{code['language']}"))
    return block("itemBody", [*parts, interaction])


def _say_losses(writing: Writing) -> None:
    key = writing.key
    errors = key.get("common_errors", [])
    if any(key.get("misconceptions", {}).values()) or any(error.get("misconception") for error in errors):
        writing.losses.append("the misconceptions that wrong answers stand for")
    if key.get("stdout"):
        writing.losses.append("what the listing prints")
    if writing.question.kind in ("ordering", "matching") and key.get("notes"):
        writing.losses.append("the notes on single pairs")
    if writing.question.kind == "ordering":
        writing.losses.append("the credit of partly right orders")
    if not LANGUAGE.fullmatch(writing.exchanged.language):
        writing.losses.append(f"its language ({writing.exchanged.language})")


def _modal(outcome: str, identifier: str, text: str) -> str:
    return element("modalFeedback", text, outcomeIdentifier=outcome, identifier=identifier, showHide="show")
