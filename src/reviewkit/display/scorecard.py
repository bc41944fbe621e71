"""The scorecard: every measure with its target, status, references, trend and cases."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import groupby

from reviewkit.analysis.findings import judged
from reviewkit.blocks import Block, Cell, Column, Footnote, Group, Heading, Row, Span, Table
from reviewkit.display import lengths, words
from reviewkit.display.figures import cell, label
from reviewkit.display.formats import NOTHING
from reviewkit.display.tiles import PERIODS, references, sparkline
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

FULL = Fraction(99, 100)
"""Coverage below which a footnote says what is not known."""


def scorecard(view: View) -> Block:
    """Return a page with the scorecard under a heading that counts its outcomes."""
    values = [view.figures.one(metric.id) for metric in view.scored]
    notes = _Notes(view)
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
    heading = Heading(
        role="page", text=_heading(view), nav=say("Scorecard"), note=(Span(text=_note(view)),)
    )
    return Group(blocks=(heading, table))


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


def _row(view: View, value: MetricValue, group: str, notes: _Notes) -> Row:
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
        return words.capital(
            say_number(
                "{count} measure, none with a status",
                "{count} measures, none with a status",
                len(names),
                count=words.count(len(names)),
            )
        )
    if len(met) == len(found):
        return _all_met(view, met)
    about = {"part": words.count(len(met)), "whole": words.count(len(found))}
    if missed:
        text = say(
            "{part} of {whole} measures with a target met it; {names} missed",
            names=_names(missed),
            **about,
        )
    else:
        text = say(
            "{part} of {whole} measures with a target met it; {names} came near",
            names=_names([value for value in found if value.status == "at_risk"]),
            **about,
        )
    return words.capital(text)


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


class _Notes:
    """Footnotes of a scorecard: one letter per kind of reservation, in order of appearance."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.found: dict[str, list[MetricValue]] = {}

    def mark(self, value: MetricValue) -> str:
        """Return the letters of what must be said about a figure."""
        kinds = [kind for kind, applies, _, _ in _KINDS if applies(value)]
        for kind in kinds:
            self.found.setdefault(kind, []).append(value)
        order = list(self.found)
        return "".join(sorted("abcdefgh"[order.index(kind)] for kind in kinds))

    def written(self) -> tuple[Footnote, ...]:
        """Return the notes, in the order of their letters."""
        texts = {kind: (lead, write) for kind, _, lead, write in _KINDS}
        return tuple(
            Footnote(
                mark="abcdefgh"[at],
                lead=say(texts[kind][0]),
                # The same reservation about several figures is told once.
                text=" ".join(
                    dict.fromkeys(
                        [say(_INTRO[kind]), *(texts[kind][1](self.view, value) for value in values)]
                    )
                ),
            )
            for at, (kind, values) in enumerate(self.found.items())
        )


def _few(view: View, value: MetricValue) -> str:
    name = words.name(METRICS[value.metric])
    if not value.interval or METRICS[value.metric].unit != "ratio":
        return f"{name}: {view.formats.number(value.n)}."
    low, high = (view.formats.number(end * 100) for end in value.interval)
    return say(
        "{metric}, {counts}: the true rate lies between {low}% and {high}% (95% interval).",
        metric=name,
        counts=view.text.counts(value),
        low=low,
        high=high,
    )


def _uncovered(view: View, value: MetricValue) -> str:
    assert value.coverage is not None  # noqa: S101  asked by the kind's own condition
    unknown = round(value.n / value.coverage) - value.n if value.coverage else 0
    share = view.formats.number(value.coverage * 100, 1)
    return say(
        "{metric}: {unknown} unknown, {share}% known.",
        metric=words.name(METRICS[value.metric]),
        unknown=view.formats.number(unknown),
        share=share,
    )


def _stops(view: View, value: MetricValue) -> str:
    metric = METRICS[value.metric]
    ends = [view.figures.data.cutoff_day(table) for table in metric.tables]
    early = [end for end in ends if end and end < view.period.end]
    if early:
        return say("Data to {day}.", day=view.formats.day(min(early)))
    if not view.period.is_over(view.figures.as_of):
        return say("Known to {day}.", day=view.formats.day(view.figures.as_of))
    begins = [view.figures.data.begins.get(table) for table in metric.tables]
    return say("Data from {day}.", day=view.formats.day(max(filter(None, begins)), year=True))


_KINDS: tuple[
    tuple[str, Callable[[MetricValue], bool], str, Callable[[View, MetricValue], str]], ...
] = (
    ("few", lambda value: value.status == "low_volume", "Few cases.", _few),
    (
        "coverage",
        lambda value: value.coverage is not None and value.coverage < FULL and value.n > 0,
        "Coverage.",
        _uncovered,
    ),
    ("partial", lambda value: value.partial and value.value is not None, "Partial.", _stops),
)
"""Reservations: when they apply, their lead, and what is said of each figure."""

_INTRO = {
    "few": "The count stands instead of a status.",
    "coverage": "What is not known is left out, not counted as met.",
    "partial": "Shown, but not compared with full periods.",
}
