"""What a bank file holds: entries, that is questions with all that is said about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from assessments.questions.question import Question

BLOOM = ("recall", "apply", "analyse")
LIVES = ("draft", "pretest", "operational", "retired")


@dataclass(frozen=True)
class Reference:
    """A passage of a resource of the catalogue."""

    resource: str
    locator: str


@dataclass(frozen=True)
class Misconception:
    """A mistaken idea that wrong options can be tagged with."""

    slug: str
    says: str
    subskill: str


@dataclass(frozen=True)
class Entry:
    """A question of a bank file. The first sub-skill is the one that is scored."""

    slug: str
    area: str
    kind: str
    subskills: tuple[str, ...]
    bloom: str
    difficulty: int
    difficulty_reason: str
    seconds: int
    language: str
    life: str
    family: str
    holds_for: str
    created: date | None
    review_by: date | None
    references: tuple[Reference, ...]
    keying: dict[str, Any]
    scoring: dict[str, str]
    needs: tuple[str, ...]  # packages that the code of the question imports
    optional_needs: tuple[str, ...]
    verify: dict[str, Any]
    question: Question
    title: str = ""  # what its author calls it
    tags: tuple[str, ...] = ()  # words that other systems keep beside it

    @property
    def digest(self) -> str:
        """A hash that changes when anything in the entry does."""
        said = {name: value for name, value in asdict(self).items() if value or name not in ("title", "tags")}
        text = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class BankFile:
    """All that one file of questions says."""

    area: str
    licence: str
    misconceptions: tuple[Misconception, ...]
    entries: tuple[Entry, ...]
    pictures: Mapping[str, str] = field(default_factory=dict)  # base64, by address
