"""Opens a workspace: parameters read, and the names in them held to what exists."""

from __future__ import annotations

from pathlib import Path

from reviewkit.params import Workspace, load_workspace


def open_workspace(root: Path) -> Workspace:
    """Return the workspace at `root`; raises `ParamsError` with every problem of every file."""
    return load_workspace(root)
