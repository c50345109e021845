"""The question files as the commands that judge them read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from django.core.management.base import CommandError

from assessments.formats import native
from assessments.formats.fixtures import LOADER
from assessments.questions.entry import BankFile, Entry, Misconception
from assessments.questions.finding import Catalogue


def read_bank(folder: Path) -> list[BankFile]:
    """Every area file; a file with a fault is told with its place."""
    banks, faults = [], []
    for path in sorted((folder / "items").glob("*.yaml")):
        bank, problems = native.read_file(path.read_text("utf-8"), path.name)
        banks.append(bank)
        faults += [f"{path.name}: {problem}" for problem in problems]
    if faults:
        raise CommandError("\n".join(faults))
    return banks


def entries_of(banks: Iterable[BankFile], area: str = "") -> list[Entry]:
    return [entry for bank in banks for entry in bank.entries if not area or bank.area == area]


def catalogue_of(folder: Path, banks: Iterable[BankFile]) -> Catalogue:
    """What questions may refer to."""
    rows = [
        row
        for name in ("skills", "resources")
        for row in yaml.load((folder / f"{name}.yaml").read_text(), Loader=LOADER)  # noqa: S506 - a safe loader
    ]
    misconceptions: dict[str, Misconception] = {one.slug: one for bank in banks for one in bank.misconceptions}
    return Catalogue(
        area_of={
            row["fields"]["slug"]: row["fields"]["area"][0] for row in rows if row["model"] == "assessments.subskill"
        },
        resources=frozenset(row["fields"]["slug"] for row in rows if row["model"] == "assessments.resource"),
        misconceptions=misconceptions,
    )
