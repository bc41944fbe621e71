"""The cube kept on disk: written once for all clients, read for one client at a time.

Each table is a Parquet file with a row group per client, or some such files, so that whoever
prepares a client's extract reads that client's rows and no others.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from reviewkit.accounts.fx import Rates, rates_from
from reviewkit.errors import ExtractError
from reviewkit.metrics.calendar import Horizon
from reviewkit.metrics.cube import Cube
from reviewkit.params.base import EVERYONE

_ABOUT = "cube.json"
_RATES = "rates.json"
"""Beside it, and not in it: only a report on all accounts needs the rates once more."""


@dataclass(frozen=True)
class CubeStore:
    """A cube on disk. `key` tells what it was made from; `notes` are the maker's own.

    `groups` tells of each table and client the file and the row group that hold its rows.
    """

    folder: Path
    key: str
    supplied: Mapping[str, frozenset[str]]
    cutoffs: Mapping[str, dt.datetime]
    begins: Mapping[str, dt.date]
    tables: Mapping[str, str]
    groups: Mapping[str, Mapping[str, tuple[int, int]]]
    notes: Mapping[str, Any]

    def of(self, client: str, horizon: Horizon) -> Cube:
        """Return the cube of one client, read from its row groups."""
        frames = {name: self._rows(name, client) for name in self.tables}
        kinds = {
            kind: {name: frames[name] for name, own in self.tables.items() if own == kind}
            for kind in ("facts", "registers")
        }
        return Cube(
            facts=kinds["facts"],
            registers=kinds["registers"],
            supplied=self.supplied,
            cutoffs=self.cutoffs,
            begins=self.begins,
            horizons={client: horizon},
        )

    def invoiced(self) -> Cube:
        """Return the invoice lines of all clients, and the rates of exchange; nothing else."""
        name = "invoice_lines"
        frames = {}
        if name in self.tables:
            files = {file for file, _ in self.groups[name].values()} or {0}
            frames = {name: _joined(self._file(name, file).read() for file in sorted(files))}
        rates = json.loads((self.folder / _RATES).read_text(encoding="utf-8"))
        known = [
            (client, dt.date.fromisoformat(day), currency, to, Decimal(rate))
            for client, day, currency, to, rate in rates["rows"]
        ]
        return Cube(
            facts={},
            registers=frames,
            supplied=self.supplied,
            cutoffs=self.cutoffs,
            begins=self.begins,
            horizons={},
            rates=rates_from(known, rates["base"]),
        )

    def _rows(self, table: str, client: str) -> pd.DataFrame:
        groups = defaultdict(list)
        for name in (client, EVERYONE):
            if name in self.groups[table]:
                file, group = self.groups[table][name]
                groups[file].append(group)
        if not groups:
            return _joined([self._file(table, 0).schema_arrow.empty_table()])
        return _joined(self._file(table, n).read_row_groups(own) for n, own in groups.items())

    def _file(self, table: str, number: int) -> pq.ParquetFile:
        return _opened(self.folder / _name(table, number), self.key)


def _name(table: str, number: int) -> str:
    return f"{table}-{number}.parquet"


@lru_cache(maxsize=256)
def _opened(path: Path, _key: str) -> pq.ParquetFile:
    return pq.ParquetFile(path)


def _joined(parts: Iterable[pa.Table]) -> pd.DataFrame:
    frames: list[pd.DataFrame] = [part.to_pandas(date_as_object=False) for part in parts]
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def write_cube(
    cubes: Iterable[Cube], folder: Path, key: str, notes: Mapping[str, Any]
) -> CubeStore:
    """Write the cubes of all clients in place of what lies in `folder`.

    Each is written before the next is made. Whoever reads what lay there goes on.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        about = {"key": key, "notes": dict(notes)} | _written(cubes, new)
        (new / _ABOUT).write_text(json.dumps(about, sort_keys=True), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.replace(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    _opened.cache_clear()
    return _read(folder, about)


def _written(cubes: Iterable[Cube], folder: Path) -> dict[str, Any]:
    """Write the tables of cubes, and the rates; return what there is to know about them."""
    groups: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    begins: dict[str, dt.date] = {}
    for number, cube in enumerate(cubes):
        for name, frame in (*cube.facts.items(), *cube.registers.items()):
            groups[name] |= _write_table(folder, name, number, frame)
        begins |= {name: min(day, begins.get(name, day)) for name, day in cube.begins.items()}
    (folder / _RATES).write_text(_rates(cube.rates), encoding="utf-8")
    return {
        "supplied": {name: sorted(columns) for name, columns in cube.supplied.items()},
        "cutoffs": {name: moment.isoformat() for name, moment in cube.cutoffs.items()},
        "begins": {name: day.isoformat() for name, day in begins.items()},
        "tables": dict.fromkeys(cube.facts, "facts") | dict.fromkeys(cube.registers, "registers"),
        "groups": groups,
    }


def _write_table(
    folder: Path, name: str, number: int, frame: pd.DataFrame
) -> dict[str, tuple[int, int]]:
    """Write a table of the cube of that number; return the place of each client's rows."""
    # A stable order keeps each client's rows as they were, and lets them be cut out whole.
    frame = frame.sort_values("client", kind="stable")
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    sizes = frame.groupby("client", sort=True).size()
    with pq.ParquetWriter(folder / _name(name, number), rows.schema, compression="zstd") as writer:
        first = 0
        for size in sizes:
            writer.write_table(rows.slice(first, size), row_group_size=size)
            first += size
    return {str(client): (number, group) for group, client in enumerate(sizes.index)}


def _rates(rates: Rates) -> str:
    rows = [[*row[:1], row[1].isoformat(), *row[2:4], str(row[4])] for row in rates.rows]
    return json.dumps({"base": rates.base, "rows": rows})


def open_cube(folder: Path, key: str) -> CubeStore | None:
    """Return the cube in `folder` if it is whole and was made from `key`, else `None`."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if about["key"] != key:
            return None
        return _read(folder, about)
    except (OSError, ValueError, KeyError):
        return None


def load_cube(folder: Path, key: str) -> CubeStore:
    """Return the cube in `folder`; raises `ExtractError` where another build has replaced it."""
    store = open_cube(folder, key)
    if store is None:
        raise ExtractError(f"{folder}: was replaced by another build. Build again.")
    return store


def _read(folder: Path, about: dict[str, Any]) -> CubeStore:
    return CubeStore(
        folder=folder,
        key=about["key"],
        supplied={name: frozenset(columns) for name, columns in about["supplied"].items()},
        cutoffs={name: dt.datetime.fromisoformat(at) for name, at in about["cutoffs"].items()},
        begins={name: dt.date.fromisoformat(day) for name, day in about["begins"].items()},
        tables=about["tables"],
        groups={
            name: {client: (file, group) for client, (file, group) in own.items()}
            for name, own in about["groups"].items()
        },
        notes=about["notes"],
    )
