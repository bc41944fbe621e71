"""Disputed invoice lines: amount, outcome, and what was credited for them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reviewkit.analysis import billing as data
from reviewkit.analysis.billing import Dispute
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
    Tone,
)
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.speech import say, say_number

SHOWN = 12

OUTCOMES: Mapping[str, tuple[str, Tone | None]] = {
    "upheld": ("Upheld", None),
    "rejected": ("Rejected", "quiet"),
    "open": ("Open", "strong"),
    "": ("Open", "strong"),
}
"""How a dispute ended; one without an outcome is open."""


def disputed(view: View) -> Block:
    """Return the disputed lines of the period's invoices, with their outcome and credit."""
    if not view.figures.supplied("disputes"):
        return NotSupplied(
            what=say("Disputes were not supplied."),
            detail=view.remedy(
                say("Map `disputed_on` and `dispute_outcome` of the table `invoice_lines`.")
            ),
        )
    found = data.disputes(view.figures)
    if not found:
        return NotSupplied(
            what=say("No invoice line of {period} is disputed.", period=view.head(view.period)),
            known=True,
        )
    still = [item for item in found if item.outcome in ("open", "")]
    upheld = [item for item in found if item.outcome == "upheld"]
    amount = sum((item.amount for item in found), Decimal(0))
    text = say_number(
        "{count} line of {amount} disputed: {upheld} upheld, {open} still open",
        "{count} lines of {amount} together disputed: {upheld} upheld, {open} still open",
        len(found),
        count=words.count(len(found)),
        amount=view.formats.money(amount),
        upheld=words.count(len(upheld)),
        open=words.count(len(still)),
    )
    table = Table(
        columns=(
            Column(key="invoice", label=say("Invoice"), role="id", card="title"),
            Column(key="service", label=say("Service"), grow=1),
            Column(key="charge", label=say("Charge"), grow=1.2),
            Column(key="disputed", label=say("Disputed"), align="right"),
            Column(
                key="amount", label=say("Line amount"), align="right", role="actual", card="lead"
            ),
            Column(key="outcome", label=say("Outcome")),
            Column(key="credited", label=say("Credited"), align="right"),
            Column(key="reason", label=say("Reason given"), grow=1.6),
        ),
        rows=tuple(_dispute(view, item) for item in found[:SHOWN]),
        summary=say("Disputed invoice lines"),
    )
    more = len(found) - len(table.rows)
    told = say("Lines issued in {period} and disputed since.", period=view.head(view.period))
    if more:
        left = say("The {number} smallest are not shown.", number=view.formats.number(more))
        told = f"{told} {left}"
    note = Span(text=told)
    return Group(blocks=(Heading(role="section", text=words.capital(text), note=(note,)), table))


def _dispute(view: View, item: Dispute) -> Row:
    outcome, tone = OUTCOMES[item.outcome]
    return Row(
        cells=(
            Cell(text=item.invoice),
            Cell(text=item.service or NOTHING),
            Cell(text=item.charge or NOTHING),
            dated(view.formats, item.disputed_on),
            Cell(text=view.formats.money(item.amount, 2), value=str(item.amount), type="decimal"),
            Cell(text=say(outcome, context="dispute"), tone=tone),
            Cell(
                text=view.formats.money(item.credited, 2) if item.credited else NOTHING,
                value=str(item.credited),
                type="decimal",
            ),
            Cell(text=item.reason or NOTHING),
        )
    )
