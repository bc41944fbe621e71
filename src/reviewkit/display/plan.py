"""For the own house: contract and renewal, people, strengths and threats, competitors."""

from __future__ import annotations

import datetime as dt

from reviewkit.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Prose,
    Row,
    Span,
    Table,
)
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.params.models import Entry, Stakeholder

LONG_SILENCE = 90
"""Days without contact after which a person is marked."""

_PARTS = (
    ("strengths", "Strengths"),
    ("weaknesses", "Weaknesses"),
    ("opportunities", "Opportunities"),
    ("threats", "Threats"),
)


def plan(view: View) -> Block:
    """Return the account plan: renewal, people, strengths and weaknesses, competitors."""
    own = view.params.plan
    blocks: list[Block] = [
        Heading(role="page", text=_heading(view), nav="Account plan", internal=True)
    ]
    strategy = " ".join(view.params.contract.renewal_strategy.split())
    notice = _notice(view)
    if notice:
        blocks.append(_renewal(view, notice))
    if strategy:
        blocks.append(Prose(paragraphs=((Span(text=strategy),),)))
    blocks.append(_people(view, own.stakeholders))
    entries = [(name, entry) for key, name in _PARTS for entry in getattr(own.swot, key)]
    entries += [("Competitors", entry) for entry in own.competitors]
    blocks.append(_entries(view, entries))
    return Group(blocks=tuple(blocks))


def _notice(view: View) -> dt.date | None:
    contract = view.params.contract
    if contract.end is None or contract.notice_days is None:
        return None
    return contract.end - dt.timedelta(days=contract.notice_days)


def _heading(view: View) -> str:
    notice = _notice(view)
    if notice is None:
        return f"The contract of {view.client} has no end in the parameters"
    days = (notice - view.figures.as_of).days
    date = view.formats.full_day(notice, year=True)
    if days < 0:
        return f"The notice deadline of {date} has passed"
    return f"Notice falls due on {date}, in {view.formats.number(days)} days"


def _renewal(view: View, notice: dt.date) -> Block:
    contract = view.params.contract
    assert contract.end is not None  # noqa: S101  there is a notice date
    end = view.formats.full_day(contract.end, year=True)
    after = "renews by itself" if contract.auto_renewal else "ends"
    days = (notice - view.figures.as_of).days
    return Callout(
        state="missed" if days < 0 else "at_risk" if days <= LONG_SILENCE else "no_target",
        lead=f"Contract {contract.reference} runs to {end} and then {after}.".replace("  ", " "),
        text=f"Notice is {contract.notice_days} days; payment terms are "
        f"{contract.payment_terms_days} days.",
    )


def _people(view: View, found: tuple[Stakeholder, ...]) -> Block:
    if not found:
        return NotSupplied(what="No stakeholder is recorded.", detail="They stand in plan.yaml.")
    silent = [item for item in found if _silence(view, item) > LONG_SILENCE]
    stances = {item.stance for item in found}
    lacking = [word for word in ("sponsor", "champion") if word not in stances]
    text = f"{words.capital(words.plural(len(found), 'person', 'people'))}"
    text += (
        f", no {' and no '.join(lacking)}" if lacking else ", a sponsor and a champion among them"
    )
    if silent:
        text += f"; {silent[0].name} not met for {_silence(view, silent[0])} days"
    table = Table(
        columns=(
            Column(key="name", label="Name", role="actual", grow=1.5, card="title"),
            Column(key="role", label="Role", grow=2),
            Column(key="stance", label="Stance"),
            Column(key="contact", label="Last contact", align="right"),
            Column(key="note", label="What we know", grow=3),
        ),
        rows=tuple(_person(view, item) for item in found),
        summary="People at the client",
    )
    return Group(blocks=(Heading(role="section", text=text, internal=True), table), keep=True)


def _silence(view: View, item: Stakeholder) -> int:
    return (view.figures.as_of - item.last_contact).days if item.last_contact else 0


def _person(view: View, item: Stakeholder) -> Row:
    contact = view.formats.day(item.last_contact, year=True) if item.last_contact else NOTHING
    return Row(
        cells=(
            Cell(text=item.name),
            Cell(text=item.role or NOTHING),
            Cell(text=words.capital(item.stance)),
            Cell(text=contact, tone="strong" if _silence(view, item) > LONG_SILENCE else None),
            Cell(text=item.note or NOTHING),
        )
    )


def _entries(view: View, found: list[tuple[str, Entry]]) -> Block:
    if not found:
        return NotSupplied(
            what="Strengths, weaknesses and competitors are not recorded.",
            detail="They stand in plan.yaml, each with its date and evidence.",
        )
    dates = [entry.date for _, entry in found if entry.date]
    newest = f"; the newest is of {view.formats.day(max(dates), year=True)}" if dates else ""
    text = (
        f"{words.capital(words.plural(len(found), 'entry', 'entries'))} on position and competition"
    )
    rows = []
    for at, (part, entry) in enumerate(found):
        first = at == 0 or found[at - 1][0] != part
        rows.append(
            Row(
                group=part if first else "",
                cells=(
                    Cell(text=entry.text),
                    Cell(text=view.formats.day(entry.date, year=True) if entry.date else NOTHING),
                    Cell(text=entry.evidence or NOTHING),
                ),
            )
        )
    table = Table(
        columns=(
            Column(key="entry", label="Entry", grow=3, card="title"),
            Column(key="date", label="Date", align="right"),
            Column(key="evidence", label="Evidence", grow=1.6),
        ),
        rows=tuple(rows),
        summary="Strengths, weaknesses, opportunities, threats and competitors",
    )
    return Group(blocks=(Heading(role="section", text=f"{text}{newest}", internal=True), table))
