"""A sitting, verb by verb: begin, respond, stop.

Every verb locks the attempt first and is one transaction: what is acknowledged is on disk, and
two tabs, a double click or a reload cannot lose, double or misplace an answer.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Attempt, Calibration, Goal, ItemResponse, Learner
from assessments.psychometrics.scale import SHOWN_PROBABILITY
from assessments.questions.layout import Layout
from assessments.questions.question import AnswerError, Question
from assessments.questions.registry import kind
from assessments.workflows import estimates, library, progress, reviews
from assessments.workflows.banks import area_bank
from assessments.workflows.courses import ROUND, AreaCourse, MapCourse, can_be_mapped, course_of
from assessments.workflows.roles import needed_areas


class NotMeasurable(Exception):
    """There are too few questions for a measurement."""


class Conflict(Exception):
    """The answer is for a question that has been answered otherwise, or is not being asked."""


@dataclass(frozen=True)
class Given:
    """What was sent: the raw form, and how it was given."""

    data: Mapping[str, Sequence[str]]
    unknown: bool = False
    confidence: int | None = None
    visible_ms: int | None = None


@dataclass(frozen=True)
class Step:
    """An attempt after an answer, with what was computed on the way."""

    attempt: Attempt
    course: AreaCourse | MapCourse

    @property
    def round_is_over(self) -> bool:
        """Between two rounds of the map she may rest and see where she stands."""
        return self.attempt.area is None and len(self.course.answered) % ROUND == 0


@dataclass(frozen=True)
class Read:
    """What a sent form means for one question."""

    answer: Any
    outcome: str
    credit: float


def begin(learner: Learner, area: Area, goal: str = Goal.QUICK, self_rating: int | None = None) -> Attempt:
    """Open a sitting in one area with its first question, or return the one that is open already."""
    calibration = Calibration.objects.current()
    if len(area_bank(area, calibration)) < OPERATIONAL_ITEMS_NEEDED:
        raise NotMeasurable
    seen = ItemResponse.objects.filter(attempt__learner=learner, version__item__area=area)
    return open_attempt(learner, area, goal=goal, calibration=calibration, seen=seen, self_rating=self_rating)


def begin_map(learner: Learner, goal: str = Goal.QUICK) -> Attempt:
    """Open a sitting over all areas, those that her role needs first."""
    calibration = Calibration.objects.current()
    if not can_be_mapped(calibration):
        raise NotMeasurable
    seen = ItemResponse.objects.filter(attempt__learner=learner)
    return open_attempt(
        learner, None, goal=goal, calibration=calibration, seen=seen, plan={"needed": needed_areas(learner)}
    )


def open_attempt(learner: Learner, area: Area | None, *, seen: Any, **fields: Any) -> Attempt:
    library.stamped()  # read now what the result will need, while nobody waits for it
    low, high = estimates.posterior([]).interval(SHOWN_PROBABILITY)
    seen_before = sorted({*seen.values_list("version__item", flat=True), *reviews.practised(learner)})
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                learner=learner, area=area, low=low, high=high, seen_before=seen_before, **fields
            )
            attempt.bank_stamp = Area.objects.bank_stamp()
            if not ask_next(attempt, course_of(attempt, [])):
                raise NotMeasurable
            return attempt
    except IntegrityError:  # another tab was faster
        return Attempt.objects.of(learner).open().get(area=area)


@transaction.atomic
def respond(learner: Learner, attempt_pk: int, position: int, given: Given) -> Step:
    """Take the answer to the question at this position, and ask the next one or end the sitting.

    The same answer again gets the same reply; another one raises Conflict. Raises
    Attempt.DoesNotExist for a sitting that is not hers and AnswerError for a malformed answer.
    """
    attempt = locked(learner, attempt_pk)
    responses = estimates.responses_of(attempt)
    pending = responses[-1] if responses and responses[-1].pending else None
    if not attempt.is_open or pending is None or pending.position != position:
        refuse_unless_repeated(attempt, position, given)
        return Step(attempt, course_of(attempt, [response for response in responses if not response.pending]))
    layout = Layout.of(pending.content, pending.layout_seed)
    read = read_answer(Question(pending.kind, pending.content, pending.key), layout, given)
    record(attempt, position, read, given)
    course = course_of(attempt, [*responses[:-1], pending.answered(read.outcome)])
    move_on(attempt, course)
    return Step(attempt, course)


@transaction.atomic
def stop(learner: Learner, attempt_pk: int) -> Attempt:
    """End a sitting at her wish, with the precision reached so far; without an answer, undo it."""
    attempt = locked(learner, attempt_pk)
    if not attempt.is_open:
        return attempt
    answered = [response for response in estimates.responses_of(attempt) if not response.pending]
    attempt.responses.pending().delete()
    if not answered:
        attempt.delete()
        return attempt
    finish(attempt, course_of(attempt, answered), Attempt.End.STOPPED)
    return attempt


def locked(learner: Learner, attempt_pk: int) -> Attempt:
    return Attempt.objects.of(learner).with_banks().select_for_update(of=("self",)).get(pk=attempt_pk)


def read_answer(question: Question, layout: Layout, given: Given) -> Read:
    if given.unknown:
        return Read(answer=None, outcome=ItemResponse.Outcome.UNKNOWN, credit=0.0)
    answer = kind(question.kind).read_answer(question.content, layout.with_keys(given.data))
    score = kind(question.kind).score(question, answer)
    outcome = ItemResponse.Outcome.RIGHT if score.right else ItemResponse.Outcome.WRONG
    return Read(answer=answer, outcome=outcome, credit=score.credit)


def record(attempt: Attempt, position: int, read: Read, given: Given) -> None:
    """Write the answer once: a second writer finds no row left to write."""
    written = (
        attempt.responses.pending()
        .filter(position=position)
        .update(
            answer=read.answer,
            outcome=read.outcome,
            credit=read.credit,
            confidence=given.confidence,
            visible_ms=given.visible_ms,
            answered_at=timezone.now(),
        )
    )
    if written != 1:
        raise Conflict


def refuse_unless_repeated(attempt: Attempt, position: int, given: Given) -> None:
    response = attempt.responses.answered().filter(position=position).select_related("version").first()
    if response is None:
        raise Conflict
    try:
        layout = Layout.of(response.version.content, response.layout_seed)
        read = read_answer(response.version.question, layout, given)
    except AnswerError as error:
        raise Conflict from error
    if (read.answer, read.outcome) != (response.answer, response.outcome):
        raise Conflict


def move_on(attempt: Attempt, course: AreaCourse | MapCourse) -> None:
    """What follows an answer: the end, or the next question."""
    end = course.end()
    if end or not ask_next(attempt, course):
        finish(attempt, course, end or Attempt.End.EXHAUSTED)
        return
    keep_estimate(attempt, course)
    attempt.save(update_fields=["answers", "theta", "standard_error", "low", "high"])


def ask_next(attempt: Attempt, course: AreaCourse | MapCourse) -> bool:
    """Fix the next question now, so that a reload shows the same one; False when none is left."""
    asked = course.next()
    if asked is None:
        return False
    ItemResponse.objects.create(
        attempt=attempt,
        position=len(course.answered) + 1,
        version_id=asked.version,
        counts=asked.counts,
        layout_seed=random.getrandbits(31),
        **asdict(asked.parameters),
    )
    return True


def keep_estimate(attempt: Attempt, course: AreaCourse | MapCourse) -> None:
    """The row of an attempt is its estimate; of a map it is the area known least."""
    posterior = course.widest()
    attempt.answers = sum(response.counts for response in course.answered)
    attempt.theta, attempt.standard_error = posterior.mean, posterior.standard_error
    attempt.low, attempt.high = posterior.interval(SHOWN_PROBABILITY)


def finish(attempt: Attempt, course: AreaCourse | MapCourse, end: str) -> None:
    """What follows the end of a sitting, in this order."""
    keep_estimate(attempt, course)
    attempt.state, attempt.end, attempt.finished_at = Attempt.State.FINISHED, end, timezone.now()
    attempt.save(update_fields=["answers", "theta", "standard_error", "low", "high", "state", "end", "finished_at"])
    progress.note_estimates(attempt, course)
    reviews.note_mistakes(attempt)
