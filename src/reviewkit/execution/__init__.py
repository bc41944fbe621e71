"""Runs notebooks with papermill, each in a kernel of its own that sees one extract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.lazy import exported

if TYPE_CHECKING:
    from reviewkit.execution.kernels import EXTRACT
    from reviewkit.execution.limits import Limits
    from reviewkit.execution.notebooks import Run, read_notebook, run_notebook, write_notebook

__all__ = [
    "EXTRACT",
    "Limits",
    "Run",
    "read_notebook",
    "run_notebook",
    "write_notebook",
]

__getattr__ = exported(
    __name__,
    {
        "EXTRACT": "kernels",
        "Limits": "limits",
        "Run": "notebooks",
        "read_notebook": "notebooks",
        "run_notebook": "notebooks",
        "write_notebook": "notebooks",
    },
)
