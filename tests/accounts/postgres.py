"""A PostgreSQL server of the tests' own, from Debian's package."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    return found[-1].parent


def _as_somebody_else() -> list[str]:
    """Root may not run the server; the package brings a user for it."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("no user postgres here: apt-get install postgresql")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a server with its data in `folder`; yield a URL that holds its password."""
    binaries, user = _binaries(), _as_somebody_else()
    data = folder / "data"
    secret = folder / "secret"
    secret.write_text("plum")
    if user:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *words: str) -> None:
        command = [*user, str(binaries / program), *words]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        assert ran.returncode == 0, ran.stderr + ran.stdout

    run("initdb", "-D", str(data), "-U", "reader", f"--pwfile={secret}", "-A", "scram-sha-256")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://reader:plum@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
