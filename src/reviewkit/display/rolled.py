"""The stock rolled forward by site: opening, in, out, adjusted, closing, and what is not told."""

from __future__ import annotations

from reviewkit.analysis import roll_forward as data
from reviewkit.analysis.roll_forward import Roll
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import activity, words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.speech import say, say_number


def roll_forward(view: View) -> Block:
    """Return the roll-forward of each site and of all, in units."""
    lacking = data.lacking(view.figures)
    if lacking:
        return NotSupplied(
            what=say("The stock cannot be rolled forward: it was not supplied whole."),
            detail=view.remedy(
                say("Map {columns} in house.yaml.", columns=words.listed(map(_code, lacking)))
            ),
        )
    rolls = data.roll_forward(view.figures)
    if not rolls:
        return NotSupplied(
            what=say("No stock was kept in {period}.", period=view.head(view.period)), known=True
        )
    whole = data.total(rolls)
    rows = [_row(view, roll, roll.site or say("No site named")) for roll in rolls]
    if len(rolls) > 1:
        rows.append(_row(view, whole, say("All sites"), total=True))
    table = Table(columns=_columns(view), rows=tuple(rows), summary=say("Stock rolled forward"))
    heading = Heading(
        role="section",
        text=_heading(view, whole, rolls),
        nav=say("Stock"),
        note=(Span(text=_note(view)),),
    )
    return Group(blocks=(heading, table), keep=True)


def _code(name: str) -> str:
    return f"`{name}`"


def _columns(view: View) -> tuple[Column, ...]:
    end = view.formats.day(view.period.end)
    return (
        Column(key="site", label=say("Site"), grow=2, card="title"),
        Column(key="opening", label=say("Opening"), align="right", role="reference"),
        Column(key="received", label=say("Received"), align="right"),
        Column(key="returned", label=say("Returned"), align="right"),
        Column(key="shipped", label=say("Shipped"), align="right"),
        Column(key="adjusted", label=say("Adjusted"), align="right"),
        Column(key="expected", label=say("Expected"), align="right"),
        Column(
            key="closing",
            label=say("In store, {day}", day=end),
            align="right",
            role="actual",
            card="lead",
        ),
        Column(key="difference", label=say("Difference"), align="right"),
    )


def _row(view: View, roll: Roll, name: str, *, total: bool = False) -> Row:
    return Row(
        total=total,
        cells=(
            Cell(text=name),
            _units(view, roll.opening),
            _units(view, roll.received, signed=True),
            _units(view, roll.returned, signed=True),
            _units(view, -roll.shipped, signed=True),
            _units(view, roll.adjusted, signed=True),
            _units(view, roll.expected),
            _units(view, roll.closing),
            _units(view, roll.difference, signed=True, bold=True),
        ),
    )


def _units(view: View, units: int | None, *, signed: bool = False, bold: bool = False) -> Cell:
    if units is None:
        return Cell(text=NOTHING)
    text = view.formats.number(units, signed=signed)
    return Cell(text=text, value=units, type="int", tone="strong" if bold and units else None)


def _heading(view: View, whole: Roll, rolls: tuple[Roll, ...]) -> str:
    off = [roll for roll in rolls if roll.difference]
    if off:
        return say_number(
            "The stock of one site does not tie: {units} units are not explained",
            "The stock of {number} sites does not tie: {units} units are not explained",
            len(off),
            units=view.formats.number(sum(abs(roll.difference or 0) for roll in off)),
        )
    if whole.difference is None:
        unknown = [roll for roll in rolls if roll.difference is None]
        return say_number(
            "The stock of one site cannot be closed: none was recorded on its first or last day",
            "The stock of {number} sites cannot be closed: none was recorded on the first or "
            "last day",
            len(unknown),
        )
    change = (whole.closing or 0) - (whole.opening or 0)
    return say(
        "Stock ties to the unit: {opening} {change} = {closing}",
        opening=view.formats.number(whole.opening or 0),
        change=_signed(view, change),
        closing=view.formats.number(whole.closing or 0),
    )


def _signed(view: View, change: int) -> str:
    sign = "−" if change < 0 else "+"
    return f"{sign} {view.formats.number(abs(change))}"


def _note(view: View) -> str:
    parts = [say("Units. Opening + received + returned − shipped ± adjusted = expected.")]
    parts.append(activity.corrections(view))
    absent = data.absent(view.figures)
    if absent:
        names = words.listed(_called()[name] for name in absent)
        parts.append(say("Not supplied and counted as none: {names}.", names=names))
    return " ".join(part for part in parts if part)


def _called() -> dict[str, str]:
    return {"returns": say("returns"), "stock_adjustments": say("corrections of the stock")}
