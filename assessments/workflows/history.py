"""What a person has done: her sittings, and every answer of hers with the truth beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from assessments.guidance.spacing import HARD_BELOW
from assessments.models import Attempt, ItemResponse, Learner, Misconception
from assessments.models.attempts import SURE
from assessments.questions.question import Question
from assessments.questions.registry import kind
from assessments.workflows import results, reviews
from assessments.workflows.progress import readings

MOST_JUDGED = 2000  # wrong answers searched for misconceptions, the newest


class Show(StrEnum):
    """Which answers to show."""

    ALL = ""
    WRONG = "wrong"
    UNSURE = "unsure"
    SURE_AND_WRONG = "sure"
    UNKNOWN = "unknown"
    REPORTED = "reported"


CONDITIONS = {
    Show.ALL: Q(),
    Show.WRONG: Q(outcome="wrong"),
    Show.UNSURE: Q(confidence__lt=HARD_BELOW),
    Show.SURE_AND_WRONG: Q(outcome="wrong", confidence__gte=SURE),
    Show.UNKNOWN: Q(outcome="unknown"),
    Show.REPORTED: Q(report__isnull=False),
}


@dataclass(frozen=True)
class Sitting:
    """A finished sitting in a line."""

    attempt: Attempt
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Caught:
    """A wrong idea that her answers show, and which of them."""

    misconception: Misconception
    responses: list[int]


def sittings(learner: Learner, area: str = "") -> QuerySet[Attempt]:
    """The finished ones, the newest first; those of an area, or of the map with "map"."""
    rows = Attempt.objects.of(learner).finished().select_related("area").order_by("-finished_at", "-pk")
    if area == "map":
        return rows.filter(area=None)
    return rows.filter(area__slug=area) if area else rows


def sitting(attempt: Attempt) -> Sitting:
    return Sitting(attempt, *readings(attempt))


def told(learner: Learner) -> QuerySet[ItemResponse]:
    """Answers of finished sittings, but for questions an open sitting is asking: their truth would help there."""
    held = reviews.in_use(learner)
    rows = ItemResponse.objects.answered().filter(attempt__in=Attempt.objects.of(learner).finished())
    return rows.exclude(version__item__in=held.items)


def answers(told: QuerySet[ItemResponse], *, show: str = "", area: str = "", responses: list[int] | None = None) -> Any:
    """Some of these answers, the newest sitting first, with all that a review of each shows."""
    rows = told.filter(CONDITIONS[Show(show)])
    rows = rows.filter(version__item__area__slug=area) if area else rows
    rows = rows.filter(pk__in=responses) if responses is not None else rows
    whole = results.with_questions(rows).select_related("attempt__area", "version__item__area")
    return whole.order_by("-attempt__finished_at", "-attempt", "position")


def caught(told: QuerySet[ItemResponse]) -> list[Caught]:
    """The misconceptions behind the wrong ones of these answers, those met most often first."""
    wrong = told.filter(outcome="wrong").order_by("-answered_at")
    fields = ("pk", "answer", "version__kind", "version__content", "version__key")
    found: dict[str, list[int]] = {}
    for pk, answer, name, content, key in wrong.values_list(*fields)[:MOST_JUDGED]:
        for slug in misconceptions(Question(name, content, key), answer):
            found.setdefault(slug, []).append(pk)
    named = Misconception.objects.filter(slug__in=found)
    return sorted((Caught(one, found[one.slug]) for one in named), key=lambda one: -len(one.responses))


def misconceptions(question: Question, answer: Any) -> set[str]:
    return {note.misconception for note in kind(question.kind).notes(question, answer) if note.misconception}
