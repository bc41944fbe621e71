"""What a page cannot carry, named in the log: each thing once, by the cell it stands in."""

from __future__ import annotations

import logging

_LOG = logging.getLogger("reviewkit.render")


class Notes:
    """Writes warnings to the log, none of them twice."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def add(self, cell: int, text: str) -> None:
        """Warn of `text` in the notebook's cell number `cell`, counted from 1; 0 is no cell."""
        line = f"cell {cell}: {text}" if cell else text
        if line not in self._said:
            self._said.add(line)
            _LOG.warning("%s", line)
