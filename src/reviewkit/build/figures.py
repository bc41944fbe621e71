"""Figures for the command line: all metrics of a client, as JSON or as a table."""

from __future__ import annotations

from reviewkit.build.plan import chosen, chosen_audience, clients_of
from reviewkit.build.reports import extract as write_extract
from reviewkit.build.selection import Selection
from reviewkit.extract.read import read_extract
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.registry import published
from reviewkit.params import Workspace


def figures(
    workspace: Workspace, client: str, selection: Selection, audience: str, by: tuple[str, ...]
) -> tuple[MetricValue, ...]:
    """Return every metric that `audience` may know, for the period, sliced by `by`.

    Metrics without one of the dimensions are left out where others have it; where none
    has, that is a `UsageError`.
    """
    kind = chosen_audience(audience)
    clients_of(workspace, selection)
    extract = read_extract(write_extract(workspace, client, selection, kind))
    period = extract.period
    metrics = published(kind, workspace.clients[client].client.shares)
    every = extract.metric_data.member_dims
    chosen(by, {*every, *(dim for metric in metrics for dim in metric.dims)}, "dimension")
    fitting = [metric.id for metric in metrics if set(by) <= {*every, *metric.dims}]
    return evaluate(extract.metric_data, fitting, period, by, as_of=extract.as_of)


def render_figures(values: tuple[MetricValue, ...]) -> str:
    """Return figures as aligned text, exactly as they are in JSON."""
    head = ("metric", "by", "value", "unit", "numerator", "denominator", "n", "target", "status")
    rows: list[tuple[str, ...]] = [(*head, "prior", "year ago")]
    for value in values:
        by = ", ".join(value.by.values())
        made_of = (value.numerator, value.denominator, value.n)
        judged = (value.target, value.status, value.prior, value.year_ago)
        shown = (value.value, value.unit, *made_of, *judged)
        rows.append((value.metric, by, *(_text(item) for item in shown)))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _text(item: object) -> str:
    if item is None:
        return "-"
    return f"{item:.6g}" if isinstance(item, float) else str(item)
