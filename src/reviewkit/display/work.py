"""Billable work against what was invoiced, and the queries that wait for an answer."""

from __future__ import annotations

from decimal import Decimal

from reviewkit.analysis import activity as data
from reviewkit.analysis.activity import Work
from reviewkit.analysis.queries import Query
from reviewkit.analysis.queries import queries as waiting
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.speech import say, say_number

QUERIES = 14
"""Most queries that are listed."""


def billable(view: View) -> Block:
    """Return billable work by service and charge: done, invoiced, and charged.

    How far the two are apart is the house's own until it is raised: to the client a charge
    is invoiced as done, or it is not settled yet.
    """
    found = data.work(view.figures)
    if not found:
        return NotSupplied(
            what=say("Billable events were not supplied."),
            detail=view.remedy(say("Map the tables `activity` and `invoice_lines`.")),
        )
    rows: list[Row] = []
    service = None
    for item in found:
        group = item.service if item.service != service else ""
        service = item.service
        rows.append(_row(view, item, group))
    rows.append(_all(view, found))
    table = Table(
        columns=_columns(view),
        rows=tuple(rows),
        summary=say("Billable work against what was invoiced"),
    )
    note = say(
        "Done and invoiced in {period}, in the unit of the charge; charged before credits, "
        "in {currency}.",
        period=view.head(view.period),
        currency=view.formats.currency,
    )
    heading = Heading(
        role="section",
        text=_heading(view, found),
        nav=say("Billable work"),
        note=(Span(text=note),),
    )
    return Group(blocks=(heading, table))


def _columns(view: View) -> tuple[Column, ...]:
    difference = Column(key="difference", label=say("Invoiced − done"), align="right", tint=True)
    return (
        Column(key="charge", label=say("Charge"), grow=2, card="title"),
        Column(key="unit", label=say("Unit"), role="reference", grow=1),
        Column(key="events", label=say("Events"), align="right", role="reference"),
        Column(key="done", label=say("Done"), align="right"),
        Column(key="invoiced", label=say("Invoiced"), align="right"),
        *((difference,) if view.audience == "internal" else ()),
        Column(key="amount", label=say("Charged"), align="right", role="actual", card="lead"),
    )


def _row(view: View, item: Work, group: str) -> Row:
    gap = item.difference
    apart = _quantity(view, gap, signed=True) if gap else Cell(text=NOTHING)
    return Row(
        group=group,
        cells=(
            Cell(text=item.charge or NOTHING),
            Cell(text=item.uom or NOTHING),
            Cell(text=view.formats.number(item.events), value=item.events, type="int")
            if item.events
            else Cell(text=NOTHING),
            _quantity(view, item.done),
            _billed(view, item),
            *((apart,) if view.audience == "internal" else ()),
            _money(view, item.amount),
        ),
    )


def _billed(view: View, item: Work) -> Cell:
    if view.audience == "client" and item.done is not None and not item.agrees:
        return Cell(text=say("Not settled"), tone="quiet")
    return _quantity(view, item.invoiced)


def _all(view: View, found: tuple[Work, ...]) -> Row:
    events = sum(item.events for item in found)
    empty = 3 if view.audience == "internal" else 2
    return Row(
        total=True,
        cells=(
            Cell(text=say("All charges")),
            Cell(),
            Cell(text=view.formats.number(events), value=events, type="int"),
            *(Cell() for _ in range(empty)),
            _money(view, sum((item.amount for item in found), Decimal(0))),
        ),
    )


def _heading(view: View, found: tuple[Work, ...]) -> str:
    if view.figures.as_of < view.period.end:
        return say(
            "Work and invoices are known to {day}; the period is not complete",
            day=view.formats.full_day(view.figures.as_of),
        )
    checked = [item for item in found if item.done is not None]
    apart = [item for item in checked if not item.agrees]
    if not checked:
        return say("What was invoiced cannot be held against what was done: no event was supplied")
    if not apart:
        return say_number(
            "The one charge with recorded work is invoiced as done",
            "All {count} charges with recorded work are invoiced as done",
            len(checked),
            count=words.count(len(checked)),
        )
    how_many = {"count": words.capital(words.count(len(apart))), "whole": words.count(len(checked))}
    if view.audience == "client":
        return say_number(
            "One of {whole} charges with recorded work is not settled yet",
            "{count} of {whole} charges with recorded work are not settled yet",
            len(apart),
            **how_many,
        )
    return say_number(
        "One of {whole} charges with recorded work is not invoiced as done",
        "{count} of {whole} charges with recorded work are not invoiced as done",
        len(apart),
        **how_many,
    )


def _quantity(view: View, quantity: Decimal | None, *, signed: bool = False) -> Cell:
    if quantity is None:
        return Cell(text=NOTHING)
    decimals = 0 if quantity == quantity.to_integral_value() else 2
    text = view.formats.number(quantity, decimals, signed=signed)
    return Cell(text=text, value=str(quantity), type="decimal")


def _money(view: View, amount: Decimal) -> Cell:
    return Cell(text=view.formats.money(amount, 2), value=str(amount), type="decimal")


def queries(view: View) -> Block:
    """Return open queries, the oldest first: disputed invoice lines and open cases."""
    found = waiting(view.figures)
    if not found:
        return NotSupplied(what=say("No query is open."), known=True)
    shown = found[:QUERIES]
    table = Table(
        columns=(
            Column(key="kind", label=say("Query"), card="line"),
            Column(key="reference", label=say("Reference"), role="id", card="title"),
            Column(key="what", label=say("About"), grow=2),
            Column(key="where", label=say("Site"), grow=1),
            Column(key="since", label=say("Since"), align="right"),
            Column(key="days", label=say("Days open"), align="right", role="actual", card="lead"),
            Column(key="amount", label=say("Line amount"), align="right"),
        ),
        rows=tuple(_query(view, item) for item in shown),
        summary=say("Open queries, oldest first"),
    )
    text = say_number(
        "One query is open, for {time}",
        "{count} queries are open, the oldest for {time}",
        len(found),
        count=words.capital(words.count(len(found))),
        time=words.lasted(found[0].days),
    )
    more = len(found) - len(shown)
    note = say_number("The newest one is not shown.", "The newest {number} are not shown.", more)
    return Group(
        blocks=(
            Heading(
                role="section",
                text=text,
                nav=say("Open queries"),
                note=(Span(text=note),) if more else (),
            ),
            table,
        )
    )


def _query(view: View, item: Query) -> Row:
    kinds = {"dispute": say("Disputed line"), "case": say("Case")}
    amount = NOTHING if item.amount is None else view.formats.money(item.amount, 2)
    return Row(
        cells=(
            Cell(text=kinds[item.kind]),
            Cell(text=item.reference or NOTHING),
            Cell(text=item.what or NOTHING),
            Cell(text=item.where or NOTHING),
            dated(view.formats, item.since),
            Cell(text=view.formats.number(item.days), value=item.days, type="int"),
            Cell(text=amount),
        )
    )
