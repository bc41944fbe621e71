"""Why the invoiced amount changed on the prior period: price, volume, mix and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis import price_mix as data
from reviewkit.analysis.price_mix import EFFECTS, Change, Effect
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.crosswise import crosswise
from reviewkit.display.formats import apportioned
from reviewkit.display.view import View
from reviewkit.speech import say

ALWAYS: tuple[Effect, ...] = ("price", "volume", "mix")
"""Effects that have a column even where they are zero."""

MOST = 8
"""Services with a row of their own, by what was invoiced; of more the rest is summed up."""

TOLD = 3
"""Effects that the heading tells, largest first."""


@dataclass(frozen=True)
class Printed:
    """A row in whole units of money: before + effects = now."""

    name: str
    before: Decimal
    now: Decimal
    effects: Mapping[Effect, Decimal]

    @property
    def change(self) -> Decimal:
        """The change as printed."""
        return self.now - self.before


def revenue_change(view: View) -> Block:
    """Return why the invoiced amount changed, by service; nothing where a period is partial."""
    lacking = data.lacking(view.figures)
    if lacking:
        names = words.listed(f"`{name}`" for name in lacking)
        return NotSupplied(
            what=say(
                "Invoices cannot be split into price and volume: amounts or quantities were "
                "not supplied."
            ),
            detail=view.remedy(
                say("Map {names} of the table invoice_lines in house.yaml.", names=names)
            ),
        )
    found = data.service_changes(view.figures)
    if not found:
        return Group(blocks=())
    rows = folded(printed(found))
    whole = total(rows, say("All services"))
    heading = Heading(
        role="section",
        text=_heading(view, found, whole),
        nav=say("Change of invoices"),
        note=(Span(text=_note(view, _columns_of(rows))),),
    )
    return Group(blocks=(heading, _table(view, rows, whole)), keep=True)


def printed(found: tuple[Change, ...]) -> tuple[Printed, ...]:
    """Return the changes rounded to whole units, so that rows and columns add up.

    Amounts of both periods add up to their rounded sums, effects to the change between them.
    """
    before = apportioned([item.before for item in found], 0)
    now = apportioned([item.now for item in found], 0)
    changes = [got - was for was, got in zip(before, now, strict=True)]
    exact = [[item.effects[name] for name in EFFECTS] for item in found]
    sums = [sum(column, Fraction(0)) for column in zip(*exact, strict=True)]
    whole = apportioned(sums, 0, whole=sum(changes, Decimal(0)))
    return tuple(
        Printed(
            name=item.service or say("Not recorded"),
            before=was,
            now=got,
            effects=dict(zip(EFFECTS, effects, strict=True)),
        )
        for item, was, got, effects in zip(
            found, before, now, crosswise(exact, changes, whole), strict=True
        )
    )


def folded(rows: tuple[Printed, ...]) -> tuple[Printed, ...]:
    """Return the first rows, and what is left in one row where it is more than one."""
    if len(rows) <= MOST + 1:
        return rows
    _, many = words.dimension("service")
    count = words.count(len(rows) - MOST)
    others = say("{count} other {parts}", count=count, parts=many)
    return (*rows[:MOST], total(rows[MOST:], words.capital(others)))


def total(rows: tuple[Printed, ...], name: str) -> Printed:
    """Return the sum of rows as printed, under a name."""
    zero = Decimal(0)
    return Printed(
        name=name,
        before=sum((row.before for row in rows), zero),
        now=sum((row.now for row in rows), zero),
        effects={name: sum((row.effects[name] for row in rows), zero) for name in EFFECTS},
    )


def _heading(view: View, found: tuple[Change, ...], whole: Printed) -> str:
    effects = _told(view, whole)
    then = view.head(view.period.prior())
    before = sum((item.before for item in found), Fraction(0))
    now = sum((item.now for item in found), Fraction(0))
    share = view.formats.number(abs(now - before) / before * 100, 1) if before > 0 else ""
    if not share:
        return say(
            "The invoiced amount came from {before} in {period} to {now}: {effects}",
            before=view.formats.money(whole.before),
            now=view.formats.money(whole.now),
            period=then,
            effects=effects,
        )
    if not whole.change:
        return say("The invoiced amount is that of {period}", period=then)
    if now > before:
        return say(
            "The invoiced amount rose {share}% on {period}: {effects}",
            share=share,
            period=then,
            effects=effects,
        )
    return say(
        "The invoiced amount fell {share}% on {period}: {effects}",
        share=share,
        period=then,
        effects=effects,
    )


def _told(view: View, whole: Printed) -> str:
    ranked = sorted(EFFECTS, key=lambda name: (-abs(whole.effects[name]), EFFECTS.index(name)))
    largest = [name for name in ranked if whole.effects[name]][:TOLD]
    return words.listed(
        _SENTENCES[name](view.formats.money(whole.effects[name], signed=True)) for name in largest
    )


_SENTENCES: Mapping[Effect, Callable[[str], str]] = {
    "price": lambda amount: say("price {amount}", amount=amount),
    "exchange": lambda amount: say("exchange {amount}", amount=amount),
    "volume": lambda amount: say("volume {amount}", amount=amount),
    "mix": lambda amount: say("mix {amount}", amount=amount),
    "range": lambda amount: say("new and lost {amount}", amount=amount),
    "surcharges": lambda amount: say("surcharges {amount}", amount=amount),
    "credits": lambda amount: say("credits {amount}", amount=amount),
    "unpriced": lambda amount: say("without quantity {amount}", amount=amount),
}

_LABELS: Mapping[Effect, Callable[[], str]] = {
    "price": lambda: say("Price"),
    "exchange": lambda: say("Exchange"),
    "volume": lambda: say("Volume"),
    "mix": lambda: say("Mix"),
    "range": lambda: say("New, lost"),
    "surcharges": lambda: say("Surcharges"),
    "credits": lambda: say("Credits"),
    "unpriced": lambda: say("No quantity"),
}

_APART: Mapping[Effect, Callable[[], str]] = {
    "exchange": lambda: say(
        "Exchange: other currencies at the rates of now instead of those of then."
    ),
    "range": lambda: say("New, lost: invoiced in only one of the two periods."),
    "surcharges": lambda: say("Surcharges: with minimums."),
    "unpriced": lambda: say("No quantity: lines that give none."),
}
"""What a column means whose label does not say it all."""


def _columns_of(rows: tuple[Printed, ...]) -> tuple[Effect, ...]:
    return tuple(
        name for name in EFFECTS if name in ALWAYS or any(row.effects[name] for row in rows)
    )


def _note(view: View, shown: tuple[Effect, ...]) -> str:
    parts = [
        say("Invoiced less credits, {currency}.", currency=view.formats.symbol),
        say("Volume: at the average price of then. Mix: dearer or cheaper work than that average."),
    ]
    parts += [_APART[name]() for name in shown if name in _APART]
    return " ".join(parts)


def _table(view: View, rows: tuple[Printed, ...], whole: Printed) -> Table:
    shown = _columns_of(rows)
    columns = (
        Column(key="service", label=say("Service"), grow=1, card="title"),
        Column(key="before", label=view.head(view.period.prior()), align="right", role="reference"),
        *(Column(key=name, label=_LABELS[name](), align="right") for name in shown),
        Column(key="change", label=say("Change"), align="right", tone="strong"),
        Column(key="now", label=view.head(view.period), align="right", role="actual", card="lead"),
    )
    lines = [_row(view, row, shown) for row in rows]
    if len(rows) > 1:
        lines.append(_row(view, whole, shown, last=True))
    return Table(
        columns=columns, rows=tuple(lines), summary=say("Change of the invoiced amount by service")
    )


def _row(view: View, row: Printed, shown: tuple[Effect, ...], *, last: bool = False) -> Row:
    return Row(
        total=last,
        cells=(
            Cell(text=row.name),
            _amount(view, row.before),
            *(_amount(view, row.effects[name], signed=True) for name in shown),
            _amount(view, row.change, signed=True),
            _amount(view, row.now),
        ),
    )


def _amount(view: View, value: Decimal, *, signed: bool = False) -> Cell:
    text = view.formats.number(value, signed=signed)
    return Cell(text=text, value=str(value), type="decimal")
