r"""Patterns of a typed text, as Moodle has them: * is any run of characters, \* is the sign itself."""

from __future__ import annotations

import re

STAR = re.compile(r"(?<!\\)\*+")


def has_star(pattern: str) -> bool:
    """Whether the text says more than itself."""
    return STAR.search(pattern) is not None


def literal(text: str) -> str:
    """The pattern that only the text itself fits."""
    return text.replace("*", r"\*")


def unescaped(pattern: str) -> str:
    """What the pattern says beside its stars."""
    return STAR.sub("", pattern).replace(r"\*", "*")


def example_of(pattern: str) -> str:
    """A text that fits the pattern, with a letter for each star: of two blanks side by side one would be lost."""
    return STAR.sub("x", pattern).replace(r"\*", "*")


def fits(text: str, pattern: str) -> bool:
    """Whether a text fits a pattern; the time grows with the length of both alone."""
    first, *others = [bit.replace(r"\*", "*") for bit in STAR.split(pattern)]
    if not others:
        return text == first
    *middle, last = others
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    return _in_turn(text[len(first) : len(text) - len(last)], middle)


def _in_turn(text: str, bits: list[str]) -> bool:
    """Whether the bits stand in the text one after the other; taking the earliest place is best."""
    place = 0
    for bit in bits:
        place = text.find(bit, place)
        if place < 0:
            return False
        place += len(bit)
    return True
