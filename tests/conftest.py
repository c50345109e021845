"""What every test may ask for: a bank, and people called Ada and Bob."""

import os
import shutil

import pytest
from django.core.cache import cache
from django.test import Client

from assessments.models import Learner, User
from assessments.workflows.advice import _neighbours
from assessments.workflows.banks import _area_bank
from assessments.workflows.library import library_of
from tests.bank import ALL_KINDS, make_area
from tests.postgresql import PG_CTL
from tests.site import pattern, postgresql_site, site  # noqa: F401

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NEEDED = {"browser": (CHROMIUM, "apt install chromium"), "postgresql": (PG_CTL, "apt install postgresql")}


def pytest_collection_modifyitems(config, items):
    """Tests whose program is missing are left out, loudly; with NO_SKIP=1 that is a failure."""
    left_out = {}
    for item in items:
        for marker, (program, remedy) in NEEDED.items():
            if marker in item.keywords and not program:
                left_out[marker] = remedy
                item.add_marker(pytest.mark.skip(reason=f"no program for {marker} tests: {remedy}"))
    config.left_out = left_out
    if left_out and os.environ.get("NO_SKIP"):
        pytest.exit(f"programs are missing: {left_out}", returncode=1)


def pytest_terminal_summary(terminalreporter, config):
    for marker, remedy in getattr(config, "left_out", {}).items():
        terminalreporter.write_sep("!", f"LEFT OUT: all {marker} tests. Install: {remedy}", red=True, bold=True)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Primary keys come again after a rollback, so nothing may be remembered under them."""
    _area_bank.cache_clear()
    _neighbours.cache_clear()
    library_of.cache_clear()
    cache.clear()


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def mixed_area(db):
    return make_area("mixed", kinds=ALL_KINDS)


@pytest.fixture
def ada(db):
    return Learner.objects.create(user=User.objects.create_user("ada@example.org", "correct horse battery"))


@pytest.fixture
def bob(db):
    return Learner.objects.create(user=User.objects.create_user("bob@example.org", "correct horse battery"))


@pytest.fixture
def adas_browser(ada):
    client = Client()
    client.force_login(ada.user, backend="assessments.accounts.LearnerBackend")
    return client


@pytest.fixture
def bobs_browser(bob):
    client = Client()
    client.force_login(bob.user, backend="assessments.accounts.LearnerBackend")
    return client


@pytest.fixture
def editors_browser(db):
    client = Client()
    editor = User.objects.create_superuser("editor@example.org", "correct horse battery")
    client.force_login(editor, backend="assessments.accounts.LearnerBackend")
    return client
