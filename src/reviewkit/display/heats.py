"""Heat maps: a rate by part and month, deeper the further it falls short."""

from __future__ import annotations

from reviewkit.analysis.movement import exact, number
from reviewkit.blocks import Block, Group, Heading, NotSupplied, Span
from reviewkit.display import charts, words
from reviewkit.display.charts import Grid
from reviewkit.display.figures import UNITS
from reviewkit.display.marks import Frame
from reviewkit.display.trends import not_supplied
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import metric
from reviewkit.speech import say

MONTHS = 9
SHOWN = 14
FULL = 12
"""Points short of target at which a cell is as deep as it gets."""


def heat(view: View, metric_id: str, by: str) -> Block:
    """Return a rate by `by` and month; deeper cells fall further short of the target.

    A cell with fewer cases than the house's minimum prints nothing.
    """
    own = metric(metric_id)
    lacking = own.missing(view.figures.data)
    if lacking:
        return not_supplied(view, own, lacking)
    one, many = words.dimension(by)
    if not view.figures.has(own.tables[0], by):
        return NotSupplied(
            what=say("{metric} by {part} was not supplied.", metric=words.name(own), part=one)
        )
    months = view.period.months()[-1].run(MONTHS)
    by_month = [
        {value.by[by]: value for value in view.figures.parts(metric_id, (by,), month)}
        for month in months
    ]
    sizes: dict[str, int] = {}
    for part in by_month:
        for name, value in part.items():
            sizes[name] = sizes.get(name, 0) + value.n
    names = sorted(sizes, key=lambda name: (-sizes[name], name))[:SHOWN]
    fewest = view.house.minimum_n
    cells = tuple(
        (row, column, _weight(own, part[name]), view.text.reference(part[name], part[name].value))
        for row, name in enumerate(names)
        for column, part in enumerate(by_month)
        if name in part and part[name].n >= fewest and not part[name].partial
    )
    about = {"metric": words.name(own), "part": one, "month": view.step}
    if not cells:
        return NotSupplied(
            what=say(
                "No {part} has {fewest} {cases} in a {month}.",
                part=one,
                fewest=fewest,
                cases=words.cases(metric_id),
                month=view.step,
            ),
            detail=say("{metric} by {part} and {month} is not shown: it would be noise.", **about),
        )
    grid = Grid(
        rows=tuple(name or say("Not recorded") for name in names),
        months=view.axis(months),
        cells=cells,
    )
    text = _heading(view, own, names, by_month, fewest)
    note = Span(
        text=say(
            "{metric}, {unit}, by {part} and {month}, largest {parts} first; the deeper, the "
            "further short of target. Empty: fewer than {fewest} cases",
            unit=UNITS[own.unit].head,
            parts=many,
            fewest=fewest,
            **about,
        )
    )
    frame = Frame("full", 15 * len(names) + 20, left=112, right=2, top=18, bottom=2)
    alt = say("{metric} by {part} and {month}. {told}.", told=text, **about)
    chart = charts.heat(grid, view.accent, alt, frame)
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), chart), keep=True)


def _weight(own: Metric, value: MetricValue) -> float:
    if value.target is None or value.value is None:
        return 0.0
    sign = -1 if own.better == "lower" else 1
    short = sign * (number(value.target) - exact(value)) * UNITS[own.unit].scale
    return max(0.0, min(1.0, float(short) / FULL))


def _heading(
    view: View,
    own: Metric,
    names: list[str],
    by_month: list[dict[str, MetricValue]],
    fewest: int,
) -> str:
    found = [
        (value, name, at)
        for at, part in enumerate(by_month)
        for name, value in part.items()
        if name in names and value.n >= fewest and value.value is not None
    ]
    lowest = (min if own.better != "lower" else max)(
        found, key=lambda item: (exact(item[0]), item[1], item[2])
    )
    value, name, at = lowest
    month = view.period.months()[-1].run(MONTHS)[at]
    figure = view.text.reference(value, value.value) + UNITS[own.unit].sign
    return say(
        "{part} had the weakest {month}: {figure} in {when}",
        part=name or say("Not recorded"),
        month=view.step,
        figure=figure,
        when=view.head(month),
    )
