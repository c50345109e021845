"""When a question comes back: FSRS, the free spaced repetition scheduler, in values.

FSRS keeps two numbers of each memory: stability (days until the chance to recall falls to 90%)
and difficulty (1 to 10). Source: github.com/open-spaced-repetition, version 6, default weights.
What is forgotten comes back in the same session, everything else in whole days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

import fsrs

SAME_SESSION = timedelta(minutes=10)
WANTED_RETENTION = 0.9  # chance to know it when it comes back; the scheduler's default
LONGEST_INTERVAL = 365  # days: what was once missed is looked at once a year at least
HARD_BELOW = 60  # percent sure: right, but not known well
EASY_FROM = 90  # percent sure

# Without chance, so that the same reviews always give the same day.
SCHEDULER = fsrs.Scheduler(
    desired_retention=WANTED_RETENTION,
    learning_steps=[SAME_SESSION],
    relearning_steps=[SAME_SESSION],
    maximum_interval=LONGEST_INTERVAL,
    enable_fuzzing=False,
)


class Rating(IntEnum):
    """How well it was known, in the words of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(IntEnum):
    """Where a memory is: being learnt, kept by reviews, or learnt anew after it was forgotten."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True)
class Memory:
    """What is known of one memory. stability: days; difficulty: 1 to 10; None before the first review."""

    due_at: datetime
    state: State = State.LEARNING
    stability: float | None = None
    difficulty: float | None = None
    last_reviewed_at: datetime | None = None


@dataclass(frozen=True)
class Review:
    """One look at it: how it went, and when (an aware time)."""

    rating: Rating
    at: datetime


def memory_after(reviews: Iterable[Review], *, due_at: datetime) -> Memory:
    """The memory after these reviews in order; without one it is due when it was said to be.

    Computed from all reviews each time: a rating that is corrected mends all that followed it.
    Raises ValueError for a time without a zone.
    """
    card = fsrs.Card(card_id=0, due=due_at)
    for review in reviews:
        card, _log = SCHEDULER.review_card(card, fsrs.Rating(review.rating), in_utc(review.at))
    return Memory(
        due_at=card.due,
        state=State(card.state),
        stability=card.stability,
        difficulty=card.difficulty,
        last_reviewed_at=card.last_review,
    )


def rating_for(*, right: bool, confidence: int | None) -> Rating:
    """What an answer says by itself. confidence: percent sure, None when nothing was said."""
    if not right:
        return Rating.AGAIN
    if confidence is None:
        return Rating.GOOD
    if confidence < HARD_BELOW:
        return Rating.HARD
    return Rating.EASY if confidence >= EASY_FROM else Rating.GOOD


def in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a review needs a time with its zone")
    return moment.astimezone(UTC)
