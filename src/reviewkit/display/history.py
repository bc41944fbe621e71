"""Several years of the measures: the same period of each, and what became of it."""

from __future__ import annotations

from reviewkit.analysis.figures import known
from reviewkit.analysis.years import Course, Years, years
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.figures import UNITS, cell, label
from reviewkit.display.formats import NOTHING, rounded_to
from reviewkit.display.tiles import PERIODS, sparkline
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.metric import Metric
from reviewkit.periods import Period
from reviewkit.speech import say, say_number


def history(view: View) -> Block:
    """Return each measure in the same period of up to three years, oldest first."""
    found = years(view.figures, view.scored)
    if found is None:
        return NotSupplied(
            what=say("No measure covers two years."),
        )
    groups = [course.metric.group for course in found.courses]
    table = Table(
        columns=_columns(view, found.spans),
        rows=tuple(
            _row(view, course, say(group) if group != before else "")
            for course, group, before in zip(found.courses, groups, ["", *groups[:-1]], strict=True)
        ),
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
        text=_heading(view, found),
        nav=say("Years"),
        note=(Span(text=note),),
    )
    return Group(blocks=(heading, table), keep=True)


def _steps(view: View) -> str:
    kinds = {
        "month": say("months"),
        "quarter": say("quarters"),
        "half": say("half-years"),
        "year": say("years"),
    }
    return kinds.get(view.period.noun, say("periods"))


def _columns(view: View, spans: tuple[Period, ...]) -> tuple[Column, ...]:
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


def _row(view: View, course: Course, group: str) -> Row:
    own, row = course.metric, course.values
    return Row(
        group=group,
        cells=(
            Cell(text=label(own, view.formats)),
            *(_year(view, value) for value in row),
            Cell(text=_change(view, course)),
            Cell(text=view.text.target(row[-1])),
            Cell(trend=sparkline(view, own.id)),
        ),
    )


def _year(view: View, value: MetricValue) -> Cell:
    if not known(value):
        return Cell(text=NOTHING)
    return cell(value, view.text.value(value, unit=False), value.value)


def _change(view: View, course: Course) -> str:
    if course.since is None:
        return NOTHING
    own, step = course.metric, course.step
    if own.unit == "money":
        return view.formats.money(step, own.decimals, signed=True)
    return view.formats.number(step * UNITS[own.unit].scale, own.decimals, signed=True)


def _gone(found: Years, side: int) -> tuple[Metric, ...]:
    """Return the measures that went to `side`, by a step that the table shows."""
    return tuple(
        item.metric
        for item in found.compared
        if item.side == side
        and rounded_to(item.step * UNITS[item.metric.unit].scale, item.metric.decimals)
    )


def _heading(view: View, found: Years) -> str:
    better, worse = _gone(found, 1), _gone(found, -1)
    since = view.head(found.spans[0])
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
