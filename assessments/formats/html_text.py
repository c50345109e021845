"""HTML to the Markdown of our markup room, with a word about everything that it cannot say.

Prose, emphasis, lists, tables, code, links, pictures and formulas are kept; colours, sizes,
scripts and embedded things are not. Texts that stand in a line, as options and notes do, have
line breaks in place of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assessments.formats.html_tree import BLOCKS, LONGEST, NOT_TEXT, Element, tree_of
from assessments.formats.markdown_marks import (
    code_span,
    escaped,
    listing,
    may_open,
    text_and_formulas,
)
from assessments.formats.mathml_text import latex_of

Losses = tuple[str, ...]
Addresses = Mapping[str, str]  # of pictures: as the text names them, and as our Markdown does
SPACE = re.compile(r"[ \t\r\n\f]+")
NO_BREAK = {"\u00a0": " "}
STRONG, EMPHASIS = frozenset(("b", "strong")), frozenset(("i", "em", "cite", "dfn", "var"))
CODE = frozenset(("code", "kbd", "samp", "tt"))
EMBEDDED = frozenset((
    "audio", "video", "iframe", "object", "embed", "svg", "canvas", "form", "input", "select", "textarea",
    "button", "applet",
))  # fmt: skip
PLAIN_LOSS = {"u": "underlining", "s": "strike-through", "strike": "strike-through", "del": "strike-through"}
STYLED = re.compile(r"color|background|font-(?:size|family|weight|style)|text-(?:align|decoration)|vertical-align")
LANGUAGE = re.compile(r"(?:language|lang|brush)[-:]\s*([\w+#-]+)")
RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
RAISABLE, LOWERABLE = re.compile(r"[0-9+\-=()ni]+"), re.compile(r"[0-9+\-=()]+")
SCHEMES = re.compile(r"(?i)(?:https?://|mailto:)")
NO_ADDRESSES: Addresses = {}


def markdown_of(html: str, addresses: Addresses = NO_ADDRESSES, *, in_line: bool = False) -> tuple[str, Losses]:
    """The text as Markdown, and what of it could not be kept.

    addresses: what pictures are called in the text -> what they are called with us; others are left out.
    """
    if len(html) > LONGEST:
        return escaped(html), (f"the text has {len(html)} characters of HTML; {LONGEST} is the most",)
    root, too_deep = tree_of(html)
    text, losses = markdown_of_tree(root, addresses, in_line=in_line)
    return text, (*losses, *(["elements nested more than 100 deep"] if too_deep else ()))


def markdown_of_tree(
    root: Element, addresses: Addresses = NO_ADDRESSES, *, in_line: bool = False
) -> tuple[str, Losses]:
    """The same for a tree that was read elsewhere."""
    writing = _Writing(addresses)
    blocks = writing.blocks(root)
    text = writing.in_a_line(blocks) if in_line else "\n\n".join(blocks)
    return text.strip("\n"), tuple(dict.fromkeys(writing.losses))


def _formula(latex: str, mark: str) -> str:
    return f"{mark}{latex}{mark}"


class _Writing:
    """One text on its way to Markdown; gathers what is lost."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self.losses: list[str] = []

    # -- blocks --

    def blocks(self, element: Element) -> list[str]:
        """The blocks within an element; runs of anything else become paragraphs."""
        found, run = list[str](), list[Element | str]()
        for child in [*element.children, None]:
            if isinstance(child, str) or (child is not None and not self._is_block(child)):
                run.append(child)
                continue
            if paragraph := self.line(Element("p", {}, run)).strip():
                found.append(paragraph)
            run = []
            if child is not None:
                self._note_style(child)
                found += BLOCK_WRITERS.get(child.tag, _Writing.blocks)(self, child)
        return found

    def _is_block(self, element: Element) -> bool:
        return element.tag in BLOCKS or (
            element.tag not in CODE and any(self._is_block(child) for child in element.elements())
        )

    def heading(self, element: Element) -> list[str]:
        line = self.line(element).strip().replace("\\\n", " ")
        return [f"{'#' * int(element.tag[1])} {line}"] if line else []

    def quotation(self, element: Element) -> list[str]:
        inner = "\n\n".join(self.blocks(element))
        return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else []

    def bullets(self, element: Element) -> list[str]:
        return self._items(element, lambda place: "- ")

    def numbers(self, element: Element) -> list[str]:
        start = element.attributes.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
        if element.attributes.get("type", "1") != "1":
            self.losses.append("a list numbered by letters is numbered by digits")
        return self._items(element, lambda place: f"{first + place}. ")

    def _items(self, element: Element, mark_of: Callable[[int], str]) -> list[str]:
        written = []
        items = [child for child in element.elements() if child.tag == "li" or self.blocks(child)]
        for place, item in enumerate(items):
            mark, blocks = mark_of(place), self.blocks(item)
            tight = "\n".join(blocks) if _is_tight(item) else "\n\n".join(blocks)
            written.append(mark + tight.replace("\n", "\n" + " " * len(mark)))
        text = "\n".join(written)
        return [re.sub(r"(?m)^[ ]+$", "", text)] if written else []

    def rule(self, element: Element) -> list[str]:
        return ["***"]

    def preformatted(self, element: Element) -> list[str]:
        source = _text_with_breaks(element).removeprefix("\n")
        named = " ".join(
            [element.attributes.get("class", ""), *(c.attributes.get("class", "") for c in element.elements())]
        )
        language = LANGUAGE.search(named)
        return [listing(source, language[1].lower() if language else "")] if source.strip() else []

    def table(self, element: Element) -> list[str]:
        rows = [row for row in _rows(element) if any(True for _ in row.elements())]
        if not rows:
            return [block for caption in element.elements() for block in self.blocks(caption)]
        cells = [[self.cell(cell) for cell in row.elements()] for row in rows]
        if any(cell.tag != "th" for cell in rows[0].elements()):
            self.losses.append("a table without a head: its first row became the head")
        width = max(map(len, cells))
        lines = [_table_line(row + [""] * (width - len(row))) for row in cells]
        captions = [block for part in element.elements() if part.tag == "caption" for block in self.blocks(part)]
        return [*captions, "\n".join([lines[0], _table_line(["---"] * width), *lines[1:]])]

    def cell(self, element: Element) -> str:
        self._note_style(element)
        if {"colspan", "rowspan"} & {name for name, value in element.attributes.items() if value != "1"}:
            self.losses.append("a table cell over several rows or columns")
        return self.in_a_line(self.blocks(element)).replace("\\\n", "<br>").replace("|", "\\|")

    # -- lines --

    def in_a_line(self, blocks: list[str]) -> str:
        """Blocks as one line of text with breaks: where options, notes and cells are shown."""
        return "<br>".join(self._flat(block) for block in blocks)

    def _flat(self, block: str) -> str:
        fenced = re.fullmatch(r"(`{3,})[^\n]*\n(.*)\n\1", block, re.DOTALL)
        if fenced:
            return "<br>".join(code_span(line) if line.strip() else "" for line in fenced[2].split("\n"))
        if re.match(r"#{1,6} |> |\*\*\*$|- |\d+\. |\|", block):
            self.losses.append("a list, table, heading or quotation within an option or a note became lines of text")
        bare = re.sub(r"(?m)^(?:#{1,6} |> ?)", "", block)
        return bare if "\\\n" in bare else bare.replace("\n\n", "<br>").replace("\n", "<br>")

    def line(self, element: Element) -> str:
        """Text, emphasis, links, pictures and formulas within an element."""
        out = ""
        for place, child in enumerate(element.children):
            if isinstance(child, str):
                piece = self._prose(SPACE.sub(" ", child), out)
            else:
                self._note_style(child)
                piece = self._part(child, out, _first_letter(element.children[place + 1 : place + 3]))
            if piece.startswith(" ") and (not out or out.endswith((" ", "\n"))):
                piece = piece.lstrip(" ")
            out += piece
        return re.sub(r" +(?=\\\n)|(?<=\\\n) +", "", out)

    def _prose(self, text: str, before: str) -> str:
        out = ""
        for mark, piece in text_and_formulas(text):
            if not mark:
                at_start = not (before + out).strip() or (before + out).endswith("\\\n")
                shielded = escaped(piece) if at_start else escaped("x" + piece)[1:]
                out += " " + shielded if out.endswith("$") and piece[:1].isdigit() else shielded
            else:
                space = " " if (before + out)[-1:].isdigit() else ""
                out += space + _formula(piece, mark)
        return out

    def _part(self, element: Element, before: str, after: str) -> str:
        tag = element.tag
        if tag in NOT_TEXT or tag in EMBEDDED:
            if tag in EMBEDDED or tag == "script":
                self.losses.append(f"<{tag}>")
            return ""
        if tag in STRONG | EMPHASIS:
            return self._emphasised(element, "**" if tag in STRONG else "*", before, after)
        writer = LINE_WRITERS.get(tag)
        if writer:
            return writer(self, element)
        if tag in PLAIN_LOSS:
            self.losses.append(PLAIN_LOSS[tag])
        return self.line(element)

    def _emphasised(self, element: Element, mark: str, before: str, after: str) -> str:
        """Marks only where Markdown takes them for marks; blanks stand outside of them."""
        inner = self.line(element)
        core = inner.strip(" ")
        lead, tail = inner[: len(inner) - len(inner.lstrip(" "))], inner[len(inner.rstrip(" ")) :]
        if not core:
            return inner
        if core.endswith("\\\n"):
            core, tail = core.removesuffix("\\\n"), "\\\n" + tail
        outer_left, outer_right = (lead or before)[-1:], (tail or after)[:1]
        if not may_open(outer_left, core[:1]) or not may_open(outer_right, core[-1:]) or mark in core:
            self.losses.append("an emphasis that Markdown cannot say here")
            return inner
        return f"{lead}{mark}{core}{mark}{tail}"

    def code(self, element: Element) -> str:
        return code_span(SPACE.sub(" ", _text_with_breaks(element)))

    def line_break(self, element: Element) -> str:
        return "\\\n"

    def link(self, element: Element) -> str:
        words, address = self.line(element), element.attributes.get("href", "").strip()
        if not SCHEMES.match(address) or re.search(r"[\s<>\\]", address):
            if address and not address.startswith("#"):
                self.losses.append(f"the link to {address[:80]}")
            return words
        return f"[{words.strip() or escaped(address)}](<{address}>)"

    def picture(self, element: Element) -> str:
        source = element.attributes.get("src", "").strip()
        words = escaped(SPACE.sub(" ", element.attributes.get("alt", "")).strip())
        if source in self.addresses:
            return f"![{words}]({self.addresses[source]})"
        self.losses.append(f"the picture {source[:80]}" if source else "a picture without an address")
        return words

    def raised(self, element: Element) -> str:
        return self._moved(element, "^", RAISABLE, RAISED)

    def lowered(self, element: Element) -> str:
        return self._moved(element, "_", LOWERABLE, LOWERED)

    def _moved(self, element: Element, sign: str, simple: re.Pattern[str], letters: dict[int, int]) -> str:
        words = " ".join(element.text().replace("\u2212", "-").split())
        if simple.fullmatch(words):
            return words.translate(letters)
        if re.fullmatch(r"[A-Za-z0-9+\-=(),. ]{1,40}", words):
            return f"${{}}{sign}{{{words}}}$" if len(words) == 1 else f"${{}}{sign}{{\\text{{{words}}}}}$"
        self.losses.append("a raised or lowered text")
        return self.line(element)

    def mathematics(self, element: Element) -> str:
        latex, lost = latex_of(element)
        self.losses += lost
        mark = "$$" if element.attributes.get("display") == "block" else "$"
        return _formula(latex, mark) if latex and "$" not in latex else escaped(" ".join(element.text().split()))

    def quoted(self, element: Element) -> str:
        return f"\u201c{self.line(element)}\u201d"

    def _note_style(self, element: Element) -> None:
        if STYLED.search(element.attributes.get("style", "")) or element.tag == "font":
            self.losses.append("colour, size or alignment")


