"""Each kind of question as QTI 2.1 has it: what is declared right, the interaction, and what an answer earns.

What the standard templates cannot say (notes, windows of numbers) is written out as response processing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assessments.formats.moodle_number import written
from assessments.formats.qti_item import SCORE
from assessments.formats.qti_patterns import pattern_of
from assessments.formats.qti_writing_rules import (
    FEEDBACK,
    RESPONSE,
    base_value,
    declared,
    map_rule,
    mapping_of,
    match_rule,
    processed,
    set_outcome,
    variable,
)  # fmt: skip
from assessments.formats.qti_writing_texts import Writing, option_name, premise_name, typed_answers
from assessments.formats.xml_writing import block, element, in_text
from assessments.questions.fractions import FULL, even_fractions, fractions_of
from assessments.questions.parts import option_keys, premise_texts

EXPECTED_LENGTH = 30
Parts = tuple[str, str, str]  # response declaration, interaction with what is around it, response processing


def _write_choice(writing: Writing) -> Parts:
    fractions = fractions_of(writing.question)
    right, speaks = option_name(writing.key["right"]), bool(writing.notes())
    mapping = _shares(fractions) if fractions else ""
    rules = ("map_response", map_rule()) if fractions else ("match_correct", match_rule())
    interaction = block(
        "choiceInteraction", [writing.prompt(), *writing.choices()],
        responseIdentifier=RESPONSE, shuffle=writing.shuffle(), maxChoices="1",
    )  # fmt: skip
    return declared("single", "identifier", [right], mapping), interaction, processed(*rules, speaks=speaks)


def _shares(fractions: Mapping[str, float]) -> str:
    return mapping_of({option_name(key): percent / FULL for key, percent in fractions.items()})


def _write_multiple(writing: Writing) -> Parts:
    keys = option_keys(writing.content)
    right = [option_name(key) for key in keys if key in writing.key["right"]]
    fractions = fractions_of(writing.question) or even_fractions(writing.key["right"], keys)
    interaction = block(
        "choiceInteraction", [writing.prompt(), *writing.choices()],
        responseIdentifier=RESPONSE, shuffle=writing.shuffle(), maxChoices="0",
    )  # fmt: skip
    processing = processed("map_response", map_rule(), speaks=bool(writing.notes()))
    return declared("multiple", "identifier", right, _shares(fractions)), interaction, processing


def _write_ordering(writing: Writing) -> Parts:
    interaction = block(
        "orderInteraction", [writing.prompt(), *writing.choices()],
        responseIdentifier=RESPONSE, shuffle=writing.shuffle(),
    )  # fmt: skip
    right = [option_name(key) for key in writing.key["right"]]
    return declared("ordered", "identifier", right), interaction, processed("match_correct", "", speaks=False)


def _write_matching(writing: Writing) -> Parts:
    premises, right = premise_texts(writing.content), writing.key["right"]
    lines = [
        element("simpleAssociableChoice", writing.line_text(text), identifier=premise_name(key), matchMax="1")
        for key, text in premises.items()
    ]
    most = "0" if writing.content.get("reuse") else "1"
    sets = [
        block("simpleMatchSet", lines),
        block("simpleMatchSet", writing.choices("simpleAssociableChoice", matchMax=most)),
    ]
    interaction = block(
        "matchInteraction", [writing.prompt(), *sets],
        responseIdentifier=RESPONSE, shuffle=writing.shuffle(), maxAssociations=str(len(premises)),
    )  # fmt: skip
    pairs = [f"{premise_name(line)} {option_name(right[line])}" for line in premises]
    mapping = mapping_of(dict.fromkeys(pairs, 1 / len(pairs)))
    response = declared("multiple", "directedPair", pairs, mapping)
    return response, interaction, processed("map_response", "", speaks=False)


def _write_numeric(writing: Writing) -> Parts:
    unit = writing.content.get("unit") or ""
    correct = [written(writing.key["right"])]
    return declared("single", "float", correct), _entry(writing, unit), _conditions(writing, _in_window)


def _in_window(window: Mapping[str, Any]) -> str:
    tolerance = window.get("tolerance", 0)
    about = {"toleranceMode": "absolute", "tolerance": written(tolerance)} if tolerance else {"toleranceMode": "exact"}
    return element("equal", variable(), base_value(written(window["value"]), "float"), **about)


def _entry(writing: Writing, unit: str = "") -> str:
    lead_in = writing.content.get("lead_in")
    told = element("p", writing.line_text(lead_in), class_="lead-in") if lead_in else ""
    entry = element("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=EXPECTED_LENGTH)
    named = " " + element("span", in_text(writing.said(unit)), class_="unit") if unit else ""
    answer = element("p", entry, named, class_="answer")
    return f"{told}\n{answer}" if told else answer


def _write_short_text(writing: Writing) -> Parts:
    key = writing.key
    case_sensitive = bool(key.get("case_sensitive", False))
    texts = {one["text"]: percent for _n, percent, _note, what in typed_answers(writing.question) for one in what}
    for text in texts:
        if writing.said(text) != text.strip():
            writing.losses.append("blanks around an answer")
    plain = not writing.notes() and not key.get("wildcards") and not key.get("common_errors")
    if plain:
        mapping = mapping_of(
            {text: percent / FULL for text, percent in texts.items()}, caseSensitive=_truth(case_sensitive)
        )
        response = declared("single", "string", key["right"][:1], mapping)
        return response, _entry(writing), processed("map_response", "", speaks=False)

    def fits(one: Mapping[str, Any]) -> str:
        if key.get("wildcards"):
            pattern = pattern_of(one["text"], case_sensitive=case_sensitive)
            return element("patternMatch", variable(), pattern=pattern)
        about = {"caseSensitive": _truth(case_sensitive)}
        return element("stringMatch", variable(), base_value(one["text"], "string"), **about)

    return declared("single", "string", key["right"][:1]), _entry(writing), _conditions(writing, fits)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _conditions(writing: Writing, fits: Callable[[Mapping[str, Any]], str]) -> str:
    """One branch for each answer that is spoken of; the first that fits counts."""
    branches = []
    for name, percent, note, what in typed_answers(writing.question):
        rules = [set_outcome(SCORE, base_value(written(percent / FULL), "float"))]
        rules += [set_outcome(FEEDBACK, base_value(name, "identifier"))] if note else []
        tests = [fits(one) for one in what]
        test = tests[0] if len(tests) == 1 else element("or", *tests)
        tag = "responseElse" if not what else "responseElseIf" if branches else "responseIf"
        branches.append(element(tag, *([test] if what else []), *rules))
    return block("responseProcessing", [block("responseCondition", branches)])


WRITERS: dict[str, Callable[[Writing], Parts]] = {
    "choice": _write_choice,
    "multiple": _write_multiple,
    "ordering": _write_ordering,
    "matching": _write_matching,
    "numeric": _write_numeric,
    "short_text": _write_short_text,
}
