"""Score finished sittings by the newest calibration: shows who would change level, writes with --apply."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.models import Calibration
from assessments.workflows import rescoring


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="write the new scores")

    def handle(self, *args: Any, **options: Any) -> None:
        calibration = Calibration.objects.current()
        moves: Counter[tuple[str, int, int]] = Counter()
        seen = 0
        for one in rescoring.rescored(calibration):
            seen += 1
            if one.changes_level:
                moves[(one.attempt.name, one.level_before, one.level_after)] += 1
        self.stdout.write(f"{seen} sittings would be scored by {calibration}; {sum(moves.values())} change level:")
        for (area, before, after), count in sorted(moves.items()):
            self.stdout.write(f"  {area}: {count} from level {before} to {after}")
        if options["apply"]:
            self.stdout.write(f"{rescoring.apply(calibration)} sittings are scored by {calibration} now.")
        elif seen:
            self.stdout.write("Nothing was written; add --apply to do it.")
