"""For the own house: revenue against budget, and what the client still owes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from reviewkit.analysis.variance import price_and_volume
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
from reviewkit.display import charts, standing, words
from reviewkit.display.charts import Stack
from reviewkit.display.effects import Effect, printed
from reviewkit.display.formats import NOTHING
from reviewkit.display.magnitudes import in_thousands, magnitude
from reviewkit.display.marks import Frame, Scale, nice_ticks
from reviewkit.display.trends import not_supplied
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say

NAME = "revenue_against_budget"


def budget(view: View, *, brief: bool = False) -> Block:
    """Return revenue against budget by month, and its variance by price and volume.

    `brief` without the months, where there is a variance to show.
    """
    lacking = METRICS[NAME].missing(view.figures.data)
    if lacking:
        return not_supplied(view, METRICS[NAME], lacking)
    found = printed(price_and_volume(view.figures))
    blocks: list[Block] = [] if brief and found else [_months(view)]
    if found:
        blocks.append(_effects(view, found))
    else:
        what = say("The variance cannot be split into price and volume: no budgeted units.")
        blocks.append(NotSupplied(what=what, detail=say("Map units of the table budget.")))
    return Group(blocks=tuple(blocks))


def _months(view: View) -> Block:
    months = view.year
    values = view.figures.months(NAME, len(months))
    amounts = [float(str(at or 0)) for v in values for at in (v.numerator, v.denominator)]
    counted = magnitude(amounts, least=in_thousands(amounts))
    actual = tuple(counted.of(value.numerator) for value in values)
    plan = tuple(counted.of(value.denominator) if value.denominator else None for value in values)
    ticks = nice_ticks([*actual, *(item for item in plan if item is not None)], zero=True)
    stack = Stack(
        months=view.axis(months),
        series=((say("Actual"), actual),),
        texts=tuple(view.formats.number(item) if item else "" for item in actual),
        scale=Scale(ticks, tuple(view.formats.number(tick) for tick in ticks)),
        printed=view.formats.parts,
        reference_name=say("Budget"),
        reference=plan,
    )
    below = [value for value in values if value.value is not None and Decimal(str(value.value)) < 0]
    known = [value for value in values if value.value is not None]
    last = values[-1]
    gap = Decimal(str(last.value or 0))
    about = {
        "part": words.count(len(below)),
        "whole": words.count(len(known)),
        "months": view.steps,
        "last": view.formats.short(months[-1]),
        "amount": view.formats.money(abs(gap)),
    }
    text = words.capital(
        say("{part} of {whole} {months} fell short of budget; {last} was {amount} short", **about)
        if gap < 0
        else say(
            "{part} of {whole} {months} fell short of budget; {last} was {amount} above", **about
        )
    )
    note = Span(
        text=say(
            "Invoiced less credits, {unit} per {month}; dotted: budget. Scale starts at 0",
            unit=counted.money(view.formats.symbol),
            month=view.step,
        )
    )
    alt = say("Revenue against budget by {month}. {told}.", month=view.step, told=text)
    frame = Frame("full", 140, left=34, right=66, top=12)
    return Group(
        blocks=(
            Heading(role="section", text=text, note=(note,)),
            charts.stacked(stack, view.accent, alt, frame),
        ),
        keep=True,
    )


def _effects(view: View, found: tuple[Effect, ...]) -> Block:
    rows = [*(_line(view, item, found) for item in found), _all(view, found)]
    effect = say("Effect, {currency}", currency=view.formats.symbol)
    revenue = say("Revenue, {currency}", currency=view.formats.symbol)
    table = Table(
        columns=(
            Column(key="service", label=say("Service"), card="title"),
            Column(
                key="u0",
                label=say("Budget"),
                over=say("Shipments"),
                align="right",
                role="reference",
            ),
            Column(key="u1", label=say("Actual"), over=say("Shipments"), align="right"),
            Column(key="r0", label=say("Budget"), over=revenue, align="right", role="reference"),
            Column(key="r1", label=say("Actual"), over=revenue, align="right"),
            Column(key="bar", label="", role="graphic", grow=1),
            Column(key="price", label=say("Price"), over=effect, align="right", tone="accent"),
            Column(key="volume", label=say("Volume"), over=effect, align="right", tone="quiet"),
            Column(key="credits", label=say("Credits"), over=effect, align="right"),
            Column(
                key="total",
                label=say("Total"),
                over=effect,
                align="right",
                tone="strong",
                card="lead",
            ),
        ),
        rows=tuple(rows),
        summary=say("Variance from budget by service, split into price, volume and credits"),
    )
    note = (
        Span(text=say("Variance from budget. ")),
        Span(text=say("Price"), tone="accent"),
        Span(text=say(": charged above or below the budgeted revenue per shipment. ")),
        Span(text=say("Volume"), tone="quiet"),
        Span(text=say(": more or fewer shipments at that revenue.")),
    )
    return Group(
        blocks=(Heading(role="section", text=_effects_heading(view, found), note=note), table),
        keep=True,
    )


def _effects_heading(view: View, found: tuple[Effect, ...]) -> str:
    columns = {
        "price": [item.price for item in found],
        "volume": [item.volume for item in found],
    }
    sums = {name: sum(column, Decimal(0)) for name, column in columns.items()}
    first, second = sorted(sums, key=lambda name: (-abs(sums[name]), name))
    told = ", ".join(standing.effect_of(view, name, sums[name]) for name in (first, second))
    at = max(range(len(found)), key=lambda at: abs(columns[first][at]))
    text = say(
        "{effects}; {effect} in {service} alone {amount}",
        effects=told,
        effect=say(first),
        service=found[at].line.service or say("what is not recorded"),
        amount=view.formats.money(abs(columns[first][at])),
    )
    return words.capital(text)


def _axis(found: tuple[Effect, ...]) -> Callable[[Decimal], float]:
    """Return where amounts stand on the bars' common scale, 0 to 1."""
    both = (item.price + item.volume for item in found)
    ends = [Decimal(0), *both, *(end for item in found for end in (item.price, item.volume))]
    low, high = min(ends), max(ends)

    def at(value: Decimal) -> float:
        return round(0.02 + 0.96 * float((value - low) / (high - low)), 4) if high != low else 0.5

    return at


