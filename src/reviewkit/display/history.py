"""Several years of the measures: the same period of each, and what became of it."""

from __future__ import annotations

from reviewkit.analysis.figures import known
from reviewkit.analysis.movement import number
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.figures import UNITS, cell, label
from reviewkit.display.formats import NOTHING
from reviewkit.display.tiles import PERIODS, sparkline
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import Period
from reviewkit.speech import say, say_number

YEARS = 3
"""Years that are compared: as many as an extract reaches back."""


def history(view: View) -> Block:
    """Return each measure in the same period of up to three years, oldest first."""
    spans = _spans(view.period)
    found = [(own, [view.figures.one(own.id, span) for span in spans]) for own in view.scored]
    found = [(own, row) for own, row in found if known(row[-1]) and _since(row) is not None]
    if not found:
        return NotSupplied(
            what=say("No measure covers two years."),
        )
    first = _first([row for _, row in found])
    table = Table(
        columns=_columns(view, spans[first:]),
        rows=tuple(_row(view, own, row[first:], found, at) for at, (own, row) in enumerate(found)),
        summary=say("Measures in the same period of several years"),
    )
    note = say(
        "The same period of each year. Trend lines: {count} {what} to {period}; dashed is the "
        "target.",
        count=PERIODS,
        what=_steps(view),
        period=view.head(view.period),
    )
    heading = Heading(
        role="section",
        # What begins later is not told as if it were compared with the first year.
        text=_heading(view, [pair for pair in found if known(pair[1][first])], spans[first]),
        nav=say("Years"),
        note=(Span(text=note),),
    )
    return Group(blocks=(heading, table), keep=True)


def _first(rows: list[list[MetricValue]]) -> int:
    """Return the position of the first year in which most of the measures have cases.

    Before an account began nothing was shipped; that is no year to be held against.
    """
    counts = [sum(known(row[at]) and row[at].n > 0 for row in rows) for at in range(YEARS)]
    return next((at for at in range(YEARS - 1) if counts[at] * 2 >= len(rows)), YEARS - 2)


def _spans(period: Period) -> list[Period]:
    spans = [period]
    for _ in range(YEARS - 1):
        spans.append(spans[-1].year_ago())
    return spans[::-1]


def _steps(view: View) -> str:
    kinds = {
        "month": say("months"),
        "quarter": say("quarters"),
        "half": say("half-years"),
        "year": say("years"),
    }
    return kinds.get(view.period.noun, say("periods"))


def _since(row: list[MetricValue]) -> MetricValue | None:
    """Return the oldest figure that the newest can be held against."""
    return next((value for value in row[:-1] if known(value)), None)


def _columns(view: View, spans: list[Period]) -> tuple[Column, ...]:
    years = tuple(
        Column(
            key=span.id,
            label=view.head(span),
            align="right",
            role="actual" if span == view.period else "reference",
            card="lead" if span == view.period else "line",
        )
        for span in spans
    )
    return (
        Column(key="measure", label=say("Measure"), grow=3, card="title"),
        *years,
        Column(key="change", label=say("Change"), align="right"),
        Column(key="target", label=say("Target"), align="right", role="reference"),
        Column(key="trend", label=say("Trend"), role="graphic", grow=1),
    )


def _row(
    view: View,
    own: Metric,
    row: list[MetricValue],
    found: list[tuple[Metric, list[MetricValue]]],
    at: int,
) -> Row:
    before = found[at - 1][0].group if at else ""
    return Row(
        group=own.group if own.group != before else "",
        cells=(
            Cell(text=label(own, view.formats)),
            *(_year(view, value) for value in row),
            Cell(text=_change(view, own, row)),
            Cell(text=view.text.target(row[-1])),
            Cell(trend=sparkline(view, own.id)),
        ),
    )


def _year(view: View, value: MetricValue) -> Cell:
    if not known(value):
        return Cell(text=NOTHING)
    return cell(value, view.text.value(value, unit=False), value.value)


def _change(view: View, own: Metric, row: list[MetricValue]) -> str:
    since = _since(row)
    if since is None:
        return NOTHING
    step = number(row[-1].value) - number(since.value)
    if own.unit == "money":
        return view.formats.money(step, own.decimals, signed=True)
    return view.formats.number(step * UNITS[own.unit].scale, own.decimals, signed=True)


def _heading(view: View, found: list[tuple[Metric, list[MetricValue]]], first: Period) -> str:
    better = [own for own, row in found if _side(own, row) > 0]
    worse = [own for own, row in found if _side(own, row) < 0]
    since = view.head(first)
    if not better and not worse:
        return say("No measure moved since {period}", period=since)
    if not worse:
        return say_number(
            "One measure is better than in {period}, none worse",
            "{better} measures are better than in {period}, none worse",
            len(better),
            better=words.capital(words.count(len(better))),
            period=since,
        )
    names = words.listed(words.within(own) for own in worse[:2])
    told = {
        "better": words.count(len(better)),
        "worse": words.count(len(worse)),
        "period": since,
        "names": names,
    }
    if not better:
        text = say_number(
            "One measure is worse than in {period}, none better: {names}",
            "{worse} measures are worse than in {period}, none better; {names} among them",
            len(worse),
            **told,
        )
        return words.capital(text)
    text = say_number(
        "{better} measures are better than in {period}; one is worse: {names}",
        "{better} measures are better than in {period}; {worse} are worse, {names} among them",
        len(worse),
        **told,
    )
    return words.capital(text)


def _side(own: Metric, row: list[MetricValue]) -> int:
    """Return 1 where a measure became better, −1 where worse, 0 where neither can be said."""
    since = _since(row)
    sign = {"higher": 1, "lower": -1}.get(METRICS[own.id].better, 0)
    if since is None or not sign:
        return 0
    step = sign * (number(row[-1].value) - number(since.value))
    return (step > 0) - (step < 0)
