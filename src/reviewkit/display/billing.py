"""Billing: what was invoiced, what was wrong with it, and what is disputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from reviewkit.analysis import billing as data
from reviewkit.analysis.billing import Charge
from reviewkit.blocks import (
    Block,
    Columns,
    Group,
    Heading,
    NotSupplied,
    Span,
)
from reviewkit.display import charts, words
from reviewkit.display.charts import Stack
from reviewkit.display.credited import credited, errors
from reviewkit.display.disputes import disputed
from reviewkit.display.magnitudes import Magnitude, in_thousands, magnitude
from reviewkit.display.marks import Frame, Scale, nice_ticks
from reviewkit.display.view import View
from reviewkit.display.volume import few
from reviewkit.periods import Period
from reviewkit.speech import say, say_number

SERIES = 5
"""Services drawn one by one, or one less and the rest together."""


def billing(view: View) -> Block:
    """Return a page on charges, errors, credits and disputes."""
    if not view.figures.has("invoice_lines"):
        return NotSupplied(
            what=say("Invoices were not supplied."),
            detail=view.remedy(
                say("Map the table `invoice_lines` to see charges, errors and disputes.")
            ),
        )
    charges = data.charges(view.figures, "service")
    blocks: list[Block] = [
        Heading(role="page", text=_heading(view, charges), nav=say("Billing")),
        _invoiced(view, charges),
        Columns(columns=((errors(view),), (credited(view),)), weights=(6, 6)),
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
    about = {"amount": net, "lines": view.formats.number(lines)}
    if value.value is None:
        return say_number(
            "{amount} was invoiced in one line",
            "{amount} was invoiced in {lines} lines",
            lines,
            **about,
        )
    if not wrong:
        return say_number(
            "{amount} was invoiced in one line without error",
            "{amount} was invoiced in {lines} lines, none of them in error",
            lines,
            **about,
        )
    return say_number(
        "{amount} was invoiced in one line, which was in error",
        "{amount} was invoiced in {lines} lines, {wrong} of them in error",
        lines,
        wrong=words.count(wrong),
        **about,
    )


def _invoiced(view: View, charges: tuple[Charge, ...]) -> Block:
    months = view.year
    amounts = data.net_by_month(view.figures, len(months), "service")
    counted = _magnitude(view)
    series = tuple(
        (name, tuple(counted.of(value) for value in values))
        for name, values in _series(amounts, months)
    )
    totals = [sum(values[at] for _, values in series) for at in range(len(months))]
    ends = [
        sum(sign * max(0.0, sign * values[at]) for _, values in series)
        for at in range(len(months))
        for sign in (1, -1)
    ]
    ticks = nice_ticks(ends or [1.0], zero=True)
    decimals = 0 if ticks[1] >= 1 else 1
    stack = Stack(
        months=view.axis(months),
        series=series,
        texts=tuple(view.formats.number(total, decimals) if total else "" for total in totals),
        scale=Scale(ticks, tuple(view.formats.number(tick, decimals) for tick in ticks)),
        printed=partial(view.formats.parts, decimals=decimals),
    )
    alt = say(
        "Invoiced less credits per {month} in {unit}: {first} in {start}, {last} in {end}.",
        month=view.step,
        unit=counted.money(view.formats.currency),
        first=stack.texts[0] or "0",
        start=view.head(months[0]),
        last=stack.texts[-1] or "0",
        end=view.head(months[-1]),
    )
    chart = charts.stacked(stack, view.accent, alt, Frame("full", 130, left=34, right=72, top=12))
    return Group(
        blocks=(
            Heading(role="section", text=_invoiced_heading(view, charges), note=(_note(view),)),
            chart,
        ),
        keep=True,
    )


def _magnitude(view: View) -> Magnitude:
    by_month = data.net_by_month(view.figures, len(view.year), "service")
    months: dict[Period, float] = {}
    for (month, _), amount in by_month.items():
        months[month] = months.get(month, 0.0) + abs(float(amount))
    return magnitude(months.values(), least=in_thousands(months.values()))


def _series(
    amounts: Mapping[tuple[Period, str], Decimal], months: Sequence[Period]
) -> list[tuple[str, list[Decimal]]]:
    """Return the amounts of each month by service, the largest first, the rest in one."""
    sums: dict[str, Decimal] = {}
    for (_, name), amount in amounts.items():
        sums[name] = sums.get(name, Decimal(0)) + amount
    names = sorted(sums, key=lambda name: (-sums[name], name))
    shown = names if len(names) <= SERIES else names[: SERIES - 1]
    blank = say("Not recorded") if any(names) else say("Invoiced")
    found = [
        (name or blank, [amounts.get((m, name), Decimal(0)) for m in months]) for name in shown
    ]
    rest = names[len(shown) :]
    if rest:
        left = [sum((amounts.get((m, n), Decimal(0)) for n in rest), Decimal(0)) for m in months]
        found.append((words.capital(say("{count} others", count=words.count(len(rest)))), left))
    return found


def _note(view: View) -> Span:
    others = data.other_currencies(view.figures)
    told = say(
        "Invoiced less credits per {month} of issue, {unit}, without tax. Scale starts at 0.",
        month=view.step,
        unit=_magnitude(view).money(view.formats.symbol),
    )
    if not others:
        return Span(text=told)
    left = say_number(
        "{count} line in a currency without a rate left out.",
        "{count} lines in a currency without a rate left out.",
        others,
        count=words.count(others),
    )
    return Span(text=f"{told} {words.capital(left)}")


def _invoiced_heading(view: View, charges: tuple[Charge, ...]) -> str:
    now, before = _total(charges), sum((item.prior for item in charges), Decimal(0))
    head = view.head(view.period.prior())
    if not data.prior_known(view.figures):
        return _alone(view, now)
    if not before:
        return say(
            "{amount} in {period}; nothing in {prior}",
            amount=view.formats.money(now),
            period=view.head(view.period),
            prior=head,
        )
    shipped = view.figures.one("shipments")
    delivered = _delivered(view)
    if delivered and few(view):
        # So few make no rate: the amounts stand side by side.
        return say(
            "{amount} in {period}, {before} in {prior}",
            amount=view.formats.money(now),
            period=view.head(view.period),
            before=view.formats.money(before),
            prior=head,
        )
    share = Fraction(now - before) / Fraction(before) * 100
    percent = view.formats.number(share, 0 if abs(share) >= 100 else 1, signed=True)
    if delivered:
        return say(
            "{share}% on {prior}; {amount} for each of {count} shipments",
            share=percent,
            prior=head,
            amount=view.formats.money(Fraction(now) / shipped.n, 2),
            count=view.formats.number(shipped.n),
        )
    return say("{share}% on {prior}", share=percent, prior=head)


def _alone(view: View, now: Decimal) -> str:
    """Return what was invoiced where the period before is no whole one to compare with."""
    if _delivered(view) and not few(view):
        shipped = view.figures.one("shipments").n
        return say(
            "{amount} for each of {count} shipments",
            amount=view.formats.money(Fraction(now) / shipped, 2),
            count=view.formats.number(shipped),
        )
    return say(
        "{amount} in {period}", amount=view.formats.money(now), period=view.head(view.period)
    )


def _delivered(view: View) -> bool:
    return view.figures.supplied("shipments") and bool(view.figures.one("shipments").value)
