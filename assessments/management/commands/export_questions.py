"""Write questions of the bank to a file: GIFT, Aiken, Moodle XML, QTI or our own YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.formats.registry import FORMATS
from assessments.models import Area, Life
from assessments.workflows import exports


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--area", default="")
        parser.add_argument("--life", choices=Life.values, default="")
        parser.add_argument("--output", type=Path, help="a file; else it goes to standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["area"] and not Area.objects.filter(slug=options["area"]).exists():
            raise CommandError(f"There is no area {options['area']}.")
        items = exports.chosen(area=options["area"], life=options["life"])
        if not items.exists():
            raise CommandError("There is no such question.")
        written = exports.write(items, options["format"])
        for loss in written.losses:
            self.stderr.write(f"{loss.where or 'every question'}: {loss.message}")
        if options["output"]:
            options["output"].write_bytes(written.content)
            self.stderr.write(f"Of {items.count()} questions {written.count} are in {options['output']}.")
        else:
            sys.stdout.buffer.write(written.content)
