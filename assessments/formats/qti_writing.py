"""Writes a package of QTI 2.1: a manifest, an item for each question, and the pictures they show.

Elements stand in the order of the schema imsqti_v2p1.xsd. What the standard templates cannot say
(notes, windows of numbers) is written out as response processing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.formats.exchange import Exchanged, Loss, Picture, Written
from assessments.formats.moodle_number import written
from assessments.formats.moodle_text import file_name
from assessments.formats.packages import packed
from assessments.formats.qti_item import NAMESPACES, SCORE, TOOL
from assessments.formats.qti_manifest import MANIFEST, Listed, manifest_of
from assessments.formats.qti_markup import MEDIA, with_source
from assessments.formats.qti_patterns import pattern_of
from assessments.formats.xml_writing import DECLARATION, block, can_say, element, in_text, sayable
from assessments.questions.fractions import FULL, even_fractions, fractions_of, richest_first
from assessments.questions.parts import option_keys, option_texts, premise_texts
from assessments.questions.question import Question

QTI = NAMESPACES[0]
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}")
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
RESPONSE, FEEDBACK, SOLUTION, EXPLANATION = "RESPONSE", "FEEDBACK", "SOLUTION", "explanation"
EXPECTED_LENGTH = 30
Parts = tuple[str, str, str]  # response declaration, interaction with what is around it, response processing


class Unsayable(ValueError):
    """A question that QTI cannot have; the sentence says why."""


def write(questions: Sequence[Exchanged], pictures: Mapping[str, Picture]) -> Written:
    """The questions as a package."""
    files, listed, losses = dict[str, bytes](), list[Listed](), list[Loss]()
    identifiers = _identifiers(questions)
    for exchanged, identifier in zip(questions, identifiers, strict=True):
        writing = _Writing(exchanged, identifier, pictures)
        content = writing.item()
        losses += [Loss(exchanged.slug or exchanged.title, message) for message in dict.fromkeys(writing.losses)]
        if not content:
            continue
        shown = {address: one for address, one in pictures.items() if address in writing.seen}
        media = {MEDIA + file_name(address): picture.content for address, picture in shown.items()}
        files |= {f"items/{identifier}.xml": content} | media
        listed.append(Listed(identifier, f"items/{identifier}.xml", exchanged, tuple(media)))
    if any(exchanged.entry for exchanged in questions):
        losses.append(Loss("", "sub-skills, difficulty, references and proofs: only our own format says them"))
    return Written(packed({MANIFEST: manifest_of(listed)} | files), tuple(losses), len(listed))


def _identifiers(questions: Sequence[Exchanged]) -> list[str]:
    """A name for each item: its slug where that is a name of XML and nobody else's."""
    found, taken = [], set[str]()
    for place, exchanged in enumerate(questions, 1):
        own = exchanged.slug if NAME.fullmatch(exchanged.slug) else ""
        name = own if own and own.casefold() not in taken else f"question-{place}"
        while name.casefold() in taken:
            name += "-x"
        taken.add(name.casefold())
        found.append(name)
    return found


