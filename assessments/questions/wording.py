"""Measures of a text as the lints need them: words, length, reading grade, likeness."""

from __future__ import annotations

import math
import re
from collections import Counter

NOT_PROSE = re.compile(r"`[^`]*`|\$[^$]*\$|\|")
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
MARKS = re.compile(r"[`*_$]|<br ?/?>")
ENDING = re.compile(r"(ings?|ed|es|e|s|ly|ion|ions)$")
TABLE_ROW = re.compile(r"\|.*\|")
SHORTEST_CONTENT_WORD = 4
STOP_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "is",
        "are",
        "and",
        "or",
        "for",
        "with",
        "that",
        "this",
        "which",
        "what",
        "as",
        "it",
        "its",
        "by",
        "on",
        "be",
        "at",
        "from",
        "their",
        "each",
        "one",
        "than",
        "how",
        "after",
        "when",
        "into",
        "not",
        "so",
        "has",
        "have",
        "was",
        "were",
        "will",
        "can",
    ]
)


def words(text: str) -> list[str]:
    """The words of the prose."""
    return WORD.findall(prose(text))


def prose(text: str) -> str:
    """The text without code and formulas: `None` is no absolute term."""
    return NOT_PROSE.sub(" ", text)


def plain(text: str) -> str:
    """The text without the marks of Markdown."""
    return MARKS.sub("", text).strip()


def content_words(text: str) -> set[str]:
    """The words that carry the meaning, cut to their stems."""
    return {
        ENDING.sub("", word.lower())
        for word in words(text)
        if len(word) >= SHORTEST_CONTENT_WORD and word.lower() not in STOP_WORDS
    }


def without_tables(text: str) -> str:
    return TABLE_ROW.sub("", text)


def longest_sentence(text: str) -> int:
    """Words of the longest sentence."""
    return max(len(words(sentence)) for sentence in re.split(r"(?<=[.!?])\s", text))


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975)."""
    found = words(text)
    if not found:
        return 0.0
    sentences = [s for s in re.split(r"[.!?:]\s", text + " ") if words(s)]
    syllables = sum(_syllables(word) for word in found)
    per_sentence = len(found) / max(1, len(sentences))
    return 0.39 * per_sentence + 11.8 * syllables / len(found) - 15.59


def _syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def shared(one: set[str], other: set[str]) -> float:
    """Shared words over all words of both (Jaccard)."""
    return len(one & other) / len(one | other) if one | other else 0.0


def grams(text: str, length: int = 4) -> Counter[str]:
    """How often each run of letters occurs."""
    even = re.sub(r"\W+", " ", text.lower())
    return Counter(even[i : i + length] for i in range(len(even) - length + 1))


def cosine(one: Counter[str], other: Counter[str]) -> float:
    """Likeness of two texts by their grams, 0 to 1."""
    product = sum(count * other[gram] for gram, count in one.items())
    norm = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return product / norm if norm else 0.0
