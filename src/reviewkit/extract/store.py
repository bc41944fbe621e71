"""The cube kept on disk: written once for all clients, read for one client at a time.

Each table is a Parquet file with a row group per client, so that whoever prepares a client's
extract reads that client's rows and no others.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Mapping
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
    """A cube on disk. `key` tells what it was made from; `notes` are the maker's own."""

    folder: Path
    key: str
    supplied: Mapping[str, frozenset[str]]
    cutoffs: Mapping[str, dt.datetime]
    begins: Mapping[str, dt.date]
    tables: Mapping[str, str]
    groups: Mapping[str, Mapping[str, int]]
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
            rows = _opened(self.folder / f"{name}.parquet", self.key).read()
            frames = {name: rows.to_pandas(date_as_object=False)}
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
        file = _opened(self.folder / f"{table}.parquet", self.key)
        found = (self.groups[table].get(name) for name in (client, EVERYONE))
        groups = [group for group in found if group is not None]
        rows = file.read_row_groups(groups) if groups else file.schema_arrow.empty_table()
        frame: pd.DataFrame = rows.to_pandas(date_as_object=False)
        return frame


@lru_cache(maxsize=64)
def _opened(path: Path, _key: str) -> pq.ParquetFile:
    return pq.ParquetFile(path)


def write_cube(cube: Cube, folder: Path, key: str, notes: Mapping[str, Any]) -> CubeStore:
    """Write `cube` whole in place of what lies in `folder`; whoever reads the old one goes on."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        groups = {
            name: _write_table(new / f"{name}.parquet", frame)
            for frames in (cube.facts, cube.registers)
            for name, frame in frames.items()
        }
        about = {
            "key": key,
            "supplied": {name: sorted(columns) for name, columns in cube.supplied.items()},
            "cutoffs": {name: moment.isoformat() for name, moment in cube.cutoffs.items()},
            "begins": {name: day.isoformat() for name, day in cube.begins.items()},
            "tables": dict.fromkeys(cube.facts, "facts")
            | dict.fromkeys(cube.registers, "registers"),
            "groups": groups,
            "notes": dict(notes),
        }
        (new / _RATES).write_text(_rates(cube.rates), encoding="utf-8")
        (new / _ABOUT).write_text(json.dumps(about, sort_keys=True), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.replace(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    _opened.cache_clear()
    return _read(folder, about)


def _rates(rates: Rates) -> str:
    rows = [[*row[:1], row[1].isoformat(), *row[2:4], str(row[4])] for row in rates.rows]
    return json.dumps({"base": rates.base, "rows": rows})


def _write_table(path: Path, frame: pd.DataFrame) -> dict[str, int]:
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    places = frame.groupby("client", sort=True).indices
    with pq.ParquetWriter(path, rows.schema, compression="zstd") as writer:
        for own in places.values():
            writer.write_table(rows.take(pa.array(own)), row_group_size=len(own))
    return {str(client): number for number, client in enumerate(places)}


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
        groups=about["groups"],
        notes=about["notes"],
    )
