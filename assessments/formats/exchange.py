"""What the formats of others give and take: questions, pictures, and every word about what was lost.

A reader turns bytes into a `Reading`; a writer turns questions into `Written`. Readers raise
`FileRefused` for a file that cannot be read at all, and otherwise gather a `Remark` for whatever
they skipped or changed, so that nothing is dropped in silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from assessments.questions.entry import Entry, Misconception
from assessments.questions.question import Question

MOST_BYTES = 20_000_000
MOST_QUESTIONS = 10_000
MOST_NESTED = 100
SECONDS_PER_MEGABYTE = 5.0
PICTURES = "/pictures/"  # where the site serves a picture: /pictures/<sha256>.<ending>


class FileRefused(ValueError):
    """A file that cannot be read: the sentence says why, and at which line if there is one."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line

    def __str__(self) -> str:
        sentence = super().__str__()
        return f"line {self.line}: {sentence}" if self.line else sentence


class Weight(StrEnum):
    """What became of the thing that a remark is about."""

    REFUSED = "refused"  # its key cannot be read for certain: an error of the file
    SKIPPED = "skipped"  # a kind of question, or a part, that we do not have
    CHANGED = "changed"  # taken, but not as it was written


@dataclass(frozen=True)
class Remark:
    """Something that was not taken as it stands, at its place. where: the question's title or id."""

    line: int
    weight: Weight
    where: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.where}: {self.message}" if self.where else f"line {self.line}: {self.message}"


@dataclass(frozen=True)
class Picture:
    """A picture that a file brought. Texts name it by its address."""

    media_type: str  # image/png, image/jpeg, image/gif, image/webp
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def address(self) -> str:
        return self.address_of(self.sha256, self.media_type)

    @staticmethod
    def address_of(sha256: str, media_type: str) -> str:
        ending = media_type.partition("/")[2].replace("jpeg", "jpg")
        return f"{PICTURES}{sha256}.{ending}"


@dataclass(frozen=True)
class Exchanged:
    """A question on its way between systems, with what the formats say beside it.

    line: where it begins in the file that was read. slug: its id, "" where the file has none.
    category: from the root down, as the file names it. Texts of the question are Markdown.
    """

    question: Question
    title: str = ""
    slug: str = ""
    line: int = 0
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "en"
    entry: Entry | None = None  # all that only our own format says
    misconceptions: tuple[Misconception, ...] = ()  # those that the entry names, as they are declared


@dataclass(frozen=True)
class Reading:
    """What a file holds: the questions that were read for certain, and all that is to be said."""

    questions: tuple[Exchanged, ...]
    remarks: tuple[Remark, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by address


Each = Callable[[Exchanged], None]  # is told of each question as soon as it is read


def nobody(_one: Exchanged) -> None:
    """Who waits for the whole reading."""


@dataclass(frozen=True)
class Loss:
    """What a format could not say of a question. where: its slug or title."""

    where: str
    message: str


@dataclass(frozen=True)
class Written:
    """A file in a format of others. count: questions that are in it."""

    content: bytes
    losses: tuple[Loss, ...]
    count: int


class Format(Protocol):
    """What the file of a format holds; formats/registry.py lists them all."""

    @property
    def name(self) -> str: ...  # "moodle_xml"

    @property
    def label(self) -> str: ...  # "Moodle XML"

    @property
    def endings(self) -> tuple[str, ...]: ...  # (".xml",): the first is what an export is called

    @property
    def media_type(self) -> str: ...

    def read(self, content: bytes, each: Each = nobody) -> Reading:
        """Every question of the file. FileRefused says why there is none, even after some were told of."""

    def write(self, questions: Sequence[Exchanged], pictures: Mapping[str, Picture]) -> Written:
        """The questions as a file, with what it cannot say."""
