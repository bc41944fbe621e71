"""The scorecard: every measure with its target, status, references, trend and cases."""

from __future__ import annotations

from itertools import groupby

from reviewkit.analysis.findings import judged
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Prose,
    Row,
    Span,
    Table,
)
from reviewkit.display import lengths, words
from reviewkit.display.figures import cell, label
from reviewkit.display.formats import NOTHING
from reviewkit.display.reservations import Reservations
from reviewkit.display.tiles import PERIODS, references, sparkline
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def scorecard(view: View) -> Block:
    """Return a page with the scorecard under a heading that counts its outcomes."""
    values, blank = _split(view)
    notes = Reservations(view)
    rows = tuple(
        _row(view, value, say(group) if first else "", notes)
        for group, members in groupby(values, key=lambda value: METRICS[value.metric].group)
        for first, value in ((at == 0, value) for at, value in enumerate(members))
    )
    table = Table(
        columns=_columns(view),
        rows=rows,
        summary=say("Scorecard of {client}, {period}", client=view.client, period=view.title),
        footnotes=notes.written(),
    )
    if not rows:
        # A heading over a single sentence is no page: it stands in the list of what lacks.
        names = _aimed(view, blank)
        return NotSupplied(what=say("No measure has a figure: {measures}.", measures=names))
    heading = Heading(
        role="page",
        text=_heading(view),
        nav=say("Scorecard"),
        note=tuple(Span(text=text) for text in (_note(view),) if text),
    )
    return Group(blocks=(heading, table, *_lacking(view, blank)))


def _split(view: View) -> tuple[list[MetricValue], list[MetricValue]]:
    """Return the figures that have something to print, and those that have nothing at all."""
    values = [view.figures.one(metric.id) for metric in view.scored]
    filled = [v for v in values if any(at is not None for at in (v.value, v.prior, v.year_ago))]
    return filled, [value for value in values if value not in filled]


def _lacking(view: View, blank: list[MetricValue]) -> tuple[Block, ...]:
    """Return what has no figure in a line: what was not supplied, and what had no case."""
    given = [value for value in blank if view.figures.supplied(value.metric)]
    lines = (
        (say("Not supplied:"), [value for value in blank if value not in given]),
        (say("No case in {period}:", period=view.head(view.period)), given),
    )
    paragraphs = tuple(
        (Span(text=lead, tone="strong"), Span(text=f" {_aimed(view, values)}."))
        for lead, values in lines
        if values
    )
    return (Prose(paragraphs=paragraphs),) if paragraphs else ()


def _aimed(view: View, values: list[MetricValue]) -> str:
    """Return measures by name; what is aimed at is told, for it is neither met nor missed."""
    names = [
        say("{metric} (target {target})", metric=_own(value), target=view.text.target(value))
        if value.target is not None
        else _own(value)
        for value in values
    ]
    # "Time to resolution, median" would read as two.
    return "; ".join(names) if any("," in name for name in names) else words.listed(names)


def _own(value: MetricValue) -> str:
    return words.within(METRICS[value.metric])


def _columns(view: View) -> tuple[Column, ...]:
    period = view.period
    trend = say("{count} {periods}", count=PERIODS, periods=words.noun(period.noun, many=True))
    return (
        Column(key="measure", label=say("Measure"), grow=1, card="title"),
        Column(key="value", label=view.head(period), align="decimal", role="actual", card="lead"),
        Column(key="target", label=say("Target"), align="right"),
        Column(key="status", label=say("Status"), role="status"),
        Column(key="prior", label=view.head(period.prior()), align="right", role="reference"),
        Column(key="year_ago", label=view.head(period.year_ago()), align="right", role="reference"),
        Column(key="trend", label=trend, role="graphic"),
        Column(key="n", label="n", align="right", role="reference"),
    )


