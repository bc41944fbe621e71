"""What can be done to a file, so that it is no longer what it should be."""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from pathlib import Path

import duckdb
from bad_case import ROWS, Change

DATA = "data/cases.csv"
FILLED = "SELECT 'C1' AS id, 'A' AS who, '2026-09-01' AS opened, 'late' AS what"


def parquet(select: str = FILLED, name: str = "data/cases.parquet") -> Change:
    """Write the rows of `select` as Parquet."""

    def change(root: Path) -> None:
        with duckdb.connect() as con:
            con.execute(f"COPY ({select}) TO '{root / name}' (FORMAT parquet)")

    return change


def cut(name: str, keep: float) -> Change:
    """Keep only the first part of a file."""

    def change(root: Path) -> None:
        data = (root / name).read_bytes()
        (root / name).write_bytes(data[: int(len(data) * keep)])

    return change


def overwrite(name: str, at: int, data: bytes) -> Change:
    """Overwrite bytes in the middle of a file."""

    def change(root: Path) -> None:
        with (root / name).open("r+b") as file:
            file.seek(at)
            file.write(data)

    return change


def sqlite(*statements: str, name: str = "data/cases.db") -> Change:
    """Write an SQLite file with the cases, and do `statements` in it."""

    def change(root: Path) -> None:
        with sqlite3.connect(root / name) as db:
            db.execute(f"CREATE TABLE cases AS {FILLED}")
            for statement in statements:
                db.execute(statement)
        db.close()

    return change


def duck(*statements: str, name: str = "data/cases.duckdb") -> Change:
    """Write a DuckDB file with the cases, and do `statements` in it."""

    def change(root: Path) -> None:
        with duckdb.connect(str(root / name)) as db:
            db.execute(f"CREATE TABLE cases AS {FILLED}")
            for statement in statements:
                db.execute(statement)

    return change


def remove(name: str) -> Change:
    """Remove a file."""
    return lambda root: (root / name).unlink()


def folder(name: str) -> Change:
    """Make a folder where a file is wanted."""

    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).mkdir()

    return change


def link(name: str, aim: str) -> Change:
    """Make `name` a link to `aim`."""

    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(aim)

    return change


def pipe(name: str) -> Change:
    """Make `name` a pipe into which nobody writes."""

    def change(root: Path) -> None:
        (root / name).unlink()
        os.mkfifo(root / name)

    return change


def zipped() -> bytes:
    """Return a ZIP archive with the rows in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cases.csv", ROWS)
    return data.getvalue()


def flip_footer(path: Path) -> None:
    """Damage the metadata at the end of a Parquet file, but not its mark."""
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[-8:-4], "little")
    data[-8 - size : -8] = b"\xff" * size
    path.write_bytes(data)


def from_the_future(path: Path) -> None:
    """Give a DuckDB file a version of its storage that does not exist yet, all else sound."""
    data = bytearray(path.read_bytes())
    data[12:20] = (9999).to_bytes(8, "little")
    checksum = 5381
    for place in range(8, 4096, 8):
        checksum ^= int.from_bytes(data[place : place + 8], "little") * 0xBF58476D1CE4E5B9
    data[:8] = (checksum & (2**64 - 1)).to_bytes(8, "little")
    path.write_bytes(data)
