"""Where each row of content came from, so that a new load knows what an editor has changed."""

from __future__ import annotations

from django.db import models


class ContentOrigin(models.Model):
    """The fixture entry behind a row: its hash, and the hash of the row as it was loaded."""

    model = models.CharField(max_length=40)
    natural_key = models.CharField(max_length=250)
    entry_digest = models.CharField(max_length=64)
    row_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "natural_key"], name="one_origin_per_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.natural_key}"
