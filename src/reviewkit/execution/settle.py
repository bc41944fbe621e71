"""Takes out of an executed notebook what differs from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nbformat import NotebookNode

_VOLATILE = ("papermill", "execution", "widgets")
"""Metadata in which the time of a run, or paths of the machine, would stand."""


def settle(notebook: NotebookNode, also: Sequence[str] = ()) -> None:
    """Take out times, durations, paths of this machine, and the metadata named in `also`."""
    for place in (notebook.metadata, *(cell.metadata for cell in notebook.cells)):
        for name in (*_VOLATILE, *also):
            place.pop(name, None)
    notebook.metadata.pop("language_info", None)
    for position, cell in enumerate(notebook.cells):
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
        elif "id" not in cell:
            cell["id"] = f"cell-{position}"
        for output in cell.get("outputs", []):
            _settle_output(output)


def _settle_output(output: Any) -> None:
    if output.get("output_type") in ("display_data", "execute_result"):
        output["metadata"] = dict(output.get("metadata", {}))
        output.pop("transient", None)
