"""The site as an operator runs it: `deploy/serve` with a database, a folder and a port of its own.

Tests of races, weights and pages speak to it over real HTTP and read its database afterwards.
"""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tests.postgresql import Cluster

ROOT = Path(__file__).resolve().parent.parent
AREA = "programming"
AREAS = (AREA, "statistics")  # a map needs two; these two stand on no other file
KINDS = ("choice", "multiple", "numeric", "short_text", "ordering", "matching")  # the area has all of them
SECONDS_TO_START = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """One server and its data. It can be stopped, killed and started again on the same port."""

    def __init__(self, folder, database_url=None):
        self.folder = folder
        self.sqlite = folder / "careerquiz.sqlite3"
        self.database_url = database_url or f"sqlite:///{self.sqlite}"
        self.is_postgresql = database_url is not None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    @property
    def environment(self):
        """Nothing of the tests' own settings may reach the site."""
        ours = ("DJANGO_", "DEBUG", "SECRET_KEY", "EMAIL_URL", "CACHE_URL", "HTTPS", "BIND", "WEB_CONCURRENCY")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        own = {"VAR_DIR": str(self.folder), "DATABASE_URL": self.database_url, "PORT": str(self.port)}
        return kept | own | {"BACKGROUND": "0"}

    def manage(self, *words, **more):
        command = [sys.executable, ROOT / "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment | more, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def load(self):
        content = self.folder / "content"
        (content / "items").mkdir(parents=True)
        for path in (ROOT / "fixtures").glob("*.yaml"):
            shutil.copy(path, content)
        for area in AREAS:
            shutil.copy(ROOT / "fixtures" / "items" / f"{area}.yaml", content / "items")
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_content", "--folder", content)

    def collect_static(self):
        self.manage("collectstatic", "--noinput", "--verbosity", "0")

    def start(self):
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [ROOT / "deploy" / "serve"], env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        give_up = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < give_up, f"no answer in {SECONDS_TO_START} s\n{self.log}"
            time.sleep(0.1)

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/accounts/login/", timeout=10) as reply:  # noqa: S310
                return reply.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def end(self, by=signal.SIGTERM):
        """Signal the whole group: a worker must not outlive its master."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, by)
            self.process.wait(timeout=30)

    def kill(self):
        self.end(by=signal.SIGKILL)

    @property
    def log(self):
        return (self.folder / "log").read_text()

    def rows(self, statement, *values):
        """What the database holds, read beside the running server; a change is kept."""
        if self.is_postgresql:
            with psycopg.connect(self.database_url) as connection:
                done = connection.execute(statement.replace("?", "%s"), values)
                return done.fetchall() if done.description else []
        connection = sqlite3.connect(self.sqlite, timeout=20)
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def ask(self, attempt, kind):
        """Put a question of this kind in the place of the one that waits."""
        self.rows(
            "UPDATE assessments_itemresponse SET version_id = (SELECT MIN(v.id) FROM assessments_itemversion v"
            " JOIN assessments_item i ON i.current_version_id = v.id WHERE v.kind = ?)"
            " WHERE attempt_id = ? AND answered_at IS NULL",
            kind,
            attempt,
        )

    def answered(self, attempt):
        """The positions of a sitting whose answer is stored."""
        found = self.rows(
            "SELECT position FROM assessments_itemresponse WHERE attempt_id = ? AND answered_at IS NOT NULL"
            " ORDER BY position",
            attempt,
        )
        return [position for (position,) in found]

    def pending(self, attempt):
        """The positions of a sitting that wait for an answer: one, or none at its end."""
        found = self.rows(
            "SELECT position FROM assessments_itemresponse WHERE attempt_id = ? AND answered_at IS NULL", attempt
        )
        return [position for (position,) in found]


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """A site that is built once in a run and never started; the others take its files."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    built = Site(folder / "pattern")
    with (folder / "pattern.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built.folder / "complete").exists():
            built.folder.mkdir()
            built.load()
            built.collect_static()
            (built.folder / "complete").touch()
    return built


def running(site):
    try:
        site.start()
        yield site
    finally:
        site.end()


@pytest.fixture(scope="session")
def site(pattern, tmp_path_factory):
    """On SQLite, as a fresh machine has it."""
    site = Site(tmp_path_factory.mktemp("site"))
    shutil.copy(pattern.sqlite, site.sqlite)
    (site.folder / "static").symlink_to(pattern.folder / "static")
    yield from running(site)


@pytest.fixture(scope="session")
def postgresql_site(pattern, tmp_path_factory):
    """The same code on PostgreSQL."""
    with Cluster() as cluster:
        site = Site(tmp_path_factory.mktemp("postgresql-site"), cluster.url)
        (site.folder / "static").symlink_to(pattern.folder / "static")
        site.load()
        yield from running(site)
