"""Writes the demo provider: its data, and the parameters and notebooks where they lack."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reviewkit.demo.books import books
from reviewkit.demo.dirt import PLANTED
from reviewkit.demo.draws import SEED
from reviewkit.demo.exports import DATA
from reviewkit.demo.workspace import own_files
from reviewkit.errors import UsageError

HOUSE = "params/house.yaml"


@dataclass(frozen=True)
class DemoSummary:
    """What `write_demo` did, with paths as they are in `folder`.

    `rows` counts the rows of each data file, `dirty` those planted for the check to find, by
    account table. `written` are new files or files with new content, `unchanged` those that
    were there already. `kept` are parameters and notebooks that differ from the demo's own:
    they were left alone.
    """

    folder: Path
    rows: dict[str, int]
    dirty: dict[str, int]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


def write_demo(folder: Path, seed: int = SEED) -> DemoSummary:
    """Write the demo provider to `folder`: ``data/``, and what lacks of its workspace.

    The data files are the same bytes at every call with a seed; another seed varies everything
    but the stories. A file that already has its content is
    not touched, so that nothing looks newer than it is. Parameters and notebooks that differ
    from the demo's own are kept and named in the summary. Raises `UsageError` where `folder`
    is another provider's workspace, before anything is written.
    """
    own = own_files()
    _require_own(folder, own)
    rows, written, unchanged = _write_data(folder, seed)
    kept: list[str] = []
    for name, content in own.items():
        target = folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            written.append(name)
        else:
            (unchanged if target.read_bytes() == content else kept).append(name)
    dirty = {table: sum(rules.values()) for table, rules in PLANTED.items()}
    return DemoSummary(folder, rows, dirty, tuple(written), tuple(unchanged), tuple(kept))


def _require_own(folder: Path, own: dict[str, bytes]) -> None:
    """Refuse a folder whose provider is not the demo's: its data could bear the same names."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder for the demo.")
    house = folder / HOUSE
    if house.exists() and _name_line(house.read_bytes()) != _name_line(own[HOUSE]):
        raise UsageError(
            f"{house} is another provider's. Name an empty folder: reviewkit demo FOLDER"
        )


def _name_line(house: bytes) -> bytes:
    """Return the line with the provider's name; its colours and sources are free to change."""
    lines = [line.strip() for line in house.splitlines() if line.startswith(b"name:")]
    return lines[0] if lines else b""


def _write_data(folder: Path, seed: int) -> tuple[dict[str, int], list[str], list[str]]:
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    book = books(seed)
    rows: dict[str, int] = {}
    written: list[str] = []
    unchanged: list[str] = []
    with tempfile.TemporaryDirectory(dir=data, prefix=".") as scratch:
        for name, write in DATA.items():
            made, target = Path(scratch) / name, data / name
            rows[name] = write(made, book)
            if target.exists() and filecmp.cmp(made, target, shallow=False):
                unchanged.append(f"data/{name}")
            else:
                shutil.move(made, target)
                written.append(f"data/{name}")
    return rows, written, unchanged
