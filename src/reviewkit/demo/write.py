"""Writes the demo provider: its data, and the parameters and notebooks where they lack."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reviewkit.demo.exports import DATA, books


@dataclass(frozen=True)
class DemoSummary:
    """What `write_demo` did: rows per data file, and which files it wrote, left or found changed.

    `kept` are files of the workspace that differ from the demo's own and were left alone.
    """

    folder: Path
    rows: dict[str, int]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


def write_demo(folder: Path) -> DemoSummary:
    """Write the demo provider to `folder`: ``data/``, and ``params/`` and ``notebooks/`` if absent.

    The data files are the same bytes at every call. A file that already has them is not
    touched, so that nothing looks newer than it is. Parameters and notebooks that differ
    from the demo's own are kept and named in the summary.
    """
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    book = books()
    rows: dict[str, int] = {}
    written: list[str] = []
    unchanged: list[str] = []
    for name, write in DATA.items():
        with tempfile.TemporaryDirectory(dir=data, prefix=".") as scratch:
            made = Path(scratch) / name
            rows[name] = write(made, book)
            target = data / name
            if target.exists() and filecmp.cmp(made, target, shallow=False):
                unchanged.append(f"data/{name}")
                continue
            shutil.move(made, target)
            written.append(f"data/{name}")
    return DemoSummary(folder, rows, tuple(written), tuple(unchanged), ())
