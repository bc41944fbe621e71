"""A lock that one process holds and the system releases, however the process ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str], *, wait: bool) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[str], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


def _nothing() -> None:
    """Say nothing."""


@contextmanager
def alone(path: Path, waiting: Callable[[], None] = _nothing) -> Iterator[None]:
    """Hold the lock at `path`; `waiting` is called before waiting for another process.

    Raises `OSError` where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        if not _take(file, wait=False):
            waiting()
            while not _take(file, wait=True):
                pass
        yield
