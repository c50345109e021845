"""A sitting, verb by verb: begin, respond, stop.

Every verb locks the attempt first and is one transaction: what is acknowledged is on disk, and
two tabs, a double click or a reload cannot lose, double or misplace an answer.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Attempt, Calibration, Goal, ItemResponse, Learner
from assessments.psychometrics import Posterior, next_item
from assessments.psychometrics.scale import SHOWN_PROBABILITY
from assessments.questions.layout import Layout
from assessments.questions.question import AnswerError, Question
from assessments.questions.registry import kind
from assessments.workflows import estimates, progress
from assessments.workflows.banks import AreaBank, area_bank


class NotMeasurable(Exception):
    """The area has too few questions for a measurement."""


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
    answered: list[estimates.Scored]
    posterior: Posterior


@dataclass(frozen=True)
class Read:
    """What a sent form means for one question."""

    answer: Any
    outcome: str
    credit: float


def begin(learner: Learner, area: Area, goal: str = Goal.QUICK, self_rating: int | None = None) -> Attempt:
    """Open a sitting with its first question, or return the one that is open already."""
    calibration = Calibration.objects.current()
    bank = area_bank(area, calibration)
    if len(bank) < OPERATIONAL_ITEMS_NEEDED:
        raise NotMeasurable
    posterior = estimates.posterior([])
    low, high = posterior.interval(SHOWN_PROBABILITY)
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                learner=learner,
                area=area,
                goal=goal,
                calibration=calibration,
                low=low,
                high=high,
                self_rating=self_rating,
                seen_before=seen_items(learner, area),
            )
            ask_next(attempt, bank, posterior, asked=[])
            return attempt
    except IntegrityError:  # another tab was faster
        return Attempt.objects.of(learner).open().get(area=area)


def seen_items(learner: Learner, area: Area) -> list[int]:
    seen = ItemResponse.objects.filter(attempt__learner=learner, version__item__area=area)
    return sorted(set(seen.values_list("version__item", flat=True)))


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
        answered = [response for response in responses if not response.pending]
        return Step(attempt, answered, estimates.posterior(answered))
    layout = Layout.of(pending.content, pending.layout_seed)
    read = read_answer(Question(pending.kind, pending.content, pending.key), layout, given)
    record(attempt, position, read, given)
    answered = [*responses[:-1], pending.answered(read.outcome)]
    posterior = estimates.posterior(answered)
    move_on(attempt, answered, posterior)
    return Step(attempt, answered, posterior)


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
    finish(attempt, answered, estimates.posterior(answered), Attempt.End.STOPPED)
    return attempt


def locked(learner: Learner, attempt_pk: int) -> Attempt:
    attempts = Attempt.objects.of(learner).select_related("area", "calibration")
    return attempts.select_for_update(of=("self",)).get(pk=attempt_pk)


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


def move_on(attempt: Attempt, answered: list[estimates.Scored], posterior: Posterior) -> None:
    """What follows an answer: the end, or the next question."""
    bank = area_bank(attempt.area, attempt.calibration)
    asked = bank.places([response.item for response in answered])
    end = estimates.end_of(attempt.goal, posterior, asked=len(answered), bank=bank.bank, places=asked)
    if end or not ask_next(attempt, bank, posterior, asked=asked, position=len(answered) + 1):
        finish(attempt, answered, posterior, end or Attempt.End.EXHAUSTED)
        return
    keep_estimate(attempt, answered, posterior)
    attempt.save(update_fields=["answers", "theta", "standard_error", "low", "high"])


def ask_next(attempt: Attempt, bank: AreaBank, posterior: Posterior, *, asked: list[int], position: int = 1) -> bool:
    """Fix the next question now, so that a reload shows the same one; False when none is left."""
    place = next_item(
        bank.bank,
        posterior,
        rng=np.random.default_rng(),
        asked=asked,
        seen=bank.places(attempt.seen_before),
        target=estimates.RULES[attempt.goal].target,
    )
    if place is None:
        return False
    ItemResponse.objects.create(
        attempt=attempt,
        position=position,
        version_id=bank.versions[place],
        layout_seed=random.getrandbits(31),
        **asdict(bank.parameters(place)),
    )
    return True


def keep_estimate(attempt: Attempt, answered: list[estimates.Scored], posterior: Posterior) -> None:
    attempt.answers = sum(response.counts for response in answered)
    attempt.theta, attempt.standard_error = posterior.mean, posterior.standard_error
    attempt.low, attempt.high = posterior.interval(SHOWN_PROBABILITY)


def finish(attempt: Attempt, answered: list[estimates.Scored], posterior: Posterior, end: str) -> None:
    """What follows the end of a sitting, in this order."""
    keep_estimate(attempt, answered, posterior)
    attempt.state, attempt.end, attempt.finished_at = Attempt.State.FINISHED, end, timezone.now()
    attempt.save(update_fields=["answers", "theta", "standard_error", "low", "high", "state", "end", "finished_at"])
    progress.note_estimate(attempt, answered)
