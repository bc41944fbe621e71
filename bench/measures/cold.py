"""From the start of a build to its first finished PDF, in a workspace never built before."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.measuring import Bench, Line, build, command, forget, interleaved
from bench.notebooks import REVIEWS, write_reviews
from reviewkit.demo import write_demo

CLIENT = "acme"
UNDER = 4.0
_LOOK = 0.005


def first_pdf(workspace: Path, report: str) -> float:
    """Return the seconds until the first PDF is there."""
    forget(workspace, cube=True)
    began = time.monotonic()
    seen: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK):
            if any(workspace.glob("reports/*/*/*.pdf")):
                seen.append(time.monotonic() - began)
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    whole = build(workspace, CLIENT, "--report", report, "--format", "pdf").seconds
    over.set()
    watcher.join()
    return seen[0] if seen else whole


def measure(bench: Bench) -> Iterator[Line]:
    """Build one client of the demo from nothing, one kind of report after the other."""
    workspace = bench.once("demo", write_demo)
    for report in ("executive", "qbr"):
        folder = bench.once(f"cold-{report}", write_reviews, workspace, report, (CLIENT,))
        ours, theirs = interleaved(
            bench.size(5, 1),
            partial(first_pdf, workspace, report),
            partial(_peer, folder / REVIEWS),
        )
        yield Line(
            what=f"start to first PDF of one client, {report}, cold",
            against="papermill and webpdf, extract made before",
            ours=ours,
            peer=theirs,
            unit="s",
            ratio=theirs / ours,
            aim=f"< {UNDER:.0f} s",
            met=ours < UNDER,
        )


def _peer(reviews: Path) -> float:
    return command(sys.executable, "-m", "bench.peer", reviews, "1", "pdf").seconds
