"""Our own files as one of the formats: all that an entry says, and its pictures, there and back."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterable, Mapping, Sequence

from assessments.formats.exchange import (
    MOST_BYTES,
    MOST_QUESTIONS,
    Each,
    Exchanged,
    FileRefused,
    Loss,
    Picture,
    Reading,
    Remark,
    Weight,
    Written,
    nobody,
)
from assessments.formats.native import FileProblem
from assessments.formats.native_parts import read_bank
from assessments.formats.native_writing import write_file
from assessments.questions.entry import BankFile, Entry, Misconception
from assessments.questions.question import Question

name = "native"
label = "careerquiz YAML"
endings = (".yaml", ".yml")
media_type = "application/yaml"

UNSORTED = "unsorted"
ID = re.compile(rb"""^ *(?:- +\{?)?id: *["']?([^\s"',}]+)""", re.MULTILINE)


def read(content: bytes, each: Each = nobody) -> Reading:
    """Every entry without a fault; each fault is a refusal with its line."""
    if len(content) > MOST_BYTES:
        raise FileRefused(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileRefused("the file is not UTF-8; save it in that encoding", line) from None
    bank, problems = read_bank(content)
    if not bank.entries and any(problem.entry == "head" for problem in problems):
        raise FileRefused(problems[0].message, problems[0].line or None)
    if len(bank.entries) > MOST_QUESTIONS:
        raise FileRefused(f"a file holds at most {MOST_QUESTIONS} questions")
    told, lines = {one.slug: one for one in bank.misconceptions}, _lines_of(content)
    pictures, broken = _pictures(bank.pictures)
    questions = tuple(_exchanged(entry, told, lines.get(entry.slug, 0)) for entry in bank.entries)
    for one in questions:
        each(one)
    return Reading(
        questions=questions,
        remarks=tuple(_remark(problem) for problem in problems) + tuple(broken),
        pictures=pictures,
    )


def write(questions: Sequence[Exchanged], pictures: Mapping[str, Picture]) -> Written:
    """All entries in one file; an entry of another area than the first one's says so itself."""
    entries = tuple(one.entry or _entry_of(one) for one in questions)
    told = {one.slug: one for exchanged in questions for one in exchanged.misconceptions}
    bank = BankFile(
        area=entries[0].area if entries else UNSORTED,
        licence="",
        misconceptions=tuple(told[slug] for slug in sorted(told)),
        entries=entries,
        pictures={address: base64.b64encode(pictures[address].content).decode() for address in sorted(pictures)},
    )
    return Written(write_file(bank).encode(), tuple(_losses(questions)), len(entries))


def _losses(questions: Sequence[Exchanged]) -> Iterable[Loss]:
    for one in questions:
        if one.entry is None and len(one.category) > 2:
            yield Loss(one.slug or one.title, f"its category has {len(one.category)} levels; an area and a part remain")


def _entry_of(one: Exchanged) -> Entry:
    """A question from elsewhere, with what our format cannot do without."""
    return Entry(
        slug=one.slug, area=one.category[0] if one.category else UNSORTED, kind=one.question.kind,
        subskills=one.category[1:2], bloom="apply", difficulty=3, difficulty_reason="", seconds=60,
        language=one.language, life="draft", family="", holds_for="", created=None, review_by=None, references=(),
        keying={}, scoring={}, needs=(), optional_needs=(), verify={}, question=one.question,
        title=one.title, tags=one.tags,
    )  # fmt: skip


def _lines_of(content: bytes) -> dict[str, int]:
    """Where each id is written."""
    found: dict[str, int] = {}
    line, seen = 1, 0
    for match in ID.finditer(content):
        line, seen = line + content.count(b"\n", seen, match.start(1)), match.start(1)
        found.setdefault(match[1].decode(), line)
    return found


def _exchanged(entry: Entry, told: Mapping[str, Misconception], line: int) -> Exchanged:
    return Exchanged(
        question=entry.question,
        title=entry.title,
        slug=entry.slug,
        line=line,
        category=(entry.area, *entry.subskills[:1]),
        tags=entry.tags,
        language=entry.language,
        entry=entry,
        misconceptions=tuple(told[slug] for slug in misconceptions_of(entry.question) if slug in told),
    )


def misconceptions_of(question: Question) -> list[str]:
    """The wrong ideas that its options and its common errors name, each once."""
    key = question.key
    errors = [error.get("misconception") for error in key.get("common_errors", ())]
    return list(dict.fromkeys(slug for slug in (*key.get("misconceptions", {}).values(), *errors) if slug))


def _pictures(told: Mapping[str, str]) -> tuple[dict[str, Picture], list[Remark]]:
    """The pictures whose content is what their address says, and a word about each other one."""
    found: dict[str, Picture] = {}
    broken = []
    for address, text in told.items():
        picture = _picture(address, text)
        if picture and picture.address == address:
            found[address] = picture
        else:
            broken.append(Remark(1, Weight.CHANGED, address, "this picture is not what its address says; left out"))
    return found, broken


def _picture(address: str, text: str) -> Picture | None:
    ending = address.rpartition(".")[2].replace("jpg", "jpeg")
    try:
        return Picture(f"image/{ending}", base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return None


def _remark(problem: FileProblem) -> Remark:
    place = f"{problem.place}: " if problem.place else ""
    return Remark(problem.line, Weight.REFUSED, problem.entry, f"{place}{problem.message}")
