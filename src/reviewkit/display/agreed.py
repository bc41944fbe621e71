"""What was and is to be agreed: decisions, actions, misses with their remedy, risks, goals."""

from __future__ import annotations

import datetime as dt

from reviewkit.analysis.actions import Action, current_actions
from reviewkit.analysis.findings import judged, recovery_of
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Row,
    Status,
    Table,
)
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS


def decisions(view: View) -> Block:
    """Return the decisions sought, numbered, with effect, decider and date."""
    asked = view.facts.decisions
    if not asked:
        return NotSupplied(
            what=f"No decision is sought for {view.head(view.period)}.",
            detail=view.remedy(
                f"Decisions stand in params/{view.params.slug}/{view.period.id}.yaml."
            ),
        )
    when = f" on {view.formats.full_day(view.facts.meeting)}" if view.facts.meeting else ""
    rows = tuple(
        Row(
            cells=(
                Cell(text=str(at), value=at, type="int"),
                Cell(text=item.title),
                Cell(text=item.effect),
                Cell(text=item.decider),
                Cell(text=view.formats.day(item.by) if item.by else NOTHING),
            )
        )
        for at, item in enumerate(asked, start=1)
    )
    text = f"{words.capital(words.plural(len(asked), 'decision'))} we ask for{when}"
    table = Table(
        columns=(
            Column(key="number", label="", role="actual"),
            Column(key="decision", label="Decision", grow=5, card="title"),
            Column(key="effect", label="Effect and cost", grow=4),
            Column(key="decider", label="Who decides", grow=2.5),
            Column(key="by", label="By", align="right", card="lead"),
        ),
        rows=rows,
        summary=text,
    )
    return _section(text, table, nav="Decisions")


def prior_actions(view: View, *, page: bool = False) -> Block:
    """Return actions that are open or were closed since the period began."""
    if not view.figures.has("actions"):
        return NotSupplied(
            what="Actions of earlier reviews were not supplied.",
            detail=view.remedy(
                "Map the table `actions` in house.yaml to follow up what was agreed."
            ),
        )
    found = current_actions(view.figures)
    if not found:
        return NotSupplied(what=f"No action is open on {view.formats.day(view.figures.as_of)}.")
    table = Table(
        columns=(
            Column(key="id", label="", role="id", card="hide"),
            Column(key="action", label="Action", grow=5, card="title"),
            Column(key="owner", label="Owner", grow=3),
            Column(key="first_due", label="First due", align="right", role="reference"),
            Column(key="due", label="Now due", align="right"),
            Column(key="postponed", label="Postponed"),
            Column(
                key="state", label=f"State, {view.formats.day(view.figures.as_of)}", card="lead"
            ),
        ),
        rows=tuple(_action(view, action) for action in found),
        summary=f"Actions as of {view.formats.day(view.figures.as_of, year=True)}",
    )
    return _section(_actions_heading(found), table, nav="Actions", page=page)


def _action(view: View, action: Action) -> Row:
    def date(day: dt.date | None) -> Cell:
        if day is None:
            return Cell(text=NOTHING)
        return Cell(text=view.formats.day(day), value=day.isoformat(), type="date")

    slips = Cell(text="none", tone="quiet")
    if action.postponed:
        slips = Cell(text=str(action.postponed), squares=action.postponed, value=action.postponed)
    return Row(
        cells=(
            Cell(text=action.id),
            Cell(text=action.title),
            Cell(text=action.owner),
            date(action.first_due),
            date(action.due),
            slips,
            _state(view, action),
        )
    )


def _state(view: View, action: Action) -> Cell:
    if action.closed:
        return Cell(text=f"Closed {view.formats.day(action.closed)}", tone="quiet")
    if action.late:
        return Cell(text=f"{view.formats.number(action.late)} days late", tone="strong")
    return Cell(text="On track" if action.due else "No date")


def _actions_heading(found: tuple[Action, ...]) -> str:
    closed = sum(action.closed is not None for action in found)
    still = len(found) - closed
    most = max(action.postponed for action in found)
    parts = [
        f"{words.count(number_)} {word}"
        for number_, word in ((closed, "closed"), (still, "open"))
        if number_
    ]
    times = {1: "once", 2: "twice"}.get(most, f"{words.count(most)} times")
    slips = f", one postponed {times}" if most else ""
    review = next((action.review for action in found if action.review), "")
    since = f" since {review}" if review else ""
    return f"Actions agreed{since}: {', '.join(parts)}{slips}"


def misses(view: View) -> Block:
    """Return each miss and near miss with cause, remedy and the date it is back on target.

    What people wrote down stands as written; where they did not, the table says so.
    """
    found = [
        value
        for value in judged(view.figures, tuple(metric.id for metric in view.scored))
        if value.status in ("missed", "at_risk")
    ]
    if not found:
        return Group(blocks=())
    found.sort(key=lambda value: value.status != "missed")
    table = Table(
        columns=(
            Column(key="measure", label="Short of target", grow=2.4, card="title"),
            Column(key="cause", label="Cause", grow=4),
            Column(key="remedy", label="Remedy", grow=4),
            Column(key="effect", label="Effect", align="right"),
            Column(key="back", label="Back on target", align="right", card="lead"),
        ),
        rows=tuple(_miss(view, value) for value in found),
        summary="Causes, remedies and dates of what fell short of target",
    )
    return _section(_misses_heading(view, found), table)


def _miss(view: View, value: MetricValue) -> Row:
    known = recovery_of(view.facts, value.metric)
    return Row(
        cells=(
            Cell(status=Status(state=value.status, word=METRICS[value.metric].label)),
            Cell(text=" ".join(known.cause.split()) if known else "Not recorded"),
            Cell(text=" ".join(known.remedy.split()) if known else NOTHING),
            Cell(text=(known.effect if known else "") or NOTHING),
            Cell(text=(known.back_on_target if known else "") or NOTHING),
        )
    )


def _misses_heading(view: View, found: list[MetricValue]) -> str:
    named = [value for value in found if recovery_of(view.facts, value.metric)]
    what = words.listed(words.within(METRICS[value.metric]) for value in found)
    if len(named) == len(found):
        return words.capital(f"{what}: cause, remedy and date")
    return words.capital(
        f"{what}: {words.count(len(named))} of {words.count(len(found))} explained"
    )


def _section(text: str, table: Table, *, nav: str = "", page: bool = False) -> Group:
    heading = Heading(role="page" if page else "section", text=text, nav=nav)
    return Group(blocks=(heading, table))
