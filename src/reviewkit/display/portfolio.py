"""All accounts on a page: the answer, six figures, and a row for each, exceptions first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from reviewkit.analysis.movement import number
from reviewkit.analysis.portfolio import Whole
from reviewkit.blocks import (
    Block,
    Front,
    Heading,
    Reference,
    Status,
    Tile,
    Tiles,
)
from reviewkit.display import words
from reviewkit.display.formats import NOTHING, Formats
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
        period=own.formats.title(own.period),
        provider=own.house.name,
        title=say(
            "{client}: {report}, {period}",
            client=own.house.name,
            report=title,
            period=own.formats.title(own.period),
        ),
        audience="internal",
        language=own.formats.language,
        paper=own.house.paper,
        accent=own.accent,
        source=_source(own),
        confidentiality=say("Contains cost and margin of all accounts. Not for any client."),
        author=own.house.name,
        keywords=(own.house.name, title, own.period.id),
        generated=own.house.cutoff,
        decimal=own.formats.decimal,
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
