"""Reads QTI 2.1 and 2.2: one item as a file, or a package of items with its manifest."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from assessments.formats.exchange import (
    MOST_QUESTIONS,
    Each,
    Exchanged,
    FileRefused,
    Picture,
    Reading,
    nobody,
)
from assessments.formats.html_tree import Element
from assessments.formats.packages import Package, is_package
from assessments.formats.pictures import PictureRefused, picture_of
from assessments.formats.qti_item import NAMESPACES, TOOL, FindPicture, Item
from assessments.formats.qti_kinds import READERS
from assessments.formats.qti_manifest import MANIFEST, About, Resource, about_items
from assessments.formats.qti_values import NotUnderstood
from assessments.formats.remarks import NotTaken, Refused, Remarks, Skipped
from assessments.formats.xml_tree import Deadline, read_tree
from assessments.questions.question import Question
from assessments.questions.registry import kind

LONGEST_NAME = 80  # of an item in a remark
EXPECTED = " or ".join(NAMESPACES)
OTHER_KINDS = {
    "assessmentTest": "a test: its questions are items of their own",
    "questestinterop": "QTI 1: export it as QTI 2.1 or 2.2",
    "qti-assessment-item": "QTI 3: export it as QTI 2.1 or 2.2",
}


def read(content: bytes, each: Each = nobody) -> Reading:
    """Every item that can be read for certain."""
    deadline = Deadline(len(content))
    file = _File(deadline, each)
    if not is_package(content):
        file.take(content, About(), lambda source: _no_picture(source), is_whole_file=True)
        return file.reading()
    package = Package(content)
    for resource in _items(package, file):
        deadline.check()
        file.take(package.read(resource.href), resource.about, _pictures_of(package, resource), href=resource.href)
    return file.reading()


def _items(package: Package, file: _File) -> list[Resource]:
    if MANIFEST not in package:
        inner = [name for name in package.entries if posixpath.basename(name) == MANIFEST]
        hint = f"; it stands in a folder ({inner[0]}): pack what is in the folder, not the folder" if inner else ""
        raise FileRefused(f"the package has no {MANIFEST}{hint}")
    resources, left_out = about_items(package.read(MANIFEST))
    for resource, why in left_out:
        file.remarks.begin(resource.line, f"{MANIFEST}: {resource.href or resource.identifier}")
        file.remarks.skipped(why)
    if len(resources) > MOST_QUESTIONS:
        raise FileRefused(f"the package has more than {MOST_QUESTIONS} items; divide it")
    present = []
    for resource in resources:
        if resource.href in package:
            present.append(resource)
        else:
            file.remarks.begin(resource.line, f"{MANIFEST}: {resource.href}")
            file.remarks.not_taken(Refused("the manifest names a file that is not in the package"))
    return present


def _pictures_of(package: Package, resource: Resource) -> FindPicture:
    """Pictures by the address that an item of that place uses."""

    def find(source: str) -> Picture:
        path = unquote(source.partition("?")[0].partition("#")[0])
        if ":" in path.split("/")[0] or path.startswith("/"):
            raise PictureRefused("It does not lie in the package.")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(resource.href), path))
        if name not in package:
            raise PictureRefused("It is not in the package.")
        return picture_of(package.read(name))

    return find


def _no_picture(source: str) -> Picture:
    raise PictureRefused("An item alone brings no files; import the package.")


@dataclass
class _File:
    """What was read so far."""

    deadline: Deadline
    each: Each
    remarks: Remarks = field(default_factory=Remarks)
    questions: list[Exchanged] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)

    def reading(self) -> Reading:
        return Reading(tuple(self.questions), tuple(self.remarks.said), self.pictures)

    def take(
        self, content: bytes, about: About, find: FindPicture, *, href: str = "", is_whole_file: bool = False
    ) -> None:
        """One item; what is wrong with it is a remark, or, for a file of its own, refuses the file."""
        try:
            root = read_tree(content, self.deadline)
            _check_root(root)
        except FileRefused as refused:
            if is_whole_file:
                raise
            self.remarks.begin(refused.line or 1, href)
            self.remarks.not_taken(Refused(refused.args[0], refused.line or 1))
            return
        self._take_item(root, about, find)

    def _take_item(self, root: Element, about: About, find: FindPicture) -> None:
        title = about.title or root.attributes.get("title", "")
        where = title or root.attributes.get("identifier", "")
        self.remarks.begin(root.line, where[:LONGEST_NAME])
        before, said_once = len(self.remarks.said), set(self.remarks.once)
        try:
            item = Item(root, self.remarks, find)
            question = _question(item)
        except (NotTaken, NotUnderstood) as why:
            del self.remarks.said[before:]
            self.remarks.once = said_once
            self.remarks.not_taken(why if isinstance(why, NotTaken) else Refused(str(why)))
            return
        self.pictures |= item.pictures
        language = root.attributes.get("xml:lang", "") or about.language or "en"
        slug = self._slug(root, about)
        if title == root.attributes.get("identifier") and root.attributes.get("toolName") == TOOL:
            title = about.title
        self.questions.append(Exchanged(question, title, slug, root.line, about.category, about.tags, language))
        self.each(self.questions[-1])

    def _slug(self, root: Element, about: About) -> str:
        own = root.attributes.get("toolName") == TOOL
        slug = about.slug or ("" if own else root.attributes.get("identifier", ""))
        if slug and slug in self.slugs:
            self.remarks.changed(f'the identifier "{slug}" is used twice; here it is left out')
            return ""
        self.slugs.add(slug)
        return slug


def _check_root(root: Element) -> None:
    if root.tag in OTHER_KINDS:
        raise FileRefused(f"this is no item of QTI 2 but <{root.tag}>, {OTHER_KINDS[root.tag]}", root.line)
    if root.tag != "assessmentItem":
        raise FileRefused(f"this is no item of QTI: it begins with <{root.tag}>, not <assessmentItem>", root.line)
    if root.space not in NAMESPACES:
        named = f'"{root.space}"' if root.space else "missing"
        raise FileRefused(f"the namespace of the item is {named}; expected is {EXPECTED}", root.line)


def _question(item: Item) -> Question:
    root = item.root
    if root.first("templateDeclaration") is not None or root.first("templateProcessing") is not None:
        raise Skipped("its values are drawn anew for each taker (templates)")
    if root.attributes.get("adaptive", "false") == "true":
        raise Skipped("it is adaptive: it changes with each try")
    reader = READERS.get(item.interaction.tag)
    if reader is None:
        raise Skipped(f"<{item.interaction.tag}> has no counterpart here", item.interaction.line)
    content: dict[str, Any] = {"stem": "", "lead_in": "", "shuffle": True}
    key: dict[str, Any] = {"explanation": "", "notes": {}, "misconceptions": {}}
    _fill_texts(item, content, key)
    kind_name = reader(item, content, key)
    _say_what_is_left_out(item)
    if kind_name in ("numeric", "short_text"):
        content["shuffle"] = True
    question = Question(kind_name, content, key)
    if problems := kind(kind_name).validate(question):
        raise Skipped("; ".join(f"{problem.place}: {problem.message}" for problem in problems))
    return question


def _fill_texts(item: Item, content: dict[str, Any], key: dict[str, Any]) -> None:
    """Stem, listing and lead-in: as we write them, else the text around the interaction and its prompt."""
    parts = {part.attributes.get("class", "").split(" ")[0]: part for part in item.body.elements()}
    prompt = item.interaction.first("prompt")
    if "stem" in parts:
        content["stem"] = item.markdown(parts["stem"])
        content["lead_in"] = item.markdown(prompt or parts.get("lead-in"), in_line=True)
        if listing := parts.get("listing"):
            language = listing.attributes["class"].partition("language-")[2] or "text"
            content["code"] = {"language": language, "source": listing.text()}
            key["stdout"] = ""
        return
    inline = item.interaction.tag in ("textEntryInteraction", "inlineChoiceInteraction")
    content["stem"] = "" if inline else item.body_text()
    content["lead_in"] = item.markdown(prompt, in_line=True)
    if not content["stem"] and not inline:
        content["stem"], content["lead_in"] = item.markdown(prompt), ""


def _say_what_is_left_out(item: Item) -> None:
    others = sum(1 for _ in item.body.all("rubricBlock", "infoControl"))
    if others:
        item.remarks.skipped(f"{others} texts for others than the taker are left out")
