"""Pages on one measure: a heading that says where it stands and what carries its change."""

from __future__ import annotations

from reviewkit.analysis.findings import Finding, finding_of
from reviewkit.analysis.movement import DIMENSIONS, exact, explained, number
from reviewkit.blocks import Block, Heading
from reviewkit.display import change, standing, words
from reviewkit.display.trends import not_supplied
from reviewkit.display.view import View
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import metric


def page(view: View, metric_id: str) -> Block:
    """Return the heading of a page on one measure."""
    own = metric(metric_id)
    finding = finding_of(view.figures, view.facts, metric_id, "miss")
    return Heading(role="page", text=_heading(view, own, finding), nav=own.label)


def change_of(view: View, metric_id: str, by: str = "") -> Block:
    """Return the change of a measure along `by`, or along what carries most of it."""
    own = metric(metric_id)
    lacking = own.missing(view.figures.data)
    if lacking:
        return not_supplied(view, own, lacking)
    found = explained(view.figures, metric_id) if not by else None
    usual = next((dim for dim in DIMENSIONS if dim in own.dims), "")
    return change.change(view, metric_id, by or (found.by if found else usual))


def _heading(view: View, own: Metric, finding: Finding) -> str:
    value = finding.value
    if value is None or value.value is None:
        return f"{own.label}: no figure for {view.head(view.period)}"
    if value.status == "low_volume":
        return f"{own.label}: {view.text.counts(value)}, too few for a rate"
    stands = standing.standing(view, finding)
    carried = standing.carried(view, finding)
    if carried:
        return f"{stands}: {carried}"
    if value.target is None or value.partial or own.rollup == "difference":
        return stands
    gap = exact(value) - number(value.target)
    better = gap >= 0 if own.better != "lower" else gap <= 0
    if not gap:
        return f"{stands}, exactly its target"
    side = "better than" if better else "short of"
    step = view.text.step(own, abs(gap), word=True)
    return f"{stands}, {step} {side} its target of {words.capital(view.text.aim(value)).strip()}"
