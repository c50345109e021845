"""HTML as a small tree, read leniently and in bounded time: what authors' editors leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby

MOST_NESTED = 100
LONGEST = 50_000  # a text of ours has at most 6,000 characters
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
))  # fmt: skip
NOT_TEXT = frozenset(("script", "style", "head", "template", "title"))
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
))  # fmt: skip
CELLS = frozenset(("td", "th"))
ROWS = frozenset(("tr", "thead", "tbody", "tfoot"))
# An opening tag ends these, up to the nearest of the boundaries: authors leave their ends out
ENDS = (
    (BLOCKS, frozenset("p"), BLOCKS | CELLS),
    (frozenset(("li",)), frozenset(("li",)), frozenset(("ul", "ol", "table"))),
    (frozenset(("dt", "dd")), frozenset(("dt", "dd")), frozenset(("dl",))),
    (CELLS, CELLS, frozenset(("table",))),
    (ROWS, CELLS | frozenset(("tr",)), frozenset(("table",))),
)
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
RAW = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}


@dataclass(slots=True)
class Element:
    """An element; children are elements and texts in their order.

    line: where it begins, and space: its namespace, where it was read from XML.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = 0
    space: str = ""

    def elements(self) -> Iterator[Element]:
        return (child for child in self.children if isinstance(child, Element))

    def named(self, *tags: str) -> list[Element]:
        """The children of these names."""
        return [child for child in self.elements() if child.tag in tags]

    def first(self, tag: str) -> Element | None:
        return next((child for child in self.elements() if child.tag == tag), None)

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements of these names at any depth, in their order."""
        return (element for element in self.everything() if element.tag in tags)

    def everything(self) -> Iterator[Element]:
        """Elements at any depth, in their order."""
        ahead = self.children[::-1]
        while ahead:
            child = ahead.pop()
            if isinstance(child, Element):
                yield child
                ahead += child.children[::-1]

    def join_texts(self) -> None:
        """Makes one text of those that stand beside each other."""
        if sum(isinstance(child, str) for child in self.children) < 2:
            return
        joined = list[Element | str]()
        for is_text, run in groupby(self.children, key=lambda child: isinstance(child, str)):
            parts = list(run)
            joined += ["".join(map(str, parts))] if is_text else parts
        self.children = joined

    def text(self) -> str:
        """All text within, as it was written."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def tree_of(html: str) -> tuple[Element, bool]:
    """The root of the text, and whether elements were nested too deeply to be kept apart.

    Each character is looked at a fixed number of times, whatever the text (Python's own parser
    takes quadratic time for tags that are never closed).
    """
    growing, at = _Growing(), 0
    while at < len(html):
        if html[at] != "<":
            end = _found(html, "<", at)
            growing.add_text(unescape(html[at:end]))
            at = end
        elif tag := TAG.match(html, at):
            at = _read_tag(html, tag, growing)
        else:
            at = _read_other(html, at, growing)
    return growing.root, growing.too_deep


def _found(html: str, mark: str, at: int) -> int:
    """Where the mark stands, or the end of the text."""
    place = html.find(mark, at)
    return len(html) if place < 0 else place


def _read_tag(html: str, tag: re.Match[str], growing: _Growing) -> int:
    """One tag; the place behind it. A tag without an end swallows the rest, as in browsers."""
    attributes, at = dict[str, str](), tag.end()
    while found := ATTRIBUTE.match(html, at):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        attributes.setdefault(found[1].lower(), unescape(value))
        at = found.end()
    end = _found(html, ">", at)
    if end == len(html):
        return end
    name = tag[2].lower()
    if tag[1]:
        growing.close(name)
        return end + 1
    growing.open_element(name, attributes, empty=html[end - 1] == "/")
    return _skip_raw(html, name, end + 1, growing)


def _skip_raw(html: str, name: str, at: int, growing: _Growing) -> int:
    """Scripts and styles hold no markup: on to their end."""
    if name not in RAW:
        return at
    end = RAW[name].search(html, at)
    growing.close(name)
    return end.end() if end else len(html)


def _read_other(html: str, at: int, growing: _Growing) -> int:
    """A comment, a declaration, or a sign that only looks like markup."""
    if html.startswith("<!--", at):
        return _found(html, "-->", at + 2) + 3
    if html.startswith(("<!", "<?", "</"), at):
        return _found(html, ">", at) + 1
    growing.add_text("<")
    return at + 1


class _Growing:
    """The tree as far as it was read; open: the elements that wait for their end."""

    def __init__(self) -> None:
        self.root = Element("root")
        self.open = [self.root]
        self.too_deep = False

    def open_element(self, tag: str, attributes: dict[str, str], *, empty: bool) -> None:
        self._end_what_was_left_open(tag)
        element = Element(tag, attributes)
        if tag in VOID or empty:
            self.open[-1].children.append(element)
        elif len(self.open) > MOST_NESTED:
            self.too_deep = True
        else:
            self.open[-1].children.append(element)
            self.open.append(element)

    def _end_what_was_left_open(self, tag: str) -> None:
        for openers, ended, boundaries in ENDS:
            if tag in openers:
                self._end(ended, boundaries - ended)

    def _end(self, ended: frozenset[str], boundaries: frozenset[str]) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in ended:
                del self.open[place:]
                return
            if self.open[place].tag in boundaries:
                return

    def close(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def add_text(self, text: str) -> None:
        if self.open[-1].tag not in NOT_TEXT:
            self.open[-1].children.append(text)
