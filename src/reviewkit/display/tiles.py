"""Lead measures as tiles, and the small trends that tiles and scorecards share."""

from __future__ import annotations

from typing import NamedTuple

from reviewkit.analysis.figures import known
from reviewkit.analysis.findings import judged
from reviewkit.analysis.movement import number
from reviewkit.blocks import (
    Block,
    Group,
    Heading,
    NotSupplied,
    Reference,
    Sparkline,
    State,
    Status,
    Tile,
    Tiles,
)
from reviewkit.display import counted, words
from reviewkit.display.figures import UNITS, figure, state_word
from reviewkit.display.trendlines import heights
from reviewkit.display.view import TILES, View
from reviewkit.metrics.data import MetricValue, Number
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

PERIODS = 8
"""Periods in a small trend."""


def tiles(view: View, *, heading: bool = True) -> Block:
    """Return the lead measures, three to a row, under a heading that counts their outcomes.

    Where fewer than six have a figure, what was invoiced stands beside them.
    """
    values = [view.figures.one(name) for name in view.lead]
    shown = (
        *(_tile(view, value) for value in values),
        *counted.tiles(view, TILES - len(values)),
    )
    if not shown:
        return NotSupplied(what=say("No lead measure has a figure."))
    trends = any(tile.trend for tile in shown)
    drawn = Tiles(tiles=shown, legend=_legend(values), note=_note(view, trends=trends))
    if not heading:
        return drawn
    title = Heading(role="section", text=_heading(view, len(shown)))
    return Group(blocks=(title, drawn), keep=True)


def sparkline(view: View, metric_id: str) -> Sparkline | None:
    """Return eight periods as heights from 0 to 1, with the target now in force.

    `None` where the figure has too few cases or nothing to compare with. A partial period
    has no last point.
    """
    values = view.figures.run(metric_id, PERIODS)
    now = values[-1]
    if now.status in ("low_volume", "no_data"):
        return None
    points = [number(value.value) if known(value) else None for value in values]
    if sum(point is not None for point in points) < 2:
        return None
    target = number(now.target) if now.target is not None else None
    return heights(points, target, now.status)


class Compared(NamedTuple):
    """What a figure is compared with: its head, the text printed, the exact value, its role."""

    label: str
    text: str
    at: Number
    role: str


def references(view: View, value: MetricValue) -> tuple[Compared, Compared, Compared]:
    """Return target, prior period and prior year of a figure."""
    few = value.status == "low_volume"
    period = view.period

    def compared(role: str) -> str:
        at = value.prior if role == "prior" else value.year_ago
        past = period.prior() if role == "prior" else period.year_ago()
        if few and at is not None:
            return view.text.count(view.figures.one(value.metric, past))
        return view.text.reference(value, at)

    return (
        Compared(say("Target"), view.text.target(value), value.target, "target"),
        Compared(view.head(period.prior()), compared("prior"), value.prior, "prior"),
        Compared(view.head(period.year_ago()), compared("year_ago"), value.year_ago, "year_ago"),
    )


def _tile(view: View, value: MetricValue) -> Tile:
    metric = METRICS[value.metric]
    few = value.status == "low_volume"
    money = metric.unit == "money"
    text = view.text.counts(value) if few else view.text.value(value, unit=money)
    unit = "" if few or value.value is None or money else UNITS[metric.unit].sign
    return Tile(
        label=words.name(metric),
        text=text,
        unit=unit,
        value=value.value,
        status=view.text.status(value),
        references=tuple(
            Reference(
                label=item.label,
                text=item.text,
                figure=figure(value, item.role) if item.at is not None else None,
            )
            for item in references(view, value)
        ),
        trend=sparkline(view, value.metric),
        n=view.formats.number(value.n) if value.value is not None else "",
        link=f"#def-{value.metric}" if view.figures.supplied(value.metric) else "",
        figure=figure(value) if value.value is not None else None,
    )


def _heading(view: View, shown: int) -> str:
    found = judged(view.figures, view.lead)
    short = [value for value in found if value.status != "met"]
    if not found:
        return words.capital(
            say_number(
                "{count} lead measure, none with a status",
                "{count} lead measures, none with a status",
                shown,
                count=words.count(shown),
            )
        )
    if not short:
        return all_met(len(found))
    missed = [value for value in short if value.status == "missed"]
    text = (
        say_number(
            "The only lead measure with a target missed it: {names}",
            "{part} of {whole} lead measures with a target missed it: {names}",
            len(found),
            **_told(missed, found),
        )
        if missed
        else say_number(
            "The only lead measure with a target fell just short of it: {names}",
            "{part} of {whole} lead measures with a target fell just short of it: {names}",
            len(found),
            **_told(short, found),
        )
    )
    return words.capital(text)


def all_met(number_: int) -> str:
    """Return that all lead measures met their targets."""
    text = say_number(
        "{every} lead measure with a target met it",
        "{every} lead measures with a target met it",
        number_,
        every=words.every(number_),
    )
    return words.capital(text)


def _told(which: list[MetricValue], of: tuple[MetricValue, ...]) -> dict[str, str]:
    return {
        "part": words.count(len(which)),
        "whole": words.count(len(of)),
        "names": words.listed(words.within(METRICS[value.metric]) for value in which),
    }


def _legend(values: list[MetricValue]) -> tuple[Status, ...]:
    shown = {value.status for value in values}
    return tuple(
        Status(state=state, word=state_word(state), detail=say(detail) if detail else "")
        for state, detail in _MEANINGS
        if state in shown
    )


_MEANINGS: tuple[tuple[State, str], ...] = (
    ("met", ""),
    ("at_risk", "short of target but inside the agreed tolerance"),
    ("missed", ""),
    ("low_volume", "the count stands instead of a status"),
)


def _note(view: View, *, trends: bool) -> str:
    """Return what the small lines are, and which lead metrics gave their place to others."""
    lines = say(
        "Small lines: eight {periods} to {last}; dashed: target",
        periods=words.noun(view.period.noun, many=True),
        last=view.head(view.period),
    )
    lacking = [name for name in view.asked if view.figures.one(name).value is None]
    names = words.listed(words.within(METRICS[name]) for name in lacking)
    told = say("Without a figure: {measures}", measures=names) if names else ""
    return ". ".join(filter(None, (lines if trends else "", told)))
