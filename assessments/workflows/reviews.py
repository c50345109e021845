"""Which questions come back to a person, and when. Practice is seen by measurements, never counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from assessments.guidance.spacing import HARD_BELOW, Rating, Review, memory_after
from assessments.models import (
    OPERATIONAL_ITEMS_NEEDED,
    Area,
    Attempt,
    Item,
    ItemResponse,
    Learner,
    PracticeAnswer,
    ReviewCard,
)
from assessments.models.reviews import ReviewCardQuerySet, is_due

REASONS = {"wrong": ReviewCard.Reason.WRONG, "unknown": ReviewCard.Reason.UNKNOWN}


@dataclass(frozen=True)
class Scope:
    """What she wants to review: everything, one area, only her mistakes."""

    area: str = ""
    mistakes: bool = False

    def cards(self, learner: Learner) -> ReviewCardQuerySet:
        cards = ReviewCard.objects.of(learner).askable()
        cards = cards.filter(item__area__slug=self.area) if self.area else cards
        return cards.mistakes() if self.mistakes else cards


@dataclass(frozen=True)
class InUse:
    """Questions of her open sittings, with their variants: practice would tell their answers."""

    items: frozenset[int]
    families: frozenset[str]

    def keeps_back(self, item: Item) -> bool:
        return item.pk in self.items or item.family in self.families

    def leave(self, cards: ReviewCardQuerySet) -> ReviewCardQuerySet:
        return cards.exclude(Q(item__in=self.items) | Q(item__family__in=self.families))


@dataclass(frozen=True)
class AreaQueue:
    """What waits in one area. next_at: when the next question comes back, if none is due."""

    slug: str
    name: str
    due: int
    mistakes: int
    all: int
    next_at: datetime


def in_use(learner: Learner) -> InUse:
    asked = ItemResponse.objects.filter(attempt__in=Attempt.objects.of(learner).open())
    pairs = list(asked.values_list("version__item", "version__item__family"))
    return InUse(frozenset(item for item, _ in pairs), frozenset(family for _, family in pairs if family))


def queues(learner: Learner, now: datetime) -> list[AreaQueue]:
    """The areas in which anything comes back, those with most due first."""
    due = is_due(now)
    rows = (
        in_use(learner)
        .leave(ReviewCard.objects.of(learner).askable())
        .values("item__area__slug", "item__area__name")
        .annotate(
            due=Count("pk", filter=due),
            mistakes=Count("pk", filter=due & Q(reason__in=ReviewCard.MISTAKES)),
            all=Count("pk"),
            next_at=Min("due_at"),
        )
        .order_by("-due", "item__area__position")
    )
    return [
        AreaQueue(row.pop("item__area__slug"), row.pop("item__area__name"), **row)  # type: ignore[misc]
        for row in rows
    ]


def due_cards(learner: Learner, scope: Scope, now: datetime, held: InUse) -> ReviewCardQuerySet:
    """What is due now, the longest waiting first; nothing of an open sitting."""
    return held.leave(scope.cards(learner).due(now))


def note_mistakes(attempt: Attempt) -> None:
    """What was wrong, not known or unsure in this sitting comes back from now on."""
    unsure = Q(outcome="right", confidence__lt=HARD_BELOW)
    missed = attempt.responses.answered().filter(counts=True).filter(Q(outcome__in=REASONS) | unsure)
    ReviewCard.objects.bulk_create(
        [
            ReviewCard(
                learner_id=attempt.learner_id,
                item_id=item,
                reason=REASONS.get(outcome, ReviewCard.Reason.UNSURE),
                added_at=attempt.finished_at or timezone.now(),
                due_at=attempt.finished_at or timezone.now(),
            )
            for item, outcome in missed.values_list("version__item", "outcome")
        ],
        update_conflicts=True,
        unique_fields=["learner", "item"],
        update_fields=["reason", "due_at", "dropped_at"],
    )


def practised(learner: Learner) -> set[int]:
    """Items she has met in practice: a measurement prefers others."""
    return set(PracticeAnswer.objects.of(learner).values_list("version__item", flat=True))


def remember(card: ReviewCard) -> None:
    """When the card is due again, from all its answers."""
    reviews = [Review(Rating(rating), at) for rating, at in card.answers.values_list("rating", "answered_at")]
    memory = memory_after(reviews, due_at=card.added_at)
    card.due_at, card.state = memory.due_at, memory.state
    card.memory_stability, card.memory_difficulty = memory.stability, memory.difficulty
    card.last_reviewed_at = memory.last_reviewed_at
    card.save(update_fields=["due_at", "state", "memory_stability", "memory_difficulty", "last_reviewed_at"])


def see_in(attempts: Iterable[Attempt], item: Item) -> None:
    """Tell open sittings that this question has been met in practice."""
    for attempt in attempts:
        if attempt.area_id in (None, item.area_id) and item.pk not in attempt.seen_before:
            attempt.seen_before = sorted([*attempt.seen_before, item.pk])
            attempt.save(update_fields=["seen_before"])


def areas_to_practise() -> list[Area]:
    """Areas with too few questions to measure: practising them spoils no measurement."""
    few = Area.objects.with_counts().filter(operational__gt=0, operational__lt=OPERATIONAL_ITEMS_NEEDED)
    return list(few)


def choose_for_practice(learner: Learner, area: Area, count: int) -> int:
    """Put so many questions she has not met in the queue; returns how many there were."""
    met = ItemResponse.objects.filter(attempt__learner=learner, version__item=OuterRef("pk"))
    cards = ReviewCard.objects.of(learner).filter(item=OuterRef("pk"))
    fresh = Item.objects.operational().filter(area=area).exclude(Exists(met)).exclude(Exists(cards))
    chosen = list(fresh.order_by("?")[:count])
    ReviewCard.objects.bulk_create(
        [ReviewCard(learner=learner, item=item, reason=ReviewCard.Reason.PRACTICE) for item in chosen],
        ignore_conflicts=True,
    )
    return len(chosen)


def join_cards(guest: Learner, learner: Learner) -> None:
    """Move a guest's cards to an account; of two cards of one question the answers go together."""
    hers = dict(ReviewCard.objects.of(learner).values_list("item", "pk"))
    for card in ReviewCard.objects.of(guest).filter(item__in=hers):
        kept = ReviewCard.objects.get(pk=hers[card.item_id])
        last = kept.answers.aggregate(last=Max("turn"))["last"] or 0
        for answer in card.answers.all():
            answer.card, answer.turn = kept, last + answer.turn
            answer.save(update_fields=["card", "turn"])
        remember(kept)
        card.delete()
    ReviewCard.objects.of(guest).update(learner=learner)