def _is_tight(item: Element) -> bool:
    return not any(child.tag in ("p", "pre", "table", "blockquote", "div") for child in item.elements())


def _rows(table: Element) -> list[Element]:
    found = []
    for child in table.elements():
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += _rows(child)
    return found


def _table_line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _text_with_breaks(element: Element) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else _text_with_breaks(child)
        for child in element.children
    )


def _first_letter(rest: list[Element | str]) -> str:
    """What follows, as far as the rules of emphasis ask for it."""
    for child in rest:
        text = child if isinstance(child, str) else "*" if child.tag in STRONG | EMPHASIS else child.text()
        if text:
            return SPACE.sub(" ", text)[0]
    return ""


BLOCK_WRITERS: dict[str, Callable[[_Writing, Element], list[str]]] = {
    **{f"h{level}": _Writing.heading for level in range(1, 7)},
    "blockquote": _Writing.quotation,
    "ul": _Writing.bullets,
    "ol": _Writing.numbers,
    "hr": _Writing.rule,
    "pre": _Writing.preformatted,
    "table": _Writing.table,
}
LINE_WRITERS: dict[str, Callable[[_Writing, Element], str]] = {
    **dict.fromkeys(CODE, _Writing.code),
    "br": _Writing.line_break,
    "a": _Writing.link,
    "img": _Writing.picture,
    "sup": _Writing.raised,
    "sub": _Writing.lowered,
    "math": _Writing.mathematics,
    "q": _Writing.quoted,
}
