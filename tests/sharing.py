"""What is dear to make is made once, whichever worker of the suite asks for it first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Once = Callable[[str, Callable[[Path], object]], Path]


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the temporary folder that all workers of this run of the suite can see."""
    own = factory.getbasetemp()
    # Each worker of pytest-xdist has a folder of its own within that of the run.
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def made_once(root: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return `root/name`, made by `make` unless it was; others who ask meanwhile wait.

    What a failed `make` left is not taken for the whole: the next who asks makes it anew.
    """
    folder, done = root / name, root / f"{name}.done"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        tries = len(list(root.glob(f"{name}-failed-*")))
        if not done.exists():
            if folder.exists():
                folder.rename(root / f"{name}-failed-{tries}")
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
