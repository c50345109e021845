"""The marks of our Markdown: how plain text is kept from being taken for them, and how formulas are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = re.compile(r"[\\`*\[\]<$]|_+|&(?=#?\w)")
LINE_START = re.compile(r"^([ \t]*)(?:([#>+\-=~:|])|(\d{1,9})([.)]))", re.MULTILINE)
SHIELDED = re.compile(r"\\([!-/:-@\[-`{-~\n])")
PUNCTUATION = re.compile(r"[^\w\s]|_")
ALPHANUMERIC = re.compile(r"[^\W_]")
FORMULAS = (("\\(", "\\)", "$"), ("\\[", "\\]", "$$"), ("$$", "$$", "$$"))
OPENING = re.compile(r"\\\(|\\\[|\$\$")
LONGEST_FORMULA = 2000


def escaped(text: str) -> str:
    """Plain text as Markdown that shows the very same characters; lines stay lines."""
    return LINE_START.sub(_escaped_start, MARK.sub(_escaped_mark, text))


def unescaped_marks(text: str) -> str:
    """Markdown without the signs that keep its marks from being taken for marks."""
    return SHIELDED.sub(r"\1", text)


def _escaped_mark(found: re.Match[str]) -> str:
    marks, text = found[0], found.string
    if marks[0] == "_" and _is_within_word(text, found.start(), found.end()):
        return marks
    return "".join("\\" + mark for mark in marks)


def _is_within_word(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return bool(ALPHANUMERIC.match(before) and ALPHANUMERIC.match(after))


def _escaped_start(found: re.Match[str]) -> str:
    blank, mark, number, sign = found[1], found[2], found[3], found[4]
    return f"{blank}\\{mark}" if mark else f"{blank}{number}\\{sign}"


def text_and_formulas(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text: ("", plain text), ("$", LaTeX in the line), ("$$", LaTeX apart)."""
    done, at, unclosed = 0, 0, set[str]()
    while found := OPENING.search(text, at):
        at = found.end()
        closing, mark = next((close, mark) for opening, close, mark in FORMULAS if opening == found[0])
        end = -1 if closing in unclosed else text.find(closing, at)
        if end < 0:
            unclosed.add(closing)  # never searched for twice: the time stays linear
            continue
        latex = " ".join(text[at:end].split())
        if latex and len(latex) <= LONGEST_FORMULA and "$" not in latex:
            yield "", text[done : found.start()]
            yield mark, latex
            done = at = end + len(closing)
    yield "", text[done:]


def fence_of(source: str, sign: str = "`", least: int = 3) -> str:
    """Back-ticks enough to enclose the source."""
    longest = max((len(run) for run in re.findall(f"{sign}+", source)), default=0)
    return sign * max(least, longest + 1)


def code_span(source: str) -> str:
    """Code within a line; blanks at its ends are kept where there is something between them."""
    fence = fence_of(source, least=1)
    pad = " " if source[:1] in "` " or source[-1:] in "` " else ""
    return f"{fence}{pad}{source}{pad}{fence}" if source.strip() else source


def listing(source: str, language: str = "") -> str:
    """Code as a block of its own."""
    fence = fence_of(source)
    return f"{fence}{language}\n{source.rstrip(chr(10))}\n{fence}"


def may_open(outside: str, inside: str) -> bool:
    """CommonMark: beside a letter outside, a mark must not have a punctuation sign inside."""
    if outside == "*" or inside == "*" or inside.isspace():
        return outside != "*" and inside == "*"
    return not PUNCTUATION.match(inside) or not outside or outside.isspace() or bool(PUNCTUATION.match(outside))
