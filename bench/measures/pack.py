"""One more pack in a build that is at work, against the least that it can take."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from bench.measures.packs import building, clients_of, reviews_of, workspace_of
from bench.measuring import Bench, Line, interleaved, script

AT_MOST = 2.0


def measure(bench: Bench) -> Iterator[Line]:
    """Take the time of few packs from that of many; the difference is that of the rest."""
    workspace, reviews, clients = workspace_of(bench), reviews_of(bench), clients_of(bench)
    few = clients[: len(clients) // 3]
    of_few, of_all, floor = interleaved(
        bench.size(3, 1),
        building(workspace, *few, jobs=1),
        building(workspace, *clients, jobs=1),
        lambda: statistics.median(script("floor", reviews)),
    )
    ours = (of_all - of_few) / (len(clients) - len(few))
    yield Line(
        what="one more QBR pack, HTML and PDF, 1 job",
        against="its cells in one warm process, and rendering",
        ours=ours,
        peer=floor,
        unit="s",
        ratio=ours / floor,
        aim=f"≤ {AT_MOST} ×",
        met=ours / floor <= AT_MOST,
        note=f"{len(clients)} packs less {len(few)}, divided by {len(clients) - len(few)}",
    )
