"""Hold the question files against the rules of docs/writing-questions.md; errors fail."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.management.bank import catalogue_of, entries_of, read_bank
from assessments.questions.lint import lint


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")
        parser.add_argument("--area", default="", help="one area alone")
        parser.add_argument("--warnings", action="store_true", help="show warnings too")

    def handle(self, *args: Any, **options: Any) -> None:
        banks = read_bank(options["folder"])
        twice = Counter(one.slug for bank in banks for one in bank.misconceptions)
        doubled = sorted(slug for slug, count in twice.items() if count > 1)
        entries = entries_of(banks, options["area"])
        findings = lint(entries, catalogue_of(options["folder"], banks))
        if options["area"]:  # what one area leaves unused another may use
            findings = [finding for finding in findings if finding.code not in ("M01", "M03")]
        for finding in findings:
            if finding.level != "W" or options["warnings"]:
                self.stdout.write(str(finding))
        for slug in doubled:
            self.stdout.write(f"E M01 {slug} - declared in two files")
        count = Counter(finding.level for finding in findings)
        self.stdout.write(
            f"{len(entries)} questions: {count['E'] + len(doubled)} errors, {count['B']} rules of the bank broken, "
            f"{count['W']} warnings"
        )
        if count["E"] or count["B"] or doubled:
            raise CommandError("the bank breaks its rules")
