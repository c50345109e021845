"""What the sub-skills of an area stand on, remembered for minutes: it changes with the content, not with a person."""

from __future__ import annotations

from django.core.cache import cache

from assessments.models import Area
from assessments.models.skills import Ground

SECONDS_REMEMBERED = 300  # so long the desk's change of a sub-skill may wait for its picture


def grounds_of(area: Area) -> list[Ground]:
    found: list[Ground] = cache.get_or_set(f"grounds-{area.pk}", area.grounds, SECONDS_REMEMBERED)  # type: ignore[assignment]
    return found
