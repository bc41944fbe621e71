"""Files of an extract: Parquet and JSON, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from reviewkit.accounts.tables import TABLES, ColumnType
from reviewkit.metrics.dims import MEMBER

_MONEY = pa.decimal128(38, 18)
_TYPES: dict[ColumnType, Any] = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "money": _MONEY,
    "boolean": pa.bool_(),
}


@cache
def _cube_types(table: str) -> dict[str, Any]:
    # Whoever reads an extract does without the library that the cube is computed with.
    from reviewkit.metrics.facts import FACTS

    fact = FACTS[table]
    measures = {item.name: pa.int64() if item.type == "int64" else _MONEY for item in fact.measures}
    return {"month": pa.date32()} | dict.fromkeys(fact.dims, pa.string()) | measures


def write_parquet(path: Path, frame: pd.DataFrame, table: str) -> None:
    """Write a frame of measures or of register rows, sorted by all its columns."""
    spec = TABLES[table]
    types = (
        _cube_types(table) if spec.fact else {item.name: _TYPES[item.type] for item in spec.columns}
    ) | dict.fromkeys(MEMBER, pa.string())
    columns = {
        str(name): pa.array(frame[name], type=types[str(name)], from_pandas=True)
        for name in frame.columns
    }
    rows = pa.table(columns).sort_by([(name, "ascending") for name in columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows, path, compression="zstd")


def read_parquet(path: Path) -> pd.DataFrame:
    """Read what `write_parquet` wrote; days become `datetime64`, money `Decimal`."""
    frame: pd.DataFrame = pq.read_table(path).to_pandas(date_as_object=False)
    return frame


def write_json(path: Path, data: Any) -> None:
    """Write JSON with sorted keys."""
    path.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in `folder` and below, by its path relative to it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def content_hash(data: Any) -> str:
    """Return the SHA-256 of JSON data, whatever the order of its keys."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
