"""A PDF from an executed notebook, against webpdf."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from bench.measures.packs import reviews_of
from bench.measuring import Bench, Line, script
from bench.printing import EXPORTERS

AT_LEAST = 15.0


def measure(bench: Bench) -> Iterator[Line]:
    """Export executed QBR notebooks in one warm process, both ways in turn."""
    rounds = script("printing", reviews_of(bench))
    ours, theirs = (statistics.median(found[name] for found in rounds) for name in EXPORTERS)
    yield Line(
        what="PDF from an executed QBR notebook, warm",
        against="nbconvert webpdf, warm",
        ours=ours,
        peer=theirs,
        unit="s",
        ratio=theirs / ours,
        aim=f"≥ {AT_LEAST:.0f} ×",
        met=theirs / ours >= AT_LEAST,
        note=f"median of {len(rounds)} notebooks",
    )
