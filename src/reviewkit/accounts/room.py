"""How much room the embedded database may take: so much memory, and a folder for the rest."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import literal
from reviewkit.locks import alone

_MOST = 2_500_000_000
"""Bytes that the database may hold; what is larger lies on disk meanwhile."""

_COPYING = 1_400_000_000
"""Bytes that it may hold while it copies rows; the program itself takes some more."""

_UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}


@contextmanager
def bounded(con: Backend, root: Path) -> Iterator[None]:
    """Bound the memory of `con`, and let it spill into the workspace at `root` until the end.

    It may hold 60 % of the machine's memory (of the container's, in one), at most `_MOST`.
    """
    _allow(con, _MOST)
    with _folder(root / ".reviewkit" / "tmp") as spill:
        con.raw_sql(f"SET temp_directory = {literal(str(spill))}")
        yield


@contextmanager
def narrowed(con: Backend) -> Iterator[None]:
    """Bound the memory of `con` to `_COPYING` until the end, and as `bounded` does after it."""
    _allow(con, _COPYING)
    try:
        yield
    finally:
        _allow(con, _MOST)


def _allow(con: Backend, most: int) -> None:
    con.raw_sql("SET memory_limit = '60%'")
    ((given,),) = con.raw_sql("SELECT current_setting('memory_limit')").fetchall()
    number, unit = str(given).split()
    if float(number) * _UNITS[unit] > most:
        con.raw_sql(f"SET memory_limit = '{most // 1000**2}MB'")


@contextmanager
def _folder(beside: Path) -> Iterator[Path]:
    """Make a folder of one's own; what a killed process left is removed."""
    beside.mkdir(parents=True, exist_ok=True)
    for old in beside.glob("spill-*"):
        with suppress(_InUseError), alone(old / "lock", _in_use):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="spill-", dir=beside))
    try:
        with alone(folder / "lock"):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _InUseError(Exception):
    """Another process, or another opening in this one, has the folder."""


def _in_use() -> None:
    raise _InUseError
