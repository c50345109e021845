"""Texts of GIFT in the four formats that Moodle knows, as our Markdown and back."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.formats.exchange import Picture
from assessments.formats.gift_blocks import BLANK
from assessments.formats.gift_syntax import Piece, escaped, format_and_rest, shown
from assessments.formats.html_text import markdown_of
from assessments.formats.html_tree import BLOCKS
from assessments.formats.pictures import PictureRefused, with_own_addresses
from assessments.formats.plain_words import plain_markdown
from assessments.formats.remarks import Remarks, Skipped
from assessments.formats.written_stem import markdown_of_marked

HTML, MARKDOWN, PLAIN, MOODLE = "html", "markdown", "plain", "moodle"
LONGEST = 60_000  # without its pictures; the most that a stem may have is far below
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
BREAKING = "|".join(sorted(BLOCKS | {"br", "td", "th", "tr"}))
BLOCK_TAG = re.compile(rf"\n?(</?(?:{BREAKING})\b[^<>]*>)\n?", re.IGNORECASE)


@dataclass
class Texts:
    """The texts of one file; pictures: all that they brought, by their address with us."""

    remarks: Remarks
    pictures: dict[str, Picture] = field(default_factory=dict)

    def markdown(self, piece: Piece, usual: str, *, in_line: bool = False) -> str:
        """The text as Markdown, read in the format that it names or in the usual one."""
        written_in, rest = format_and_rest(piece.trimmed(), usual)
        text, known = self._with_own_addresses(shown(rest.text).strip(BLANK), piece.line)
        if len(text) > LONGEST:
            raise Skipped(f"a text has {len(text)} characters; that is too long", piece.line)
        found, losses = _as_markdown(text, written_in, known, in_line)
        if losses:
            self.remarks.changed(f"not kept: {', '.join(losses)}", piece.line)
        return found

    def _with_own_addresses(self, text: str, line: int) -> tuple[str, dict[str, str]]:
        """The text with our addresses in place of pictures that are written into it."""
        known: dict[str, str] = {}

        def keep(picture: Picture) -> str:
            self.pictures[picture.address] = picture
            return known.setdefault(picture.address, picture.address)

        def complain(refused: PictureRefused) -> None:
            self.remarks.skipped(f"a picture within the text is left out: {refused}", line)

        return with_own_addresses(text, keep, complain), known


def _as_markdown(text: str, written_in: str, known: Mapping[str, str], in_line: bool) -> tuple[str, tuple[str, ...]]:
    if written_in == MARKDOWN:
        return text, ()
    if written_in == HTML:
        return markdown_of_marked(text, known, in_line=in_line)
    if written_in == MOODLE and TAG.search(text):
        return markdown_of(_with_breaks(text), known, in_line=in_line)
    found = plain_markdown(text)
    return found.replace("\n\n", "<br>").replace("\\\n", "<br>") if in_line else found, ()


def _with_breaks(text: str) -> str:
    """Moodle's own format: HTML in which a line end is a line end, but for those around blocks."""
    bare = "\n".join(line.strip(BLANK) if "<" in line else line.rstrip(BLANK) for line in text.split("\n"))
    return BLOCK_TAG.sub(r"\1", bare).replace("\n", "<br>")


def with_data(text: str, pictures: Mapping[str, Picture]) -> str:
    """The text with its pictures in place of their addresses."""
    for address, picture in pictures.items():
        if address in text:
            content = base64.b64encode(picture.content).decode()
            text = text.replace(address, f"data:{picture.media_type};base64,{content}")
    return text


def set_off(text: str, written_in: str, usual: str = "") -> str:
    """A text of a question in the usual format; one in another, or what looks like a format or a weight, is set off."""
    if written_in != usual or text[:1] in ("[", "%"):
        return f"[{written_in}]{escaped(text)}"
    return escaped(text)
