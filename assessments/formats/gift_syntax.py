r"""The signs of GIFT: what is escaped, where pieces are parted, and what stands before and in them.

A sign behind a backslash is no sign: while a question is taken apart such characters are hidden as
lone surrogates, which no text in UTF-8 can hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assessments.formats.gift_blocks import BLANK
from assessments.formats.moodle_credit import CreditRefused, percent_of
from assessments.formats.remarks import Refused

SIGNS = "~=#{}:"
ESCAPED = re.compile(r"\\([\\~=#{}:n])")
HIDDEN = {sign: chr(0xDC00 + ord(sign)) for sign in SIGNS} | {"n": "\udc0a", "\\": "\\"}
SHOWN = str.maketrans({hidden: "\n" if sign == "n" else sign for sign, hidden in HIDDEN.items() if sign != "\\"})
RESERVED = re.compile(r"[\\~=#{}:\n]")
FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
WEIGHT = re.compile(r"%(-?[0-9]{1,2}\.?[0-9]{0,40})%|%(-?100(?:\.0{0,40})?)%", re.ASCII)
LIKE_A_WEIGHT = re.compile(r"%\s{0,9}[-+]{0,9}\s{0,9}[0-9]{0,40}[.,]?[0-9]{0,40}\s{0,9}%", re.ASCII)


@dataclass(frozen=True)
class Piece:
    """A piece of a question and the line where it begins; hidden signs are still hidden."""

    text: str
    line: int

    def trimmed(self) -> Piece:
        rest = self.text.lstrip(BLANK)
        return Piece(rest.rstrip(BLANK), self.line + self.text.count("\n", 0, len(self.text) - len(rest)))

    def split(self, sign: str) -> list[Piece]:
        """The pieces between the signs, the first one before them all."""
        found, line = [], self.line
        for part in self.text.split(sign):
            found.append(Piece(part, line))
            line += part.count("\n")
        return found

    def cut(self, sign: str) -> tuple[Piece, Piece | None]:
        """What is before the first sign and what is after it."""
        before, found, after = self.text.partition(sign)
        rest = Piece(after, self.line + before.count("\n")) if found else None
        return Piece(before, self.line), rest

    def cut_last(self, sign: str) -> tuple[Piece, Piece | None]:
        before, found, after = self.text.rpartition(sign)
        if not found:
            return self, None
        return Piece(before, self.line), Piece(after, self.line + before.count("\n"))

    def plain(self) -> str:
        """The text as it is meant."""
        return shown(self.text).strip(BLANK)


def hidden(text: str) -> str:
    """The text with every escaped sign hidden; a double backslash is a single one."""
    return ESCAPED.sub(lambda found: HIDDEN[found[1]], text)


def shown(text: str) -> str:
    return text.translate(SHOWN)


def escaped(text: str) -> str:
    """A text with its signs escaped; line ends too, for a blank line would end the question."""
    return RESERVED.sub(lambda found: "\\n" if found[0] == "\n" else "\\" + found[0], text)


def format_and_rest(piece: Piece, usual: str) -> tuple[str, Piece]:
    """The format that a text names in front, and the text."""
    found = FORMAT.match(piece.text)
    if found is None:
        return usual, piece
    return found[1], Piece(piece.text[found.end() :], piece.line)


def weight_and_rest(piece: Piece, usual: float) -> tuple[float, Piece]:
    """The percentage before an answer; Refused where something like one is not well-formed."""
    found = WEIGHT.match(piece.text)
    if found is None:
        if LIKE_A_WEIGHT.match(piece.text):
            written = piece.text[: piece.text.index("%", 1) + 1]
            raise Refused(f"{written} is no weight; write it as %50% or %-33.33333%", piece.line)
        return usual, piece
    try:
        return percent_of(found[1] or found[2]), Piece(piece.text[found.end() :], piece.line)
    except CreditRefused as refused:
        raise Refused(str(refused), piece.line) from None
