"""Writes a package of QTI 2.1: a manifest, an item for each question, and the pictures they show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assessments.formats.exchange import Exchanged, Loss, Picture, Written
from assessments.formats.moodle_text import file_name
from assessments.formats.packages import packed
from assessments.formats.qti_manifest import MANIFEST, Listed, manifest_of
from assessments.formats.qti_markup import MEDIA
from assessments.formats.qti_writing_item import item_of
from assessments.formats.qti_writing_texts import Writing

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}")


def write(questions: Sequence[Exchanged], pictures: Mapping[str, Picture]) -> Written:
    """The questions as a package."""
    files, listed, losses = dict[str, bytes](), list[Listed](), list[Loss]()
    identifiers = _identifiers(questions)
    for exchanged, identifier in zip(questions, identifiers, strict=True):
        writing = Writing(exchanged, identifier, pictures)
        content = item_of(writing)
        losses += [Loss(exchanged.slug or exchanged.title, message) for message in dict.fromkeys(writing.losses)]
        if not content:
            continue
        shown = {address: one for address, one in pictures.items() if address in writing.seen}
        media = {MEDIA + file_name(address): picture.content for address, picture in shown.items()}
        files |= {f"items/{identifier}.xml": content} | media
        listed.append(Listed(identifier, f"items/{identifier}.xml", exchanged, tuple(media)))
    if any(exchanged.entry for exchanged in questions):
        losses.append(Loss("", "sub-skills, difficulty, references and proofs: only our own format says them"))
    return Written(packed({MANIFEST: manifest_of(listed)} | files), tuple(losses), len(listed))


def _identifiers(questions: Sequence[Exchanged]) -> list[str]:
    """A name for each item: its slug where that is a name of XML and nobody else's."""
    found, taken = [], set[str]()
    for place, exchanged in enumerate(questions, 1):
        own = exchanged.slug if NAME.fullmatch(exchanged.slug) else ""
        name = own if own and own.casefold() not in taken else f"question-{place}"
        while name.casefold() in taken:
            name += "-x"
        taken.add(name.casefold())
        found.append(name)
    return found
