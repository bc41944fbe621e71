"""Time and memory per report as clients grow in number, and a build that has nothing to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Bench, Line, Ran, build, forget, interleaved
from bench.workspaces import write_workspace

REPORT = ("--report", "executive", "--audience", "client")
SHARE = 0.02
"""Of the demo client's rows: about two thousand deliveries for each client."""

FLAT = 1.10
NOTHING_SECONDS, NOTHING_SHARE = 2.0, 0.01


def measure(bench: Bench) -> Iterator[Line]:
    """Build everything of three workspaces from nothing; then the largest once more."""
    sizes = (3, 6, 12) if bench.quick else (10, 100, 1000)
    runs = dict(zip(sizes, (3, 1, 1), strict=True))
    built: dict[int, Ran] = {}
    for size in sizes:
        workspace = bench.once(f"scale-{size}", write_workspace, size, SHARE)
        built[size] = _whole(workspace, runs[size])
    yield from _nothing(workspace, sizes[-1], built[sizes[-1]].seconds, bench)
    yield from growth(built)


def _whole(workspace: Path, runs: int) -> Ran:
    """Build a workspace from nothing; return the run of median time."""
    ran = []
    for _ in range(runs):
        forget(workspace, cube=True)
        ran.append(build(workspace, *REPORT, watched=True))
    return sorted(ran, key=lambda run: run.seconds)[len(ran) // 2]


def _nothing(workspace: Path, clients: int, whole: float, bench: Bench) -> Iterator[Line]:
    (ours,) = interleaved(bench.size(5, 1), lambda: build(workspace, *REPORT).seconds)
    yield Line(
        what=f"a build of {clients:,} clients with nothing to do",
        against="their full build, measured: executive, HTML and PDF",
        ours=ours,
        peer=whole,
        unit="s",
        ratio=ours / whole,
        aim=f"< {NOTHING_SECONDS:.0f} s, < {NOTHING_SHARE:.0%}",
        met=ours < NOTHING_SECONDS and ours / whole < NOTHING_SHARE,
    )


def growth(built: dict[int, Ran]) -> Iterator[Line]:
    """Give time and memory of the most clients against those of fewer."""
    few, *_, many = built
    seconds = {size: run.seconds / size for size, run in built.items()}
    # The start of a build is dear to ten clients: held against them alone, a time that grows
    # from a hundred to a thousand could pass for one that is flat.
    least = min((size for size in seconds if size != many), key=seconds.__getitem__)
    yield Line(
        what=f"time per executive report, {many:,} clients",
        against=f"{least:,} clients, the quickest of the fewer",
        ours=seconds[many],
        peer=seconds[least],
        unit="s",
        ratio=seconds[many] / seconds[least],
        aim=f"≤ {FLAT:.2f} ×",
        met=seconds[many] / seconds[least] <= FLAT,
        note="; ".join(f"{size:,}: {value:.2f} s" for size, value in seconds.items()),
    )
    for what, memory in (
        ("memory of the largest process", {size: run.largest for size, run in built.items()}),
        ("memory of all processes", {size: run.together for size, run in built.items()}),
    ):
        yield Line(
            what=f"{what}, {many:,} clients",
            against=f"{few} clients",
            ours=memory[many] / 1e6,
            peer=memory[few] / 1e6,
            unit="MB",
            ratio=memory[many] / memory[few],
            aim=f"≤ {FLAT:.2f} ×",
            met=memory[many] / memory[few] <= FLAT,
            note="; ".join(f"{size:,}: {value / 1e6:,.0f} MB" for size, value in memory.items()),
        )
