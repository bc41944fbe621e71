"""All metrics of the demo's clients, and the cube of as many shipments as a provider has."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from bench import cube_data
from bench.figures import MONTHS
from bench.measuring import Bench, Line, script
from reviewkit.demo import write_demo

FIGURES_UNDER, CUBE_UNDER = 10.0, 5.0

CLIENTS = 50
"""Clients whose shipments are in the cube."""


def measure(bench: Bench) -> Iterator[Line]:
    """Evaluate every metric from a cube made before; then make a cube."""
    yield _figures(bench)
    yield _cube(bench)


def _figures(bench: Bench) -> Line:
    workspace = bench.once("demo", write_demo)
    runs = [script("figures", workspace) for _ in range(bench.size(3, 1))]
    seconds = statistics.median(run["seconds"] for run in runs)
    return Line(
        what=f"all metrics of {runs[0]['clients']} clients and {MONTHS} months, cube made",
        against="the aim: nothing else computes them",
        ours=seconds,
        peer=FIGURES_UNDER,
        unit="s",
        ratio=seconds / FIGURES_UNDER,
        aim=f"< {FIGURES_UNDER:.0f} s",
        met=seconds < FIGURES_UNDER,
        note=f"{runs[0]['figures']:,} figures with a value",
    )


def _cube(bench: Bench) -> Line:
    rows = bench.size(1_000_000, 100_000)
    folder = bench.once("million", lambda to: cube_data.generate(rows, CLIENTS, to))
    rounds = [
        [script("cubes", whose, folder, str(CLIENTS)) for whose in ("ours", "hand")]
        for _ in range(bench.size(3, 1))
    ]
    ours, hand = (statistics.median(each[place]["seconds"] for each in rounds) for place in (0, 1))
    return Line(
        what=f"the cube of {rows:,} shipments, {CLIENTS} clients",
        against="a DuckDB query written by hand",
        ours=ours,
        peer=hand,
        unit="s",
        ratio=ours / hand,
        aim=f"< {CUBE_UNDER:.0f} s",
        met=ours < CUBE_UNDER,
        note=f"{rounds[0][0]['groups']:,} groups",
    )
