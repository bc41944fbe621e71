"""The pipeline of an account, for the own house: open deals, what was decided, what is quiet."""

from __future__ import annotations

from decimal import Decimal

from reviewkit.analysis.pipeline import QUIET_DAYS, Deal, Pipeline
from reviewkit.analysis.pipeline import pipeline as found_pipeline
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

RATES = ("win_rate", "pipeline_coverage")
"""Metrics that stand under the heading."""


def pipeline(view: View) -> Block:
    """Return open deals with their worth and chance, and those decided in the period."""
    found = found_pipeline(view.figures)
    if found is None:
        return NotSupplied(
            what=say("Deals were not supplied: the pipeline cannot be told."),
            detail=say("Map the table `opportunities` in house.yaml, as from a CRM's report."),
        )
    if not found.open and not found.decided:
        return NotSupplied(what=say("No deal is open, and none was decided."), known=True)
    heading = Heading(
        role="section",
        text=_heading(view, found),
        note=(Span(text=_note(view, found)),),
        nav=say("Pipeline"),
        internal=True,
    )
    tables = [_open(view, found)] if found.open else []
    tables += [_decided(view, found)] if found.decided else []
    return Group(blocks=(heading, *tables))


def _heading(view: View, found: Pipeline) -> str:
    if not found.open:
        return say("No deal is open")
    filled = {
        "count": words.count(len(found.open)),
        "amount": view.formats.money(found.amount),
        "weighted": view.formats.money(found.weighted),
    }
    return words.capital(
        say_number(
            "{count} open deal of {amount} a year, {weighted} by its chance",
            "{count} open deals of {amount} a year, {weighted} by their chance",
            len(found.open),
            **filled,
        )
    )


def _note(view: View, found: Pipeline) -> str:
    parts: list[str] = []
    for name in RATES:
        value = view.figures.one(name)
        if value.value is not None:
            label = words.name(METRICS[name])
            parts.append(say("{metric} {value}", metric=label, value=view.text.value(value)))
    if found.overdue:
        parts.append(
            say_number(
                "{number} past its expected decision",
                "{number} past their expected decision",
                len(found.overdue),
            )
        )
    if found.silent:
        parts.append(
            say_number(
                "{number} untouched for two months",
                "{number} untouched for two months",
                len(found.silent),
            )
        )
    return "; ".join(parts)


def _open(view: View, found: Pipeline) -> Block:
    return Table(
        columns=(
            Column(key="deal", label=say("Open deal"), role="actual", grow=3, card="title"),
            Column(key="where", label=say("Service and site"), grow=2),
            Column(key="stage", label=say("Stage")),
            Column(key="amount", label=say("A year"), align="right", card="lead"),
            Column(key="chance", label=say("Chance"), align="right"),
            Column(key="expected", label=say("Decision by"), align="right"),
            Column(key="touched", label=say("Last touched"), align="right"),
        ),
        rows=tuple(_open_row(view, deal) for deal in found.open),
        summary=say("Open deals with their worth, chance and expected decision"),
    )


def _open_row(view: View, deal: Deal) -> Row:
    chance = NOTHING
    if deal.chance is not None:
        chance = say("{number}%", number=view.formats.number(deal.chance * 100))
    late = ""
    if deal.overdue:
        late = say_number("{days} day past", "{days} days past", deal.overdue, days=deal.overdue)
    quiet = deal.quiet is not None and deal.quiet > QUIET_DAYS
    return Row(
        cells=(
            Cell(text=deal.name, note=deal.id if deal.id != deal.name else ""),
            Cell(text=_where(deal)),
            Cell(text=deal.stage or NOTHING),
            _money(view, deal.amount),
            Cell(text=chance),
            dated(view.formats, deal.expected, year=True).model_copy(
                update={"note": late, "tone": "strong" if late else None}
            ),
            dated(view.formats, deal.touched).model_copy(
                update={"tone": "strong" if quiet else None}
            ),
        )
    )


def _decided(view: View, found: Pipeline) -> Block:
    return Table(
        columns=(
            Column(key="deal", label=say("Decided"), role="actual", grow=3, card="title"),
            Column(key="where", label=say("Service and site"), grow=2),
            Column(key="amount", label=say("A year"), align="right"),
            Column(key="day", label=say("Day"), align="right"),
            Column(key="outcome", label=say("Outcome"), card="lead"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=deal.name, note=deal.id if deal.id != deal.name else ""),
                    Cell(text=_where(deal)),
                    _money(view, deal.amount),
                    dated(view.formats, deal.closed),
                    Cell(text=say("Won") if deal.won else say("Lost")),
                )
            )
            for deal in found.decided
        ),
        summary=say("Deals decided in the period"),
    )


def _where(deal: Deal) -> str:
    if deal.service and deal.site:
        return say("{service}, {site}", service=deal.service, site=deal.site)
    return deal.service or deal.site or NOTHING


def _money(view: View, amount: Decimal | None) -> Cell:
    if amount is None:
        return Cell(text=NOTHING)
    return Cell(text=view.formats.money(amount), value=str(amount), type="decimal")
