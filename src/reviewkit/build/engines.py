"""Who sets the pages, and what of a workspace's own decides how they look."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

EXTENSION = Path("notebooks", "_extensions", "reviewkit")
"""Where a workspace keeps a Quarto format extension of its own."""


def own_extension(root: Path) -> Path | None:
    """Return the folder of the workspace's own Quarto extension, where it has one."""
    folder = root / EXTENSION
    return folder if (folder / "_extension.yml").is_file() else None


def _ours(_: Path) -> str:
    return "reviewkit"


def _by_quarto(root: Path) -> str:
    folder = own_extension(root)
    digest = hashlib.sha256(b"quarto")
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


LOOKS: Mapping[str, Callable[[Path], str]] = {"reviewkit": _ours, "quarto": _by_quarto}
"""By engine: what changes when the look of its pages may, given the workspace."""

ENGINES = tuple(LOOKS)