@dataclass
class _Writing:
    """One question on its way into an item."""

    exchanged: Exchanged
    identifier: str
    pictures: Mapping[str, Picture]
    losses: list[str] = field(default_factory=list)
    seen: str = ""  # every text that was written: it tells which pictures are shown

    @property
    def question(self) -> Question:
        return self.exchanged.question

    @property
    def content(self) -> dict[str, Any]:
        return self.question.content

    @property
    def key(self) -> dict[str, Any]:
        return self.question.key

    def item(self) -> bytes:
        """The item as a file; empty where QTI cannot have the question."""
        writer = WRITERS.get(self.question.kind)
        try:
            if writer is None:
                raise Unsayable(f"QTI 2.1 has no such kind of question ({self.question.kind})")
            response, interaction, processing = writer(self)
        except Unsayable as why:
            self.losses.append(f"the question is left out: {why}")
            return b""
        self._say_losses()
        feedback = [self.feedback(name, text) for name, text in self.notes().items()]
        explanation = self.key.get("explanation") or ""
        solution = [self._modal(SOLUTION, EXPLANATION, self.block_text(explanation))] if explanation else []
        parts = [response, *self._outcomes(), self._body(interaction), processing, *feedback, *solution]
        return (DECLARATION + block("assessmentItem", parts, **self._about()) + "\n").encode()

    def _about(self) -> dict[str, object]:
        language = self.exchanged.language
        return {
            "xmlns": QTI, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{QTI} {SCHEMA}", "identifier": self.identifier,
            "title": self.exchanged.title or self.identifier, "adaptive": "false", "timeDependent": "false",
            "toolName": TOOL, "xml:lang": language if LANGUAGE.fullmatch(language) else None,
        }  # fmt: skip

    def _outcomes(self) -> list[str]:
        score = element("outcomeDeclaration", _default("0"), identifier=SCORE, cardinality="single", baseType="float")
        found = [score]
        if self.notes():
            several = "multiple" if self.question.kind == "multiple" else "single"
            found.append(element("outcomeDeclaration", identifier=FEEDBACK, cardinality=several, baseType="identifier"))
        if self.key.get("explanation"):
            about = {"identifier": SOLUTION, "cardinality": "single", "baseType": "identifier"}
            found.append(element("outcomeDeclaration", _default(EXPLANATION), **about))
        return found

    def _body(self, interaction: str) -> str:
        parts = [element("div", self.block_text(self.content["stem"]), class_="stem")]
        if code := self.content.get("code"):
            listing = element("code", in_text(self.said(code["source"])))
            parts.append(element("pre", listing, class_=f"listing language-{code['language']}"))
        return block("itemBody", [*parts, interaction])

    # -- texts --

    def said(self, text: str) -> str:
        if not can_say(text):
            self.losses.append("control characters, which XML cannot say")
        self.seen += text
        return sayable(text)

    def block_text(self, text: str) -> str:
        return with_source(self.said(text), in_line=False, shown=self.pictures)

    def line_text(self, text: str) -> str:
        return with_source(self.said(text), in_line=True, shown=self.pictures)

    def prompt(self) -> str:
        lead_in = self.content.get("lead_in")
        return element("prompt", self.line_text(lead_in)) if lead_in else ""

    def notes(self) -> dict[str, str]:
        """What is said after some answers, by the identifier that shows it."""
        notes = self.key.get("notes", {})
        if self.question.kind in ("choice", "multiple"):
            return {_option(key): notes[key] for key in option_keys(self.content) if notes.get(key)}
        if self.question.kind in ("numeric", "short_text"):
            return {name: note for name, _percent, note, _what in _typed(self.question) if note}
        return {}

    def feedback(self, name: str, text: str) -> str:
        return self._modal(FEEDBACK, name, self.line_text(text))

    def _modal(self, outcome: str, identifier: str, text: str) -> str:
        return element("modalFeedback", text, outcomeIdentifier=outcome, identifier=identifier, showHide="show")

    def shuffle(self) -> str:
        return "true" if self.content.get("shuffle", True) else "false"

    def choices(self, name: str = "simpleChoice", **about: object) -> list[str]:
        return [
            element(name, self.line_text(text), identifier=_option(key), **about)
            for key, text in option_texts(self.content).items()
        ]

    def _say_losses(self) -> None:
        key = self.key
        errors = key.get("common_errors", [])
        if any(key.get("misconceptions", {}).values()) or any(error.get("misconception") for error in errors):
            self.losses.append("the misconceptions that wrong answers stand for")
        if key.get("stdout"):
            self.losses.append("what the listing prints")
        if self.question.kind in ("ordering", "matching") and key.get("notes"):
            self.losses.append("the notes on single pairs")
        if self.question.kind == "ordering":
            self.losses.append("the credit of partly right orders")
        if not LANGUAGE.fullmatch(self.exchanged.language):
            self.losses.append(f"its language ({self.exchanged.language})")


def _option(key: str) -> str:
    return f"option-{key}"


def _premise(key: str) -> str:
    return f"premise-{key}"


