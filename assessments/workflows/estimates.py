"""From stored answers to an estimate: the posterior is computed anew from the rows each time.

Every row carries the parameters it is scored with, so nothing that happens to the bank
afterwards can move the result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, F, When

from assessments.models import Attempt, Goal, ItemResponse
from assessments.psychometrics import (
    HONESTY,
    ItemBank,
    Outcome,
    Posterior,
    StoppingRule,
    StopReason,
    item_bank,
    posterior_of,
)
from assessments.psychometrics.stopping import QUICK_STANDARD_ERROR, SOLID_STANDARD_ERROR

RULES = {
    Goal.QUICK.value: StoppingRule(QUICK_STANDARD_ERROR, maximum=20),
    Goal.SOLID.value: StoppingRule(SOLID_STANDARD_ERROR, maximum=45),
}
OUTCOMES = {"right": Outcome.RIGHT, "wrong": Outcome.WRONG, "unknown": Outcome.UNKNOWN}
ENDS = {
    StopReason.PRECISE: Attempt.End.REACHED,
    StopReason.MAXIMUM: Attempt.End.MAXIMUM,
    StopReason.EXHAUSTED: Attempt.End.EXHAUSTED,
}


@dataclass(frozen=True)
class Scored:
    """A response as the estimate needs it; content and key only while it is pending."""

    position: int
    item: int
    area: int
    counts: bool
    rests_on_label: bool
    outcome: str
    discrimination: float
    difficulty: float
    guessing: float
    log_discrimination_error: float
    difficulty_error: float
    kind: str = ""
    language: str = ""
    content: Any = None
    key: Any = None
    content_html: Any = None
    layout_seed: int = 0

    @property
    def pending(self) -> bool:
        return not self.outcome

    def answered(self, outcome: str) -> Scored:
        return replace(self, outcome=outcome)


FIELDS = [
    "position",
    "counts",
    "rests_on_label",
    "outcome",
    "discrimination",
    "difficulty",
    "guessing",
    "log_discrimination_error",
    "difficulty_error",
]


def responses_of(attempt: Attempt) -> list[Scored]:
    """All responses in order, in one statement; the pending one, the last, with its question."""
    pending = {"answered_at__isnull": True}
    rows = attempt.responses.order_by("position").values(
        *FIELDS,
        "layout_seed",
        item=F("version__item"),
        area=F("version__item__area"),
        kind=F("version__kind"),
        language=F("version__language"),
        content=Case(When(**pending, then=F("version__content"))),
        content_html=Case(When(**pending, then=F("version__content_html"))),
        key=Case(When(**pending, then=F("version__key"))),
    )
    return [Scored(**row) for row in rows]


def scored(response: ItemResponse) -> Scored:
    """A whole row as the estimate needs it."""
    item = response.version.item
    fields = {name: getattr(response, name) for name in FIELDS}
    return Scored(item=item.pk, area=item.area_id, **fields)


def pending_of(attempt: Attempt) -> Scored:
    """The question that waits, without its key."""
    row = attempt.responses.pending().values(
        *FIELDS,
        "layout_seed",
        item=F("version__item"),
        area=F("version__item__area"),
        kind=F("version__kind"),
        language=F("version__language"),
        content=F("version__content"),
        content_html=F("version__content_html"),
    )
    return Scored(**row.get())


def posterior(responses: list[Scored]) -> Posterior:
    """What the answers that count say of theta, from N(0, 1)."""
    counted = [response for response in responses if response.counts and response.outcome]
    return posterior_of(bank_of(counted), range(len(counted)), outcomes_of(counted), honesty=HONESTY)


def posteriors_on_the_way(responses: list[Scored]) -> list[Posterior]:
    """What was known of theta after each answer; one that does not count changes nothing."""
    bank, outcomes = bank_of(responses), outcomes_of(responses)
    counted = [place for place, response in enumerate(responses) if response.counts]
    so_far = [[place for place in counted if place <= last] for last in range(len(responses))]
    return [posterior_of(bank, places, [outcomes[place] for place in places], honesty=HONESTY) for places in so_far]


def outcomes_of(responses: list[Scored]) -> list[Outcome]:
    return [OUTCOMES[response.outcome] for response in responses]


def bank_of(responses: list[Scored]) -> ItemBank:
    """A bank of just these questions, with the parameters kept beside the answers."""
    return item_bank(
        [response.discrimination for response in responses],
        [response.difficulty for response in responses],
        [response.guessing for response in responses],
        difficulty_sd=[response.difficulty_error for response in responses],
        log_discrimination_sd=[response.log_discrimination_error for response in responses],
    )
