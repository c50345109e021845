"""A question file is read in a process of its own, which may take only so much time and memory.

The process is a copy of this one (fork), so that it starts at once; it never touches the database.
Once the file is read it is joined by a copy of its own, and the two render the questions. What
they find comes through two pipes as one JSON record a line.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.text import slugify

from assessments.formats.exchange import (
    MOST_BYTES,
    MOST_QUESTIONS,
    SECONDS_PER_MEGABYTE,
    Exchanged,
    FileRefused,
    Reading,
    Remark,
    Weight,
)
from assessments.formats.native_exchange import misconceptions_of
from assessments.formats.registry import FORMATS
from assessments.models.imports import LONGEST_CATEGORY
from assessments.questions.entry import Entry
from assessments.questions.fingerprint import fingerprint
from assessments.questions.question import Question
from assessments.questions.registry import KINDS, kind
from assessments.workflows.bank_files import Shelf
from assessments.workflows.items import content_html, review_html

Record = dict[str, Any]
Numbered = tuple[int, Exchanged, str]
STATM = Path("/proc/self/statm")  # its first number: pages of memory that this process has asked for

ROOM = 180_000_000  # bytes beside the 76 MB that the site itself takes: 256 MB together
SECONDS_TO_BEGIN = 2.0
SECONDS_TO_RENDER = 300  # of 10,000 questions: they take 6 when nothing else runs
LONGEST_SLUG = 80
LONGEST_TITLE = 255
LONGEST = {"difficulty_reason": 300, "holds_for": 100, "family": 80}
CHUNK = 50  # questions that a process renders before it is the other's turn
NEXT = b"\n"  # the other's turn
OUT_OF_MEMORY = 3
TOO_MUCH_MEMORY = "reading the file takes more than 256 MB of memory; divide it"
TOO_SLOW = f"reading the file takes more than {SECONDS_PER_MEGABYTE:.0f} seconds per MB; divide it"
OUR_FAULT = "the reader stopped with an error of ours; the operator finds it in the log"


def read_apart(format_name: str, content: bytes, shelf: Shelf) -> Iterator[Record]:
    """What the file holds: {"total"}, {"picture"}, {"remark"} and {"question"}; FileRefused when it is none."""
    if len(content) > MOST_BYTES:
        raise FileRefused(f"the file has more than {MOST_BYTES // 1_000_000} MB; divide it")
    pipes = [os.pipe(), os.pipe()]
    child = os.fork()
    if child == 0:
        for ours, _its in pipes:
            os.close(ours)
        _read_and_leave(format_name, content, shelf, [its for _ours, its in pipes])
    for _ours, its in pipes:
        os.close(its)
    ended = False
    try:
        with os.fdopen(pipes[0][0], "rb") as first, os.fdopen(pipes[1][0], "rb") as second:
            for line in in_turn(first, second):
                record = json.loads(line)
                if "refused" in record:
                    raise FileRefused(record["refused"], record["line"])
                yield record
        ended = True
    finally:
        if not ended:
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
    if status != 0:
        raise FileRefused(_why(status))


def in_turn(*pipes: BinaryIO) -> Iterator[bytes]:
    """The lines of two pipes in the order of the file: each gives a chunk and then the word to change."""
    open_pipes = list(pipes)
    while open_pipes:
        pipe = open_pipes.pop(0)
        for line in pipe:
            if line == NEXT:
                open_pipes.append(pipe)
                break
            yield line


def _why(status: int) -> str:
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        return TOO_SLOW
    if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == OUT_OF_MEMORY:
        return TOO_MUCH_MEMORY
    return OUR_FAULT


def _read_and_leave(format_name: str, content: bytes, shelf: Shelf, pipes: list[int]) -> None:
    """The life of the child. It ends here: nothing of the parent's may be closed or flushed by it."""
    code = 1
    try:
        gc.disable()
        _limit(len(content))
        code = _read(format_name, content, shelf, pipes)
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException:  # whatever it is, the parent must hear of it
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


def _read(format_name: str, content: bytes, shelf: Shelf, pipes: list[int]) -> int:
    """Read the file, then render its questions in two processes, chunk by chunk in turn."""
    first, second = pipes
    with os.fdopen(first, "wb") as out:
        try:
            reading = FORMATS[format_name].read(content)
            if len(reading.questions) > MOST_QUESTIONS:
                raise FileRefused(f"the file has more than {MOST_QUESTIONS} questions; divide it")
        except FileRefused as refused:
            _write(out, [{"refused": refused.args[0], "line": refused.line}])
            return 0
        _limit_seconds(SECONDS_TO_RENDER)
        slugs, remarks = _slugs(reading.questions)
        _write(out, _head(reading, remarks))
        out.write(NEXT)
        out.flush()
        rows = [(number, one, slugs[number]) for number, one in enumerate(reading.questions)]
        chunks = [rows[begin : begin + CHUNK] for begin in range(0, len(rows), CHUNK)]
        twin = os.fork() if len(chunks) > 1 else 0
        if twin == 0 and len(chunks) > 1:
            with os.fdopen(second, "wb") as other:
                _render(other, chunks[0::2], shelf)
            return 0
        os.close(second)
        _render(out, chunks[1::2] if twin else chunks, shelf)
    return os.waitstatus_to_exitcode(os.waitpid(twin, 0)[1]) if twin else 0


def _render(out: BinaryIO, chunks: list[list[Numbered]], shelf: Shelf) -> None:
    for chunk in chunks:
        for numbered in chunk:
            _write(out, _records_of(*numbered, shelf))
        out.write(NEXT)
        out.flush()


def _write(out: BinaryIO, records: Iterable[Record]) -> None:
    for record in records:
        out.write(json.dumps(record).encode() + b"\n")


def _limit(size: int) -> None:
    if STATM.exists():  # elsewhere than on Linux the machine's own limits must do
        room = int(STATM.read_text().split()[0]) * resource.getpagesize() + ROOM
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_seconds(SECONDS_TO_BEGIN + SECONDS_PER_MEGABYTE * size / 1_000_000)


def _limit_seconds(seconds: float) -> None:
    """So many seconds of the processor from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _head(reading: Reading, remarks: Iterable[Remark]) -> Iterator[Record]:
    yield {"total": len(reading.questions)}
    for picture in reading.pictures.values():
        yield {"picture": base64.b64encode(picture.content).decode(), "address": picture.address}
    yield from (said(remark) for remark in (*reading.remarks, *remarks))


def said(remark: Remark) -> Record:
    return {"remark": [remark.line, remark.weight.value, remark.where[:LONGEST_TITLE], remark.message]}


def _slugs(questions: Iterable[Exchanged]) -> tuple[list[str], list[Remark]]:
    """An id for each that has one of its own."""
    taken: set[str] = set()
    found = [_slug(one, taken) for one in questions]
    return [slug for slug, _remarks in found], [remark for _slug, remarks in found for remark in remarks]


def _records_of(number: int, one: Exchanged, slug: str, shelf: Shelf) -> Iterator[Record]:
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


def _slug(one: Exchanged, taken: set[str]) -> tuple[str, list[Remark]]:
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
