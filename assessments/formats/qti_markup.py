"""Our Markdown as the XHTML that QTI allows, and back.

Where XHTML alone would not bring back the very same Markdown, a processing instruction keeps the
source beside it. A reader trusts it only while the XHTML is still what the source makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from assessments.formats.exchange import PICTURES, FileRefused
from assessments.formats.html_text import Losses, markdown_of_tree
from assessments.formats.html_tree import Element
from assessments.formats.xhtml import xhtml_of
from assessments.formats.xml_tree import MARKDOWN_SOURCE, read_tree

MEDIA = "media/"  # where pictures lie in our packages, seen from the manifest
FROM_ITEM = "../" + MEDIA


def with_source(text: str, *, in_line: bool, shown: Iterable[str]) -> str:
    """XHTML, and before it the Markdown where XHTML alone would bring back another one. shown: our pictures."""
    addresses = {FROM_ITEM + address.removeprefix(PICTURES): address for address in shown}
    html = xhtml_of(text, in_line=in_line, shown=_shown(addresses))
    if markdown_of_tree(_tree(html), addresses, in_line=in_line)[0] == text:
        return html
    source = json.dumps(text, ensure_ascii=True).replace("?>", "?\\u003e")
    return f"<?markdown {source}?>{html}"


def markdown_in(element: Element, addresses: Mapping[str, str], *, in_line: bool = False) -> tuple[str, Losses]:
    """The Markdown of an element: its source while it still holds, else what its XHTML says."""
    source = _source(element)
    if source is not None and _is_alike(_tree(xhtml_of(source, in_line=in_line, shown=_shown(addresses))), element):
        return source, ()
    return markdown_of_tree(_with_images(element), addresses, in_line=in_line)


def _source(element: Element) -> str | None:
    try:
        source = json.loads(element.attributes.get(MARKDOWN_SOURCE, "null"))
    except ValueError:
        return None
    return source if isinstance(source, str) else None


def _tree(html: str) -> Element:
    try:
        return read_tree(f"<div>{html}</div>".encode())
    except FileRefused:  # nested too deeply, for instance: then there is nothing to compare
        return Element("div")


def _shown(addresses: Mapping[str, str]) -> dict[str, str]:
    return {address: href for href, address in addresses.items()}


def _is_alike(one: Element, other: Element) -> bool:
    """The same elements, attributes and texts; blanks at the ends and between blocks do not count."""
    mine, theirs = _parts(one), _parts(other)
    return len(mine) == len(theirs) and all(
        a == b
        if isinstance(a, str) or isinstance(b, str)
        else a.tag == b.tag and _plain_attributes(a) == _plain_attributes(b) and _is_alike(a, b)
        for a, b in zip(mine, theirs, strict=True)
    )


def _parts(element: Element) -> list[Element | str]:
    parts = [child for child in element.children if not isinstance(child, str) or child.strip()]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return parts


def _plain_attributes(element: Element) -> dict[str, str]:
    return {name: value for name, value in element.attributes.items() if name != MARKDOWN_SOURCE}


def _with_images(element: Element) -> Element:
    """Pictures may also be written as objects."""
    children = [child if isinstance(child, str) else _with_images(child) for child in element.children]
    if element.tag == "object" and element.attributes.get("type", "").startswith("image/"):
        return Element("img", {"src": element.attributes.get("data", ""), "alt": element.text().strip()})
    return Element(element.tag, element.attributes, children, element.line, element.space)
