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
from reviewkit.speech import say

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
            what=say("Receivables cannot be shown: invoices or payments were not supplied."),
            detail=view.remedy(say("Map the tables `invoice_lines` and `payments`.")),
        )
    day = view.formats.day(found.as_of, year=True)
    share = Fraction(found.overdue) / Fraction(found.total) * 100 if found.total else Fraction(0)
    total = view.formats.money(found.total)
    text = say("{total} is open, none past due", total=total)
    if found.overdue:
        text = say(
            "{total} is open, {late} of it past due ({share}%)",
            total=total,
            late=view.formats.money(found.overdue),
            share=view.formats.number(share),
        )
    most = max((item.amount for item in found.buckets), default=Decimal(0)) or Decimal(1)
    table = Table(
        columns=(
            Column(key="bucket", label=say("Days past due"), grow=1, card="title"),
            Column(key="bar", label="", role="graphic", grow=1),
            Column(key="invoices", label=say("Invoices"), align="right"),
            Column(key="amount", label=say("Open"), align="right", role="actual", card="lead"),
            Column(key="disputed", label=say("Of it disputed"), align="right", role="reference"),
        ),
        rows=(
            # An age at which nothing is open says nothing that the heading does not.
            *(_bucket(view, item, most) for item in found.buckets if item.invoices),
            Row(
                total=True,
                cells=(
                    Cell(text=say("All open invoices")),
                    Cell(),
                    Cell(text=view.formats.number(sum(item.invoices for item in found.buckets))),
                    _money(view, found.total),
                    _money(view, sum((item.disputed for item in found.buckets), Decimal(0))),
                ),
            ),
        ),
        summary=say("Receivables by days past due"),
    )
    told = say("As of {day}, in {currency}.", day=day, currency=view.formats.currency)
    if found.unapplied:
        beyond = say(
            "{amount} was paid or credited beyond its invoice and stands apart.",
            amount=view.formats.money(found.unapplied),
        )
        told = f"{told} {beyond}"
    note = Span(text=told)
    return Group(
        blocks=(Heading(role="section", text=text, note=(note,)), table),
        keep=True,
    )


def _bucket(view: View, item: Ageing, most: Decimal) -> Row:
    segments = (BarSegment(start=0, end=float(item.amount / most), tone="quiet"),)
    return Row(
        cells=(
            Cell(text=say(BUCKETS[item.bucket])),
            Cell(bar=Bar(segments=segments if item.amount else ())),
            Cell(text=view.formats.number(item.invoices), value=item.invoices, type="int"),
            _money(view, item.amount),
            _money(view, item.disputed),
        )
    )


def _money(view: View, amount: Decimal) -> Cell:
    text = view.formats.money(amount) if amount else NOTHING
    return Cell(text=text, value=str(amount), type="decimal")
