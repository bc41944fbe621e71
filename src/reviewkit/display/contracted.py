"""The contract as both sides know it: term, notice, service levels and whether they were kept."""

from __future__ import annotations

import datetime as dt

from reviewkit.analysis.figures import known
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.figures import cell
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.params.models import Contract, Sla
from reviewkit.speech import say, say_number

PERIODS = 8
"""Periods over which it is counted how often a service level was kept."""


def contract(view: View) -> Block:
    """Return term, notice and payment terms, then the service levels with their record."""
    own = view.params.contract
    blocks: list[Block] = [
        Heading(role="page", text=_heading(view, own), nav=say("Contract")),
        _terms(view, own),
        _levels(view, own),
        NotSupplied(
            what=say("Service credits, volume commitments and the rate card: not supplied.")
        ),
    ]
    return Group(blocks=tuple(blocks))


def notice_day(own: Contract) -> dt.date | None:
    """Return the last day for notice; `None` where the contract has no end or no notice."""
    if own.end is None or own.notice_days is None:
        return None
    return own.end - dt.timedelta(days=own.notice_days)


def _heading(view: View, own: Contract) -> str:
    if own.end is None:
        return say("The contract has no end on record")
    end = view.formats.full_day(own.end, year=True)
    if own.end < view.figures.as_of:
        return say("The contract ended on {end}", end=end)
    if own.auto_renewal:
        return say("The contract runs to {end} and then renews by itself", end=end)
    return say("The contract runs to {end} and does not renew by itself", end=end)


def _terms(view: View, own: Contract) -> Block:
    day = view.formats.full_day
    notice = notice_day(own)
    rows = [
        (say("Reference"), own.reference),
        (say("In force since"), day(own.start, year=True) if own.start else ""),
        (say("Runs to"), day(own.end, year=True) if own.end else ""),
        (say("Notice by"), _notice(view, own, notice) if notice else ""),
        (
            say("Payment"),
            say_number(
                "within one day of the invoice",
                "within {number} days of the invoice",
                own.payment_terms_days,
            ),
        ),
    ]
    return Table(
        columns=(
            Column(key="term", label=say("Term"), role="reference", card="title"),
            Column(key="value", label=say("As agreed"), grow=4, card="lead"),
        ),
        rows=tuple(Row(cells=(Cell(text=name), Cell(text=text or NOTHING))) for name, text in rows),
        summary=say("Terms of the contract"),
    )


def _notice(view: View, own: Contract, notice: dt.date) -> str:
    return say(
        "{day}, {days} days before the end",
        day=view.formats.full_day(notice, year=True),
        days=view.formats.number(own.notice_days or 0),
    )


def _levels(view: View, own: Contract) -> Block:
    found = _in_force(view, own)
    if not found:
        return NotSupplied(what=say("No service level is in force."), known=True)
    table = Table(
        columns=(
            Column(key="level", label=say("Service level"), grow=3, card="title"),
            Column(key="clause", label=say("Clause"), grow=2, role="reference"),
            Column(key="target", label=say("Agreed"), align="right", role="reference"),
            Column(
                key="now", label=view.head(view.period), align="right", role="actual", card="lead"
            ),
            Column(key="state", label=say("Status"), role="status"),
            Column(key="kept", label=say("Kept"), align="right"),
        ),
        rows=tuple(_level(view, item) for item in found),
        summary=say("Service levels and how often they were kept"),
    )
    met = sum(view.figures.one(item.metric).status == "met" for item in found)
    note = say(
        "Kept: in how many of the last {count} periods with enough cases, against the level "
        "then in force.",
        count=PERIODS,
    )
    heading = Heading(
        role="section",
        text=_kept(met, len(found)),
        note=(Span(text=note),),
        nav=say("Service levels"),
    )
    return Group(blocks=(heading, table), keep=True)


def _kept(met: int, whole: int) -> str:
    if whole == 1 and met:
        return say("The only service level was kept")
    if whole == 1:
        return say("The only service level was not kept")
    if met == whole == 2:
        return say("Both service levels were kept")
    if met == whole:
        return say("All {whole} service levels were kept", whole=words.count(whole))
    text = say_number(
        "{met} of {whole} service levels was kept",
        "{met} of {whole} service levels were kept",
        met,
        met=words.count(met),
        whole=words.count(whole),
    )
    return words.capital(text)


def _in_force(view: View, own: Contract) -> list[Sla]:
    """Return of each metric the level in force on the period's last day."""
    published = set(view.figures.published())
    latest: dict[str, Sla] = {}
    for item in sorted(own.slas, key=lambda item: item.since or dt.date.min):
        if item.metric in published and (item.since or dt.date.min) <= view.period.end:
            latest[item.metric] = item
    return list(latest.values())


def _level(view: View, item: Sla) -> Row:
    value = view.figures.one(item.metric)
    past = [one for one in view.figures.run(item.metric, PERIODS) if known(one)]
    kept = sum(one.status == "met" for one in past)
    return Row(
        cells=(
            Cell(text=words.name(METRICS[item.metric])),
            Cell(text=item.clause or NOTHING),
            Cell(text=view.text.target(value)),
            cell(value, view.text.value(value), value.value),
            Cell(status=view.text.status(value, gap=False)),
            Cell(
                text=say(
                    "{part} of {whole}",
                    part=view.formats.number(kept),
                    whole=view.formats.number(len(past)),
                )
                if past
                else NOTHING
            ),
        )
    )
