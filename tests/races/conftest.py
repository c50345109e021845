"""Every race is run twice: on SQLite and on PostgreSQL."""

import pytest

from tests.person import Person

SERVERS = [
    pytest.param("site", id="sqlite"),
    pytest.param("postgresql_site", id="on-postgresql", marks=pytest.mark.postgresql),
]


@pytest.fixture(params=SERVERS)
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def ada(server):
    """A guest with one question before her."""
    return Person(server)


@pytest.fixture
def attempt(ada):
    return ada.begin()
