"""Reading and checking many shipments, from Parquet and from CSV."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench import cube_data
from bench.measuring import REVIEWKIT, Bench, Line, command, script

CLIENTS = 50
MEMORY = 2 << 30


@dataclass(frozen=True)
class Form:
    """A form of the same file, and the seconds within which it is to be checked."""

    name: str
    suffix: str
    seconds: float


FORMS = (Form("Parquet", "parquet", 60.0), Form("CSV", "csv", 120.0))

_HOUSE = """\
name: Meridian Logistics
sources:
  shipments:
    - file: data/shipments-000.{suffix}
      cutoff: {cutoff}
      client:
        column: client
        keys:
{keys}
      columns:
{columns}
"""


def measure(bench: Bench) -> Iterator[Line]:
    """Check a workspace of nothing but shipments, with the command that a user types."""
    rows = bench.size(5_000_000, 500_000)
    workspace = bench.once("intake", _write, rows)
    for form in FORMS:
        _house(workspace, form.suffix)
        file = workspace / "data" / f"shipments-000.{form.suffix}"
        runs = [
            (
                command(REVIEWKIT, "check", "--workspace", workspace, watched=True),
                float(script("loading", file)),
            )
            for _ in range(bench.size(3, 1))
        ]
        ours = statistics.median(run.seconds for run, _ in runs)
        peer = statistics.median(seconds for _, seconds in runs)
        peak = max(run.together for run, _ in runs)
        yield Line(
            what=f"{rows / 1e6:g} million shipments checked, from {form.name}",
            against="DuckDB loads the file, nothing checked",
            ours=ours,
            peer=peer,
            unit="s",
            ratio=ours / peer,
            aim=f"≤ {form.seconds:.0f} s, ≤ {MEMORY >> 30} GiB",
            met=ours <= form.seconds and peak <= MEMORY,
            note=f"peak {peak / (1 << 30):.2f} GiB",
        )


def _write(folder: Path, rows: int) -> None:
    cube_data.generate(rows, CLIENTS, folder / "data")
    made = folder / "data" / "shipments-000"
    duckdb.execute(f"COPY (FROM '{made}.parquet') TO '{made}.csv' (HEADER)")
    for slug in cube_data.workspace(CLIENTS).clients:
        own = folder / "params" / slug
        own.mkdir(parents=True)
        (own / "client.yaml").write_text(f"name: Client {slug}\ncurrency: EUR\n")


def _house(workspace: Path, suffix: str) -> None:
    slugs = cube_data.workspace(CLIENTS).clients
    found = duckdb.execute(f"DESCRIBE FROM '{workspace}/data/shipments-000.parquet'").fetchall()
    columns = [str(row[0]) for row in found if row[0] != "client"]
    text = _HOUSE.format(
        suffix=suffix,
        cutoff=cube_data.CUTOFF.isoformat(),
        keys="\n".join(f"          {slug}: {slug}" for slug in slugs),
        columns="\n".join(f"        {column}: {column}" for column in columns),
    )
    (workspace / "params" / "house.yaml").write_text(text)
