"""Tells when somebody has saved a notebook, parameters or commentary."""

from __future__ import annotations

import time
from pathlib import Path
from stat import S_ISREG

_LOOK = 0.05
"""Seconds between looks. Sizes and times of some dozen files are read in a millisecond."""

Stamps = dict[str, tuple[int, int]]


class Watch:
    """The files that decide a client's report, as they were when last looked at."""

    def __init__(self, root: Path, client: str) -> None:
        self._root, self._client = root, client
        self._seen = self._look()

    def wait(self) -> None:
        """Return once a file differs from the last look, and is no longer being written."""
        while (found := self._look()) == self._seen:
            time.sleep(_LOOK)
        while True:
            # An editor may empty a file before it fills it.
            time.sleep(_LOOK)
            self._seen, found = found, self._look()
            if found == self._seen:
                return

    def _look(self) -> Stamps:
        places = (
            *self._root.glob("params/**/*"),
            *self._root.glob("notebooks/*.ipynb"),
            *self._root.glob(f"notebooks/{self._client}/*.ipynb"),
        )
        found = {}
        for path in places:
            if path.name.startswith((".", "~", "#")) or path.name.endswith("~"):
                continue
            try:
                stat = path.stat()
            except OSError:
                continue
            if S_ISREG(stat.st_mode):
                found[str(path)] = (stat.st_mtime_ns, stat.st_size)
        return found
