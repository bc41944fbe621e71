"""Packs per minute: our build against papermill and nbconvert, and one job against two."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measuring import Bench, Line, build, command, forget, interleaved
from bench.notebooks import REVIEWS, write_reviews
from bench.workspaces import slugs, write_workspace

REPORT = ("--report", "qbr", "--audience", "client")
JOBS = 2
SHARE = 0.2
"""Of the demo client's rows: about twenty thousand deliveries for each client."""

AT_LEAST, TWICE = 8.0, 1.8


def clients_of(bench: Bench) -> tuple[str, ...]:
    """Return the clients whose packs are made."""
    return slugs(bench.size(24, 4))


def workspace_of(bench: Bench) -> Path:
    """Return a workspace of those clients."""
    return bench.once("packs", write_workspace, len(clients_of(bench)), SHARE)


def reviews_of(bench: Bench) -> Path:
    """Return the list of their reviews, with extracts made; the cube is then made too."""
    given = (workspace_of(bench), "qbr", clients_of(bench))
    return bench.once("reviews", write_reviews, *given) / REVIEWS


def building(
    workspace: Path, *words: str, jobs: int = JOBS, cube: bool = False
) -> Callable[[], float]:
    """Return a measure of a build that finds nothing made but the cube; with `cube` not even it."""

    def seconds() -> float:
        forget(workspace, cube=cube)
        return build(workspace, *words, *REPORT, jobs=jobs).seconds

    return seconds


def measure(bench: Bench) -> Iterator[Line]:
    """Make all packs with two jobs, and with the peer's two processes."""
    workspace, reviews, count = workspace_of(bench), reviews_of(bench), len(clients_of(bench))
    peer = (sys.executable, "-m", "bench.peer", reviews, str(JOBS), "html", "pdf")
    ours, theirs = interleaved(
        bench.size(3, 1), building(workspace), lambda: command(*peer).seconds
    )
    (all_of_it,) = interleaved(1, building(workspace, cube=True))
    yield Line(
        what=f"{count} QBR packs, HTML and PDF, 2 jobs",
        against="papermill, nbconvert HTML and webpdf, 2 processes",
        ours=60 * count / ours,
        peer=60 * count / theirs,
        unit="packs/min",
        ratio=theirs / ours,
        aim=f"≥ {AT_LEAST:.0f} ×",
        met=theirs / ours >= AT_LEAST,
        note=f"with reading the sources: {60 * count / all_of_it:.0f} packs/min",
    )


def measure_jobs(bench: Bench) -> Iterator[Line]:
    """Make the same packs with one job and with two."""
    workspace, count = workspace_of(bench), len(clients_of(bench))
    reviews_of(bench)
    two, one = interleaved(
        bench.size(3, 1), building(workspace, jobs=2), building(workspace, jobs=1)
    )
    yield Line(
        what=f"{count} QBR packs, 2 jobs",
        against="1 job",
        ours=60 * count / two,
        peer=60 * count / one,
        unit="packs/min",
        ratio=one / two,
        aim=f"≥ {TWICE} ×",
        met=one / two >= TWICE,
    )
