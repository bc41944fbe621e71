"""The cube of many shipments, ours or by a query written by hand, in a process of its own.

Run as `python -m bench.cubes WHOSE FOLDER CLIENTS`; prints seconds, groups and peak memory.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import cube_data, cube_sql
from bench.watching import most_held
from reviewkit.metrics.cube import build_cubes
from reviewkit.params.models import Workspace


def _ours(tables: cube_data.Tables, workspace: Workspace) -> int:
    return sum(len(cube.facts["shipments"]) for cube in build_cubes(tables, workspace))


def _by_hand(tables: cube_data.Tables, workspace: Workspace) -> int:
    return len(cube_sql.measures(tables.con, workspace))


WHOSE: dict[str, Callable[[cube_data.Tables, Workspace], int]] = {"ours": _ours, "hand": _by_hand}


def main(whose: str, folder: str, clients: str) -> None:
    """Time one way of making the cube."""
    tables, workspace = cube_data.open_tables(Path(folder)), cube_data.workspace(int(clients))
    began = time.perf_counter()
    groups = WHOSE[whose](tables, workspace)
    seconds = time.perf_counter() - began
    peak = most_held(os.getpid())
    print(json.dumps({"seconds": seconds, "groups": groups, "peak": peak}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
