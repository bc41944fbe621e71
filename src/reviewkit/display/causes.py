"""Recorded causes of late deliveries, most frequent first, with their running share."""

from __future__ import annotations

from reviewkit.analysis.causes import Cause, late_causes
from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
)
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.speech import say

SHOWN = 6


def causes(view: View) -> Block:
    """Return late deliveries by recorded cause and fault."""
    found = late_causes(view.figures)
    if not found:
        if view.figures.has("shipments", "late_cause"):
            return NotSupplied(
                what=say("No delivery was late in {period}.", period=view.head(view.period)),
                known=True,
            )
        return NotSupplied(
            what=say("Causes of late deliveries were not supplied."),
            detail=view.remedy(
                say("Map `late_cause` and `at_fault` of the table `shipments` to see them.")
            ),
        )
    late = sum(cause.late for cause in found)
    most = max(cause.late for cause in found)
    table = Table(
        columns=(
            Column(key="cause", label=say("Cause"), grow=1, card="title"),
            Column(key="fault", label=say("At fault")),
            Column(key="bar", label="", role="graphic", grow=0.6),
            Column(key="late", label=say("Late"), align="right", role="actual", card="lead"),
            Column(key="cumulative", label=say("Cum. %"), align="right", role="reference"),
        ),
        rows=tuple(
            _row(view, cause, most, first=at == 0) for at, cause in enumerate(_shown(found))
        ),
        summary=say("Late deliveries by recorded cause"),
    )
    return Group(
        blocks=(
            Heading(
                role="section", text=_heading(view, found), note=(Span(text=_note(view, late)),)
            ),
            table,
        ),
        keep=True,
    )


def _shown(found: tuple[Cause, ...]) -> tuple[Cause, ...]:
    named = tuple(cause for cause in found if cause.name)
    if len(named) <= SHOWN:
        return found
    rest = named[SHOWN - 1 :]
    late = sum(cause.late for cause in rest)
    share = sum((cause.share for cause in rest), rest[0].share * 0)
    other = Cause(
        words.capital(say("{count} other causes", count=words.count(len(rest)))),
        "",
        late,
        share,
        rest[-1].cumulative,
    )
    return (*named[: SHOWN - 1], other, *(cause for cause in found if not cause.name))


def _row(view: View, cause: Cause, most: int, *, first: bool) -> Row:
    segment = BarSegment(start=0, end=cause.late / most, tone="accent" if first else "quiet")
    return Row(
        cells=(
            Cell(text=cause.name or say("Not recorded"), tone=None if cause.name else "quiet"),
            Cell(text=_party(view, cause.fault)),
            Cell(bar=Bar(segments=(segment,))),
            Cell(text=view.formats.number(cause.late), value=cause.late, type="int"),
            Cell(
                text=view.formats.number(cause.cumulative * 100),
                value=float(cause.cumulative),
                type="float",
            ),
        )
    )


_PARTIES = {
    "carrier": "Carrier",
    "consignee": "Consignee",
    "force_majeure": "Force majeure",
    "other": "Other",
}
"""Whose fault a late delivery is, but for the two sides."""


def _party(view: View, fault: str) -> str:
    names = {"provider": view.house.name, "client": view.client}
    return names.get(fault) or say(_PARTIES.get(fault, fault)) or NOTHING


def _heading(view: View, found: tuple[Cause, ...]) -> str:
    first = found[0]
    if not first.name:
        return say(
            "No cause is recorded for {late} late deliveries",
            late=view.formats.number(first.late),
        )
    return say(
        "“{cause}” stands behind {share}% of late deliveries",
        cause=first.name,
        share=view.formats.number(first.share * 100),
    )


def _note(view: View, late: int) -> str:
    return say(
        "{late} late deliveries in {period} by recorded cause",
        late=view.formats.number(late),
        period=view.head(view.period),
    )
