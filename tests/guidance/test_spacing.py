"""What is missed comes back soon, what is known later and later."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assessments.guidance.spacing import LONGEST_INTERVAL, Rating, Review, State, memory_after, rating_for

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def after(*ratings, days=1):
    """The memory after reviews each made on the day it was due, or `days` apart."""
    reviews, memory = [], memory_after([], due_at=NOON)
    for rating in ratings:
        reviews.append(Review(rating, max(memory.due_at, NOON)))
        memory = memory_after(reviews, due_at=NOON)
    return memory


def interval(memory):
    return memory.due_at - memory.last_reviewed_at


def test_a_new_memory_is_due_when_it_was_said_to_be():
    memory = memory_after([], due_at=NOON)
    assert (memory.due_at, memory.state, memory.stability) == (NOON, State.LEARNING, None)


def test_what_was_missed_comes_back_in_the_same_session():
    assert interval(after(Rating.AGAIN)) <= timedelta(minutes=10)
    forgotten = after(Rating.GOOD, Rating.GOOD, Rating.AGAIN)
    assert (interval(forgotten), forgotten.state) == (timedelta(minutes=10), State.RELEARNING)


def test_the_better_it_is_known_the_later_it_comes_back():
    intervals = [interval(after(rating)) for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)]
    assert intervals == sorted(intervals) and len(set(intervals)) == 4


def test_intervals_grow_with_every_success_and_never_beyond_a_year():
    memories = [after(*[Rating.GOOD] * count) for count in range(1, 9)]
    intervals = [interval(memory).days for memory in memories]
    assert intervals == sorted(intervals)
    assert intervals[2] > intervals[0] and intervals[-1] <= LONGEST_INTERVAL


def test_the_same_reviews_always_give_the_same_day():
    assert after(Rating.HARD, Rating.GOOD) == after(Rating.HARD, Rating.GOOD)


def test_published_first_stabilities_are_met():
    """Weights 0 to 3 of FSRS-6 are the stability after a first Again, Hard, Good and Easy."""
    first = [after(rating).stability for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)]
    assert first == pytest.approx([0.212, 1.2931, 2.3065, 8.2956])


def test_the_zone_of_a_review_does_not_matter():
    elsewhere = NOON.astimezone(timezone(timedelta(hours=9)))
    assert memory_after([Review(Rating.GOOD, elsewhere)], due_at=NOON) == after(Rating.GOOD)
    with pytest.raises(ValueError, match="zone"):
        memory_after([Review(Rating.GOOD, NOON.replace(tzinfo=None))], due_at=NOON)


@pytest.mark.parametrize(
    ("right", "confidence", "rating"),
    [
        (False, 95, Rating.AGAIN),
        (False, None, Rating.AGAIN),
        (True, 25, Rating.HARD),
        (True, 50, Rating.HARD),
        (True, None, Rating.GOOD),
        (True, 75, Rating.GOOD),
        (True, 95, Rating.EASY),
    ],
)
def test_an_answer_says_by_itself_how_well_it_was_known(right, confidence, rating):
    assert rating_for(right=right, confidence=confidence) == rating
