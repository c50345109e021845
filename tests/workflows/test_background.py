"""What pages leave to the background is done by one command beside the site."""

import pytest
from django.core.management import call_command

from assessments.management.commands import background
from assessments.models import Calibration
from assessments.tasks.statistics import count_answers


@pytest.mark.django_db(transaction=True)
def test_waiting_tasks_are_done_and_answers_are_counted(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    Calibration.objects.get_or_create(
        number=0,
        defaults={
            "level_cuts": [], "label_difficulties": [], "label_standard_deviation": 1.0, "area_correlation": 0.5,
        },
    )  # fmt: skip
    waiting = count_answers.enqueue()
    counted = []
    monkeypatch.setattr(background.statistics, "count_all", lambda say=None: counted.append(1) or 0)
    rounds = iter([7, 7, 7, 1])  # the process that started it ends after two rounds
    monkeypatch.setattr(background.os, "getppid", lambda: next(rounds))
    call_command("background", pause=0.0)
    waiting.refresh()
    assert waiting.status == "SUCCESSFUL"
    assert len(counted) == 2  # once by the task, once by the clock
