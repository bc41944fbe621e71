"""What the client still owes, by days past due."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.receivables import Ageing, receivables
from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
)
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View

BUCKETS = {
    "not_due": "Not due",
    "1_30": "1 to 30 days past due",
    "31_60": "31 to 60 days",
    "61_90": "61 to 90 days",
    "over_90": "More than 90 days",
}


def owed(view: View) -> Block:
    """Return open invoices by days past due, as of the data's last day."""
    found = receivables(view.figures)
    if found is None:
        return NotSupplied(
            what="Receivables cannot be shown: invoices or payments were not supplied.",
            detail=view.remedy("Map the tables `invoice_lines` and `payments`."),
        )
    day = view.formats.day(found.as_of, year=True)
    share = Fraction(found.overdue) / Fraction(found.total) * 100 if found.total else Fraction(0)
    late = f"{view.formats.money(found.overdue)} of it past due ({view.formats.number(share)}%)"
    text = (
        f"{view.formats.money(found.total)} is open, {late if found.overdue else 'none past due'}"
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
        blocks=(Heading(role="section", text=text, note=(note,)), table),
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
