"""All accounts on a page: the answer, six figures, and a row for each, exceptions first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.movement import number
from reviewkit.analysis.portfolio import Account, Whole
from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Cell,
    Column,
    Front,
    Group,
    Heading,
    Reference,
    Row,
    Span,
    Status,
    Table,
    Tile,
    Tiles,
)
from reviewkit.display import words
from reviewkit.display.formats import NOTHING, Formats, rounded_to
from reviewkit.display.view import House, View
from reviewkit.periods import Period
from reviewkit.speech import say, say_number

NAMED = 3
"""Accounts that the headline names."""


@dataclass(frozen=True)
class Overview:
    """All accounts for one period, ready to be put into words; `views` are theirs by slug."""

    whole: Whole
    views: Mapping[str, View]
    period: Period
    house: House
    formats: Formats
    accent: str
    as_of: dt.date


def front(own: Overview) -> Front:
    """Return the identity of the report; there is no version of it for a client."""
    title = say("Portfolio review")
    return Front(
        client=say("All accounts"),
        report=say("{report}, internal version", report=title),
        period=own.period.title,
        provider=own.house.name,
        title=f"{own.house.name}: {title}, {own.period.title}",
        audience="internal",
        language=own.formats.language,
        paper=own.house.paper,
        accent=own.accent,
        source=_source(own),
        confidentiality=say("Contains cost and margin of all accounts. Not for any client."),
        author=own.house.name,
        keywords=(own.house.name, title, own.period.id),
        generated=own.house.cutoff,
    )


def _source(own: Overview) -> str:
    names = words.listed(sorted({name for one in own.house.sources.values() for name in one}))
    cutoff = own.house.cutoff
    if cutoff is None:
        return say("Source: {names}.", names=names)
    return say(
        "Source: {names}. Earliest cut-off {moment}.",
        names=names,
        moment=own.formats.moment(cutoff),
    )


def headline(own: Overview) -> Block:
    """Return which accounts need attention, or that none does."""
    return Heading(role="headline", text=_answer(own), nav=say("Summary"))


def _answer(own: Overview) -> str:
    grave = [item for item in own.whole.accounts if item.told("critical")]
    judged = sum(len(item.judged) for item in own.whole.accounts)
    met = {
        "met": own.formats.number(sum(item.met for item in own.whole.accounts)),
        "judged": own.formats.number(judged),
    }
    if not grave:
        return say("No account has a critical alert; {met} of {judged} targets are met.", **met)
    named = [item.name for item in grave[:NAMED]]
    rest = len(grave) - len(named)
    if rest:
        named.append(say_number("one more", "{count} more", rest, count=words.count(rest)))
    return words.capital(
        say_number(
            "One of {whole} accounts has a critical alert: {names}. "
            "{met} of {judged} targets are met.",
            "{some} of {whole} accounts have critical alerts: {names}. "
            "{met} of {judged} targets are met.",
            len(grave),
            some=words.count(len(grave)),
            whole=words.count(len(own.whole.accounts)),
            names=words.listed(named),
            **met,
        )
    )


def tiles(own: Overview) -> Block:
    """Return six figures of all accounts together."""
    accounts = own.whole.accounts
    late = sum(len(item.overdue) for item in accounts)
    notices = [item for item in accounts if item.notice]
    return Tiles(
        tiles=(
            _counted(
                own,
                say("Targets met"),
                sum(item.met for item in accounts),
                sum(len(item.judged) for item in accounts),
            ),
            _counted(
                own,
                say("Service levels kept"),
                sum(item.kept for item in accounts),
                sum(len(item.levels) for item in accounts),
            ),
            _revenue(own),
            Tile(
                label=say("In notice window"),
                text=own.formats.number(len(notices)),
                value=len(notices),
            ),
            Tile(label=say("Actions late"), text=own.formats.number(late), value=late),
            _concentration(own),
        )
    )


def _counted(own: Overview, label: str, part: int, whole: int) -> Tile:
    text = say("{part} of {whole}", part=own.formats.number(part), whole=own.formats.number(whole))
    return Tile(label=label, text=text if whole else NOTHING, value=part)


def _revenue(own: Overview) -> Tile:
    whole = own.whole
    return Tile(
        label=say("Revenue"),
        text=own.formats.money(whole.revenue),
        value=str(whole.revenue),
        references=tuple(
            Reference(
                label=own.formats.period(period), text=own.formats.money(at) if at else NOTHING
            )
            for period, at in (
                (own.period.prior(), whole.prior),
                (own.period.year_ago(), whole.year_ago),
            )
        ),
    )


def _concentration(own: Overview) -> Tile:
    value = own.whole.concentration

    def text(at: object) -> str:
        return NOTHING if at is None else own.formats.number(number(at))  # type: ignore[arg-type]

    return Tile(
        label=say("Concentration, HHI"),
        text=text(value.value),
        value=value.value,
        status=Status(state="partial", word=say("Partial")) if value.partial else None,
        references=tuple(
            Reference(label=own.formats.period(period), text=text(at))
            for period, at in (
                (own.period.prior(), value.prior),
                (own.period.year_ago(), value.year_ago),
            )
        ),
    )


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
    day = item.notice.notice
    passed = item.notice.days < 0
    return Cell(
        text=own.formats.day(day, year=True),
        note=say("passed") if passed else say("{days} days", days=item.notice.days),
        value=day.isoformat(),
        type="date",
    )


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
