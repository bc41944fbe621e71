"""Volume: shipments by month and service, and where they came from and went."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reviewkit.analysis.movement import Movement, movement
from reviewkit.blocks import Bar, BarSegment, Block, Cell, Column, Group, Heading, Row, Span, Table
from reviewkit.display import charts, lengths, words
from reviewkit.display.charts import Stack
from reviewkit.display.figures import cell
from reviewkit.display.formats import NOTHING
from reviewkit.display.marks import Frame, Scale, nice_ticks
from reviewkit.display.trends import not_supplied
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import Period

NAME = "shipments"
SHOWN = 8


def volume(view: View) -> Block:
    """Return a page on shipments: months by service, then services, sites and lanes."""
    own = METRICS[NAME]
    lacking = own.missing(view.figures.data)
    if lacking:
        return not_supplied(view, own, lacking)
    blocks: list[Block] = [
        Heading(role="page", text=_heading(view), nav="Volume", note=_note(view)),
        Heading(role="section", text=_months_heading(view), note=(Span(text=_months_note(view)),)),
        _months(view),
    ]
    dims = [dim for dim in ("service", "site", "lane") if view.figures.has("shipments", dim)]
    # A single site or service says nothing that the total does not.
    shipped = view.figures.one(NAME).n
    split = [dim for dim in dims if shipped and len(view.figures.parts(NAME, (dim,))) > 1]
    blocks += [_table(view, dim) for dim in split]
    return Group(blocks=tuple(blocks))


def _heading(view: View) -> str:
    value = view.figures.one(NAME)
    ago = movement(view.figures, NAME, view.period.year_ago())
    prior = movement(view.figures, NAME, view.period.prior())
    said = [
        text
        for text in (
            _against(view, ago, view.period.year_ago()),
            _against(view, prior, view.period.prior()),
        )
        if text
    ]
    so_far = " so far" if value.partial else ""
    opening = f"{view.text.value(value)} shipments left{so_far}"
    return f"{opening}: {words.listed(said)}" if said else f"{opening} in {view.head(view.period)}"


def _note(view: View) -> tuple[Span, ...]:
    said = (lengths.unlike(view), lengths.worked(view, view.figures.one(NAME)))
    text = " ".join(part for part in said if part)
    return (Span(text=text),) if text else ()


LEVEL = Fraction(1, 50)
"""Change within chance up to which a count is called level; beyond it the figure is told."""


def _against(view: View, moved: Movement | None, then: Period) -> str:
    if moved is None or not moved.before.n:
        return ""
    share = abs(moved.delta) / moved.before.n
    if not moved.told and share <= LEVEL:
        return f"level with {view.head(then)}"
    percent = view.formats.number(share * 100, 0 if share >= Fraction(1, 10) else 1)
    said = f"{percent}% {'more' if moved.delta > 0 else 'fewer'} than in {view.head(then)}"
    return said if moved.told else f"{said}, within chance"


def _months_heading(view: View) -> str:
    values = view.figures.months(NAME, len(view.year))
    months = view.year
    whole = [(v.n, m) for v, m in zip(values, months, strict=True) if v.n and not v.partial]
    if not whole:
        return f"No whole {view.step} before {view.head(view.period)}"
    most, month = max(whole, key=lambda item: (item[0], item[1].start))
    last, closed = whole[-1]
    closing = view.formats.short(closed)
    return (
        f"{view.head(month)} was the busiest {month.noun} with {view.formats.number(most)}; "
        f"{closing} closed at {view.formats.number(last)}"
    )


def _months_note(view: View) -> str:
    by = " by service" if view.figures.has("shipments", "service") else ""
    return f"Shipments per {view.step}{by}; dotted: the year before. Scale starts at 0"


def _months(view: View) -> Block:
    months = view.year
    totals = view.figures.months(NAME, len(view.year))
    before = view.figures.months(NAME, 2 * len(months))[: len(months)]
    past = tuple(float(v.n) if v.n and not v.partial else None for v in before)
    series = _series(view, months)
    ticks = nice_ticks([float(v.n) for v in totals] + [p for p in past if p], zero=True)
    stack = Stack(
        months=view.axis(months),
        series=series,
        texts=tuple(view.formats.number(value.n) if value.n else "" for value in totals),
        scale=Scale(ticks, tuple(view.formats.number(tick) for tick in ticks)),
        printed=view.formats.parts,
        reference_name="Year before",
        reference=past,
    )
    first, last = totals[0], totals[-1]
    alt = (
        f"Shipments per {view.step}: {view.formats.number(first.n)} in {view.head(months[0])}, "
        f"{view.formats.number(last.n)} in {view.head(months[-1])}, stacked by "
        f"{words.listed(name for name, _ in series)}."
    )
    return charts.stacked(
        stack,
        view.accent,
        alt,
        Frame("full", 126 if view.short_paper else 150, left=34, right=72, top=12),
    )


def _series(view: View, months: Sequence[Period]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    if not view.figures.has("shipments", "service"):
        return (("Shipments", tuple(float(view.figures.one(NAME, m).n) for m in months)),)
    by_month = [
        {value.by["service"]: value.n for value in view.figures.parts(NAME, ("service",), month)}
        for month in months
    ]
    names = sorted(
        {name for part in by_month for name in part},
        key=lambda name: (-sum(part.get(name, 0) for part in by_month), name),
    )
    shown = names if len(names) <= 4 else names[:3]
    rest = names[len(shown) :]
    found = [
        (name or "Not recorded", tuple(float(part.get(name, 0)) for part in by_month))
        for name in shown
    ]
    if rest:
        other = tuple(float(sum(part.get(name, 0) for name in rest)) for part in by_month)
        found.append((f"{words.capital(words.count(len(rest)))} others", other))
    return tuple(found)


def _table(view: View, dim: str) -> Block:
    one, many = words.DIMENSIONS[dim]
    values = sorted(view.figures.parts(NAME, (dim,)), key=lambda v: (-v.n, v.by[dim]))
    most_rows = SHOWN - 3 if view.short_paper else SHOWN
    shown = values if len(values) <= most_rows + 1 else values[:most_rows]
    rest = values[len(shown) :]
    most = max((value.n for value in values), default=1) or 1
    total = view.figures.one(NAME)
    rows = [_row(view, value, value.by[dim] or "Not recorded", most, total.n) for value in shown]
    if rest:
        rows.append(
            _rest(view, rest, f"{words.capital(words.count(len(rest)))} other {many}", total.n)
        )
    first = values[0] if values else None
    share = view.formats.number(Fraction(first.n, total.n) * 100) if first and total.n else ""
    name = (first.by[dim] or "Not recorded") if first else ""
    text = f"{name} carries {share}% of shipments, of {words.plural(len(values), one, many)}"
    table = Table(
        columns=(
            Column(key="part", label=words.capital(one), grow=1, card="title"),
            Column(key="bar", label="", role="graphic", grow=1),
            Column(
                key="now", label=view.head(view.period), align="right", role="actual", card="lead"
            ),
            Column(key="share", label="Share, %", align="right"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
            Column(
                key="ago", label=view.head(view.period.year_ago()), align="right", role="reference"
            ),
            Column(key="change", label="On a year ago, %", align="right"),
        ),
        rows=tuple(rows),
        summary=f"Shipments by {one}",
    )
    return Group(blocks=(Heading(role="section", text=text), table), keep=True)


def _row(view: View, value: MetricValue, name: str, most: int, total: int) -> Row:
    bar = Bar(segments=(BarSegment(start=0, end=value.n / most, tone="quiet"),) if value.n else ())
    return Row(
        cells=(
            Cell(text=name),
            Cell(bar=bar),
            cell(value, view.formats.number(value.n), value.n),
            Cell(text=view.formats.number(Fraction(value.n, total or 1) * 100)),
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
            Cell(text=view.formats.number(Fraction(now, total or 1) * 100)),
            Cell(text=view.formats.number(sum(prior)) if prior else NOTHING),
            Cell(text=view.formats.number(sum(ago)) if ago else NOTHING),
            Cell(text=_growth(view, now, sum(ago) if ago else None)),
        )
    )


def _growth(view: View, now: int, then: object) -> str:
    if not then:
        return NOTHING
    base = int(str(then))
    return view.formats.number(Fraction(now - base, base) * 100, 1, signed=True)
