"""Make a new calibration from the answers so far. No score moves; see rescore_attempts."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.models import Area
from assessments.workflows import forecasts
from assessments.workflows.calibrations import FEWEST_ANSWERS, calibrate_items


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        calibration = calibrate_items(say=self.stdout.write)
        if calibration is None:
            self.stdout.write(f"No area has {FEWEST_ANSWERS} eligible answers yet; the labels stay what they are.")
            return
        self.stdout.write(f"{'area':24} {'items':>6} {'answers':>8} {'people':>7} {'moved':>7} {'predicted':>9}")
        for row in calibration.report["areas"]:
            moved = "-" if row["largest_move"] is None else f"{row['largest_move']:.2f}"
            predicted = "-" if row["predicted"] is None else f"{row['predicted']:.2f}"
            self.stdout.write(
                f"{row['area']:24} {row['items']:6} {row['answers']:8} {row['people']:7} {moved:>7} {predicted:>9}"
            )
        self.stdout.write(f"{calibration} is in use for sittings that begin from now on; older scores keep theirs.")
        forecasts.refresh(list(Area.objects.all()), say=self.stdout.write)
