"""The roadmap of an account: what is done, under way, late; for the own house."""

from __future__ import annotations

import datetime as dt

from reviewkit.analysis.plan_changes import days_late
from reviewkit.blocks import Block, Cell, Column, Group, Heading, Row, Table
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.params.models import Initiative
from reviewkit.speech import say, say_number


def roadmap(view: View) -> Block:
    """Return the steps of the account's roadmap; nothing where none is planned."""
    steps = view.params.plan.roadmap
    if not steps:
        return Group(blocks=())
    late = sum(days_late(step, view.figures.as_of) > 0 for step in steps)
    done = sum(step.done is not None for step in steps)
    text = say(
        "Roadmap: {done} of {all} steps done, {late} late", done=done, all=len(steps), late=late
    )
    table = Table(
        columns=(
            Column(key="step", label=say("Step"), grow=4, card="title"),
            Column(key="owner", label=say("Owner"), grow=2),
            Column(key="start", label=say("From"), align="right", role="reference"),
            Column(key="due", label=say("By"), align="right"),
            Column(key="worth", label=say("Worth a year"), align="right"),
            Column(key="state", label=say("State"), card="lead"),
        ),
        rows=tuple(_row(view, step) for step in steps),
        summary=say("Steps of the account's roadmap"),
    )
    return Group(blocks=(Heading(role="section", text=text, internal=True), table))


def _row(view: View, step: Initiative) -> Row:
    def day(given: dt.date | None) -> Cell:
        return dated(view.formats, given, year=True)

    worth = view.formats.money(step.worth) if step.worth is not None else NOTHING
    return Row(
        cells=(
            Cell(text=step.title),
            Cell(text=step.owner or NOTHING),
            day(step.start),
            day(step.due),
            Cell(text=worth),
            _state(view, step),
        )
    )


def _state(view: View, step: Initiative) -> Cell:
    late = days_late(step, view.figures.as_of)
    if late:
        text = say_number("{days} day late", "{days} days late", late, days=late)
        return Cell(text=text, tone="strong")
    if step.done:
        return Cell(
            text=say("Done {day}", day=view.formats.day(step.done, year=True)), tone="quiet"
        )
    begun = step.start is None or step.start <= view.figures.as_of
    return Cell(text=say("Under way") if begun else say("To come"))
