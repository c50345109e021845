"""Runs a snippet in a clean process of its own, with limits on time, memory and output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_NOSYSTEM": "1",
}
SHOWN = 100_000  # characters of output that are read back
CONFINE = """
import os, resource, sys
seconds, memory, output = map(int, sys.argv[1:4])
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
os.execvp(sys.argv[4], sys.argv[4:])
"""
SQL_RUNNER = """
import sqlite3, sys
connection, statement = sqlite3.connect(":memory:"), ""
def show(statement):
    for row in connection.execute(statement):
        print("|".join("NULL" if value is None else str(value) for value in row))
for piece in sys.stdin.read().split(";"):
    statement += piece + ";"
    if sqlite3.complete_statement(statement):
        show(statement)
        statement = ""
if statement.strip(" \\n\\t;"):
    show(statement)
"""


@dataclass(frozen=True)
class Limits:
    """What one run may use."""

    seconds: int = 60
    memory: int = 4 * 1024**3  # bytes of address space; numerical libraries reserve much
    output: int = 10 * 1024**2  # bytes of any file written


@dataclass(frozen=True)
class Snippet:
    """Code to be run: python, sql or bash."""

    language: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """How a run ended. status: the exit status; None after a timeout."""

    status: int | None
    stdout: str
    stderr: str

    @property
    def ended_well(self) -> bool:
        return self.status == 0


def run(snippet: Snippet, *, interpreter: str, hash_seed: str, limits: Limits) -> Outcome:
    """Runs the snippet in an empty folder; hash_seed orders Python's sets of strings."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "home").mkdir()
        (place / "work").mkdir()
        (place / "in").write_text(snippet.source, encoding="utf-8")
        command = _confined(_command(snippet.language, interpreter), interpreter, limits)
        status = _run_in(place, command, hash_seed, limits.seconds)
        return Outcome(status, _shown(place / "out"), _shown(place / "err"))


def _command(language: str, interpreter: str) -> list[str]:
    commands = {
        "python": [interpreter, "-"],
        "sql": [interpreter, "-c", SQL_RUNNER],
        "bash": ["bash", "-eu", "-s"],
    }
    return commands[language]


def _confined(command: list[str], interpreter: str, limits: Limits) -> list[str]:
    """The same command, started by a process that has set its own limits."""
    bounds = [str(bound) for bound in (limits.seconds, limits.memory, limits.output)]
    return [interpreter, "-S", "-c", CONFINE, *bounds, *command]


def _run_in(place: Path, command: list[str], hash_seed: str, seconds: int) -> int | None:
    path = os.environ.get("PATH", os.defpath)
    environment = {
        "PATH": path,
        "HOME": str(place / "home"),
        "PYTHONHASHSEED": hash_seed,
    }
    with (place / "in").open("rb") as stdin, (place / "out").open("wb") as stdout:
        with (place / "err").open("wb") as stderr:
            process = subprocess.Popen(  # noqa: S603 - a list without a shell, the snippets are our own
                command,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                cwd=place / "work",
                env=ENVIRONMENT | environment,
                start_new_session=True,  # so that its children end with it
            )
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _shown(file: Path) -> str:
    with file.open("rb") as stream:
        return stream.read(SHOWN).decode("utf-8", "replace")
