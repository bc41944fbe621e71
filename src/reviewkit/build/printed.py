"""The figures that a report prints, as they are kept beside its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reviewkit.blocks import Audience, Block, Figure, figures
from reviewkit.evidence import Evidence


def figures_of(
    report: str, audience: Audience, blocks: Iterable[Block], known: Evidence
) -> Iterator[dict[str, Any]]:
    """Yield the figures that a report prints, as they are kept: identity, value, text, parts."""
    for block in blocks:
        for figure, value, text in figures(block):
            yield {
                "report": report,
                "audience": audience,
                "metric": figure.metric,
                "period": figure.period,
                "by": figure.by,
                "role": figure.role,
                "value": value,
                "text": text,
                **_behind(known, figure),
            }


def _behind(known: Evidence, figure: Figure) -> dict[str, Any]:
    """Return the typed numbers behind a figure: with them a later change can be told."""
    found = known.behind(figure)
    if found is None or found.n is None:
        return {}
    return found.model_dump(
        mode="json",
        include={"at", "numerator", "denominator", "n", "unknown", "partial", "cutoff", "version"},
    )
