"""Pictures of questions, kept in the database: every worker has them, and they come and go with their rows."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from assessments.formats.exchange import Picture as Given


class Picture(models.Model):
    """A picture that was checked, under the hash of its content: it can never change."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=20)
    content = models.BinaryField()
    kept = models.BooleanField(default=True, help_text="Not yet, while only a file that waits to be imported has it.")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.address

    @property
    def given(self) -> Given:
        """As the formats give and take it."""
        return Given(self.media_type, bytes(self.content))

    @property
    def address(self) -> str:
        return Given.address_of(self.sha256, self.media_type)
