"""How soon the command line answers."""

from __future__ import annotations

from collections.abc import Iterator

from bench.measuring import PAPERMILL, REVIEWKIT, Bench, Line, command, interleaved

UNDER = 0.3


def measure(bench: Bench) -> Iterator[Line]:
    """Ask for help."""
    ours, theirs = interleaved(
        bench.size(21, 5),
        lambda: command(REVIEWKIT, "--help").seconds,
        lambda: command(PAPERMILL, "--help").seconds,
    )
    yield Line(
        what="reviewkit --help",
        against="papermill --help",
        ours=ours,
        peer=theirs,
        unit="s",
        ratio=theirs / ours,
        aim=f"< {UNDER} s",
        met=ours < UNDER,
    )
