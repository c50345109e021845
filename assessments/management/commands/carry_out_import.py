"""Read the file of an import, or import its questions: what the site starts for itself."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.workflows import imports


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("import", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        imports.carry_out(options["import"])
