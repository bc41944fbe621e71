"""Every metric of every client of a workspace for its last twelve months, in a process of its own.

Run as `python -m bench.figures WORKSPACE`; prints seconds, figures and clients. The cube is made
first and is no part of the time; cutting each client's part out of it is.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.story_worlds import knowing
from reviewkit import periods
from reviewkit.accounts import open_accounts
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.registry import published
from reviewkit.params.load import load_workspace
from reviewkit.params.models import Workspace

MONTHS = 12


def every_figure(cube: Cube, workspace: Workspace, client: str) -> int:
    """Evaluate all that the own house may know of a client; return how many figures hold a value.

    Months are the client's own, or fiscal periods where it has those; each is compared with the
    one before and the year before, and judged, as in a review.
    """
    as_of = cube.horizons[client].as_of
    own = workspace.clients[client].client
    last = periods.last_complete("month", as_of, own.fiscal_calendar)
    figures, _ = knowing(cube, workspace, client, last, "internal")
    names = [metric.id for metric in published("internal", own.shares)]
    values = [
        value
        for month in last.run(MONTHS)
        for value in evaluate(figures.data, names, month, as_of=as_of)
    ]
    return sum(value.value is not None for value in values)


def main(folder: str) -> None:
    """Time all clients, one after the other."""
    workspace = load_workspace(Path(folder))
    with open_accounts(workspace) as accounts:
        accounts.require_sources()
        cube = build_cube(accounts, workspace)
    began = time.perf_counter()
    figures = sum(every_figure(cube, workspace, client) for client in workspace.clients)
    seconds = time.perf_counter() - began
    found = {"seconds": seconds, "figures": figures, "clients": len(workspace.clients)}
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
