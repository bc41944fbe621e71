"""Parts that got worse while the figure as a whole stayed, or rose: a slide that is hidden."""

from __future__ import annotations

from reviewkit.analysis.causes import lane_causes
from reviewkit.analysis.change import CONFIDENCE, Change, Part
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.model import Finding
from reviewkit.analysis.movement import looked_for, movement, split_by
from reviewkit.metrics.registry import METRICS

NAMED = 3
"""Parts that are named, those that took most from the whole first."""


def slide(figures: Figures, metric_id: str) -> Finding | None:
    """Return the parts of a metric whose own rate got worse beyond chance; `None` without any.

    Along the finest dimension that shows them. Chances are corrected for all looks of the
    review, and what a part alone takes from the whole must show in the printed figure.
    """
    for by in looked_for(figures, metric_id):
        change = split_by(figures, metric_id, by)
        parts = _slid(change) if change and len(change.parts) > 1 else ()
        if change and parts:
            return _finding(figures, change, parts)
    return None


def _slid(change: Change) -> tuple[Part, ...]:
    sign = METRICS[change.metric].sign
    worse = (
        part
        for part in change.parts
        if part.chance is not None
        and part.chance < 1 - CONFIDENCE
        and sign * part.rate < 0
        and abs(part.rate) >= change.visible
    )
    return tuple(sorted(worse, key=lambda part: -abs(part.rate)))[:NAMED]


def _finding(figures: Figures, change: Change, parts: tuple[Part, ...]) -> Finding:
    late = change.metric == "on_time_delivery" and change.by == "lane"
    causes = lane_causes(figures, parts[0].key) if late else ()
    return Finding(
        kind="slid",
        value=figures.one(change.metric),
        moved=movement(figures, change.metric, figures.period.prior()),
        change=change,
        contributors=parts,
        causes=tuple(cause for cause in causes if cause.name),
    )
