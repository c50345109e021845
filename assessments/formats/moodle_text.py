"""Texts of Moodle XML: an element with a format, a text and perhaps files, as our Markdown and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from assessments.formats.exchange import Picture
from assessments.formats.html_text import markdown_of
from assessments.formats.html_tree import BLOCKS, Element
from assessments.formats.pictures import PictureRefused, picture_of, unpacked, with_own_addresses
from assessments.formats.plain_words import plain_markdown
from assessments.formats.remarks import Remarks
from assessments.formats.written_stem import markdown_of_marked

PLACE = "@@PLUGINFILE@@"
HTML, MARKDOWN, PLAIN, AUTO = "html", "markdown", "plain_text", "moodle_auto_format"
FORMATS = (HTML, MARKDOWN, PLAIN, AUTO)
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
BLOCK_TAG = re.compile(rf"\s*(</?(?:{'|'.join(sorted(BLOCKS | {'br', 'td', 'th', 'tr'}))})\b[^<>]*>)\s*", re.IGNORECASE)
NAMED = re.compile(re.escape(PLACE) + r"""(/[^\s"'<>()\\]+)""")


@dataclass
class Texts:
    """The texts of one file; pictures: all that they brought, by their address with us."""

    remarks: Remarks
    pictures: dict[str, Picture] = field(default_factory=dict)
    usual: str = HTML  # the format of a text that names none: that of the question's own text

    def begin(self, question_text: Element | None) -> None:
        self.usual = HTML
        self.usual = self.format_of(question_text) if question_text else HTML

    def format_of(self, element: Element) -> str:
        named = element.attributes.get("format", self.usual).strip()
        if named in FORMATS:
            return named
        self.remarks.changed(f'the text format "{named}" is read as HTML', element.line)
        return HTML

    def markdown(self, element: Element | None, *, in_line: bool = False) -> str:
        """The text of an element as Markdown; "" where there is none."""
        if element is None:
            return ""
        text, known = self._with_own_addresses(plain(element), self._files(element))
        if not text:
            return ""
        written, losses = self._as_markdown(text, self.format_of(element), known, in_line)
        if losses:
            self.remarks.changed(f"not kept in <{element.tag}>: {', '.join(losses)}", element.line)
        return written

    def _as_markdown(
        self, text: str, written_in: str, known: dict[str, str], in_line: bool
    ) -> tuple[str, tuple[str, ...]]:
        if written_in == MARKDOWN:
            return text, ()
        if written_in == HTML:
            return markdown_of_marked(text, known, in_line=in_line)
        if written_in == AUTO and MARKUP.search(text):
            return markdown_of(_with_breaks(text), known, in_line=in_line)
        shown = plain_markdown(text)
        return shown.replace("\n\n", "<br>").replace("\\\n", "<br>") if in_line else shown, ()

    def _files(self, element: Element) -> dict[str, Picture]:
        """The pictures among the files of an element, by the names that its text may use."""
        found = {}
        for file in element.named("file"):
            name = file.attributes.get("path", "/") + file.attributes.get("name", "")
            try:
                picture = picture_of(unpacked(file.text()))
            except PictureRefused as refused:
                self.remarks.skipped(f"the file {name} is left out: {refused}", file.line)
                continue
            found[unquote(name)] = picture
            if PLACE not in element_text(element):
                self.remarks.skipped(f"the file {name} is left out: the text does not show it", file.line)
        return found

    def _with_own_addresses(self, text: str, files: dict[str, Picture]) -> tuple[str, dict[str, str]]:
        """The text with our addresses in place of those of its files and of pictures written into it."""
        known = {}

        def ours(found: re.Match[str]) -> str:
            picture = files.get(unquote(found[1]))
            return self._kept(picture, known) if picture else found[0]

        def complain(refused: PictureRefused) -> None:
            self.remarks.skipped(f"a picture within the text is left out: {refused}")

        text = NAMED.sub(ours, text)
        return with_own_addresses(text, lambda picture: self._kept(picture, known), complain), known

    def _kept(self, picture: Picture, known: dict[str, str]) -> str:
        self.pictures[picture.address] = picture
        known[picture.address] = picture.address
        return picture.address


def plain(element: Element | None) -> str:
    """The text as it is written, without the blanks around it, which Moodle drops too."""
    return element_text(element).strip() if element else ""


def element_text(element: Element) -> str:
    inner = element.first("text")
    return inner.text() if inner else ""


def _with_breaks(text: str) -> str:
    """Moodle's own format: HTML in which a line end is a line end."""
    return BLOCK_TAG.sub(r"\1", text.replace("\r\n", "\n").strip()).replace("\n", "<br>")


# -- writing --


def file_name(address: str) -> str:
    return address.rpartition("/")[2]


def with_files(text: str, pictures: Mapping[str, Picture]) -> tuple[str, list[tuple[str, Picture]]]:
    """The text with Moodle's names for our pictures, and the pictures to write beside it."""
    files = []
    for address, picture in pictures.items():
        if address in text:
            text = text.replace(address, f"{PLACE}/{quote(file_name(address))}")
            files.append((file_name(address), picture))
    return text, files
