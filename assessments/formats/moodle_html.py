"""Texts with formulas as HTML for Moodle, whose Markdown spoils them.

Its MathJax filter reads \\( \\) and \\[ \\] and no single dollar signs, and it looks for them after the
Markdown, which takes their backslashes for its own. So a text with a formula goes out as HTML,
where that HTML brings back the very same Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable

from assessments.formats.written_stem import OPEN_ENDED, markdown_of_marked, marked_parts
from assessments.formats.xhtml import has_formula, xhtml_of

KEPT_DOLLARS = "a formula stays in dollar signs, which Moodle may show as they are written"


def html_of(text: str, pictures: Iterable[str], *, in_line: bool) -> str | None:
    """The text as HTML; None where there is no formula, or HTML would not bring the text back. pictures: ours."""
    if not has_formula(text):
        return None
    shown = {address: address for address in pictures}
    html = "\n".join(_part(part, shown, in_line) for part in marked_parts(text))
    back, losses = markdown_of_marked(html, shown, in_line=in_line)
    return html if back == text and not losses else None


def _part(part: str, shown: dict[str, str], in_line: bool) -> str:
    """A part of a stem; the comments that tell the parts apart stay comments."""
    if part.startswith("<!-- ") and part.endswith(" -->"):
        return part
    bare = part.removesuffix(f"\n{OPEN_ENDED}").rstrip("\n")
    return xhtml_of(bare, in_line=in_line, shown=shown) + part[len(bare) :]
