"""Sittings: an attempt, and its answers one by one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Subquery, Sum, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.items import Calibration, ItemVersion
from assessments.models.learners import Learner
from assessments.models.skills import Area

SURE = 75  # percent from which a wrong answer is called confidently wrong


class Goal(models.TextChoices):
    QUICK = "quick", _("quick")
    SOLID = "solid", _("solid")


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, learner: Learner) -> AttemptQuerySet:
        """Her attempts; nobody's for a visitor who has not begun yet."""
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()

    def open(self) -> AttemptQuerySet:
        return self.filter(state=Attempt.State.OPEN)

    def finished(self) -> AttemptQuerySet:
        return self.filter(state=Attempt.State.FINISHED)

    def with_banks(self) -> AttemptQuerySet:
        """Each with its area and calibration, and a number that names the banks as they are now."""
        everything = Area.objects.order_by().annotate(all=Value(1)).values("all")
        stamp = Subquery(everything.annotate(stamp=Sum("bank_revision")).values("stamp"))
        return self.select_related("area", "calibration").annotate(bank_stamp=stamp)


class Attempt(models.Model):
    """One sitting. While it is open this row is the estimate."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        FINISHED = "finished", _("finished")

    class End(models.TextChoices):
        REACHED = "reached", _("precision reached")
        MAXIMUM = "maximum", _("most questions of a sitting asked")
        EXHAUSTED = "exhausted", _("no unseen question left")
        STOPPED = "stopped", _("stopped by the learner")
        REPLACED = "replaced", _("closed when results were joined")

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="attempts", help_text="Empty for the map."
    )
    goal = models.CharField(max_length=10, choices=Goal.choices, default=Goal.QUICK)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    answers = models.PositiveSmallIntegerField(default=0, help_text="Answers that count.")
    theta = models.FloatField(default=0.0)
    standard_error = models.FloatField(default=1.0)
    low = models.FloatField(help_text="Lower end of the 90% interval of theta.")
    high = models.FloatField(help_text="Upper end of the 90% interval of theta.")
    self_rating = models.PositiveSmallIntegerField(null=True, blank=True)
    seen_before = models.JSONField(default=list, blank=True, help_text="Items met in earlier sittings or in practice.")
    plan = models.JSONField(default=dict, blank=True, help_text="Of a map: the areas it must measure.")

    bank_stamp: int  # of `with_banks`

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "area"], condition=Q(state="open"), name="one_open_attempt_per_area"
            ),
            # NULLs are distinct in the constraint above: the map needs its own.
            models.UniqueConstraint(
                fields=["learner"], condition=Q(state="open", area__isnull=True), name="one_open_map"
            ),
            models.CheckConstraint(
                condition=Q(state="open", finished_at__isnull=True) | Q(state="finished", finished_at__isnull=False),
                name="finished_attempts_have_an_end",
            ),
        ]
        indexes = [models.Index(fields=["learner", "-started_at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d}"

    @property
    def name(self) -> str:
        """What it measures."""
        return self.area.name if self.area else str(_("All areas"))

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class ItemResponseQuerySet(models.QuerySet["ItemResponse"]):
    def answered(self) -> ItemResponseQuerySet:
        # Not `answer IS NULL`: an answer of JSON null is not SQL's NULL.
        return self.filter(answered_at__isnull=False)

    def pending(self) -> ItemResponseQuerySet:
        return self.filter(answered_at__isnull=True)


class ItemResponse(models.Model):
    """One question of a sitting: fixed when shown, written once when answered.

    The parameters it is scored with are kept beside it, so that an edit, a relabelling or a later
    calibration cannot move a score.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", _("right")
        WRONG = "wrong", _("wrong")
        UNKNOWN = "unknown", _("I don't know")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="responses")
    layout_seed = models.PositiveIntegerField(default=0, help_text="Fixes the order in which options are laid out.")
    rests_on_label = models.BooleanField(default=True, help_text="No answers have calibrated the question yet.")
    counts = models.BooleanField(default=True, help_text="Pretest and unkeyed questions never count.")
    discrimination = models.FloatField()
    difficulty = models.FloatField()
    guessing = models.FloatField()
    log_discrimination_error = models.FloatField()
    difficulty_error = models.FloatField()
    answer = models.JSONField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    credit = models.FloatField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Percent sure, if she said so.")
    shown_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    visible_ms = models.PositiveIntegerField(null=True, blank=True)

    objects = ItemResponseQuerySet.as_manager()

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_response_per_position"),
            models.UniqueConstraint(fields=["attempt", "version"], name="one_response_per_question"),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(answered_at__isnull=True), name="one_pending_response"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="") | Q(answered_at__isnull=False) & ~Q(outcome=""),
                name="answered_responses_have_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"

    @property
    def is_sure_and_wrong(self) -> bool:
        return self.outcome == self.Outcome.WRONG and (self.confidence or 0) >= SURE
