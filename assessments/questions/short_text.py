"""Short text: a few words or a printed line. Answers are stored as typed, trimmed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from assessments.questions.limits import question_problems, text_problems
from assessments.questions.parts import error_notes, single_value
from assessments.questions.question import AnswerError, Note, Problem, Question, Score

name = "short_text"
label = "A short text"
LONGEST_ANSWER = 200
TYPED_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def validate(question: Question) -> list[Problem]:
    accepted = question.key.get("right") or []
    found = question_problems(question)
    if not accepted:
        found.append(Problem("answer.accepted", "no answer is right"))
    for text in accepted:
        found += text_problems(text, "answer.accepted", LONGEST_ANSWER)
    for index, error in enumerate(question.key.get("common_errors", [])):
        place = f"common_errors.{index}.text"
        found += text_problems(error.get("text"), place, LONGEST_ANSWER)
        if _matches(question, error.get("text") or "", accepted):
            found.append(Problem(place, "this error would be marked right"))
    return found


def read_answer(content: Mapping[str, Any], data: Mapping[str, Sequence[str]]) -> str:
    text = single_value(data, "text", "Write an answer.")
    if len(text) > LONGEST_ANSWER:
        raise AnswerError(f"Use at most {LONGEST_ANSWER} characters.")
    if any(ord(sign) < 32 and sign != "\t" for sign in text):
        raise AnswerError("Write the answer on one line.")
    return text


def score(question: Question, answer: Any) -> Score:
    return Score.of(1.0 if _matches(question, answer, question.key["right"]) else 0.0)


def _matches(question: Question, text: str, candidates: Sequence[str]) -> bool:
    strict = bool(question.key.get("case_sensitive", False))
    return _folded(text, strict) in {_folded(candidate, strict) for candidate in candidates}


def _folded(text: str, strict: bool) -> str:
    """What is compared: spacing, curly quotes and back-ticks around the text do not count."""
    even = unicodedata.normalize("NFC", text).translate(TYPED_QUOTES)
    even = " ".join(even.split()).strip("`").strip()
    return even if strict else even.casefold()


def asymptote(question: Question) -> float:
    return 0.0


def notes(question: Question, answer: Any) -> list[Note]:
    """What the author wrote about the common error that was made, if it was one."""
    if score(question, answer).right:
        return []
    for error in question.key.get("common_errors", []):
        if _matches(question, answer, [error["text"]]):
            return error_notes(error)
    return []


def describe_answer(content: Mapping[str, Any], answer: Any) -> str:
    return str(answer)


def describe_key(question: Question) -> str:
    return str(question.key["right"][0])


def example_answers(question: Question) -> tuple[str, str]:
    right = str(question.key["right"][0])
    return right, f"not {right}"[:LONGEST_ANSWER]
