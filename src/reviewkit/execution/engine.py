"""The papermill engine of a run: nbclient's own, held to what a report may take and print."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from reviewkit.execution.limits import Limits

NAME = "reviewkit"


@dataclass
class Watch:
    """What is known of a run while it runs, and after it broke off.

    `notebook` is the notebook as far as it came, `cell` the cell of it at work, `printed`
    the bytes of output so far. `ran` is called with each cell that has run.
    """

    limits: Limits
    notebook: NotebookNode | None = None
    cell: NotebookNode | None = None
    ran: Callable[[NotebookNode], None] | None = None
    printed: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def flooded(self) -> bool:
        """Tell whether the cells have printed more than they may."""
        return self.printed > self.limits.output

    def seconds(self, _cell: NotebookNode) -> float:
        """Return how long the next cell may take; what is left of the run if that is less."""
        left = self.began + self.limits.run_seconds - time.monotonic()
        return max(0.1, min(self.limits.cell_seconds, left))

    @property
    def overran(self) -> bool:
        """Tell whether the run as a whole took longer than it may."""
        return time.monotonic() - self.began >= self.limits.run_seconds


class _Client(PapermillNotebookClient):
    def __init__(self, nb_man: Any, watch: Watch, **kw: Any) -> None:
        super().__init__(nb_man, **kw)
        self._watch = watch

    def execute_cell(self, cell: NotebookNode, cell_index: int, *given: Any, **kw: Any) -> Any:
        self._watch.cell = cell
        done = super().execute_cell(cell, cell_index, *given, **kw)
        if self._watch.ran:
            self._watch.ran(cell)
        return done

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        watch, before = self._watch, self._watch.flooded
        watch.printed += _size(msg["content"])
        if not watch.flooded:
            return super().process_message(msg, cell, cell_index)
        if not before:
            # Asking it to stop is no use: what prints without end may well not listen.
            self._stopping = asyncio.ensure_future(self.km.shutdown_kernel(now=True))
        return None


def _size(content: Any) -> int:
    """Return about how many bytes a message shows."""
    if isinstance(content, str):
        return len(content)
    if isinstance(content, dict):
        return sum(_size(item) for item in content.values())
    if isinstance(content, list):
        return sum(_size(item) for item in content)
    return 8


class WatchedEngine(NBClientEngine):
    """Runs a notebook under a `Watch`, which keeps it whether or not the run breaks off."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **kw: Any) -> NotebookNode:
        """Run `nb`, which the watch keeps, and give papermill one without cells.

        papermill would write the notebook to text once more, and put marks around a cell
        that failed; whoever asked for the run looks for failures himself.
        """
        super().execute_notebook(nb, kernel_name, **kw)
        return new_notebook(metadata=nb.metadata)

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, watch: Watch, **kw: Any
    ) -> None:
        """Run the cells of `nb_man.nb` one after the other."""
        watch.notebook = nb_man.nb
        _Client(
            nb_man,
            watch,
            kernel_name=kernel_name,
            timeout_func=watch.seconds,
            startup_timeout=60,
            # A report's kernel has nothing left to do: it need not be asked.
            shutdown_kernel="immediate",
            kernel_manager_class=kw["kernel_manager_class"],
        ).execute()


papermill_engines.register(NAME, WatchedEngine)
