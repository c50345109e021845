"""What a person decides about her studies: what she takes up or refuses, and the terms of her plan.

The plan itself is no row: it is computed from these, the catalogue and her latest sittings, so it
is made anew after each of them and can never be stale.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.learners import Learner
from assessments.models.resources import Resource
from assessments.models.roles import RoleProfile

MOST_HOURS_A_WEEK = 60


class ResourceChoiceQuerySet(models.QuerySet["ResourceChoice"]):
    def of(self, learner: Learner) -> ResourceChoiceQuerySet:
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()

    def choose(self, learner: Learner, resource: Resource, state: str, reason: str = "") -> ResourceChoice:
        """The last word stands; the same word again is the same row, and keeps its date."""
        kept = reason if state == ResourceChoice.State.REFUSED else ""
        choice, created = self.get_or_create(
            learner=learner, resource=resource, defaults={"state": state, "reason": kept}
        )
        if not created and (choice.state, choice.reason) != (state, kept):
            choice.state, choice.reason, choice.changed_at = state, kept, timezone.now()
            choice.save(update_fields=["state", "reason", "changed_at"])
        return choice

    def withdraw(self, learner: Learner, resource: Resource) -> None:
        """As if nothing had been said."""
        self.of(learner).filter(resource=resource).delete()


class ResourceChoice(models.Model):
    """What a person said of a book or course: started, done, or not for her."""

    class State(models.TextChoices):
        STARTED = "started", _("started")
        DONE = "done", _("done")
        REFUSED = "refused", _("not for me")

    class Reason(models.TextChoices):
        TOO_HARD = "too-hard", _("too hard")
        TOO_EASY = "too-easy", _("too easy")
        TOO_EXPENSIVE = "too-expensive", _("too expensive")
        NOT_MY_STYLE = "not-my-style", _("not my style")
        OTHER = "other", _("another reason")

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="choices")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="choices")
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ResourceChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "resource"], name="one_choice_per_learner_and_resource"),
            models.CheckConstraint(condition=Q(reason="") | Q(state="refused"), name="only_a_refusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.get_state_display()}"


class StudyPlanQuerySet(models.QuerySet["StudyPlan"]):
    def of(self, learner: Learner) -> StudyPlanQuerySet:
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()


class StudyPlan(models.Model):
    """The terms of a person's plan: what she aims at, and the time and money she has."""

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="study_plan")
    profile = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="study_plans")
    hours_per_week = models.PositiveSmallIntegerField(default=6)
    budget = models.PositiveIntegerField(
        null=True, blank=True, help_text="In her own currency; 0 for free things only, empty for no limit."
    )
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = StudyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_per_week__lte=MOST_HOURS_A_WEEK), name="a_week_has_only_so_many_hours"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("starts_on")),
                name="a_plan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile}, {self.hours_per_week} hours a week"
