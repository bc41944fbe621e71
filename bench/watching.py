"""The memory of a process and all that it started, looked at while they run (Linux)."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_PROC = Path("/proc")
_PAUSE = 0.25


class Watch:
    """Peak memory of a process tree in bytes; use it in a `with` block around its life.

    `largest` is the most that one process held (its high-water mark), `together` the most
    that all held at one of the moments looked at, pages that they share counted once.
    """

    def __init__(self, pid: int) -> None:
        self.largest = self.together = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look_on(self) -> None:
        while not self._over.wait(_PAUSE):
            family = _family(self._pid)
            self.largest = max([self.largest, *map(most_held, family)])
            together = sum(_told(pid, "smaps_rollup", "Pss") for pid in family)
            self.together = max(self.together, together)


def most_held(pid: int) -> int:
    """Return the most memory that a process has held, in bytes.

    What the kernel tells of a process's use of resources would do for oneself, but counts
    what the program before it held, which started it.
    """
    return _told(pid, "status", "VmHWM")


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [pid]
    for parent in found:
        for task in _PROC.glob(f"{parent}/task/*/children"):
            with suppress(OSError):
                found += [int(child) for child in task.read_text().split()]
    return found


def _told(pid: int, file: str, name: str) -> int:
    """Return a figure of a process in bytes; 0 for one that is gone or may not be read."""
    with suppress(OSError):
        for line in (_PROC / str(pid) / file).read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return 0
