"""Shipments by service, site or lane: what each carries, and how it grew."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reviewkit.blocks import Bar, BarSegment, Block, Cell, Column, Group, Heading, Row, Table
from reviewkit.display import words
from reviewkit.display.figures import cell
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.speech import say, say_number

NAME = "shipments"
SHOWN = 8


def parts_of(view: View, dim: str) -> Block:
    """Return the shipments of the period by `dim`, the largest first, the smallest in one row."""
    one, many = words.dimension(dim)
    values = sorted(view.figures.parts(NAME, (dim,)), key=lambda v: (-v.n, v.by[dim]))
    most_rows = SHOWN - 3 if view.short_paper else SHOWN
    shown = values if len(values) <= most_rows + 1 else values[:most_rows]
    rest = values[len(shown) :]
    most = max((value.n for value in values), default=1) or 1
    total = view.figures.one(NAME)
    rows = [
        _row(view, value, value.by[dim] or say("Not recorded"), most, total.n) for value in shown
    ]
    if rest:
        others = say("{count} other {parts}", count=words.count(len(rest)), parts=many)
        rows.append(_rest(view, rest, words.capital(others), total.n))
    first = values[0] if values else None
    share = view.formats.number(Fraction(first.n, total.n) * 100) if first and total.n else ""
    name = (first.by[dim] or say("Not recorded")) if first else ""
    text = say_number(
        "{part} carries {share}% of shipments, of {count} {one}",
        "{part} carries {share}% of shipments, of {count} {many}",
        len(values),
        part=name,
        share=share,
        count=words.count(len(values)),
        one=one,
        many=many,
    )
    table = Table(
        columns=(
            Column(key="part", label=words.capital(one), grow=1, card="title"),
            Column(key="bar", label="", role="graphic", grow=1),
            Column(
                key="now", label=view.head(view.period), align="right", role="actual", card="lead"
            ),
            Column(key="share", label=say("Share, %"), align="right"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
            Column(
                key="ago", label=view.head(view.period.year_ago()), align="right", role="reference"
            ),
            Column(key="change", label=say("On a year ago, %"), align="right"),
        ),
        rows=tuple(rows),
        summary=say("Shipments by {part}", part=one),
    )
    return Group(blocks=(Heading(role="section", text=text), table), keep=True)


def _row(view: View, value: MetricValue, name: str, most: int, total: int) -> Row:
    bar = Bar(segments=(BarSegment(start=0, end=value.n / most, tone="quiet"),) if value.n else ())
    return Row(
        cells=(
            Cell(text=name),
            Cell(bar=bar),
            cell(value, view.formats.number(value.n), value.n),
            Cell(text=_share(view, value.n, total)),
            cell(value, view.text.reference(value, value.prior), value.prior, "prior"),
            cell(value, view.text.reference(value, value.year_ago), value.year_ago, "year_ago"),
            Cell(text=_growth(view, value.n, value.year_ago)),
        )
    )


def _rest(view: View, values: Sequence[MetricValue], name: str, total: int) -> Row:
    now = sum(value.n for value in values)
    prior = [int(value.prior) for value in values if value.prior is not None]
    ago = [int(value.year_ago) for value in values if value.year_ago is not None]
    return Row(
        cells=(
            Cell(text=name),
            Cell(),
            Cell(text=view.formats.number(now), value=now, type="int"),
            Cell(text=_share(view, now, total)),
            Cell(text=view.formats.number(sum(prior)) if prior else NOTHING),
            Cell(text=view.formats.number(sum(ago)) if ago else NOTHING),
            Cell(text=_growth(view, now, sum(ago) if ago else None)),
        )
    )


def _share(view: View, part: int, total: int) -> str:
    if total < view.house.minimum_n:
        return NOTHING
    return view.formats.number(Fraction(part, total) * 100)


def _growth(view: View, now: int, then: object) -> str:
    if not then or min(now, int(str(then))) < view.house.minimum_n:
        return NOTHING
    base = int(str(then))
    return view.formats.number(Fraction(now - base, base) * 100, 1, signed=True)
