"""What answers say of a question, counted from the answers to its present version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count

from assessments.models import Item, ItemResponse, ItemVersion
from assessments.questions.registry import kind

ENOUGH_ANSWERS = 30  # below it a share says too little (measurement.md, item analysis)


@dataclass(frozen=True)
class AnswerCount:
    """How often one answer was given."""

    answer: str
    count: int
    right: bool


@dataclass(frozen=True)
class VersionNumbers:
    version: ItemVersion
    answers: int
    right: int
    wrong: int
    unknown: int
    mean_seconds: float | None
    by_answer: list[AnswerCount]

    @property
    def enough(self) -> bool:
        return self.answers >= ENOUGH_ANSWERS

    @property
    def share_right(self) -> float:
        return self.right / self.answers if self.answers else 0.0


def numbers_of(item: Item) -> list[VersionNumbers]:
    """The versions of a question, newest first, each by itself."""
    return [version_numbers(version) for version in item.versions.order_by("-number")]


def version_numbers(version: ItemVersion) -> VersionNumbers:
    answered = ItemResponse.objects.answered().filter(version=version)
    outcomes = dict(answered.values_list("outcome").annotate(n=Count("pk")))
    seen = answered.aggregate(ms=Avg("visible_ms"))["ms"]
    return VersionNumbers(
        version=version,
        answers=sum(outcomes.values()),
        right=outcomes.get("right", 0),
        wrong=outcomes.get("wrong", 0),
        unknown=outcomes.get("unknown", 0),
        mean_seconds=seen / 1000 if seen is not None else None,
        by_answer=by_answer(version, answered),
    )


def by_answer(version: ItemVersion, answered: Any) -> list[AnswerCount]:
    """Each answer given and how often; of an option nobody chose, zero."""
    counts: dict[str, int] = {}
    described = kind(version.kind)
    if version.kind in ("choice", "multiple"):
        counts = {option["key"]: 0 for option in version.content["options"]}
        for answer in answered.exclude(outcome="unknown").values_list("answer", flat=True):
            for key in answer:
                counts[key] = counts.get(key, 0) + 1
        texts = {option["key"]: option["text"] for option in version.content["options"]}
        return [AnswerCount(texts[key], n, key in version.key["right"]) for key, n in counts.items()]
    rights: dict[str, bool] = {}
    for answer, outcome in answered.exclude(outcome="unknown").values_list("answer", "outcome"):
        text = described.describe_answer(version.content, answer)
        counts[text] = counts.get(text, 0) + 1
        rights[text] = outcome == "right"
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])[:20]
    return [AnswerCount(text, n, rights[text]) for text, n in ranked]