def _default(value: str) -> str:
    return element("defaultValue", element("value", in_text(value)))


# -- declarations and rules --


def _response(cardinality: str, base: str, correct: Sequence[str], mapping: str = "") -> str:
    values = [element("value", in_text(value)) for value in correct]
    return block(
        "responseDeclaration", [element("correctResponse", *values), mapping],
        identifier=RESPONSE, cardinality=cardinality, baseType=base,
    )  # fmt: skip


def _mapping(worth: Mapping[str, float], **about: object) -> str:
    entries = [element("mapEntry", mapKey=key, mappedValue=written(value), **about) for key, value in worth.items()]
    return element("mapping", *entries, lowerBound="0", upperBound="1", defaultValue="0")


def _set(outcome: str, expression: str) -> str:
    return element("setOutcomeValue", expression, identifier=outcome)


def _base(value: str, base: str) -> str:
    return element("baseValue", in_text(value), baseType=base)


def _variable() -> str:
    return element("variable", identifier=RESPONSE)


def _processing(template: str, scoring: str, *, speaks: bool) -> str:
    """The standard template where nothing is said after the answer; else the same rules, written out."""
    if not speaks:
        return element("responseProcessing", template=TEMPLATES + template)
    return block("responseProcessing", [scoring, _set(FEEDBACK, _variable())])


def _match_rule() -> str:
    test = element("match", _variable(), element("correct", identifier=RESPONSE))
    right = element("responseIf", test, _set(SCORE, _base("1", "float")))
    return element("responseCondition", right, element("responseElse", _set(SCORE, _base("0", "float"))))


def _map_rule() -> str:
    return _set(SCORE, element("mapResponse", identifier=RESPONSE))


# -- kinds --


def _write_choice(writing: _Writing) -> Parts:
    fractions = fractions_of(writing.question)
    right, speaks = _option(writing.key["right"]), bool(writing.notes())
    mapping = _shares(fractions) if fractions else ""
    rules = ("map_response", _map_rule()) if fractions else ("match_correct", _match_rule())
    interaction = block(
        "choiceInteraction", [writing.prompt(), *writing.choices()],
        responseIdentifier=RESPONSE, shuffle=writing.shuffle(), maxChoices="1",
    )  # fmt: skip
    return _response("single", "identifier", [right], mapping), interaction, _processing(*rules, speaks=speaks)


def _shares(fractions: Mapping[str, float]) -> str:
    return _mapping({_option(key): percent / FULL for key, percent in fractions.items()})


def _write_multiple(writing: _Writing) -> Parts:
    keys = option_keys(writing.content)
    right = [_option(key) for key in keys if key in writing.key["right"]]
    fractions = fractions_of(writing.question) or even_fractions(writing.key["right"], keys)
    interaction = block(
        "choiceInteraction", [writing.prompt(), *writing.choices()],
        responseIdentifier=RESPONSE, shuffle=writing.shuffle(), maxChoices="0",
    )  # fmt: skip
    processing = _processing("map_response", _map_rule(), speaks=bool(writing.notes()))
    return _response("multiple", "identifier", right, _shares(fractions)), interaction, processing


def _write_ordering(writing: _Writing) -> Parts:
    interaction = block(
        "orderInteraction", [writing.prompt(), *writing.choices()],
        responseIdentifier=RESPONSE, shuffle=writing.shuffle(),
    )  # fmt: skip
    right = [_option(key) for key in writing.key["right"]]
    return _response("ordered", "identifier", right), interaction, _processing("match_correct", "", speaks=False)


