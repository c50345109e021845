"""Load areas, roles, resources, facts and questions from `fixtures/`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.workflows.content import FaultyContent, load_content


class Command(BaseCommand):
    help = "Load the content: all of it or, with every fault told, nothing. An editor's changes stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")
        parser.add_argument(
            "--take-fixtures", action="store_true", help="where an editor changed a row, take the file's"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load = load_content(options["folder"], take_fixtures=options["take_fixtures"], say=self.stdout.write)
        except FaultyContent as fault:
            for problem in fault.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"nothing was loaded: {fault}") from None
        for conflict in load.conflicts:
            self.stdout.write(self.style.WARNING(conflict))
        self.stdout.write(
            f"content: {load.added} added, {load.changed} changed, {load.unchanged} unchanged, "
            f"{len(load.conflicts)} kept as an editor left them"
        )
