"""Run the code that proves keys, notes and printed outputs; `make verify-bank` brings the packages."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.management.bank import entries_of, read_bank
from assessments.questions.verification import verify

# Beside the clone, so that a fresh one does not prove again what was proved before.
CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "careerquiz" / "verified"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")
        parser.add_argument("--area", default="", help="one area alone")
        parser.add_argument("--interpreter", default=sys.executable, help="the Python that has the packages")
        parser.add_argument("--cache", type=Path, default=CACHE, help="outcomes by the hash of what was run")
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        entries = entries_of(read_bank(options["folder"]), options["area"])
        options["cache"].mkdir(parents=True, exist_ok=True)
        report = verify(entries, interpreter=options["interpreter"], cache=options["cache"], workers=options["workers"])
        for skip in report.skips:
            self.stdout.write(f"left out: {skip}")
        for fault in report.faults:
            self.stdout.write(str(fault))
        needed = [skip for skip in report.skips if not skip.optional]
        self.stdout.write(
            f"{len(entries)} questions, {report.checked} pieces of code hold or were run, "
            f"{len(report.faults)} faults, {len(report.skips)} left out"
        )
        if report.faults or needed:
            raise CommandError("the bank is not proved")
