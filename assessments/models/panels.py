"""Panels: practitioners who rate the actions of a situational question, each alone."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from assessments.models.items import ItemVersion


class PanelRating(models.Model):
    """What one practitioner gave to each action, from 1 (harmful) to 5 (very effective)."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="panel_ratings")
    panelist = models.CharField(max_length=60, help_text="A code; no name is needed.")
    practises = models.CharField("works as", max_length=100, blank=True)
    ratings = models.JSONField(help_text="Option: rating.")
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["version", "rated_at"]
        constraints = [models.UniqueConstraint(fields=["version", "panelist"], name="one_rating_per_panelist")]

    def __str__(self) -> str:
        return f"{self.version}, {self.panelist}"
