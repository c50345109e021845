"""Where a person stands in each area: rows written when a sitting ends, never sums made on a page."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assessments.models.attempts import Attempt
from assessments.models.learners import Learner
from assessments.models.skills import Area


class AreaEstimateQuerySet(models.QuerySet["AreaEstimate"]):
    def of(self, learner: Learner) -> AreaEstimateQuerySet:
        return self.filter(learner_id=learner.pk) if learner.pk else self.none()

    def current(self) -> AreaEstimateQuerySet:
        return self.filter(is_current=True)


class AreaEstimate(models.Model):
    """What one finished sitting says of one area."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="estimates")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="estimates")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="estimates")
    measured_at = models.DateTimeField()
    theta = models.FloatField()
    standard_error = models.FloatField()
    low = models.FloatField(help_text="Lower end of the 90% interval of theta.")
    high = models.FloatField(help_text="Upper end of the 90% interval of theta.")
    answers = models.PositiveSmallIntegerField(help_text="Answers in this area that count.")
    label_share = models.FloatField(help_text="Share of these answers whose question rests on its label alone.")
    borrowed = models.BooleanField(default=False, help_text="Rests on answers in other areas.")
    own_theta = models.FloatField(null=True, blank=True, help_text="From the answers of this area alone.")
    own_standard_error = models.FloatField(null=True, blank=True)
    is_current = models.BooleanField(default=True)

    objects = AreaEstimateQuerySet.as_manager()

    class Meta:
        ordering = ["-measured_at"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "area"], name="one_estimate_per_attempt_and_area"),
            models.UniqueConstraint(
                fields=["learner", "area"], condition=Q(is_current=True), name="one_current_estimate_per_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.theta:.2f} ± {self.standard_error:.2f}"
