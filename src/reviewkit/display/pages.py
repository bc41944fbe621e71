"""Pages on one measure: a heading that says where it stands and what carries its change."""

from __future__ import annotations

from reviewkit.analysis.findings import finding_of
from reviewkit.analysis.model import Finding
from reviewkit.analysis.movement import DIMENSIONS, exact, explained, looked_for, number
from reviewkit.blocks import Block, Heading
from reviewkit.display import change, standing, words
from reviewkit.display.trends import not_supplied
from reviewkit.display.view import View
from reviewkit.errors import UsageError
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import metric
from reviewkit.speech import say


def page(view: View, metric_id: str) -> Block:
    """Return the heading of a page on one measure."""
    own = metric(metric_id)
    finding = finding_of(view.figures, view.facts, metric_id, "miss")
    return Heading(role="page", text=_heading(view, own, finding), nav=words.name(own))


def change_of(view: View, metric_id: str, by: str = "") -> Block:
    """Return the change of a measure along `by`, or along what carries most of it.

    Raises `UsageError` for what it cannot be taken apart by.
    """
    own = metric(metric_id)
    known = [name for name in looked_for(view.figures, metric_id) if name in words.DIMENSIONS]
    if by and by not in known:
        dims = ", ".join(name for name in known if name != "month")
        raise UsageError(f'{metric_id} cannot be taken apart by "{by}". It can by: {dims}.')
    lacking = own.missing(view.figures.data)
    if lacking:
        return not_supplied(view, own, lacking)
    found = explained(view.figures, metric_id) if not by else None
    usual = next((dim for dim in DIMENSIONS if dim in own.dims), "")
    return change.change(view, metric_id, by or (found.by if found else usual))


def _heading(view: View, own: Metric, finding: Finding) -> str:
    value = finding.value
    if value is None or value.value is None:
        return say(
            "{metric}: no figure for {period}",
            metric=words.name(own),
            period=view.head(view.period),
        )
    if value.status == "low_volume":
        return say(
            "{metric}: {counts}, too few for a rate",
            metric=words.name(own),
            counts=view.text.counts(value),
        )
    stands = standing.standing(view, finding)
    carried = standing.carried(view, finding)
    if carried:
        return say("{standing}: {why}", standing=stands, why=carried)
    if value.target is None or value.partial or own.rollup == "difference":
        return stands
    gap = exact(value) - number(value.target)
    better = gap >= 0 if own.better != "lower" else gap <= 0
    if not gap:
        return say("{standing}, exactly its target", standing=stands)
    about = {
        "standing": stands,
        "step": view.text.step(own, abs(gap), word=True),
        "target": words.capital(view.text.aim(value)).strip(),
    }
    if better:
        return say("{standing}, {step} better than its target of {target}", **about)
    return say("{standing}, {step} short of its target of {target}", **about)
