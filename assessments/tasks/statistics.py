"""Counting answers without waiting for it."""

from __future__ import annotations

from django_tasks import task

from assessments.workflows import statistics


@task()
def count_answers() -> int:
    """How many versions were counted anew."""
    return statistics.count_all()
