"""What a lint finds, and what it must know of the world to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assessments.questions.entry import Entry, Misconception

Level = Literal["E", "W", "B"]  # cannot go live; a reviewer signs it off; the bank as a whole
PANEL_SIZE = 5  # practitioners who key a situational question


@dataclass(frozen=True)
class Finding:
    """One breach of one rule. slug: the entry, or the area for a rule of the bank."""

    code: str
    level: Level
    slug: str
    message: str

    def __str__(self) -> str:
        return f"{self.level} {self.code} {self.slug} - {self.message}"


@dataclass(frozen=True)
class Catalogue:
    """What exists outside the questions."""

    area_of: Mapping[str, str]  # sub-skill: its area
    resources: frozenset[str]
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)

    def subskills_of(self, area: str) -> list[str]:
        return [subskill for subskill, of in self.area_of.items() if of == area]


Fault = tuple[Level, str]
BankFault = tuple[str, str]  # slug, message
EntryLint = Callable[[Entry, Catalogue], Iterator[Fault]]
BankLint = Callable[[Sequence[Entry], Catalogue], Iterator[BankFault]]
