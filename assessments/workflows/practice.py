"""Practice, verb by verb: a question that comes back, its answer with the truth at once, the rating.

Nothing here writes a response or an estimate: practice never touches the measurement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.guidance.spacing import rating_for
from assessments.models import Attempt, Item, ItemVersion, Learner, PracticeAnswer, ReviewCard
from assessments.questions.layout import Layout
from assessments.workflows import results, reviews
from assessments.workflows.attempts import Conflict, Given, read_answer
from assessments.workflows.reviews import InUse, Scope
from assessments.workflows.sheets import Asked, asked

SEEDS = 2**31


@dataclass(frozen=True)
class Turn:
    """Which question a card asks now: its own, or a variant. Fixed by what was answered before."""

    card: ReviewCard
    number: int
    version: ItemVersion

    @property
    def layout_seed(self) -> int:
        """A reload lays the options out as before, the next turn otherwise."""
        return (self.card.pk * 1_000_003 + self.number) % SEEDS


@dataclass(frozen=True, kw_only=True)
class PracticeSheet(Asked):
    """One question to practise."""

    turn: Turn
    scope: Scope
    left: int
    said: str

    @property
    def card(self) -> ReviewCard:
        return self.turn.card

    @property
    def is_variant(self) -> bool:
        return self.turn.version.item_id != self.card.item_id


@dataclass(frozen=True)
class Told:
    """An answered question with the truth, and what she may say of how well she knew it."""

    row: results.Reviewed
    answer: PracticeAnswer
    scope: Scope

    @property
    def ratings(self) -> list[tuple[int, int, str]]:
        """Place, value and name of each rating open to her: what was missed is asked again in any case."""
        if self.answer.outcome != "right":
            return []
        return [(place, one.value, str(one.label)) for place, one in enumerate(PracticeAnswer.Rating, start=1)]


def next_sheet(learner: Learner, scope: Scope, **shown: Any) -> PracticeSheet | None:
    """The question that has waited longest; None when nothing is due."""
    held = reviews.in_use(learner)
    cards = reviews.due_cards(learner, scope, timezone.now(), held).select_related(
        "item__area", "item__current_version"
    )
    due = list(cards)
    return sheet(turn_of(due[0], held), scope, left=len(due), **shown) if due else None


def turn_of(card: ReviewCard, held: InUse) -> Turn:
    """Of a family the variant practised least, another one before the question she has missed."""
    asked = Counter(card.answers.values_list("version__item", flat=True))
    number = sum(asked.values()) + 1
    if not card.item.family:
        return Turn(card, number, current(card.item))
    family = Item.objects.operational().filter(area=card.item.area_id, family=card.item.family)
    free = [item for item in family.select_related("current_version") if item.pk not in held.items]
    free.sort(key=lambda item: (asked[item.pk], item.pk == card.item_id, item.pk))
    return Turn(card, number, current(free[0] if free else card.item))


def current(item: Item) -> ItemVersion:
    assert item.current_version is not None  # operational items have one, and cards hold no others
    return item.current_version


def sheet(
    turn: Turn,
    scope: Scope,
    *,
    left: int,
    notice: str = "",
    said: str = "",
    sent: Mapping[str, Sequence[str]] | None = None,
) -> PracticeSheet:
    version = turn.version
    return PracticeSheet(
        turn=turn,
        scope=scope,
        left=left,
        said=said,
        language=version.language,
        **asked(version.kind, version.content, version.content_html, turn.layout_seed, notice=notice, sent=sent),
    )


@transaction.atomic
def respond(learner: Learner, card_pk: int, turn: int, version: int, given: Given) -> PracticeAnswer:
    """Take the answer to this turn of a card; sent again, it changes nothing.

    Raises ReviewCard.DoesNotExist for a card that is not hers, Conflict when the card asks another
    question by now or a sitting has it open, AnswerError for a malformed answer.
    """
    sittings = list(Attempt.objects.of(learner).open().select_for_update())  # before the card, as a sitting's end does
    cards = ReviewCard.objects.of(learner).select_related("item__current_version")
    card = cards.select_for_update(of=("self",)).get(pk=card_pk)
    held = reviews.in_use(learner)
    if repeated := card.answers.filter(turn=turn).first():
        return repeated
    asked = turn_of(card, held)
    if (asked.number, asked.version.pk) != (turn, version) or held.keeps_back(asked.version.item):
        raise Conflict
    layout = Layout.of(asked.version.content, asked.layout_seed)
    read = read_answer(asked.version.question, layout, given)
    answer = record(asked, read, given)
    reviews.remember(card)
    reviews.see_in(sittings, asked.version.item)
    return answer


def record(turn: Turn, read: Any, given: Given) -> PracticeAnswer:
    right = read.outcome == "right"
    return PracticeAnswer.objects.create(
        card=turn.card,
        turn=turn.number,
        version=turn.version,
        layout_seed=turn.layout_seed,
        answer=read.answer,
        outcome=read.outcome,
        credit=read.credit,
        confidence=given.confidence,
        rating=rating_for(right=right, confidence=given.confidence),
    )


@transaction.atomic
def rate(learner: Learner, answer_pk: int, rating: int) -> None:
    """How well she knew it, in her own words; what was missed stays missed."""
    answer = PracticeAnswer.objects.of(learner).select_related("card").select_for_update(of=("self",)).get(pk=answer_pk)
    if answer.outcome != "right" or rating not in PracticeAnswer.Rating.values:
        return
    if rating != answer.rating:
        answer.rating = rating
        answer.save(update_fields=["rating"])
        reviews.remember(answer.card)


def drop(learner: Learner, card_pk: int) -> None:
    """She does not want this question back; missed again in a measurement it returns."""
    card = ReviewCard.objects.of(learner).get(pk=card_pk)
    card.dropped_at = timezone.now()
    card.save(update_fields=["dropped_at"])


def told(learner: Learner, answer_pk: int, scope: Scope) -> Told | None:
    """The truth about an answer; None while a sitting of hers is asking the same question."""
    rows = PracticeAnswer.objects.of(learner).select_related("version__item__area", "version__subskill", "card")
    answer = rows.get(pk=answer_pk)
    if reviews.in_use(learner).keeps_back(answer.version.item):
        return None
    return Told(results.review(answer), answer, scope)
