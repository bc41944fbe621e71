"""What is to be agreed: decisions sought, and misses with their remedy."""

from __future__ import annotations

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
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def decisions(view: View) -> Block:
    """Return the decisions sought, numbered, with effect, decider and date."""
    asked = view.facts.decisions
    if not asked:
        where = f"params/{view.params.slug}/{view.period.id}.yaml"
        return NotSupplied(
            what=say("No decision is sought for {period}.", period=view.head(view.period)),
            detail=view.remedy(say("Decisions stand in {file}.", file=where)),
            known=True,
        )
    rows = tuple(
        Row(
            cells=(
                Cell(text=str(at), value=at, type="int"),
                Cell(text=item.title),
                Cell(text=item.effect),
                Cell(text=item.decider),
                dated(view.formats, item.by),
            )
        )
        for at, item in enumerate(asked, start=1)
    )
    text = _decisions_heading(view, len(asked))
    table = Table(
        columns=(
            Column(key="number", label="", role="actual"),
            Column(key="decision", label=say("Decision"), grow=5, card="title"),
            Column(key="effect", label=say("Effect and cost"), grow=4),
            Column(key="decider", label=say("Who decides"), grow=2.5),
            Column(key="by", label=say("By"), align="right", card="lead"),
        ),
        rows=rows,
        summary=text,
    )
    return _section(text, table, nav=say("Decisions"))


def _decisions_heading(view: View, count: int) -> str:
    if view.facts.meeting is None:
        return words.capital(
            say_number(
                "{count} decision we ask for",
                "{count} decisions we ask for",
                count,
                count=words.count(count),
            )
        )
    return words.capital(
        say_number(
            "{count} decision we ask for on {day}",
            "{count} decisions we ask for on {day}",
            count,
            count=words.count(count),
            day=view.formats.full_day(view.facts.meeting),
        )
    )


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
            Column(key="measure", label=say("Short of target"), grow=2.4, card="title"),
            Column(key="cause", label=say("Cause"), grow=4),
            Column(key="remedy", label=say("Remedy"), grow=4),
            Column(key="effect", label=say("Effect"), align="right"),
            Column(key="back", label=say("Back on target"), align="right", card="lead"),
        ),
        rows=tuple(_miss(view, value) for value in found),
        summary=say("Causes, remedies and dates of what fell short of target"),
    )
    return _section(_misses_heading(view, found), table)


def _miss(view: View, value: MetricValue) -> Row:
    known = recovery_of(view.facts, value.metric)
    return Row(
        cells=(
            Cell(status=Status(state=value.status, word=words.name(METRICS[value.metric]))),
            Cell(text=" ".join(known.cause.split()) if known else say("Not recorded")),
            Cell(text=" ".join(known.remedy.split()) if known else NOTHING),
            Cell(text=(known.effect if known else "") or NOTHING),
            Cell(text=(known.back_on_target if known else "") or NOTHING),
        )
    )


def _misses_heading(view: View, found: list[MetricValue]) -> str:
    named = [value for value in found if recovery_of(view.facts, value.metric)]
    what = words.listed(words.within(METRICS[value.metric]) for value in found)
    if len(named) == len(found):
        return words.capital(say("{measures}: cause, remedy and date", measures=what))
    if not named:
        return words.capital(say("{measures}: no cause is recorded", measures=what))
    return words.capital(
        say(
            "{measures}: {named} of {all} explained",
            measures=what,
            named=words.count(len(named)),
            all=words.count(len(found)),
        )
    )


def _section(text: str, table: Table, *, nav: str = "", page: bool = False) -> Group:
    heading = Heading(role="page" if page else "section", text=text, nav=nav)
    return Group(blocks=(heading, table), keep=True)
