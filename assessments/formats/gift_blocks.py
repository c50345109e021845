"""A GIFT file cut into its questions and categories, each with the line where it begins.

Blank lines part questions; a line that begins with // is a comment; $CATEGORY: speaks for all that
follows, also where no blank line sets it off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANK = " \t\n\r\0\x0b"  # what Moodle trims (PHP's trim)
CATEGORY = "$CATEGORY:"
BRACE = re.compile(r"\\.|([{}])")


@dataclass(frozen=True)
class Block:
    """Lines without a blank one between them; comments are taken out and leave empty lines."""

    line: int
    text: str
    comments: str

    @property
    def category(self) -> str | None:
        return self.text[len(CATEGORY) :].strip(BLANK) if self.text.startswith(CATEGORY) else None


def lines_of(text: str) -> list[str]:
    """The lines, whichever way they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def blocks_of(text: str) -> Iterator[Block]:
    """The questions and categories of a file, in its order."""
    gathered, comments, begin, depth = list[str](), list[str](), 0, 0
    for number, line in enumerate([*lines_of(text), ""], 1):
        bare = line.strip(BLANK)
        sets_off = bare.startswith(CATEGORY) and depth <= 0
        if (not bare or sets_off) and gathered:
            yield from _block(begin, gathered, comments)
            gathered, comments, depth = [], [], 0
        if not bare:
            continue
        begin = begin if gathered else number
        is_comment = bare.startswith("//")
        gathered.append("" if is_comment else line.rstrip(BLANK))
        if is_comment:
            comments.append(bare)
        elif sets_off:
            yield from _block(begin, gathered, comments)
            gathered, comments = [], []
        else:
            depth += _depth_of(line)


def _block(begin: int, gathered: list[str], comments: list[str]) -> Iterator[Block]:
    text = "\n".join(gathered)
    whole = text.lstrip(BLANK)
    if whole:
        skipped = text[: len(text) - len(whole)].count("\n")
        yield Block(begin + skipped, whole.rstrip(BLANK), "\n".join(comments))


def _depth_of(line: str) -> int:
    """How many braces the line opens more than it closes."""
    return sum(1 if found[1] == "{" else -1 for found in BRACE.finditer(line) if found[1])
