"""XML of others as a tree with the line of every element; nothing outside the file is ever looked at.

Refused with a sentence: other encodings than UTF-8, document types and with them every entity,
XInclude, more than 100 nested elements, and what takes longer than its size allows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import XMLParserType

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from assessments.formats.exchange import MOST_BYTES, MOST_NESTED, SECONDS_PER_MEGABYTE, FileRefused
from assessments.formats.html_tree import Element

CHUNK = 65_536
XINCLUDE = "http://www.w3.org/2001/XInclude"
XML = "http://www.w3.org/XML/1998/namespace"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OTHER_MARKS = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"),
               (b"\xfe\xff", "UTF-16"))  # fmt: skip
DECLARED = re.compile(rb"""\A<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
ALSO_UTF8 = ("utf-8", "utf8", "us-ascii", "ascii")  # what is ASCII is UTF-8
MARKDOWN_SOURCE = "?markdown"  # how a processing instruction of ours is kept with its element
SAVE_AS = "save the file as UTF-8 and try again"


class Deadline:
    """How long a file of this size may take, of the processor: a busy machine refuses no file."""

    def __init__(self, size: int) -> None:
        self.seconds = SECONDS_PER_MEGABYTE * max(1.0, size / 1_000_000)
        self.soonest = time.monotonic() + self.seconds
        self.end = time.thread_time() + self.seconds

    def check(self, line: int | None = None) -> None:
        """A processor cannot have worked longer than the clock has gone: asking the clock is far cheaper."""
        if time.monotonic() > self.soonest and time.thread_time() > self.end:
            raise FileRefused(f"reading takes longer than the {self.seconds:.0f} seconds that its size allows", line)


def text_bytes(content: bytes) -> bytes:
    """The bytes without the mark of UTF-8, if they are UTF-8 and say nothing else."""
    if len(content) > MOST_BYTES:
        raise FileRefused(f"the file has {len(content) / 1e6:.1f} MB; {MOST_BYTES // 1_000_000} is the most")
    content = content.removeprefix(BYTE_ORDER_MARK)
    for mark, name in OTHER_MARKS:
        if content.startswith(mark):
            raise FileRefused(f"the file is written in {name}; {SAVE_AS}", 1)
    declared = DECLARED.match(content)
    if declared and declared[1].decode("ascii").lower() not in ALSO_UTF8:
        raise FileRefused(f"the file says that it is written in {declared[1].decode('ascii')}; {SAVE_AS}", 1)
    if b"\x00" in content[:CHUNK]:
        raise FileRefused(f"the file is not a text in UTF-8 (perhaps UTF-16); {SAVE_AS}", 1)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(f"the file is not UTF-8 (byte {content[error.start]:#04x}); {SAVE_AS}", line) from None
    return content


def read_tree(content: bytes, deadline: Deadline | None = None) -> Element:
    """The root element with all that is in it. deadline: of the package to which the file belongs."""
    growing = _Growing(parts_of=None)
    for _ in _parts(content, growing, deadline or Deadline(len(content))):
        pass
    if growing.root is None:
        raise FileRefused("the file is empty", 1)
    return growing.root


def read_parts(content: bytes, root: str, is_what: str) -> Iterator[Element]:
    """The children of the root one after the other; each can be forgotten before the next is read.

    root: what the root must be called. is_what: a file that is not is told to be no such thing.
    """
    return _parts(content, _Growing(parts_of=root, is_what=is_what), Deadline(len(content)))


def _parts(content: bytes, growing: _Growing, deadline: Deadline) -> Iterator[Element]:
    content = text_bytes(content)
    parser = DefusedXMLParser(
        target=growing, encoding="utf-8", forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    growing.listen_to(parser.parser)
    try:
        for start in range(0, len(content), CHUNK):
            _fed(parser, content[start : start + CHUNK])
            deadline.check(growing.line)
            yield from growing.finished()
        _fed(parser, None)
        yield from growing.finished()
    finally:
        growing.expat = None  # each knows the other: a package of 10,000 files would leave 10,000 such pairs


def _fed(parser: DefusedXMLParser, chunk: bytes | None) -> None:
    """Feeds a chunk, or ends the file; whatever the parser complains of becomes a sentence."""
    try:
        if chunk is None:
            parser.close()
        else:
            parser.feed(chunk)
    except ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise FileRefused(f"this is not well-formed XML: {reason}, column {column + 1}", line) from None
    except DefusedXmlException:
        sentence = "the file has a document type declaration; remove it, for entities are not read"
        raise FileRefused(sentence, parser.parser.CurrentLineNumber) from None


class _Growing:
    """Takes what the parser meets; finished children of the root leave the tree when they are asked for."""

    def __init__(self, parts_of: str | None, is_what: str = "") -> None:
        self.expat: XMLParserType | None = None
        self.parts_of, self.is_what = parts_of, is_what
        self.root: Element | None = None
        self.open: list[Element] = []
        self.torn: set[int] = set()  # which of them have texts that came in pieces

    def listen_to(self, expat: XMLParserType) -> None:
        """Elements are taken from expat itself: ElementTree would name each anew, in twice the time."""
        self.expat = expat
        expat.StartElementHandler, expat.EndElementHandler = self.begin, self.end

    @property
    def line(self) -> int:
        return self.expat.CurrentLineNumber if self.expat else 0

    def begin(self, name: str, attributes: list[str]) -> None:
        """name: the namespace, a brace and the tag; attributes: names and values in turn."""
        space, _, tag = name.rpartition("}")
        if space == XINCLUDE:
            raise FileRefused("the file asks for another file (XInclude); nothing outside of it is read", self.line)
        if len(self.open) >= MOST_NESTED:
            raise FileRefused(f"elements are nested more than {MOST_NESTED} deep", self.line)
        values = dict(zip(map(_named, attributes[::2]), attributes[1::2], strict=True)) if attributes else {}
        element = Element(tag, values, [], self.line, space)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self._begin_with(element)
        self.open.append(element)

    def _begin_with(self, root: Element) -> None:
        if self.parts_of is not None and root.tag != self.parts_of:
            raise FileRefused(
                f"this is no {self.is_what}: it begins with <{root.tag}>, not <{self.parts_of}>", root.line
            )
        self.root = root

    def end(self, name: str) -> None:
        element = self.open.pop()
        if id(element) in self.torn:
            self.torn.discard(id(element))
            element.join_texts()

    def data(self, text: str) -> None:
        if self.open:
            children = self.open[-1].children
            if children and isinstance(children[-1], str):
                self.torn.add(id(self.open[-1]))
            children.append(text)

    def pi(self, target: str, data: str) -> None:
        if target == MARKDOWN_SOURCE[1:] and self.open:
            self.open[-1].attributes[MARKDOWN_SOURCE] = data

    def close(self) -> None:
        """Asked for by the parser."""

    def finished(self) -> list[Element]:
        """Children of the root that are complete; they are forgotten here."""
        if self.parts_of is None or self.root is None:
            return []
        growing = self.open[1] if len(self.open) > 1 else None
        done = [child for child in self.root.elements() if child is not growing]
        self.root.children = [growing] if growing else []
        return done


def _named(key: str) -> str:
    """An attribute by its own name; those of XML itself keep their prefix."""
    space, _, name = key.rpartition("}")
    return f"xml:{name}" if space == XML else name
