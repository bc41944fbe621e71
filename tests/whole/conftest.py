"""A demo workspace built once for all tests of the whole, through the command line alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from demos import copied
from sharing import Once

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def reviewkit() -> Run:
    """Runs the command line as a user would; `ok=False` allows it to fail."""

    def run(*words: str | Path, cwd: Path | None = None, ok: bool = True) -> object:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"}
        done = subprocess.run(
            [sys.executable, "-m", "reviewkit", *map(str, words)],
            cwd=cwd,
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        if ok and done.returncode != 0:
            raise AssertionError(f"{words} ended with {done.returncode}:\n{done.stderr[-4000:]}")
        assert "Traceback (most recent call last)" not in done.stderr
        return done

    return run  # type: ignore[return-value]


@pytest.fixture(scope="session")
def demo(once: Once, demo_cubed: Path, reviewkit: Run) -> Path:
    """A demo workspace in which every report of every client is built; never to be changed.

    `REVIEWKIT_DEMO` names one in which `make demo` was run: a copy of it is as current as it is,
    and only what is stale in it is built.
    """

    def make(folder: Path) -> None:
        built = os.environ.get("REVIEWKIT_DEMO")
        if built:
            for part in ("data", "notebooks", "params", "reports", ".reviewkit"):
                copied(Path(built) / part, folder / part)
            # What `make demo` builds beyond what is due: a build writes the list anew without.
            shutil.rmtree(folder / "reports" / "harebell" / "FY2027Q1")
            shutil.rmtree(folder / "reports" / "portfolio")
            (folder / "reports" / "index.html").unlink()
        else:
            copied(demo_cubed, folder)
        reviewkit("build", "--workspace", folder)

    return once("demo-built", make)
