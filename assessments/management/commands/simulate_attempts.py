"""Let simulated people sit the present bank, by the product's own engine."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.models import OPERATIONAL_ITEMS_NEEDED, Area, Calibration, Goal
from assessments.workflows.banks import area_bank
from assessments.workflows.forecasts import NEVER_ADMIT, sittings

BAR = 30


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=500)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--goal", choices=Goal.values, default=Goal.QUICK.value)
        parser.add_argument("--area", help="one area alone")
        parser.add_argument("--never-admit", type=float, default=NEVER_ADMIT, help='never say "I don\'t know"')
        parser.add_argument("--no-maximum", action="store_true", help="go on until the precision is reached")

    def handle(self, *args: Any, **options: Any) -> None:
        calibration = Calibration.objects.current()
        areas = Area.objects.all() if not options["area"] else Area.objects.filter(slug=options["area"])
        self.stdout.write(
            f"{'area':24} {'items':>5} {'median':>6} {'90%':>5} {'reached':>7} {'RMSE':>6} {'bias':>6} "
            f"{'cover':>6} {'most met':>8} {'unused':>6}"
        )
        for area in areas:
            bank = area_bank(area, calibration)
            if len(bank) < OPERATIONAL_ITEMS_NEEDED:
                self.stdout.write(f"{area.slug:24} {len(bank):5} in preparation")
                continue
            report = sittings(
                bank.bank,
                options["goal"],
                people=options["people"],
                seed=options["seed"],
                never_admit=options["never_admit"],
                limited=not options["no_maximum"],
                progress=self.progress,
            )
            lengths = sorted(report.length)
            self.stdout.write(
                f"{area.slug:24} {len(bank):5} {lengths[len(lengths) // 2]:6} {lengths[int(len(lengths) * 0.9)]:5} "
                f"{report.reached:7.2f} {report.root_mean_squared_error:6.3f} {report.bias:6.3f} "
                f"{report.coverage:6.3f} {report.exposure.max():8.2f} {(report.exposure < 0.01).mean():6.2f}"
            )

    def progress(self, done: int, total: int) -> None:
        """A bar on a terminal; nothing in a file."""
        if sys.stderr.isatty():
            filled = BAR * done // total
            end = "\r" if done < total else "\r" + " " * (BAR + 12) + "\r"
            sys.stderr.write(f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}{end}")
