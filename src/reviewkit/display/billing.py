"""Billing: what was invoiced, what was wrong with it, and what is disputed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial

from reviewkit.analysis import billing as data
from reviewkit.analysis.billing import Charge, Credit
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Columns,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
)
from reviewkit.display import charts, words
from reviewkit.display.charts import Stack
from reviewkit.display.disputes import disputed
from reviewkit.display.formats import NOTHING
from reviewkit.display.marks import Frame, Scale, nice_ticks
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS

SHOWN = 8


def billing(view: View) -> Block:
    """Return a page on charges, errors, credits and disputes."""
    if not view.figures.has("invoice_lines"):
        return NotSupplied(
            what="Invoices were not supplied.",
            detail=view.remedy(
                "Map the table `invoice_lines` to see charges, errors and disputes."
            ),
        )
    charges = data.charges(view.figures, "service")
    blocks: list[Block] = [
        Heading(role="page", text=_heading(view, charges), nav="Billing"),
        _invoiced(view, charges),
        Columns(columns=((_errors(view),), (_credits(view),)), weights=(6, 6)),
        disputed(view),
    ]
    return Group(blocks=tuple(blocks))


def _total(charges: tuple[Charge, ...]) -> Decimal:
    return sum((item.net for item in charges), Decimal(0))


def _heading(view: View, charges: tuple[Charge, ...]) -> str:
    net = view.formats.money(_total(charges))
    value = view.figures.one("invoice_accuracy")
    lines = sum(item.lines for item in charges)
    wrong = sum(item.wrong for item in charges)
    opening = f"{net} was invoiced in {view.formats.number(lines)} lines"
    if value.value is None:
        return opening
    if not wrong:
        return f"{opening}, none of them in error"
    return f"{opening}, {words.count(wrong)} of them in error"


def _invoiced(view: View, charges: tuple[Charge, ...]) -> Block:
    months = view.year
    amounts = data.net_by_month(view.figures, len(months), "service")
    sums: dict[str, Decimal] = {}
    for (_, name), amount in amounts.items():
        sums[name] = sums.get(name, Decimal(0)) + amount
    names = sorted(sums, key=lambda name: (-sums[name], name))
    # A month in which a service got more credit than charges has no bar of its own.
    series = tuple(
        (
            name or "Not recorded",
            tuple(_thousands(amounts.get((month, name))) for month in months),
        )
        for name in names[:5]
    )
    totals = [sum(values[at] for _, values in series) for at in range(len(months))]
    ticks = nice_ticks(totals or [1.0], zero=True)
    decimals = 0 if ticks[1] >= 1 else 1
    stack = Stack(
        months=view.axis(months),
        series=series,
        texts=tuple(view.formats.number(total, decimals) if total else "" for total in totals),
        scale=Scale(ticks, tuple(view.formats.number(tick, decimals) for tick in ticks)),
        printed=partial(view.formats.parts, decimals=decimals),
    )
    alt = (
        f"Invoiced less credits per {view.step} in thousand {view.formats.currency}: "
        f"{stack.texts[0] or '0'} in {view.head(months[0])}, {stack.texts[-1] or '0'} in "
        f"{view.head(months[-1])}."
    )
    chart = charts.stacked(stack, view.accent, alt, Frame("full", 130, left=34, right=72, top=12))
    return Group(
        blocks=(
            Heading(role="section", text=_invoiced_heading(view, charges), note=(_note(view),)),
            chart,
        ),
        keep=True,
    )


def _thousands(amount: Decimal | None) -> float:
    return float(max(amount or Decimal(0), Decimal(0))) / 1000


def _note(view: View) -> Span:
    others = data.other_currencies(view.figures)
    lines = words.plural(others, "line")
    left = f" {lines} in a currency without a rate left out." if others else ""
    return Span(
        text=f"Invoiced less credits per {view.step} of issue, {view.formats.symbol} thousand, "
        f"without tax. Scale starts at 0.{words.capital(left)}"
    )


def _invoiced_heading(view: View, charges: tuple[Charge, ...]) -> str:
    now, before = _total(charges), sum((item.prior for item in charges), Decimal(0))
    head = view.head(view.period.prior())
    if not before:
        return f"{view.formats.money(now)} in {view.head(view.period)}; nothing in {head}"
    share = Fraction(now - before) / Fraction(before) * 100
    percent = view.formats.number(share, 1, signed=True)
    shipped = view.figures.one("shipments")
    each = ""
    if shipped.value and view.figures.supplied("shipments"):
        per = view.formats.money(Fraction(now) / shipped.n, 2)
        each = f"; {per} for each of {view.formats.number(shipped.n)} shipments"
    return f"{percent}% on {head}{each}"


def _errors(view: View) -> Block:
    lacking = METRICS["invoice_accuracy"].missing(view.figures.data)
    if lacking:
        return NotSupplied(
            what="What was wrong in invoices was not supplied.",
            detail=view.remedy(f"Map {words.listed(lacking)} to count errors."),
        )
    found = [item for item in data.charges(view.figures, "charge_code") if item.lines]
    rows = [
        Row(
            cells=(
                Cell(text=item.name or "Not recorded"),
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
                Cell(text="All charges"),
                Cell(text=view.formats.number(lines), value=lines, type="int"),
                Cell(text=view.formats.number(wrong), value=wrong, type="int"),
                Cell(text=_share(view, wrong, lines)),
                Cell(text=view.formats.number(disputed), value=disputed, type="int"),
            ),
        )
    )
    worst = max(found, key=lambda item: (item.wrong, item.name), default=None)
    text = f"No error in {view.formats.number(lines)} lines"
    if worst and worst.wrong:
        errors = words.of(worst.wrong, wrong, "errors")
        text = f"{worst.name or 'Unrecorded'}: {errors}"
    table = Table(
        columns=(
            Column(key="charge", label="Charge", grow=1, card="title"),
            Column(key="lines", label="Lines", align="right"),
            Column(key="wrong", label="In error", align="right", role="actual", card="lead"),
            Column(key="share", label="%", align="right", role="reference"),
            Column(key="disputed", label="Disputed", align="right"),
        ),
        rows=tuple(rows),
        summary="Invoice lines, errors and disputes by charge",
    )
    return Group(
        blocks=(
            Heading(
                role="section",
                text=text,
                note=(Span(text=f"Lines issued in {view.head(view.period)}, by charge"),),
            ),
            table,
        )
    )


def _share(view: View, part: int, whole: int) -> str:
    return view.formats.number(Fraction(part, whole) * 100, 1) if whole else NOTHING


def _credits(view: View) -> Block:
    found = data.credits_by_reason(view.figures)
    amount = sum((item.amount for item in found), Decimal(0))
    if not found:
        return Group(
            blocks=(
                Heading(role="section", text=f"Nothing was credited in {view.head(view.period)}"),
            )
        )
    rows = [_credit(view, item) for item in found[:SHOWN]]
    lines = sum(item.lines for item in found)
    rows.append(
        Row(
            total=True,
            cells=(
                Cell(text="All credits"),
                Cell(text=view.formats.number(lines), value=lines, type="int"),
                Cell(text=view.formats.money(amount, 2), value=str(amount), type="decimal"),
            ),
        )
    )
    table = Table(
        columns=(
            Column(key="reason", label="Reason given", grow=1, card="title"),
            Column(key="lines", label="Credits", align="right"),
            Column(key="amount", label="Amount", align="right", role="actual", card="lead"),
        ),
        rows=tuple(rows),
        summary="Credits by reason",
    )
    first = found[0]
    times = words.plural(first.lines, "time")
    reason = first.reason or "no reason"
    text = f"{view.formats.money(-amount)} was credited, {times} for “{reason}”"
    note = Span(text=f"Credits issued in {view.head(view.period)}, whatever they correct")
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), table))


def _credit(view: View, item: Credit) -> Row:
    return Row(
        cells=(
            Cell(text=item.reason or "No reason given"),
            Cell(text=view.formats.number(item.lines), value=item.lines, type="int"),
            Cell(text=view.formats.money(item.amount, 2), value=str(item.amount), type="decimal"),
        )
    )
