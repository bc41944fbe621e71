"""Runs notebooks with papermill, each in a kernel of its own that sees one extract."""

from reviewkit.execution.engine import Limits
from reviewkit.execution.fence import available as fence_available
from reviewkit.execution.kernels import EXTRACT
from reviewkit.execution.notebooks import Run, read_notebook, run_notebook, write_notebook

__all__ = [
    "EXTRACT",
    "Limits",
    "Run",
    "fence_available",
    "read_notebook",
    "run_notebook",
    "write_notebook",
]
