"""One sound entry of each kind, and a catalogue in which all they name exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.formats.native import read_file
from assessments.questions.entry import BankFile, Entry
from assessments.questions.finding import Catalogue

FILE = Path(__file__).parents[1] / "data" / "one_of_each_kind.yaml"


@pytest.fixture(scope="session")
def bank() -> BankFile:
    found, problems = read_file(FILE.read_text(encoding="utf-8"), FILE.name)
    assert not problems
    return found


@pytest.fixture(scope="session")
def entries(bank: BankFile) -> dict[str, Entry]:
    """The entries by kind."""
    return {entry.kind: entry for entry in bank.entries}


@pytest.fixture(scope="session")
def catalogue(bank: BankFile) -> Catalogue:
    subskills = ("python-core", "python-objects", "array-computing", "debugging-profiling")
    return Catalogue(
        area_of=dict.fromkeys(subskills, "programming") | {"sql": "data-engineering"},
        resources=frozenset({"python-tutorial", "pandas-docs"}),
        misconceptions={one.slug: one for one in bank.misconceptions},
    )
