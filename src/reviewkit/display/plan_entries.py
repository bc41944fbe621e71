"""Strengths, weaknesses, opportunities, threats and competitors, with what wants work on them."""

from __future__ import annotations

from reviewkit.analysis.plan_entries import Entries, PlanEntry
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Table
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.speech import say, say_number


def noted(view: View, found: Entries) -> Block:
    """Return the entries by part, each with its date, evidence, and what wants work on it."""
    if not found.items:
        return NotSupplied(
            what=say("Strengths, weaknesses and competitors are not recorded."),
            detail=say("They stand in plan.yaml, each with its date and evidence."),
        )
    rows, before = [], ""
    for item in found.items:
        rows.append(_row(view, item, _part(item.part) if item.part != before else ""))
        before = item.part
    table = Table(
        columns=(
            Column(key="entry", label=say("Entry"), grow=3, card="title"),
            Column(key="date", label=say("Date"), align="right"),
            Column(key="evidence", label=say("Evidence"), grow=1.6),
            Column(key="state", label=say("State"), card="lead"),
        ),
        rows=tuple(rows),
        summary=say("Strengths, weaknesses, opportunities, threats and competitors"),
    )
    heading = Heading(role="section", text=_heading(found), internal=True)
    return Group(blocks=(heading, table))


def _heading(found: Entries) -> str:
    work, all_ = [item for item in found.items if item.wants_work], len(found.items)
    if not work:
        return words.capital(
            say_number(
                "{count} entry on position and competition, none older than a year",
                "{count} entries on position and competition, none older than a year",
                all_,
                count=words.count(all_),
            )
        )
    return words.capital(
        say_number(
            "{count} of {all} entries is older than a year or rests on no evidence",
            "{count} of {all} entries are older than a year or rest on no evidence",
            len(work),
            count=words.count(len(work)),
            all=words.count(all_),
        )
    )


def _row(view: View, item: PlanEntry, group: str) -> Row:
    entry = item.entry
    return Row(
        group=group,
        cells=(
            Cell(text=entry.text),
            dated(view.formats, entry.date, year=True),
            Cell(text=entry.evidence or NOTHING),
            Cell(text=_state(item), tone="strong" if item.wants_work else "quiet"),
        ),
    )


def _state(item: PlanEntry) -> str:
    if item.aged and item.unproved:
        return say("Old, no evidence")
    if item.aged:
        return say("Older than a year")
    if item.unproved:
        return say("No evidence")
    if item.entry.date is None:
        return say("No date")
    if item.new:
        return say("New")
    return say("Changed") if item.changed else NOTHING


def _part(part: str) -> str:
    return {
        "strengths": say("Strengths"),
        "weaknesses": say("Weaknesses"),
        "opportunities": say("Opportunities"),
        "threats": say("Threats"),
        "competitors": say("Competitors"),
    }[part]
