"""The content of the repository in the database, loaded once for each file of tests that asks for it."""

import pytest
from django.db import transaction

from assessments.formats.fixtures import read_rows
from assessments.workflows.content import REFERENCE_FILES
from assessments.workflows.fixture_rows import Load, apply_rows
from tests.bank import make_calibration
from tests.site import ROOT


def load():
    """All but the questions, many rows at once: `loaddata` takes five times as long."""
    files = [ROOT / "fixtures" / f"{name}.yaml" for name in REFERENCE_FILES]
    rows = [row for path in files for row in read_rows(path.read_text(), path.name)[0]]
    done = Load.begin(take_fixtures=False)
    apply_rows(rows, done)
    assert not done.problems


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """Areas, roles, catalogue and facts; every test adds its own rows inside, and they are rolled back."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        make_calibration()
        load()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
