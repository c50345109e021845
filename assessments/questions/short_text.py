"""Short text: a few words or a printed line. Answers are stored as typed, trimmed.

Further texts may have credit of their own (`also`); the richest that fits counts. Where the key
says `wildcards`, a * in any of its texts stands for any run of characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments.questions.fractions import FULL, also_problems, richest_first
from assessments.questions.limits import (
    LONGEST_NOTE,
    answer_note_problems,
    optional_text_problems,
    question_problems,
    text_problems,
)
from assessments.questions.parts import answer_note, error_notes, single_value
from assessments.questions.question import AnswerError, Note, Problem, Question, Score
from assessments.questions.wildcards import example_of, fits, has_star, unescaped

name = "short_text"
label = "A short text"
LONGEST_ANSWER = 200
TYPED_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def validate(question: Question) -> list[Problem]:
    accepted = question.key.get("right") or []
    found = question_problems(question) + answer_note_problems(question)
    if not accepted:
        found.append(Problem("answer.accepted", "no answer is right"))
    for text in accepted:
        found += text_problems(text, "answer.accepted", LONGEST_ANSWER)
    found += also_problems(question.key.get("also", []))
    for place, one in _further_texts(question):
        found += text_problems(one.get("text"), f"{place}.text", LONGEST_ANSWER)
        found += optional_text_problems(one.get("note"), place, LONGEST_NOTE)
    return found or _meaning_problems(question, accepted)


def _further_texts(question: Question) -> list[tuple[str, Mapping[str, Any]]]:
    """Every other text that the key speaks of, with its place."""
    return [
        (f"{field}.{index}", one)
        for field in ("also", "common_errors")
        for index, one in enumerate(question.key.get(field, []))
    ]


def _meaning_problems(question: Question, accepted: Sequence[str]) -> list[Problem]:
    found = [
        Problem(f"common_errors.{index}.text", "this error would be marked right")
        for index, error in enumerate(question.key.get("common_errors", []))
        if _matches(question, error["text"], accepted)
    ]
    return found + (_star_problems(question) if question.key.get("wildcards") else [])


def _star_problems(question: Question) -> list[Problem]:
    texts = [("answer.accepted", text) for text in question.key["right"]]
    texts += [(f"{place}.text", one["text"]) for place, one in _further_texts(question)]
    found = [Problem(place, "every answer would fit this") for place, text in texts if _fits_all(text)]
    if not any(has_star(text) for _place, text in texts):
        found.append(Problem("answer.wildcards", "no answer has a *"))
    return found


def _fits_all(pattern: str) -> bool:
    return has_star(pattern) and not folded(unescaped(pattern), strict=True)


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> str:
    text = single_value(data, "text", "Write an answer.")
    if len(text) > LONGEST_ANSWER:
        raise AnswerError(f"Use at most {LONGEST_ANSWER} characters.")
    if any(ord(sign) < 32 and sign != "\t" for sign in text):
        raise AnswerError("Write the answer on one line.")
    return text


def score(question: Question, answer: Any) -> Score:
    if _matches(question, answer, question.key["right"]):
        return Score.of(1.0)
    also = _among(question, answer, richest_first(question))
    return Score.of(also["credit"] / FULL if also else 0.0)


def _among(question: Question, answer: str, texts: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return next((one for one in texts if _matches(question, answer, [one["text"]])), None)


def _matches(question: Question, text: str, candidates: Sequence[str]) -> bool:
    strict = bool(question.key.get("case_sensitive", False))
    given, wanted = folded(text, strict), {folded(candidate, strict) for candidate in candidates}
    if question.key.get("wildcards"):
        return any(fits(given, pattern) for pattern in wanted)
    return given in wanted


def folded(text: str, strict: bool) -> str:
    """What is compared: spacing, curly quotes and back-ticks around the text do not count."""
    even = unicodedata.normalize("NFC", text).translate(TYPED_QUOTES)
    even = " ".join(even.split()).strip("`").strip()
    return even if strict else even.casefold()


def asymptote(question: Question) -> float:
    return 0.0


def notes(question: Question, answer: Any) -> list[Note]:
    """What the author wrote about the text that the answer fits, or about any other answer."""
    if _matches(question, answer, question.key["right"]):
        return answer_note(question, "right")
    if also := _among(question, answer, richest_first(question)):
        return [Note(None, also["note"])] if also.get("note") else []
    error = _among(question, answer, question.key.get("common_errors", []))
    return error_notes(error) if error else answer_note(question, "otherwise")


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    return str(answer)


def describe_key(question: Question) -> str:
    return str(question.key["right"][0])


def example_answers(question: Question) -> tuple[str, str]:
    first = str(question.key["right"][0])
    right = example_of(first).strip() if question.key.get("wildcards") else first
    wrong = f"not {right}"[:LONGEST_ANSWER]
    return right, wrong if not score(question, wrong).right else _unheard_of(question)


def _unheard_of(question: Question) -> str:
    """A single character that no right text has, so that even a * cannot take it in."""
    return next(sign for sign in map(chr, range(0x21, 0x3000)) if not score(question, sign).right)