def _write_matching(writing: _Writing) -> Parts:
    premises, right = premise_texts(writing.content), writing.key["right"]
    lines = [
        element("simpleAssociableChoice", writing.line_text(text), identifier=_premise(key), matchMax="1")
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
    pairs = [f"{_premise(line)} {_option(right[line])}" for line in premises]
    mapping = _mapping(dict.fromkeys(pairs, 1 / len(pairs)))
    response = _response("multiple", "directedPair", pairs, mapping)
    return response, interaction, _processing("map_response", "", speaks=False)


def _typed(question: Question) -> list[tuple[str, float, str, Any]]:
    """Every answer that is spoken of: its name, what it earns in percent, what is said, what it is."""
    key = question.key
    notes = key.get("notes", {})
    right = [{"text": text} for text in key["right"]] if question.kind == "short_text" else [_right_window(key)]
    found: list[tuple[str, float, str, Any]] = [("right", FULL, notes.get("right", ""), right)]
    for place, one in enumerate(richest_first(question), 1):
        found.append((f"also-{place}", one["credit"], one.get("note") or "", [one]))
    for place, error in enumerate(key.get("common_errors", []), 1):
        found.append((f"error-{place}", 0, error.get("note") or "", [error]))
    return [*found, ("otherwise", 0, notes.get("otherwise", ""), [])]


def _right_window(key: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": key["right"], "tolerance": key.get("tolerance", 0)}


def _write_numeric(writing: _Writing) -> Parts:
    unit = writing.content.get("unit") or ""
    correct = [written(writing.key["right"])]
    return _response("single", "float", correct), _entry(writing, unit), _conditions(writing, _in_window)


def _in_window(window: Mapping[str, Any]) -> str:
    tolerance = window.get("tolerance", 0)
    about = {"toleranceMode": "absolute", "tolerance": written(tolerance)} if tolerance else {"toleranceMode": "exact"}
    return element("equal", _variable(), _base(written(window["value"]), "float"), **about)


def _entry(writing: _Writing, unit: str = "") -> str:
    lead_in = writing.content.get("lead_in")
    told = element("p", writing.line_text(lead_in), class_="lead-in") if lead_in else ""
    entry = element("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=EXPECTED_LENGTH)
    named = " " + element("span", in_text(writing.said(unit)), class_="unit") if unit else ""
    answer = element("p", entry, named, class_="answer")
    return f"{told}\n{answer}" if told else answer


def _write_short_text(writing: _Writing) -> Parts:
    key = writing.key
    case_sensitive = bool(key.get("case_sensitive", False))
    texts = {one["text"]: percent for _n, percent, _note, what in _typed(writing.question) for one in what}
    for text in texts:
        if writing.said(text) != text.strip():
            writing.losses.append("blanks around an answer")
    plain = not writing.notes() and not key.get("wildcards") and not key.get("common_errors")
    if plain:
        mapping = _mapping(
            {text: percent / FULL for text, percent in texts.items()}, caseSensitive=_truth(case_sensitive)
        )
        response = _response("single", "string", key["right"][:1], mapping)
        return response, _entry(writing), _processing("map_response", "", speaks=False)

    def fits(one: Mapping[str, Any]) -> str:
        if key.get("wildcards"):
            pattern = pattern_of(one["text"], case_sensitive=case_sensitive)
            return element("patternMatch", _variable(), pattern=pattern)
        about = {"caseSensitive": _truth(case_sensitive)}
        return element("stringMatch", _variable(), _base(one["text"], "string"), **about)

    return _response("single", "string", key["right"][:1]), _entry(writing), _conditions(writing, fits)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _conditions(writing: _Writing, fits: Callable[[Mapping[str, Any]], str]) -> str:
    """One branch for each answer that is spoken of; the first that fits counts."""
    branches = []
    for name, percent, note, what in _typed(writing.question):
        rules = [_set(SCORE, _base(written(percent / FULL), "float"))]
        rules += [_set(FEEDBACK, _base(name, "identifier"))] if note else []
        tests = [fits(one) for one in what]
        test = tests[0] if len(tests) == 1 else element("or", *tests)
        tag = "responseElse" if not what else "responseElseIf" if branches else "responseIf"
        branches.append(element(tag, *([test] if what else []), *rules))
    return block("responseProcessing", [block("responseCondition", branches)])


WRITERS: dict[str, Callable[[_Writing], Parts]] = {
    "choice": _write_choice,
    "multiple": _write_multiple,
    "ordering": _write_ordering,
    "matching": _write_matching,
    "numeric": _write_numeric,
    "short_text": _write_short_text,
}
