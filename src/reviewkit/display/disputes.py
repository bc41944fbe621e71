"""Disputed invoice lines: amount, outcome, and what was credited for them."""

from __future__ import annotations

from decimal import Decimal

from reviewkit.analysis import billing as data
from reviewkit.analysis.billing import Dispute
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View

SHOWN = 12

OUTCOMES = {
    "upheld": Cell(text="Upheld"),
    "rejected": Cell(text="Rejected", tone="quiet"),
    "open": Cell(text="Open", tone="strong"),
    "": Cell(text="Open", tone="strong"),
}
"""How a dispute ended; one without an outcome is open."""


def disputed(view: View) -> Block:
    """Return the disputed lines of the period's invoices, with their outcome and credit."""
    if not view.figures.supplied("disputes"):
        return NotSupplied(
            what="Disputes were not supplied.",
            detail=view.remedy(
                "Map `disputed_on` and `dispute_outcome` of the table `invoice_lines`."
            ),
        )
    found = data.disputes(view.figures)
    if not found:
        return NotSupplied(what=f"No invoice line of {view.head(view.period)} is disputed.")
    still = [item for item in found if item.outcome in ("open", "")]
    upheld = [item for item in found if item.outcome == "upheld"]
    amount = sum((item.amount for item in found), Decimal(0))
    text = (
        f"{words.capital(words.plural(len(found), 'line'))} over {view.formats.money(amount)} "
        f"disputed: {words.count(len(upheld))} upheld, {words.count(len(still))} still open"
    )
    table = Table(
        columns=(
            Column(key="invoice", label="Invoice", role="id", card="title"),
            Column(key="service", label="Service", grow=1),
            Column(key="charge", label="Charge", grow=1.2),
            Column(key="disputed", label="Disputed", align="right"),
            Column(key="amount", label="Line amount", align="right", role="actual", card="lead"),
            Column(key="outcome", label="Outcome"),
            Column(key="credited", label="Credited", align="right"),
            Column(key="reason", label="Reason given", grow=1.6),
        ),
        rows=tuple(_dispute(view, item) for item in found[:SHOWN]),
        summary="Disputed invoice lines",
    )
    more = len(found) - len(table.rows)
    tail = f" The {view.formats.number(more)} smallest are not shown." if more else ""
    note = Span(text=f"Lines issued in {view.head(view.period)} and disputed since.{tail}")
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), table))


def _dispute(view: View, item: Dispute) -> Row:
    return Row(
        cells=(
            Cell(text=item.invoice),
            Cell(text=item.service or NOTHING),
            Cell(text=item.charge or NOTHING),
            Cell(text=view.formats.day(item.disputed_on), value=str(item.disputed_on), type="date"),
            Cell(text=view.formats.money(item.amount, 2), value=str(item.amount), type="decimal"),
            OUTCOMES[item.outcome],
            Cell(
                text=view.formats.money(item.credited, 2) if item.credited else NOTHING,
                value=str(item.credited),
                type="decimal",
            ),
            Cell(text=item.reason or NOTHING),
        )
    )
