"""Finds the workspace that a folder lies in. Imports nothing heavy."""

from __future__ import annotations

from pathlib import Path

from reviewkit.errors import UsageError


def find_workspace(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds ``params/house.yaml``."""
    if not start.is_dir():
        kind = "is no folder" if start.exists() else "does not exist"
        raise UsageError(
            f"{start} {kind}. Name the folder of a workspace, "
            "or make one with: reviewkit init FOLDER"
        )
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "params" / "house.yaml").is_file():
            return folder
    raise UsageError(
        f"{start} is not in a workspace: no params/house.yaml there or above. "
        "Go to a workspace, name one with --workspace, or make one with: reviewkit init FOLDER"
    )
