"""What is costly to make and always comes out the same, kept on disk by its hash.

Nothing is kept until a folder is named: an exporter that runs alone leaves no files behind.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_folder: Path | None = None


def keep_in(folder: Path | None) -> None:
    """Keep in `folder` what is made from now on, and look there first; `None` keeps nothing."""
    global _folder
    _folder = folder


def kept(made_by: str, source: str, make: Callable[[], str]) -> str:
    """Return what `make` gives, from the folder if it was made before.

    `source` is all that it is made from, `made_by` what makes it, versions included.
    """
    if _folder is None:
        return make()
    name = hashlib.sha256(f"{made_by}\0{source}".encode()).hexdigest()
    path = _folder / name[:2] / name
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        made = make()
    # A full disk costs the next build some time, not this one its report.
    with suppress(OSError):
        _write(path, made)
    return made


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def prune(folder: Path, most: int = 256 << 20) -> None:
    """Remove from `folder` what was made longest ago, until `most` bytes are left."""
    files = [(path.stat(), path) for path in folder.glob("*/*")]
    total = sum(found.st_size for found, _ in files)
    for found, path in sorted(files, key=lambda item: (item[0].st_mtime_ns, item[1])):
        if total <= most:
            return
        path.unlink(missing_ok=True)
        total -= found.st_size
