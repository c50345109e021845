"""Rows that editors write and every page reads: each knows when it last changed.

What is computed from them is kept in the memory of a process under a stamp made of these dates,
so an edit is seen at the next request and nothing has to be told to forget.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone


class DatedQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        """A change of many rows at once is dated too."""
        return super().update(**{"changed_at": timezone.now(), **values})


class Dated(models.Model):
    # Not auto_now: Django's loaddata would leave it empty.
    changed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        self.changed_at = timezone.now()
        dated = update_fields if update_fields is None else {*update_fields, "changed_at"}
        super().save(*args, update_fields=dated, **options)
