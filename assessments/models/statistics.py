"""What answers say of questions: rows counted anew in the background, never sums made on a page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.items import Item, ItemVersion, Life


class ItemStatistics(models.Model):
    """One version in numbers, from the eligible answers so far. It can be counted anew at any time."""

    version = models.OneToOneField(ItemVersion, on_delete=models.CASCADE, related_name="statistics")
    counted_at = models.DateTimeField(default=timezone.now)
    answers = models.PositiveIntegerField(help_text="Eligible answers: first exposures, given with effort.")
    harm = models.FloatField(default=0.0, db_index=True, help_text="0 to 1: how grave, times how often met.")
    findings = models.JSONField(default=list, blank=True)
    numbers = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "item statistics"
        ordering = ["-harm"]

    def __str__(self) -> str:
        return f"{self.version}: {self.answers} answers"


class DemotionQuerySet(models.QuerySet["Demotion"]):
    def unseen(self) -> DemotionQuerySet:
        return self.filter(seen_at__isnull=True)


class Demotion(models.Model):
    """A version went back to pretest by itself: at most once, for then an editor decides."""

    version = models.OneToOneField(ItemVersion, on_delete=models.CASCADE, related_name="demotion")
    at = models.DateTimeField(default=timezone.now)
    answers = models.PositiveIntegerField()
    slope_low = models.FloatField(null=True, blank=True, help_text="P(discrimination < .35).")
    residual_z = models.FloatField(null=True, blank=True)
    from_life = models.CharField(max_length=12, choices=Life.choices, default=Life.OPERATIONAL)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)

    objects = DemotionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.version}, {self.at:%Y-%m-%d}"


class ItemToLookAt(Item):
    """A question as the list "needs attention" shows it; the rows are those of Item."""

    class Meta:
        proxy = True
        verbose_name = _("question to look at")
        verbose_name_plural = _("needs attention")
