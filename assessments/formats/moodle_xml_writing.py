"""Writes Moodle XML that a Moodle imports as the same questions, keys and fractions.

Texts are Markdown, those with formulas HTML, and say so; answers that are typed and the options of
a matching question are plain text in Moodle. Every word about what it cannot say is a `Loss`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.formats.exchange import Exchanged, Loss, Picture, Written
from assessments.formats.moodle_credit import known_percent
from assessments.formats.moodle_html import KEPT_DOLLARS, html_of
from assessments.formats.moodle_number import written
from assessments.formats.moodle_text import HTML, MARKDOWN, with_files
from assessments.formats.moodle_xml_kinds import ANY, ORDER_CREDIT
from assessments.formats.moodle_xml_reading import category_path
from assessments.formats.plain_words import plain_text
from assessments.formats.written_stem import joined_stem, split_stem
from assessments.formats.xhtml import has_formula
from assessments.formats.xml_writing import DECLARATION, block, can_say, element, in_text
from assessments.questions.fractions import FULL, even_fractions, fractions_of, richest_first
from assessments.questions.parts import option_keys, option_texts
from assessments.questions.question import Question
from assessments.questions.wildcards import literal

LONGEST_NAME = 250  # Moodle's own names have at most 255 characters
TRUTH = ["True", "False"]
IN_BLOCKS = ("questiontext", "generalfeedback")  # all other texts stand in a line


class Unsayable(ValueError):
    """A question that Moodle cannot have; the sentence says why."""


def write(questions: Sequence[Exchanged], pictures: Mapping[str, Picture]) -> Written:
    """The questions as a file; those without a category come first, for Moodle has no way back to none."""
    ordered = sorted(questions, key=lambda exchanged: bool(exchanged.category))
    parts, losses, count = list[str](), list[Loss](), 0
    category: tuple[str, ...] = ()
    for exchanged in ordered:
        writing = _Writing(exchanged, pictures)
        text = writing.text()
        losses += [Loss(exchanged.slug or exchanged.title, message) for message in dict.fromkeys(writing.losses)]
        if text and exchanged.category != category:
            category = exchanged.category
            parts.append(_category(category))
        parts += [text] if text else []
        count += bool(text)
    if any(exchanged.entry for exchanged in questions):
        losses.append(Loss("", "sub-skills, difficulty, references and proofs: only our own format says them"))
    return Written((DECLARATION + block("quiz", parts) + "\n").encode(), tuple(losses), count)


def _category(names: tuple[str, ...]) -> str:
    text = element("text", in_text(category_path(names)))
    return block("question", [element("category", text)], type="category")


@dataclass
class _Writing:
    """One question on its way into the file."""

    exchanged: Exchanged
    pictures: Mapping[str, Picture]
    losses: list[str] = field(default_factory=list)

    @property
    def question(self) -> Question:
        return self.exchanged.question

    def text(self) -> str:
        """The question as XML; "" where Moodle cannot have it."""
        writer = WRITERS.get(self.question.kind)
        try:
            if writer is None:
                raise Unsayable(f"Moodle has no such kind of question ({self.question.kind})")
            kind_name, own = writer(self)
        except Unsayable as why:
            self.losses.append(f"the question is left out: {why}")
            return ""
        self._say_losses()
        return block("question", [*self._head(), *own, self._tags()], type=kind_name)

    def _head(self) -> list[str]:
        name = self.exchanged.title or self.exchanged.slug or " ".join(self.question.content["stem"].split())
        if len(name) > LONGEST_NAME:
            self.losses.append(f"its title is cut to {LONGEST_NAME} characters")
        stem = joined_stem(self.question.content)
        content = self.question.content
        if split_stem(stem) != (content["stem"], content.get("code") or None, content.get("lead_in") or ""):
            self.losses.append("the listing and the lead-in become a part of the question's text")
        return [
            element("name", element("text", in_text(name[:LONGEST_NAME]))),
            self.rich("questiontext", stem),
            self.rich("generalfeedback", self.question.key.get("explanation") or ""),
            "<defaultgrade>1</defaultgrade>",
            "<penalty>0.3333333</penalty>",
            "<hidden>0</hidden>",
            element("idnumber", in_text(self.exchanged.slug)),
        ]

    def _tags(self) -> str:
        tags = [element("tag", element("text", in_text(tag))) for tag in self.exchanged.tags]
        return block("tags", tags) if tags else ""

    def _say_losses(self) -> None:
        content, key = self.question.content, self.question.key
        if any(key.get("misconceptions", {}).values()) or any(
            e.get("misconception") for e in key.get("common_errors", [])
        ):
            self.losses.append("the misconceptions that wrong answers stand for")
        if key.get("stdout"):
            self.losses.append("what the listing prints")
        if self.question.kind in ("ordering", "matching") and key.get("notes"):
            self.losses.append("the notes on single pairs")
        if self.exchanged.language != "en":
            self.losses.append(f"its language ({self.exchanged.language})")
        if content.get("unit") and self.question.kind == "numeric":
            self.bare(content["unit"])

    # -- texts --

    def rich(self, name: str, text: str, *more: str, **attributes: object) -> str:
        """An element with a text of Markdown or HTML and the pictures that it shows."""
        html = html_of(text.strip(), self.pictures, in_line=name not in IN_BLOCKS)
        if html is None and has_formula(text):
            self.losses.append(KEPT_DOLLARS)
        self.bare(text)
        shown, files = with_files(html or text, self.pictures)
        written_files = [
            element("file", base64.b64encode(one.content).decode(), name=file, path="/", encoding="base64")
            for file, one in files
        ]
        inner = [element("text", in_text(shown)), *written_files, *more]
        return block(name, inner, **attributes, format=HTML if html else MARKDOWN)

    def bare(self, text: str) -> str:
        if not can_say(text):
            self.losses.append("control characters, which XML cannot say")
        if text != text.strip():
            self.losses.append("blanks around a text")
        return text

    def answer(self, text: str, percent: float, note: str, *more: str) -> str:
        """An answer that is plain text."""
        feedback = self.rich("feedback", note or "")
        inner = [element("text", in_text(self.bare(text))), feedback, *more]
        return block("answer", inner, fraction=self.percent(percent), format="moodle_auto_format")

    def percent(self, percent: float) -> str:
        known = known_percent(percent)
        if known is None:
            raise Unsayable(f"Moodle knows no credit of {percent:g} %")
        return written(known)

    def shuffle(self) -> str:
        return f"<shuffleanswers>{'true' if self.question.content.get('shuffle', True) else 'false'}</shuffleanswers>"


# -- kinds --


def _write_choice(writing: _Writing) -> tuple[str, list[str]]:
    question = writing.question
    fractions = dict(fractions_of(question)) or dict.fromkeys(option_keys(question.content), 0.0)
    fractions[question.key["right"]] = FULL
    if _is_truth(question):
        notes = question.key.get("notes", {})
        words = zip(("true", "false"), option_keys(question.content), strict=True)
        return "truefalse", [writing.answer(word, fractions[key], notes.get(key, "")) for word, key in words]
    return "multichoice", _options(writing, fractions, single="true")


def _is_truth(question: Question) -> bool:
    texts = list(option_texts(question.content).values())
    return texts == TRUTH and not question.content.get("shuffle", True) and not fractions_of(question)


def _write_multiple(writing: _Writing) -> tuple[str, list[str]]:
    question = writing.question
    fractions = fractions_of(question) or even_fractions(question.key["right"], option_keys(question.content))
    return "multichoice", _options(writing, fractions, single="false")


def _options(writing: _Writing, fractions: Mapping[str, float], *, single: str) -> list[str]:
    notes = writing.question.key.get("notes", {})
    answers = [
        writing.rich(
            "answer", text, writing.rich("feedback", notes.get(key, "")), fraction=writing.percent(fractions[key])
        )
        for key, text in option_texts(writing.question.content).items()
    ]
    return [f"<single>{single}</single>", writing.shuffle(), "<answernumbering>abc</answernumbering>", *answers]


def _write_numeric(writing: _Writing) -> tuple[str, list[str]]:
    key, unit = writing.question.key, writing.question.content.get("unit")
    right = {"value": key["right"], "tolerance": key.get("tolerance", 0)}
    answers = [
        writing.answer(
            one if isinstance(one, str) else written(one["value"]), percent, note,
            f"<tolerance>{written(one.get('tolerance', 0)) if isinstance(one, dict) else '0'}</tolerance>",
        )
        for one, percent, note in _typed(writing.question, [right])
    ]  # fmt: skip
    named = element("unit", "<multiplier>1</multiplier>", element("unit_name", in_text(unit or "")))
    units = [element("units", named)] if unit else []
    shown = "0" if unit else "3"
    about = [
        "<unitgradingtype>0</unitgradingtype>",
        "<unitpenalty>0.1</unitpenalty>",
        f"<showunits>{shown}</showunits>",
    ]
    return "numerical", [*answers, *units, *about, "<unitsleft>0</unitsleft>"]


def _typed(question: Question, right: Sequence[Any]) -> list[tuple[Any, float, str]]:
    """Every answer that is spoken of: what it is, what it earns in percent, what is said of it."""
    key = question.key
    notes = key.get("notes", {})
    found = [(one, FULL, notes.get("right", "")) for one in right]
    found += [(one, one["credit"], one.get("note") or "") for one in richest_first(question)]
    found += [(error, 0, error.get("note") or "") for error in key.get("common_errors", [])]
    return found + ([(ANY, 0, notes["otherwise"])] if notes.get("otherwise") else [])


def _write_short_text(writing: _Writing) -> tuple[str, list[str]]:
    question = writing.question
    wildcards = question.key.get("wildcards", False)

    def pattern(one: Any) -> str:
        text = one if isinstance(one, str) else one["text"]
        return text if wildcards else literal(text)

    right = [{"text": text} for text in question.key["right"]]
    answers = [
        writing.answer(ANY if one is ANY else pattern(one), percent, note)
        for one, percent, note in _typed(question, right)
    ]
    return "shortanswer", [f"<usecase>{int(bool(question.key.get('case_sensitive')))}</usecase>", *answers]


def _write_matching(writing: _Writing) -> tuple[str, list[str]]:
    content, right = writing.question.content, writing.question.key["right"]
    plain = {key: _plain(text, writing) for key, text in option_texts(content).items()}
    if len(set(plain.values())) < len(plain):
        raise Unsayable("two options are the same without their formatting")
    pairs = [(premise["text"], plain[right[premise["key"]]]) for premise in content["premises"]]
    pairs += [("", text) for key, text in plain.items() if key not in right.values()]
    if content.get("reuse") and len(set(right.values())) == len(right):
        writing.losses.append("that an option may be used for several lines")
    return "matching", [writing.shuffle(), *(_pair(writing, premise, option) for premise, option in pairs)]


def _pair(writing: _Writing, premise: str, option: str) -> str:
    answer = element("answer", element("text", in_text(writing.bare(option))))
    return writing.rich("subquestion", premise, answer)


def _plain(text: str, writing: _Writing) -> str:
    """The plain text that our Markdown shows; formatting stays as it is written."""
    shown = plain_text(text)
    if shown is not None:
        return shown
    writing.losses.append("the formatting of the options: Moodle shows them as plain text")
    return text


def _write_ordering(writing: _Writing) -> tuple[str, list[str]]:
    texts, right = option_texts(writing.question.content), writing.question.key["right"]
    if not writing.question.content.get("shuffle", True):
        writing.losses.append("the order in which the items are laid out")
    answers = [writing.rich("answer", texts[key], fraction=place) for place, key in enumerate(right, 1)]
    about = [
        "<layouttype>VERTICAL</layouttype>", "<selecttype>ALL</selecttype>", f"<selectcount>{len(right)}</selectcount>",
        f"<gradingtype>{ORDER_CREDIT}</gradingtype>", "<showgrading>SHOW</showgrading>",
        "<numberingstyle>none</numberingstyle>",
    ]  # fmt: skip
    return "ordering", [*about, *answers]


WRITERS: dict[str, Callable[[_Writing], tuple[str, list[str]]]] = {
    "choice": _write_choice,
    "multiple": _write_multiple,
    "numeric": _write_numeric,
    "short_text": _write_short_text,
    "matching": _write_matching,
    "ordering": _write_ordering,
}
