"""Amounts in the currency of the client whose reports they are in, before they are summed.

A row's currency is the one that it names, else its owner's. The rate is the one in force
on the day that the amount's metric names; an amount without a rate is not converted, and
is never counted as if it were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa
from ibis import ir

from reviewkit.accounts.fx import Rates
from reviewkit.accounts.tables import TABLES
from reviewkit.metrics.calendar import Calendar, opening
from reviewkit.metrics.facts import Fact
from reviewkit.metrics.facts.model import MONEY
from reviewkit.metrics.members import OWNER
from reviewkit.params.base import EVERYONE
from reviewkit.params.members import belongings, mixed
from reviewkit.params.models import Workspace

RATE = pa.decimal128(20, 14)
_AMOUNT, _RATE = "decimal(18, 4)", "decimal(20, 14)"
_NUMBER, _OWN, _INTO = "exchange", "own_currency", "into_currency"
_MIDNIGHT = dt.time()


# --- facts ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exchange:
    """The small tables with which a fact's amounts are converted where its rows are."""

    rates: Rates
    workspace: Workspace
    calendars: Mapping[str, Calendar]

    @cached_property
    def mixed(self) -> bool:
        """Whether rows may count for a client with another currency than their owner's."""
        return mixed(self.workspace.clients)

    def columns(self, fact: Fact, supplied: frozenset[str]) -> tuple[str, ...]:
        """Return the columns of a fact's table to convert; nothing where all is in one currency."""
        if not fact.priced_at or not ("currency" in supplied or self.mixed):
            return ()
        money = (item for item in TABLES[fact.table].columns if item.type == "money")
        return tuple(item.name for item in money if item.name in supplied)

    def converted(self, rows: ir.Table, columns: tuple[str, ...], at: str) -> ir.Table:
        """Return judged rows with `columns` at the rate on the day `at`; null without a rate."""
        whose = [name for name in ("client", OWNER) if name in rows.columns]
        told = (*whose, _NUMBER, _OWN, _INTO)
        t = rows.join(self._clients.select(*told), whose)
        paid_in = t.currency if "currency" in rows.columns else ibis.null("string")
        t = t.mutate(paid_in=ibis.coalesce(paid_in, t[_OWN]))
        days = self._days.rename({f"fx_{name}": name for name in self._days.columns})
        timed = t[at].type().is_timestamp()
        t = t.mutate(fx_at=t[at].truncate("D") if timed else t[at])
        t = t.left_join(
            days,
            [
                t[_NUMBER] == days.fx_exchange,
                t.paid_in == days.fx_currency,
                t.fx_at == days.fx_day,
            ],
        )
        found = ibis.ifelse(t[at] >= t.fx_switches, t.fx_after, t.fx_before) if timed else t.fx_on
        rate = ibis.ifelse(t.paid_in == t[_INTO], ibis.literal(Decimal(1)).cast(_RATE), found)
        return t.mutate(**{name: (t[name].cast(_AMOUNT) * rate).cast(MONEY) for name in columns})

    @cached_property
    def _numbers(self) -> dict[tuple[int, str, str], int]:
        """Number each combination of calendar, whose rates, and currency to convert into."""
        keys = sorted({self._key(slug) for slug in self.calendars})
        return {key: number for number, key in enumerate(keys)}

    def _key(self, client: str) -> tuple[int, str, str]:
        whose = client if client in self.rates.own else EVERYONE
        into = self.workspace.clients[client].client.currency
        return self.calendars[client].number, whose, into

    @cached_property
    def _clients(self) -> ir.Table:
        clients = self.workspace.clients
        found = [item for item in belongings(clients) if item.client in self.calendars]
        return ibis.memtable(
            pa.table(
                {
                    "client": [item.client for item in found],
                    OWNER: [item.owner for item in found],
                    _NUMBER: [self._numbers[self._key(item.client)] for item in found],
                    _OWN: [clients[item.owner].client.currency for item in found],
                    _INTO: [clients[item.client].client.currency for item in found],
                }
            )
        )

    @cached_property
    def _days(self) -> ir.Table:
        """The rates of each UTC day: until a client's day begins within it, and from then on.

        `on` is the rate of the day itself, for amounts that have a date and no time.
        """
        rows = [row for key, number in self._numbers.items() for row in self._laid(key, number)]
        names = (_NUMBER, "currency", "day", "before", "switches", "after", "on")
        types = (
            pa.int64(),
            pa.string(),
            pa.timestamp("us"),
            RATE,
            pa.timestamp("us"),
            RATE,
            RATE,
        )
        columns = zip(*rows, strict=True) if rows else ([] for _ in names)
        arrays = [pa.array(list(c), t) for c, t in zip(columns, types, strict=True)]
        return ibis.memtable(pa.table(dict(zip(names, arrays, strict=True))))

    def _laid(self, key: tuple[int, str, str], number: int) -> Iterator[tuple[Any, ...]]:
        _, whose, into = key
        own = next(item for item in self.calendars.values() if item.number == key[0])
        first, last = self.rates.begins, own.horizon.as_of
        if first is None:
            return
        one = dt.timedelta(days=1)
        others = [name for name in self.rates.currencies if name != into]
        for offset in range((last - first).days + 3):
            day = first + offset * one - one
            # A UTC day holds one midnight of a zone; that at its very beginning is its own.
            begins = [day + one, day, day - one]
            opened = ((at, opening(at, own.horizon.timezone)) for at in begins)
            start = dt.datetime.combine(day, _MIDNIGHT)
            later, switch = next((at, moment) for at, moment in opened if moment < start + one)
            for name in others:
                rates = [self.rates.on(at, name, into, whose) for at in (later - one, later, day)]
                if any(rate is not None for rate in rates):
                    before, after, on = rates
                    yield number, name, start, before, switch, after, on
