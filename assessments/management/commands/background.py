"""Do what pages leave to the background: waiting tasks at once, counting answers every hour.

`deploy/serve` runs it beside the site. Run one for a database, whatever the number of web workers.
It ends with the process that started it.
"""

import os
import time
from contextlib import suppress
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django_tasks_db.models import DBTaskResult

from assessments.workflows import statistics

HOUR = 3600.0


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pause", type=float, default=3.0, help="Seconds between two looks at the waiting tasks.")
        parser.add_argument("--count-every", type=float, default=HOUR, help="Seconds between two counts of answers.")

    def handle(self, *args: Any, **options: Any) -> None:
        parent, due = os.getppid(), time.monotonic()
        with suppress(KeyboardInterrupt):
            while os.getppid() == parent:
                due = self.look(due, options["count_every"])
                time.sleep(options["pause"])

    def look(self, due: float, every: float) -> float:
        """One round; a database that is away for a moment is asked again in the next."""
        try:
            close_old_connections()
            # A plain look first: the worker's own takes the one write lock that SQLite has.
            if DBTaskResult.objects.ready().exists():
                call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
            if time.monotonic() >= due:
                statistics.count_all(say=self.stdout.write)
                due = time.monotonic() + every
        except DatabaseError as error:
            self.stderr.write(f"background: {error}")
        return due
