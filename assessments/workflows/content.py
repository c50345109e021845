"""Loading the content of the repository: everything is read and checked, then all of it or nothing.

An entry that has not changed since the last load is passed over, so an editor's work stays; where
both changed, the editor wins and is told of, unless the operator says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from assessments.formats import native
from assessments.formats.fixtures import Row, read_rows
from assessments.models import Area, Calibration
from assessments.psychometrics.irt import LABEL_DIFFICULTIES, LABEL_DIFFICULTY_SD
from assessments.psychometrics.scale import LEVEL_CUTS
from assessments.questions.entry import BankFile
from assessments.workflows import forecasts
from assessments.workflows.bank_files import Shelf, apply_bank
from assessments.workflows.fixture_rows import Load, apply_rows

AREA_CORRELATION = 0.5  # cautious, until answers of many people say better
REFERENCE_FILES = ("skills", "roles", "resources", "facts")


class FaultyContent(Exception):
    """Something in the files is wrong; nothing was loaded."""

    def __init__(self, problems: list[Any]) -> None:
        super().__init__(f"{len(problems)} faults")
        self.problems = problems


def load_content(folder: Path, *, take_fixtures: bool = False, say: Callable[[str], None] = print) -> Load:
    """Load fixtures/*.yaml and fixtures/items/*.yaml; raises FaultyContent with every fault."""
    rows, banks, problems = read(folder)
    with transaction.atomic():
        load = Load.begin(take_fixtures=take_fixtures)
        load.problems += problems
        apply_rows(rows, load)
        shelf = Shelf.stocked()
        for name, bank in banks:
            apply_bank(name, bank, shelf, load)
        if load.problems:
            raise FaultyContent(load.problems)
        load.end()
        first_calibration()
    forecasts.refresh(list(Area.objects.all()), say=say)
    return load


def read(folder: Path) -> tuple[list[Row], list[tuple[str, BankFile]], list[Any]]:
    rows: list[Row] = []
    banks: list[tuple[str, BankFile]] = []
    problems: list[Any] = []
    for name in REFERENCE_FILES:
        found, faults = read_rows((folder / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")
        rows += found
        problems += faults
    for path in sorted((folder / "items").glob("*.yaml")):
        bank, entry_faults = native.read_file(path.read_text("utf-8"), path.name)
        banks.append((f"items/{path.name}", bank))
        problems += [f"items/{path.name}, {fault}" for fault in entry_faults]
        rows += misconceptions(path.name, bank)
    return rows, banks, problems


def misconceptions(file: str, bank: BankFile) -> list[Row]:
    """The wrong ideas declared at the head of a bank file are rows like any other."""
    return [
        Row(
            "assessments.misconception",
            {"slug": one.slug, "says": one.says, "subskill": [one.subskill]},
            f"items/{file}",
            1,
        )
        for one in bank.misconceptions
    ]


def first_calibration() -> None:
    """Before anybody has answered, all that is known of a question is its label."""
    Calibration.objects.get_or_create(
        number=0,
        defaults={
            "level_cuts": list(LEVEL_CUTS),
            "label_difficulties": list(LABEL_DIFFICULTIES),
            "label_standard_deviation": LABEL_DIFFICULTY_SD,
            "area_correlation": AREA_CORRELATION,
        },
    )
