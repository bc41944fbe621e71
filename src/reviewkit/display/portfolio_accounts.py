"""Every account on a row, exceptions first, and who the revenue hangs on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.movement import number
from reviewkit.analysis.portfolio import Account
from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Cell,
    Column,
    Group,
    Heading,
    Row,
    Span,
    Table,
)
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING, rounded_to
from reviewkit.display.portfolio import NAMED, Overview
from reviewkit.speech import say, say_number


def accounts(own: Overview) -> Block:
    """Return a row for each account: exceptions, attainment, margin, notice, actions, share."""
    found = own.whole.accounts
    table = Table(
        columns=(
            Column(key="account", label=say("Account"), grow=2.5, role="actual", card="title"),
            Column(key="period", label=say("Period"), role="reference"),
            Column(key="critical", label=say("Critical"), align="right", over=say("Alerts")),
            Column(key="warning", label=say("Warning"), align="right", over=say("Alerts")),
            Column(key="met", label=say("Met"), align="right", over=say("Targets"), card="lead"),
            Column(key="kept", label=say("Kept"), align="right", over=say("Service levels")),
            Column(key="margin", label="%", align="right", over=say("Margin")),
            Column(key="step", label=say("Change"), align="right", over=say("Margin")),
            Column(key="notice", label=say("Notice by"), align="right"),
            Column(key="late", label=say("Late actions"), align="right"),
            Column(key="share", label=say("Revenue, %"), align="right", role="reference"),
        ),
        rows=tuple(_account(own, item) for item in found),
        summary=say("All accounts, those that need attention first"),
        footnotes=(),
    )
    heading = Heading(
        role="section",
        text=_accounts_heading(own),
        nav=say("Accounts"),
        note=(Span(text=_accounts_note(own)),),
    )
    return Group(blocks=(heading, table))


def _accounts_heading(own: Overview) -> str:
    short = [item for item in own.whole.accounts if item.met < len(item.judged)]
    whole = words.count(len(own.whole.accounts))
    if not short:
        return say("Every account met all its targets")
    return words.capital(
        say_number(
            "One of {whole} accounts fell short of a target: {names}",
            "{some} of {whole} accounts fell short of a target, {names} most",
            len(short),
            some=words.count(len(short)),
            whole=whole,
            names=max(short, key=lambda item: (len(item.judged) - item.met, item.name)).name,
        )
    )


def _accounts_note(own: Overview) -> str:
    parts = [
        say(
            "Each account for its own period that ends nearest to {day}. Revenue is invoiced less "
            "credits, in {currency}.",
            day=own.formats.day(own.period.end, year=True),
            currency=own.formats.currency,
        )
    ]
    if any(item.partial for item in own.whole.accounts):
        parts.append(say("Partial: data stop before the period ends."))
    if own.whole.unpriced:
        parts.append(
            say_number(
                "One invoice line has no rate of exchange and is left out.",
                "{count} invoice lines have no rate of exchange and are left out.",
                own.whole.unpriced,
                count=own.formats.number(own.whole.unpriced),
            )
        )
    return " ".join(parts)


def _account(own: Overview, item: Account) -> Row:
    period = own.formats.period(item.period)
    return Row(
        cells=(
            Cell(text=item.name, note=item.manager),
            Cell(text=period, note=say("Partial") if item.partial else ""),
            _some(own, item.told("critical"), strong=True),
            _some(own, item.told("warning")),
            _of(own, item.met, len(item.judged)),
            _of(own, item.kept, len(item.levels)),
            *_margin(own, item),
            _notice(own, item),
            _some(own, len(item.overdue)),
            _share(own, item.share),
        )
    )


def _some(own: Overview, count: int, *, strong: bool = False) -> Cell:
    if not count:
        return Cell(text=NOTHING, value=0, type="int")
    text = own.formats.number(count)
    return Cell(text=text, value=count, type="int", tone="missed" if strong else None)


def _of(own: Overview, part: int, whole: int) -> Cell:
    if not whole:
        return Cell(text=NOTHING)
    text = say("{part} of {whole}", part=own.formats.number(part), whole=own.formats.number(whole))
    return Cell(text=text, tone="strong" if part < whole else None)


def _margin(own: Overview, item: Account) -> tuple[Cell, Cell]:
    value = item.margin
    if value is None or value.value is None:
        return Cell(text=NOTHING), Cell(text=NOTHING)
    now = Cell(
        text=own.formats.number(number(value.value) * 100, 1), value=value.value, type="float"
    )
    if value.prior is None:
        return now, Cell(text=NOTHING)
    step = (number(value.value) - number(value.prior)) * 100
    return now, Cell(text=own.formats.number(step, 1, signed=True), value=float(step), type="float")


def _notice(own: Overview, item: Account) -> Cell:
    if item.notice is None:
        return Cell(text=NOTHING)
    passed = item.notice.days < 0
    note = say("passed") if passed else say("{days} days", days=item.notice.days)
    return dated(own.formats, item.notice.notice, year=True).model_copy(update={"note": note})


def _share(own: Overview, share: Fraction | None) -> Cell:
    if share is None:
        return Cell(text=NOTHING)
    return Cell(text=own.formats.number(share * 100, 1), value=float(share), type="float")


def concentration(own: Overview) -> Block:
    """Return who the revenue hangs on: shares of all accounts, the largest first."""
    found = sorted(own.whole.accounts, key=lambda item: (-(item.share or 0), item.name))
    found = [item for item in found if item.share]
    if not found:
        return Group(blocks=())
    most = found[0].share or Fraction(1)
    table = Table(
        columns=(
            Column(key="account", label=say("Account"), grow=2, card="title"),
            Column(key="bar", label="", role="graphic", grow=2),
            Column(
                key="revenue",
                label=say("Revenue, {currency}", currency=own.formats.currency),
                align="right",
                role="actual",
                card="lead",
            ),
            Column(key="sum", label=say("Cum. %"), align="right", role="reference"),
        ),
        rows=tuple(_held(own, found, at, most) for at in range(len(found))),
        summary=say("Revenue by account"),
    )
    three = found[:NAMED]
    text = say(
        "{names} bring {share}% of the revenue; the index is {index}",
        names=words.listed(item.name for item in three),
        share=own.formats.number(sum((item.share or 0 for item in three), Fraction(0)) * 100),
        index=_index(own),
    )
    note = say(
        "Herfindahl-Hirschman index: 10,000 where one account has all of it, {even} where "
        "{count} have the same.",
        even=own.formats.number(Fraction(10000, len(found))),
        count=len(found),
    )
    heading = Heading(role="section", text=text, nav=say("Concentration"), note=(Span(text=note),))
    return Group(blocks=(heading, table), keep=True)


def _index(own: Overview) -> str:
    value = own.whole.concentration.value
    return NOTHING if value is None else own.formats.number(number(value))


def _held(own: Overview, found: list[Account], at: int, most: Fraction) -> Row:
    item = found[at]
    share = item.share or Fraction(0)
    so_far = sum((one.share or Fraction(0) for one in found[: at + 1]), Fraction(0))
    segment = BarSegment(start=0, end=float(rounded_to(share / most, 4)), tone="quiet")
    amount = item.revenue.quantize(Decimal("0.01"))
    return Row(
        cells=(
            Cell(text=item.name),
            Cell(bar=Bar(segments=(segment,))),
            Cell(text=own.formats.number(item.revenue), value=str(amount), type="decimal"),
            Cell(text=own.formats.number(so_far * 100), value=float(so_far), type="float"),
        )
    )