def _line(view: View, item: Effect, found: tuple[Effect, ...]) -> Row:
    at, zero, line = _axis(found), Decimal(0), item.line
    same = item.price * item.volume > 0
    spans: list[tuple[Decimal, Decimal, Literal["accent", "quiet"]]] = [
        (zero, item.price, "accent"),
        (item.price if same else zero, item.volume + (item.price if same else zero), "quiet"),
    ]
    segments = tuple(
        BarSegment(start=at(min(a, b)), end=at(max(a, b)), tone=tone)
        for a, b, tone in spans
        if a != b
    )
    return Row(
        cells=(
            Cell(text=line.service or say("Not recorded")),
            *_both(view, line.budget_units, line.units, line.budget, line.actual),
            Cell(bar=Bar(zero=at(zero), segments=segments)),
            *(_amount(view, x) for x in (item.price, item.volume, item.credited, item.total)),
        )
    )


def _all(view: View, found: tuple[Effect, ...]) -> Row:
    lines = [item.line for item in found]
    value = view.figures.one(NAME)
    total = _amount(view, sum((item.total for item in found), Decimal(0)))
    identity = Figure(metric=NAME, period=view.period.id)
    return Row(
        total=True,
        cells=(
            Cell(text=say("All services")),
            *_both(
                view,
                sum((line.budget_units for line in lines), Decimal(0)),
                sum(line.units for line in lines),
                sum((line.budget for line in lines), Decimal(0)),
                sum((line.actual for line in lines), Decimal(0)),
            ),
            Cell(bar=Bar(zero=_axis(found)(Decimal(0)))),
            *(
                _amount(view, sum(column, Decimal(0)))
                for column in zip(
                    *((item.price, item.volume, item.credited) for item in found), strict=True
                )
            ),
            total.model_copy(update={"value": value.value, "figure": identity}),
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
