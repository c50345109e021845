"""A PostgreSQL of our own, for as long as the tests need it."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

PG_CTL = shutil.which("pg_ctl") or next(
    (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True)), None
)
# Other people's tests may run beside ours, and nothing here outlives a power cut.
LIGHT = "-c fsync=off -c shared_buffers=32MB -c max_connections=40"


class Cluster:
    """Its folder is short-named, for a socket's path may have 107 characters, and its port is free."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        password = secrets.token_urlsafe(16)
        self.url = f"postgres://postgres:{password}@127.0.0.1:{self.port}/postgres"
        told = self.folder / "password"
        told.write_text(password)
        if os.getuid() == 0:  # its programs refuse to be run by root
            shutil.chown(self.folder, "postgres")
            shutil.chown(told, "postgres")
        try:
            self.run("initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "-A", "scram-sha-256", "--pwfile", told)
            options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} {LIGHT}"
            self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", options, "start")
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *exception):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self):
        return self.folder / "data"

    def run(self, program, *words):
        command = [Path(PG_CTL).parent / program, *words]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # A file and no pipe: the server that pg_ctl leaves behind would hold a pipe open.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, check=False)
            said.seek(0)
            assert done.returncode == 0, said.read()