def _row(view: View, value: MetricValue, group: str, notes: Reservations) -> Row:
    metric = METRICS[value.metric]
    few = value.status == "low_volume"
    text = view.text.counts(value) if few else view.text.value(value, unit=False)
    trend = sparkline(view, value.metric)
    link = f"#def-{value.metric}" if view.figures.supplied(value.metric) else ""
    target, prior, year_ago = references(view, value)
    return Row(
        group=group,
        cells=(
            Cell(text=label(metric, view.formats), link=link, mark=notes.mark(value)),
            cell(value, text, value.value),
            cell(value, target.text, target.at, target.role),
            Cell(status=view.text.status(value, gap=False)),
            cell(value, prior.text, prior.at, prior.role),
            cell(value, year_ago.text, year_ago.at, year_ago.role),
            Cell(trend=trend) if trend else Cell(text=NOTHING),
            Cell(
                text=view.formats.number(value.n) if value.value is not None else NOTHING,
                value=value.n,
                type="int",
            ),
        ),
    )


def _heading(view: View) -> str:
    names = tuple(metric.id for metric in view.scored)
    found = judged(view.figures, names)
    met = [value for value in found if value.status == "met"]
    missed = [value for value in found if value.status == "missed"]
    if not found:
        return words.capital(_unjudged(view, len(names)))
    if len(met) == len(found):
        return _all_met(view, met)
    about = {"part": words.count(len(met)), "whole": words.count(len(found))}
    if missed:
        text = say_number(
            "The only measure with a target missed it: {names}",
            "{part} of {whole} measures with a target met it; {names} missed",
            len(found),
            names=_names(missed),
            **about,
        )
    else:
        text = say_number(
            "The only measure with a target came near: {names}",
            "{part} of {whole} measures with a target met it; {names} came near",
            len(found),
            names=_names([value for value in found if value.status == "at_risk"]),
            **about,
        )
    return words.capital(text)


def _unjudged(view: View, count: int) -> str:
    filled, blank = _split(view)
    if not blank:
        return say_number(
            "{count} measure, none with a status",
            "{count} measures, none with a status",
            count,
            count=words.count(count),
        )
    return say_number(
        "{part} of {whole} measures has a figure, none a status",
        "{part} of {whole} measures have a figure, none a status",
        len(filled),
        part=words.count(len(filled)),
        whole=words.count(count),
    )


def _all_met(view: View, met: list[MetricValue]) -> str:
    best = max(met, key=lambda value: (value.n, value.metric))
    text = say_number(
        "{every} measure with a target met it; {metric} stands at {now}",
        "{every} measures with a target met it; {metric} stands at {now}",
        len(met),
        every=words.every(len(met)),
        metric=words.within(METRICS[best.metric]),
        now=view.text.value(best),
    )
    return words.capital(text)


def _names(values: list[MetricValue]) -> str:
    return words.listed(words.within(METRICS[value.metric]) for value in values)


def _note(view: View) -> str:
    values = [view.figures.one(metric.id) for metric in view.scored]
    found = judged(view.figures, tuple(metric.id for metric in view.scored))
    met, near, missed = (
        sum(value.status == status for value in found) for status in ("met", "at_risk", "missed")
    )
    if not found:
        return lengths.unlike(view)
    rest = len(values) - met - near - missed
    parts = (
        say("{count} met", count=words.count(met)) if met else "",
        say("{count} near (inside the agreed tolerance)", count=words.count(near)) if near else "",
        say("{count} missed", count=words.count(missed), context="of measures") if missed else "",
        say("{count} without a status", count=words.count(rest)) if rest else "",
    )
    said = say_number(
        "{count} measure: {outcome}. Trend lines: dashed is the target.",
        "{count} measures: {outcome}. Trend lines: dashed is the target.",
        len(values),
        count=words.count(len(values)),
        outcome=words.listed(filter(None, parts)),
    )
    return " ".join(text for text in (words.capital(said), lengths.unlike(view)) if text)
