"""What the tests of imports share."""

import pytest

from assessments.formats.registry import FORMATS
from tests.workflows.told import Told


@pytest.fixture
def told(monkeypatch):
    format = Told()
    monkeypatch.setitem(FORMATS, "told", format)
    return format


@pytest.fixture
def part(area):
    return area.subskills.first()
