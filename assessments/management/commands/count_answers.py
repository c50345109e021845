"""Count what the answers say of each question, and send broken ones back to pretest.

Only areas with new answers are counted; `manage.py background` does the same every hour.
"""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.workflows import statistics


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        counted = statistics.count_all(say=self.stdout.write)
        self.stdout.write(f"{counted} versions counted." if counted else "No new answers to count.")
