"""The manifest of a content package: which files are items, and what is said about each."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from assessments.formats.exchange import Exchanged, FileRefused
from assessments.formats.html_tree import Element
from assessments.formats.xml_tree import read_tree
from assessments.formats.xml_writing import DECLARATION, block, element, in_text

MANIFEST = "imsmanifest.xml"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
CP_SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
LOM = "http://ltsc.ieee.org/xsd/LOM"
LOM_SCHEMA = "http://www.imsglobal.org/xsd/imsmd_loose_v1p3p2.xsd"
ITEM_TYPE = "imsqti_item_xmlv2p1"
ITEM_TYPES = ("imsqti_item_xmlv2p1", "imsqti_item_xmlv2p2", "imsqti_apipitem_xmlv2p1", "imsqti_apipitem_xmlv2p2")
CATEGORY = "category"  # the purpose of the classification that names where a question belongs


@dataclass(frozen=True)
class About:
    """What the manifest says about an item."""

    title: str = ""
    slug: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    category: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resource:
    identifier: str
    href: str
    line: int
    about: About = field(default_factory=About)


def about_items(content: bytes) -> tuple[list[Resource], list[tuple[Resource, str]]]:
    """The items of a package in their order, and what else it declares to be a question or a test."""
    root = read_tree(content)
    if root.tag != "manifest" or not root.space.rpartition("/")[2].startswith("imscp_"):
        named = f'namespace "{root.space}"' if root.space else "without a namespace"
        raise FileRefused(
            f"{MANIFEST} is no manifest of a content package: <{root.tag}>, {named}; expected is {CP}", root.line
        )
    base = root.attributes.get("xml:base", "")
    items, others = [], []
    for resources in root.named("resources"):
        inner = posixpath.join(base, resources.attributes.get("xml:base", ""))
        for one in resources.named("resource"):
            resource = _resource(one, inner)
            type_ = one.attributes.get("type", "").strip()
            if type_ in ITEM_TYPES:
                items.append(resource)
            elif type_.startswith("imsqti"):
                others.append((resource, _why(type_)))
    return items, others


def _why(type_: str) -> str:
    if "test" in type_:
        return f'a test ("{type_}") is left out; its items are imported one by one'
    return f'"{type_}" is not imported; expected is {ITEM_TYPES[0]} or {ITEM_TYPES[1]}'


def _resource(element: Element, base: str) -> Resource:
    href = element.attributes.get("href", "")
    if not href and (file := element.first("file")) is not None:
        href = file.attributes.get("href", "")
    path = posixpath.join(base, element.attributes.get("xml:base", ""), unquote(href))
    name = posixpath.normpath(path) if href else ""
    return Resource(element.attributes.get("identifier", ""), name, element.line, _about(element.first("metadata")))


def _about(metadata: Element | None) -> About:
    lom = metadata.first("lom") if metadata else None
    general = lom.first("general") if lom else None
    if lom is None or general is None:
        return About()
    identifier = general.first("identifier")
    tags = (_string(keyword) for keyword in general.named("keyword"))
    return About(
        _string(general.first("title")),
        _text(identifier.first("entry")) if identifier else "",
        _text(general.first("language")),
        tuple(dict.fromkeys(tag for tag in tags if tag)),
        _category(lom.named("classification")),
    )


def _category(classifications: Iterable[Element]) -> tuple[str, ...]:
    for classification in classifications:
        path = classification.first("taxonPath")
        if path is not None:
            names = (_string(taxon.first("entry")) for taxon in path.named("taxon"))
            return tuple(name for name in names if name)
    return ()


def _text(element: Element | None) -> str:
    return element.text().strip() if element else ""


def _string(element: Element | None) -> str:
    """A text of LOM: within <string>, or <langstring> of older schemas."""
    if element is None:
        return ""
    inner = element.first("string") or element.first("langstring")
    return _text(inner or element)


# -- writing --


@dataclass(frozen=True)
class Listed:
    """An item of our package, with the files that it shows."""

    identifier: str
    href: str
    exchanged: Exchanged
    media: tuple[str, ...] = ()


def manifest_of(items: Iterable[Listed]) -> bytes:
    """The manifest: every item with title, keywords, language and category as LOM has them."""
    resources = [_listed(item) for item in items]
    parts = [
        block("metadata", ["<schema>QTIv2.1 Package</schema>", "<schemaversion>1.0.0</schemaversion>"]),
        "<organizations/>",
        block("resources", resources),
    ]
    about = {
        "xmlns": CP, "xmlns:lom": LOM, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{CP} {CP_SCHEMA} {LOM} {LOM_SCHEMA}", "identifier": "questions",
    }  # fmt: skip
    return (DECLARATION + block("manifest", parts, **about) + "\n").encode()


def _listed(item: Listed) -> str:
    files = [element("file", href=quote(name)) for name in (item.href, *item.media)]
    metadata = element("metadata", _lom(item.exchanged))
    return block(
        "resource", [metadata, *files], identifier=f"resource-{item.identifier}", type=ITEM_TYPE, href=quote(item.href)
    )


def _lom(exchanged: Exchanged) -> str:
    language = exchanged.language

    def string(text: str) -> str:
        return element("lom:string", in_text(text), language=language)

    entry = element("lom:entry", in_text(exchanged.slug))
    general = [
        element("lom:identifier", entry) if exchanged.slug else "",
        element("lom:title", string(exchanged.title)) if exchanged.title else "",
        element("lom:language", in_text(language)),
        *(element("lom:keyword", string(tag)) for tag in exchanged.tags),
    ]
    taxons = [element("lom:taxon", element("lom:entry", string(name))) for name in exchanged.category]
    source = element("lom:source", string(CATEGORY))
    classification = element("lom:classification", element("lom:taxonPath", source, *taxons)) if taxons else ""
    return element("lom:lom", element("lom:general", *general), classification)
