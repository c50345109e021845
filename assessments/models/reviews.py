"""Questions that come back: when, and how they were answered in practice. No measurement reads these."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.guidance.spacing import Rating as Recall
from assessments.guidance.spacing import State as MemoryState
from assessments.models.attempts import ItemResponse
from assessments.models.items import Item, ItemVersion, Life
from assessments.models.learners import Learner


def is_due(now: datetime) -> Q:
    """Kept memories are due on a day, fresh ones at a minute."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(state=MemoryState.REVIEW.value, due_at__lt=today + timedelta(days=1)) | Q(due_at__lte=now)


class ReviewCardQuerySet(models.QuerySet["ReviewCard"]):
    def of(self, learner: Learner) -> ReviewCardQuerySet:
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()

    def askable(self) -> ReviewCardQuerySet:
        """What she dropped, and questions that have been withdrawn since, do not come back."""
        return self.filter(item__life=Life.OPERATIONAL, dropped_at=None)

    def due(self, now: datetime) -> ReviewCardQuerySet:
        return self.filter(is_due(now))

    def mistakes(self) -> ReviewCardQuerySet:
        return self.filter(reason__in=ReviewCard.MISTAKES)


class ReviewCard(models.Model):
    """One question that comes back to one person."""

    class Reason(models.TextChoices):
        WRONG = "wrong", _("wrong in a measurement")
        UNKNOWN = "unknown", _("not known in a measurement")
        UNSURE = "unsure", _("right, but you were not sure")
        PRACTICE = "practice", _("chosen for practice")

    class State(models.IntegerChoices):
        LEARNING = MemoryState.LEARNING.value, _("being learnt")
        REVIEW = MemoryState.REVIEW.value, _("kept")
        RELEARNING = MemoryState.RELEARNING.value, _("being learnt anew")

    MISTAKES = [Reason.WRONG, Reason.UNKNOWN]

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="review_cards")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="review_cards")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    added_at = models.DateTimeField(default=timezone.now, help_text="Due for the first time.")
    due_at = models.DateTimeField(default=timezone.now)
    state = models.PositiveSmallIntegerField(choices=State.choices, default=State.LEARNING)
    memory_stability = models.FloatField(null=True, blank=True, help_text="Days until recall falls to 90%.")
    memory_difficulty = models.FloatField(null=True, blank=True, help_text="From 1 to 10.")
    last_reviewed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="She does not want it back.")

    objects = ReviewCardQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "item"], name="one_review_card_per_question")]
        indexes = [models.Index(fields=["learner", "due_at"])]

    def __str__(self) -> str:
        return f"{self.item} {self.due_at:%Y-%m-%d}"

    @property
    def comes_on_a_day(self) -> bool:
        """And not in this session again."""
        return self.state == self.State.REVIEW


class PracticeAnswerQuerySet(models.QuerySet["PracticeAnswer"]):
    def of(self, learner: Learner) -> PracticeAnswerQuerySet:
        return self.filter(card__learner_id=learner.pk) if learner.pk else self.none()


class PracticeAnswer(models.Model):
    """An answer given in practice, to the question of a card or to a variant of it."""

    class Rating(models.IntegerChoices):
        AGAIN = Recall.AGAIN.value, _("Not at all: it was luck")
        HARD = Recall.HARD.value, _("Hard: I had to think long")
        GOOD = Recall.GOOD.value, _("Good: I knew it")
        EASY = Recall.EASY.value, _("Easy: at once")

    card = models.ForeignKey(ReviewCard, on_delete=models.CASCADE, related_name="answers")
    turn = models.PositiveIntegerField(help_text="The first practice of the card is turn 1.")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="practice_answers")
    layout_seed = models.PositiveIntegerField(default=0)
    answer = models.JSONField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=ItemResponse.Outcome.choices)
    credit = models.FloatField()
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Percent sure, if she said so.")
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    answered_at = models.DateTimeField(default=timezone.now)

    objects = PracticeAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["card", "turn"]
        constraints = [models.UniqueConstraint(fields=["card", "turn"], name="one_practice_answer_per_turn")]

    def __str__(self) -> str:
        return f"{self.card}/{self.turn}"

    @property
    def position(self) -> int:
        """Its number, where a sitting has positions."""
        return self.turn
