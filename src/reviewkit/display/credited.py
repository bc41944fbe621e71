"""What was wrong in invoices, and what was credited for it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis import billing as data
from reviewkit.analysis.billing import Credit
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

SHOWN = 8


def errors(view: View) -> Block:
    """Return the lines of the period by charge, with those in error and those disputed."""
    lacking = METRICS["invoice_accuracy"].missing(view.figures.data)
    if lacking:
        return NotSupplied(
            what=say("What was wrong in invoices was not supplied."),
            detail=view.remedy(say("Map {names} to count errors.", names=words.listed(lacking))),
        )
    found = [item for item in data.charges(view.figures, "charge_code") if item.lines]
    rows = [
        Row(
            cells=(
                Cell(text=item.name or say("Not recorded")),
                Cell(text=view.formats.number(item.lines), value=item.lines, type="int"),
                Cell(text=view.formats.number(item.wrong), value=item.wrong, type="int"),
                Cell(text=_share(view, item.wrong, item.lines)),
                Cell(text=view.formats.number(item.disputed), value=item.disputed, type="int"),
            )
        )
        for item in found[:SHOWN]
    ]
    lines, wrong, disputed = (
        sum(getattr(item, name) for item in found) for name in ("lines", "wrong", "disputed")
    )
    rows.append(
        Row(
            total=True,
            cells=(
                Cell(text=say("All charges")),
                Cell(text=view.formats.number(lines), value=lines, type="int"),
                Cell(text=view.formats.number(wrong), value=wrong, type="int"),
                Cell(text=_share(view, wrong, lines)),
                Cell(text=view.formats.number(disputed), value=disputed, type="int"),
            ),
        )
    )
    worst = max(found, key=lambda item: (item.wrong, item.name), default=None)
    text = say_number(
        "No error in the only line",
        "No error in {lines} lines",
        lines,
        lines=view.formats.number(lines),
    )
    if worst and worst.wrong:
        text = say_number(
            "{charge}: the only error",
            "{charge}: {part} of {whole} errors",
            wrong,
            charge=worst.name or say("Not recorded"),
            part=words.count(worst.wrong),
            whole=words.count(wrong),
        )
    table = Table(
        columns=(
            Column(key="charge", label=say("Charge"), grow=1, card="title"),
            Column(key="lines", label=say("Lines"), align="right"),
            Column(key="wrong", label=say("In error"), align="right", role="actual", card="lead"),
            Column(key="share", label="%", align="right", role="reference"),
            Column(key="disputed", label=say("Disputed"), align="right"),
        ),
        rows=tuple(rows),
        summary=say("Invoice lines, errors and disputes by charge"),
    )
    return Group(
        blocks=(
            Heading(
                role="section",
                text=text,
                note=(
                    Span(
                        text=say(
                            "Lines issued in {period}, by charge", period=view.head(view.period)
                        )
                    ),
                ),
            ),
            table,
        )
    )


def _share(view: View, part: int, whole: int) -> str:
    return view.formats.number(Fraction(part, whole) * 100, 1) if whole else NOTHING


def credited(view: View) -> Block:
    """Return the credits of the period by the reason given for them."""
    found = data.credits_by_reason(view.figures)
    amount = sum((item.amount for item in found), Decimal(0))
    if not found:
        return NotSupplied(
            what=say("Nothing was credited in {period}.", period=view.head(view.period)), known=True
        )
    rows = [_credit(view, item) for item in found[:SHOWN]]
    lines = sum(item.lines for item in found)
    rows.append(
        Row(
            total=True,
            cells=(
                Cell(text=say("All credits")),
                Cell(text=view.formats.number(lines), value=lines, type="int"),
                Cell(text=view.formats.money(amount, 2), value=str(amount), type="decimal"),
            ),
        )
    )
    table = Table(
        columns=(
            Column(key="reason", label=say("Reason given"), grow=1, card="title"),
            Column(key="lines", label=say("Credits"), align="right"),
            Column(key="amount", label=say("Amount"), align="right", role="actual", card="lead"),
        ),
        rows=tuple(rows),
        summary=say("Credits by reason"),
    )
    # The table has the most frequent first; the sentence tells where the money went.
    first = min(found, key=lambda item: (item.amount, item.reason))
    told = {
        "amount": view.formats.money(-amount),
        "part": view.formats.money(-first.amount),
        "reason": first.reason or say("no reason"),
    }
    if len(found) == 1:
        text = say("{amount} was credited, all of it for “{reason}”", **told)
    else:
        text = say("{amount} was credited, {part} of it for “{reason}”", **told)
    note = Span(
        text=say("Credits issued in {period}, whatever they correct", period=view.head(view.period))
    )
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), table))


def _credit(view: View, item: Credit) -> Row:
    return Row(
        cells=(
            Cell(text=item.reason or say("No reason given")),
            Cell(text=view.formats.number(item.lines), value=item.lines, type="int"),
            Cell(text=view.formats.money(item.amount, 2), value=str(item.amount), type="decimal"),
        )
    )
