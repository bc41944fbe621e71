"""For the own house: revenue against budget, and what the client still owes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.receivables import Ageing, receivables
from reviewkit.analysis.variance import Line, price_and_volume
from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Cell,
    Column,
    Figure,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
)
from reviewkit.display import charts, words
from reviewkit.display.charts import Stack
from reviewkit.display.formats import NOTHING, apportioned
from reviewkit.display.marks import Frame, Scale, nice_ticks
from reviewkit.display.trends import MONTHS, not_supplied
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS

NAME = "revenue_against_budget"

BUCKETS = {
    "not_due": "Not due",
    "1_30": "1 to 30 days past due",
    "31_60": "31 to 60 days",
    "61_90": "61 to 90 days",
    "over_90": "More than 90 days",
}


def budget(view: View) -> Block:
    """Return revenue against budget by month, and its variance by price and volume."""
    lacking = METRICS[NAME].missing(view.figures.data)
    if lacking:
        return not_supplied(METRICS[NAME], lacking)
    blocks: list[Block] = [_months(view)]
    lines = price_and_volume(view.figures)
    if lines:
        blocks.append(_effects(view, lines))
    else:
        blocks.append(
            NotSupplied(
                what="The variance cannot be split into price and volume.",
                detail="It needs budgeted units: map `units` of the table `budget`.",
            )
        )
    return Group(blocks=tuple(blocks))


def _months(view: View) -> Block:
    months = view.period.months()[-1].run(MONTHS)
    values = view.figures.months(NAME, MONTHS)
    actual = tuple(_thousands(value.numerator) for value in values)
    plan = tuple(_thousands(value.denominator) if value.denominator else None for value in values)
    ticks = nice_ticks([*actual, *(item for item in plan if item is not None)], zero=True)
    stack = Stack(
        months=tuple((view.formats.month(month.start), month.start.year) for month in months),
        series=(("Actual", actual),),
        texts=tuple(view.formats.number(item) if item else "" for item in actual),
        scale=Scale(ticks, tuple(view.formats.number(tick) for tick in ticks)),
        reference_name="Budget",
        reference=plan,
    )
    below = [value for value in values if value.value is not None and Decimal(str(value.value)) < 0]
    known = [value for value in values if value.value is not None]
    last = values[-1]
    shown = view.formats.money(Decimal(str(last.value)), signed=True) if last.value else NOTHING
    text = (
        f"{words.capital(words.of(len(below), len(known), 'months'))} fell short of budget; "
        f"{view.formats.month(view.period.end)} by {shown}"
    )
    note = Span(
        text=f"Invoiced less credits, {view.formats.symbol} thousand per month; dotted: budget. "
        "Scale starts at 0"
    )
    alt = f"Revenue against budget by month. {text}."
    frame = Frame("full", 140, left=34, right=66, top=12)
    return Group(
        blocks=(
            Heading(role="section", text=text, note=(note,)),
            charts.stacked(stack, view.accent, alt, frame),
        ),
        keep=True,
    )


def _thousands(amount: object) -> float:
    return round(float(str(amount)) / 1000, 3) if amount else 0.0


def _effects(view: View, lines: tuple[Line, ...]) -> Block:
    price = apportioned([line.price for line in lines], 0)
    volume = apportioned([line.volume + line.other for line in lines], 0)
    credits_ = apportioned([line.credited for line in lines], 0)
    totals = [p + v + c for p, v, c in zip(price, volume, credits_, strict=True)]
    ends = [*price, *volume, *totals, Decimal(0)]
    rows = [
        _line(view, line, (price[at], volume[at], credits_[at], totals[at]), ends)
        for at, line in enumerate(lines)
    ]
    rows.append(_all(view, lines, (price, volume, credits_, totals), ends))
    effect = f"Effect, {view.formats.symbol}"
    revenue = f"Revenue, {view.formats.symbol}"
    table = Table(
        columns=(
            Column(key="service", label="Service", card="title"),
            Column(key="u0", label="Budget", over="Shipments", align="right", role="reference"),
            Column(key="u1", label="Actual", over="Shipments", align="right"),
            Column(key="r0", label="Budget", over=revenue, align="right", role="reference"),
            Column(key="r1", label="Actual", over=revenue, align="right"),
            Column(key="bar", label="", role="graphic", grow=1),
            Column(key="price", label="Price", over=effect, align="right", tone="accent"),
            Column(key="volume", label="Volume", over=effect, align="right", tone="quiet"),
            Column(key="credits", label="Credits", over=effect, align="right"),
            Column(
                key="total", label="Total", over=effect, align="right", tone="strong", card="lead"
            ),
        ),
        rows=tuple(rows),
        summary="Variance from budget by service, split into price, volume and credits",
    )
    note = (
        Span(text="Variance from budget. "),
        Span(text="Price", tone="accent"),
        Span(text=": charged above or below the budgeted revenue per shipment. "),
        Span(text="Volume", tone="quiet"),
        Span(text=": more or fewer shipments at that revenue."),
    )
    return Group(
        blocks=(Heading(role="section", text=_effects_heading(view, lines), note=note), table),
        keep=True,
    )


def _effects_heading(view: View, lines: tuple[Line, ...]) -> str:
    price = sum((line.price for line in lines), Fraction(0))
    volume = sum((line.volume + line.other for line in lines), Fraction(0))
    first, second = ("Price", price), ("volume", volume)
    if abs(volume) > abs(price):
        first, second = ("Volume", volume), ("price", price)
    main = max(lines, key=lambda line: abs(line.price if first[0] == "Price" else line.volume))
    amount = main.price if first[0] == "Price" else main.volume
    return (
        f"{first[0]} made {view.formats.money(first[1], signed=True)}, {second[0]} "
        f"{view.formats.money(second[1], signed=True)}; {main.service or 'not recorded'} alone "
        f"{view.formats.money(amount, signed=True)}"
    )


_Effects = tuple[Decimal, Decimal, Decimal, Decimal]


def _line(view: View, line: Line, effects: _Effects, ends: list[Decimal]) -> Row:
    price, volume, _, total = effects
    low, high = min(ends), max(ends)

    def at(value: Decimal) -> float:
        return round(0.02 + 0.96 * float((value - low) / (high - low)), 4) if high != low else 0.5

    zero = Decimal(0)
    spans = [(zero, price, "accent")]
    spans.append(
        (price, price + volume, "quiet") if price * volume > 0 else (zero, volume, "quiet")
    )
    bar = Bar(
        zero=at(zero),
        segments=tuple(
            BarSegment(start=at(min(a, b)), end=at(max(a, b)), tone=tone)  # type: ignore[arg-type]
            for a, b, tone in spans
            if a != b
        ),
    )
    return Row(
        cells=(
            Cell(text=line.service or "Not recorded"),
            *_both(view, line.budget_units, line.units, line.budget, line.actual),
            Cell(bar=bar),
            *(_amount(view, effect) for effect in (*effects[:3], total)),
        )
    )


def _all(
    view: View,
    lines: tuple[Line, ...],
    columns: tuple[Sequence[Decimal], ...],
    ends: list[Decimal],
) -> Row:
    effects = [sum(column, Decimal(0)) for column in columns]
    low, high = min(ends), max(ends)
    zero = round(0.02 + 0.96 * float(-low / (high - low)), 4) if high != low else 0.5
    value = view.figures.one(NAME)
    total = _amount(view, effects[3]).model_copy(
        update={
            "value": value.value,
            "figure": Figure(metric=NAME, period=view.period.id),
        }
    )
    return Row(
        total=True,
        cells=(
            Cell(text="All services"),
            *_both(
                view,
                sum((line.budget_units for line in lines), Decimal(0)),
                sum(line.units for line in lines),
                sum((line.budget for line in lines), Decimal(0)),
                sum((line.actual for line in lines), Decimal(0)),
            ),
            Cell(bar=Bar(zero=zero)),
            *(_amount(view, effect) for effect in effects[:3]),
            total,
        ),
    )


def _both(
    view: View, planned: Decimal, units: int, plan: Decimal, actual: Decimal
) -> tuple[Cell, ...]:
    return (
        Cell(text=view.formats.number(planned) if planned else NOTHING),
        Cell(text=view.formats.number(units), value=units, type="int"),
        Cell(text=view.formats.number(plan), value=str(plan), type="decimal"),
        Cell(text=view.formats.number(actual), value=str(actual), type="decimal"),
    )


def _amount(view: View, value: Decimal) -> Cell:
    return Cell(text=view.formats.number(value, signed=True), value=str(value), type="decimal")


def owed(view: View) -> Block:
    """Return open invoices by days past due, as of the data's last day."""
    found = receivables(view.figures)
    if found is None:
        return NotSupplied(
            what="Receivables cannot be shown: invoices or payments were not supplied.",
            detail="Map the tables `invoice_lines` and `payments`.",
        )
    day = view.formats.day(found.as_of, year=True)
    share = Fraction(found.overdue) / Fraction(found.total) * 100 if found.total else Fraction(0)
    text = (
        f"{view.formats.money(found.total)} is open, {view.formats.money(found.overdue)} of it "
        f"past due ({view.formats.number(share)}%)"
    )
    most = max((item.amount for item in found.buckets), default=Decimal(0)) or Decimal(1)
    table = Table(
        columns=(
            Column(key="bucket", label="Days past due", grow=1, card="title"),
            Column(key="bar", label="", role="graphic", grow=1),
            Column(key="invoices", label="Invoices", align="right"),
            Column(key="amount", label="Open", align="right", role="actual", card="lead"),
            Column(key="disputed", label="Of it disputed", align="right", role="reference"),
        ),
        rows=(
            *(_bucket(view, item, most) for item in found.buckets),
            Row(
                total=True,
                cells=(
                    Cell(text="All open invoices"),
                    Cell(),
                    Cell(text=view.formats.number(sum(item.invoices for item in found.buckets))),
                    _money(view, found.total),
                    _money(view, sum((item.disputed for item in found.buckets), Decimal(0))),
                ),
            ),
        ),
        summary="Receivables by days past due",
    )
    beyond = (
        f" {view.formats.money(found.unapplied)} was paid or credited beyond its invoice and "
        "stands apart."
        if found.unapplied
        else ""
    )
    note = Span(text=f"As of {day}, in {view.formats.currency}.{beyond}")
    return Group(
        blocks=(Heading(role="section", text=text, note=(note,), nav="Receivables"), table),
        keep=True,
    )


def _bucket(view: View, item: Ageing, most: Decimal) -> Row:
    segments = (BarSegment(start=0, end=float(item.amount / most), tone="quiet"),)
    return Row(
        cells=(
            Cell(text=BUCKETS[item.bucket]),
            Cell(bar=Bar(segments=segments if item.amount else ())),
            Cell(text=view.formats.number(item.invoices), value=item.invoices, type="int"),
            _money(view, item.amount),
            _money(view, item.disputed),
        )
    )


def _money(view: View, amount: Decimal) -> Cell:
    text = view.formats.money(amount) if amount else NOTHING
    return Cell(text=text, value=str(amount), type="decimal")
