"""Figures restated since an earlier approved pack: which, by how much, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib.metadata import version as installed

from reviewkit import periods
from reviewkit.analysis.movement import number
from reviewkit.analysis.restated import Kind, Reason, Restated, restated
from reviewkit.blocks import Block, Cell, Column, Footnote, Group, Heading, Row, Table
from reviewkit.display import words
from reviewkit.display.evidence import version
from reviewkit.display.figures import cell, label
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

MOST = 20
"""Rows that are shown; of more the rest is counted."""


def restatements(view: View) -> Block:
    """Return the figures whose printed form differs from an earlier approved pack's.

    Nothing where there are none.
    """
    every = restated(
        view.figures, view.published, lambda metric: version(view, metric), installed("reviewkit")
    )
    found = [item for item in every if _differs(view, item)]
    if not found:
        return Group(blocks=())
    heading = Heading(role="section", text=_heading(found), nav=say("Restated figures"))
    return Group(blocks=(heading, _table(view, found)))


def _differs(view: View, item: Restated) -> bool:
    return _then(view, item) != view.text.reference(item.now, item.now.value)


def _then(view: View, item: Restated) -> str:
    value = item.then.value
    return view.text.reference(item.now, None if isinstance(value, bool) else value)


def _heading(found: list[Restated]) -> str:
    names = list(dict.fromkeys(words.within(METRICS[item.then.metric]) for item in found))
    return words.capital(
        say_number(
            "{count} figure of an earlier review is restated: {names}",
            "{count} figures of earlier reviews are restated: {names}",
            len(found),
            count=words.count(len(found)),
            names=words.listed(names),
        )
    )


def _table(view: View, found: list[Restated]) -> Table:
    rest = len(found) - MOST
    more = say_number(
        "One more figure differs in parts of these.",
        "{number} more figures differ in parts of these.",
        rest,
    )
    note = Footnote(mark="", lead=say("Not shown."), text=more)
    return Table(
        columns=(
            Column(key="measure", label=say("Measure"), grow=2, card="title"),
            Column(key="period", label=say("Period"), role="id"),
            Column(key="then", label=say("As published"), align="right", role="reference"),
            Column(key="now", label=say("Now"), align="right", role="actual", card="lead"),
            Column(key="difference", label=say("Difference"), align="right"),
            Column(key="why", label=say("Why"), grow=3),
            Column(key="pack", label=say("Published in"), grow=2, role="id"),
        ),
        rows=tuple(_row(view, item) for item in found[:MOST]),
        summary=say("Figures restated since they were published"),
        footnotes=(note,) if rest > 0 else (),
    )


def _row(view: View, item: Restated) -> Row:
    then, now = item.then, item.now
    metric = METRICS[then.metric]
    calendar = view.figures.data.calendar
    day = view.formats.day(then.approved, year=True)
    return Row(
        cells=(
            Cell(text=label(metric, view.formats), note=", ".join(then.by.values())),
            Cell(text=view.formats.period(periods.parse(then.at, calendar))),
            Cell(text=_then(view, item)),
            cell(now, view.text.reference(now, now.value), now.value),
            Cell(text=_difference(view, item)),
            Cell(text=words.sentence("; ".join(_why(view, reason) for reason in item.reasons))),
            Cell(
                text=say(
                    "{report}, {period}",
                    report=then.report,
                    period=view.formats.period(periods.parse(then.pack, calendar)),
                ),
                note=say("approved {day}", day=day),
            ),
        )
    )


def _difference(view: View, item: Restated) -> str:
    then = item.then.value
    if item.now.value is None or then is None or isinstance(then, bool):
        return NOTHING
    change: Fraction = number(item.now.value) - number(then)
    text = view.text.step(METRICS[item.then.metric], abs(change))
    return say("+{amount}", amount=text) if change > 0 else say("−{amount}", amount=text)


def _why(view: View, reason: Reason) -> str:
    return _REASONS[reason.kind](view.formats.number(reason.cases), reason.cases)


_REASONS: Mapping[Kind, Callable[[str, int], str]] = {
    "definition": lambda _, __: say("the definition, or the rule of counting, has changed"),
    "late": lambda count, cases: say_number(
        "one case was recorded later", "{count} cases were recorded later", cases, count=count
    ),
    "gone": lambda count, cases: say_number(
        "one case no longer counts", "{count} cases no longer count", cases, count=count
    ),
    "outcomes": lambda count, cases: say_number(
        "the outcome of one case has become known",
        "the outcome of {count} cases has become known",
        cases,
        count=count,
    ),
    "corrected": lambda _, __: say("rows were corrected"),
    "software": lambda _, __: say("rows were corrected, or another version of reviewkit computes"),
}
"""What is said of each reason."""
