"""Plain text, as Aiken and drop-downs have it, to our Markdown and back."""

from __future__ import annotations

import re

from assessments.formats.markdown_marks import escaped, text_and_formulas, unescaped_marks

IN_DOLLARS = re.compile(r"(?<![\\$\d])(\$\$?)([^$\s](?:[^$]{0,2000}[^$\s])?)\1(?![$\d])")


def plain_markdown(text: str) -> str:
    """Plain text as Markdown, with its formulas; single line ends stay visible, empty lines make paragraphs."""
    pieces = [f"{mark}{latex}{mark}" if mark else escaped(latex) for mark, latex in text_and_formulas(text)]
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", "".join(pieces).replace("\r\n", "\n").replace("\r", "\n").strip())
    return "\n\n".join("\\\n".join(line.strip() for line in part.split("\n")) for part in paragraphs)


def plain_text(text: str) -> str | None:
    r"""The plain text that reads back as this Markdown, with formulas in \( \); None where it has formatting."""
    out, done = "", 0
    for formula in IN_DOLLARS.finditer(text):
        opening, closing = (r"\[", r"\]") if formula[1] == "$$" else (r"\(", r"\)")
        out += unescaped_marks(text[done : formula.start()]) + opening + formula[2] + closing
        done = formula.end()
    out += unescaped_marks(text[done:])
    return out if plain_markdown(out) == text else None
