"""What a question of a file is as a waiting row, rendered, and what is to be said of it: as JSON records."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.utils.text import slugify

from assessments.formats.exchange import Exchanged, Reading, Remark, Weight
from assessments.formats.native_exchange import misconceptions_of
from assessments.models.imports import LONGEST_CATEGORY
from assessments.questions.entry import Entry
from assessments.questions.fingerprint import fingerprint
from assessments.questions.question import Question
from assessments.questions.registry import KINDS, kind
from assessments.workflows.bank_files import Shelf
from assessments.workflows.items import content_html, review_html

Record = dict[str, Any]

LONGEST_SLUG = 80
LONGEST_TITLE = 255
LONGEST = {"difficulty_reason": 300, "holds_for": 100, "family": 80}


def head_of(reading: Reading) -> Iterator[Record]:
    yield {"total": len(reading.questions)}
    for picture in reading.pictures.values():
        yield {"picture": base64.b64encode(picture.content).decode(), "address": picture.address}
    yield from map(said, reading.remarks)


def said(remark: Remark) -> Record:
    return {"remark": [remark.line, remark.weight.value, remark.where[:LONGEST_TITLE], remark.message]}


def records_of(number: int, one: Exchanged, slug: str, shelf: Shelf) -> Iterator[Record]:
    """The question, rendered, and a word about whatever of it is not taken as it stands."""
    if faults := _faults(one.question):
        yield said(_remark(one, Weight.REFUSED, "; ".join(faults)))
        return
    key, about, remarks = _written(one, shelf)
    yield from map(said, remarks)
    yield {"question": _row(one, number + 1, slug, key, about, shelf)}


def _remark(one: Exchanged, weight: Weight, message: str) -> Remark:
    return Remark(one.line, weight, (one.title or one.slug)[:LONGEST_TITLE], message)


def _faults(question: Question) -> list[str]:
    """A reader gives sound questions alone; this is the last look."""
    if question.kind not in KINDS:
        return [f"there is no kind of question called {question.kind}"]
    if not _storable(question):
        return ["it holds characters that no text may have"]
    return [f"{problem.place}: {problem.message}" for problem in kind(question.kind).validate(question)]


def _storable(question: Question) -> bool:
    """Neither NUL nor half a character: no database takes them."""
    try:
        text = json.dumps([question.content, question.key], ensure_ascii=False)
        return b"\\u0000" not in text.encode()
    except UnicodeEncodeError:
        return False


def slug_of(one: Exchanged, taken: set[str]) -> tuple[str, list[Remark]]:
    """Its id as ours are written; an id of a question that came before is not its own."""
    slug = one.slug if one.slug.isascii() and one.slug == slugify(one.slug) else slugify(one.slug)
    slug = slug[:LONGEST_SLUG].strip("-_")
    if not one.slug:
        return "", []
    if not slug or slug in taken:
        reason = "is used twice in the file" if slug else "has no letters or digits that an id here may have"
        return "", [_remark(one, Weight.CHANGED, f"its id “{one.slug}” {reason}: it gets one of ours")]
    taken.add(slug)
    if slug != one.slug:
        return slug, [_remark(one, Weight.CHANGED, f"its id “{one.slug}” is written {slug} here")]
    return slug, []


def _row(one: Exchanged, position: int, slug: str, key: Record, about: Record, shelf: Shelf) -> Record:
    """The columns of a waiting question. What will be a JSON column of a version is one text already."""
    question = Question(one.question.kind, one.question.content, key)
    return {
        "position": position,
        "line": one.line,
        "slug": slug,
        "title": one.title[:LONGEST_TITLE],
        "category": category_name(one.category),
        "kind": question.kind,
        "language": one.language[:8] or "en",
        "fingerprint": fingerprint(question),
        "content": json.dumps(question.content),
        "key": json.dumps(key),
        "content_html": json.dumps(content_html(question)),
        "review_html": json.dumps(review_html(question)),
        "guessing": kind(question.kind).asymptote(question),
        "tags": list(one.tags),
        "about": json.dumps(about, default=str) if about else "",
        "subskill_id": _own_place(one.entry, shelf),
    }


def category_name(category: Iterable[str]) -> str:
    """One line for a path; a slash within a name is doubled."""
    return "/".join(part.strip().replace("/", "//") for part in category)[:LONGEST_CATEGORY]


def _own_place(entry: Entry | None, shelf: Shelf) -> int | None:
    """The sub-skill that our own format names, if it is there and of the area it names."""
    if entry is None or not entry.subskills or entry.area not in shelf.areas:
        return None
    subskill = shelf.subskills.get(entry.subskills[0])
    return subskill.pk if subskill and subskill.area_id == shelf.areas[entry.area].pk else None


def _written(one: Exchanged, shelf: Shelf) -> tuple[Record, Record, list[Remark]]:
    """Its key and what only our own format says of it, less what these refer to and is not there."""
    key, about = one.question.key, Record()
    missing = []
    declared = {m.slug: asdict(m) for m in one.misconceptions if m.subskill in shelf.subskills}
    unknown = set(misconceptions_of(one.question)) - shelf.misconceptions - declared.keys()
    if unknown:
        key = without_misconceptions(key, unknown)
        missing.append(f"the misconception {', '.join(sorted(unknown))}")
    if len(one.title) > LONGEST_TITLE:
        missing.append(f"the end of its title, from letter {LONGEST_TITLE} on")
    if one.entry:
        about = _entry(one.entry, shelf)
        about["misconceptions"] = [m for slug, m in declared.items() if slug not in shelf.misconceptions]
        missing += [f"its {name} ({value})" for name, value in beyond(about)]
        missing += [f"the sub-skill {slug}" for slug in one.entry.subskills[1:] if slug not in shelf.subskills]
        missing += [f"the resource {r.resource}" for r in one.entry.references if r.resource not in shelf.resources]
    if not missing:
        return key, about, []
    return key, about, [_remark(one, Weight.CHANGED, f"is not here and was left out: {', '.join(missing)}")]


def beyond(entry: Record) -> list[tuple[str, Any]]:
    """Takes out what a column cannot hold, and tells of it."""
    bad = [
        (name, value)
        for name, value in entry.items()
        if (name in LONGEST and len(value) > LONGEST[name])
        or (name == "difficulty_label" and value not in range(1, 6))
        or (name == "seconds" and not 0 < value <= 3600)
    ]
    for name, _value in bad:
        del entry[name]
    return [(name, value) for name, value in bad if value]


def without_misconceptions(key: Record, unknown: set[str]) -> Record:
    kept = {option: slug for option, slug in key.get("misconceptions", {}).items() if slug not in unknown}
    errors = [
        {**error, "misconception": None} if error.get("misconception") in unknown else error
        for error in key.get("common_errors", ())
    ]
    return {**key, "misconceptions": kept} | ({"common_errors": errors} if "common_errors" in key else {})


def _entry(entry: Entry, shelf: Shelf) -> Record:
    """What only our own format says, as the columns of a version and of an item have it."""
    needs = {"code_needs": list(entry.needs), "code_optional_needs": list(entry.optional_needs)}
    return {
        "cognitive_level": entry.bloom,
        "difficulty_label": entry.difficulty,
        "difficulty_reason": entry.difficulty_reason,
        "seconds": entry.seconds,
        "holds_for": entry.holds_for,
        "review_by": entry.review_by,
        "keying": entry.keying,
        "verify": {**entry.verify, **needs},
        "life": entry.life,
        "family": entry.family,
        "also_about": [slug for slug in dict.fromkeys(entry.subskills[1:]) if slug in shelf.subskills],
        "references": [[r.resource, r.locator] for r in entry.references if r.resource in shelf.resources],
    }
