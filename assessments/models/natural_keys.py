"""How fixtures name rows: by words a person can read, never by number."""

from __future__ import annotations

from typing import Any

from django.db import models


def keyed_by(*lookups: str) -> type[models.Manager[Any]]:
    """A manager that finds a row by its natural key: one value for each lookup, in this order."""

    class NaturalKeyManager(models.Manager[Any]):
        natural_key_lookups = lookups

        def get_by_natural_key(self, *values: object) -> models.Model:
            return self.get(**dict(zip(lookups, values, strict=True)))

    return NaturalKeyManager
