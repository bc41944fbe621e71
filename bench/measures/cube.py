"""The cube of many shipments, against one query written by hand for the same groups."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from bench import cube_data
from bench.measuring import Bench, Line, script

CLIENTS = 1000
AT_MOST = 1.3


def measure(bench: Bench) -> Iterator[Line]:
    """Make both in turn, each in a process of its own, from the same Parquet files."""
    rows = bench.size(100_000_000, 10_000_000)
    folder = bench.once("cube", lambda to: cube_data.generate(rows, CLIENTS, to))
    rounds = [
        [script("cubes", whose, folder, str(CLIENTS)) for whose in ("ours", "hand")]
        for _ in range(bench.size(3, 1))
    ]
    ours, hand = (statistics.median(each[place]["seconds"] for each in rounds) for place in (0, 1))
    peak = max(each[0]["peak"] for each in rounds)
    yield Line(
        what=f"the cube of {rows // 1_000_000} million shipments, {CLIENTS:,} clients",
        against="a DuckDB query written by hand",
        ours=ours,
        peer=hand,
        unit="s",
        ratio=ours / hand,
        aim=f"≤ {AT_MOST} ×",
        met=ours / hand <= AT_MOST,
        note=f"{rounds[0][0]['groups']:,} groups; peak {peak / 1e9:.1f} GB",
    )
