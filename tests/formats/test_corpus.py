"""Every file that fuzzing has kept is read again: a reading or a refusal, in time, and never a crash."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assessments.formats.exchange import Reading
from assessments.formats.registry import FORMATS
from tests.formats.contract import held
from tests.formats.fuzz import CORPUS, changed, samples_of

FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_kept_file_is_read_or_refused(path: Path) -> None:
    found = held(FORMATS[path.parent.name], path.read_bytes())
    assert isinstance(found, (Reading, str)), "held refuses all that a reader may not do"


@pytest.mark.parametrize("name", FORMATS)
def test_files_broken_at_random_are_read_or_refused(name: str) -> None:
    chance, samples = random.Random(7), samples_of(FORMATS[name])
    for _ in range(15):
        found = held(FORMATS[name], changed(chance.choice(samples), samples, chance))
        assert isinstance(found, (Reading, str))
