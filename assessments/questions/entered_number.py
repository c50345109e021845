"""Reads the number a person has typed: 0.5, .5, 1e-3, 1 000, 3,14, 1/3 or 25 %."""

from __future__ import annotations

import math
import re

from assessments.questions.question import AnswerError

LONGEST = 40
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
SPACED = re.compile(r"([+-]?\d{1,3})((?: \d{3})+)(?!\d)", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
EITHER_WAY = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", re.ASCII)
POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+|[+-]?[1-9]\d{0,2}(\.\d{3}){2,}", re.ASCII)
TYPED_SIGNS = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\u2044": "/",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
    }
)


def read_number(text: str, unit: str = "") -> float:
    """The value of what was typed; AnswerError tells the person what to change."""
    if len(text) > LONGEST:
        raise AnswerError("This is too long for a number.")
    tidy = " ".join(text.translate(TYPED_SIGNS).split())
    tidy = _without_unit(tidy, unit)
    if not tidy:
        raise AnswerError("Enter a number.")
    upper, slash, lower = tidy.partition("/")
    value = _ratio(upper, lower) if slash else _decimal(tidy)
    if not math.isfinite(value):
        raise AnswerError("This number is too large.")
    return value


def _without_unit(text: str, unit: str) -> str:
    """Drops the unit of the question where the person typed it too."""
    if unit and text.casefold().endswith(unit.casefold()):
        return text[: -len(unit)].rstrip()
    if unit and text.casefold().startswith(unit.casefold()):
        return text[len(unit) :].lstrip()
    if text.endswith("%"):
        if unit.casefold() in {"percent", "per cent"}:
            return text[:-1].rstrip()
        raise AnswerError("Leave the percent sign out.")
    return text


def _ratio(upper: str, lower: str) -> float:
    below = _decimal(lower.strip())
    if below == 0:
        raise AnswerError("A fraction cannot have 0 below the line.")
    return _decimal(upper.strip()) / below


def _decimal(text: str) -> float:
    text = SPACED.sub(lambda m: m[1] + m[2].replace(" ", ""), text, count=1)
    if EITHER_WAY.fullmatch(text):
        bare, point = text.replace(",", ""), text.replace(",", ".")
        raise AnswerError(f'"{text}" can be read in two ways: write {bare} or {point}.')
    if COMMA_GROUPS.fullmatch(text):
        text = text.replace(",", "")
    elif POINT_GROUPS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not PLAIN.fullmatch(text):
        raise AnswerError("Enter a number such as 12, 0.5 or 1/3.")
    return float(text)
