"""The cube: each fact table aggregated once, for all clients, into measures that add up.

Which measures a table has is declared in `reviewkit.metrics.facts`; registers are read whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd
from ibis import ir

from reviewkit.accounts.fx import Rates, rates_in
from reviewkit.accounts.tables import TABLES
from reviewkit.metrics import calendar, members
from reviewkit.metrics.aggregate import Clients, added_up
from reviewkit.metrics.exchanged import exchanged
from reviewkit.metrics.facts import FACTS
from reviewkit.metrics.spread import to_frame
from reviewkit.params.base import EVERYONE
from reviewkit.params.members import belongings
from reviewkit.params.models import Workspace

MOST_GROUPS = 250_000
"""Groups of facts that a cube of some clients holds, about; a group has some forty measures."""


class AccountTables(Protocol):
    """What the cube needs of the accounts: clean rows, and what their sources covered."""

    @property
    def tables(self) -> Mapping[str, ir.Table]: ...

    @property
    def supplied(self) -> Mapping[str, frozenset[str]]: ...

    @property
    def cutoffs(self) -> Mapping[str, dt.datetime]: ...


@dataclass(frozen=True)
class Cube:
    """All clients' measures and registers, read once.

    `facts` and `registers` are pandas frames by table with a `client` column. `begins` is
    the first day of each table's data over all clients, since a source begins for all.
    `rates` are those of exchange that all of it was converted with.
    """

    facts: Mapping[str, pd.DataFrame]
    registers: Mapping[str, pd.DataFrame]
    supplied: Mapping[str, frozenset[str]]
    cutoffs: Mapping[str, dt.datetime]
    begins: Mapping[str, dt.date]
    horizons: Mapping[str, calendar.Horizon]
    rates: Rates = field(default_factory=lambda: Rates({}))


def build_cube(accounts: AccountTables, workspace: Workspace, as_of: dt.date | None = None) -> Cube:
    """Return the cube of all clients at once, as `build_cubes` makes it."""
    (cube,) = build_cubes(accounts, workspace, as_of, most=None)
    return cube


def build_cubes(
    accounts: AccountTables,
    workspace: Workspace,
    as_of: dt.date | None = None,
    most: int | None = MOST_GROUPS,
) -> Iterator[Cube]:
    """Aggregate every fact table once, and give the cubes of some clients after the other.

    Each holds about `most` groups, and the registers of its clients, so that frames of all
    clients are never held at once; rows that hold for everyone are in the first. A fact table
    without declared measures is left alone. `as_of` is the last day whose events are known; by
    default each client's day of the earliest cut-off.
    """
    horizons = tuple(
        calendar.horizon(workspace, client, accounts.cutoffs, as_of)
        for client in sorted(workspace.clients)
    )
    fx = accounts.tables.get("fx")
    rates = rates_in(workspace.house, None if fx is None else to_frame(fx))
    clients = Clients(workspace, horizons, rates)
    measured = [name for name in accounts.tables if name in FACTS and horizons]
    with ExitStack() as stack:
        spreads = {
            name: stack.enter_context(
                added_up(
                    accounts.tables[name],
                    members.told_apart(FACTS[name], workspace),
                    accounts.supplied.get(name, frozenset()),
                    clients,
                )
            )
            for name in measured
        }
        for some in _batches(horizons, sum(item.groups for item in spreads.values()), most):
            facts = {name: spread.frame(some) for name, spread in spreads.items()}
            registers = _registers(accounts.tables, clients, some)
            yield Cube(
                facts=facts,
                registers=registers,
                supplied=dict(accounts.supplied),
                cutoffs=dict(accounts.cutoffs),
                begins=_begins(facts, registers),
                horizons={item.client: item for item in horizons},
                rates=rates,
            )


def _batches(
    horizons: tuple[calendar.Horizon, ...], groups: int, most: int | None
) -> Iterator[tuple[str, ...] | None]:
    """Give the clients of each cube; none where one cube holds all."""
    names = tuple(item.client for item in horizons)
    number = min(-(-groups // most), len(names)) if most else 1
    if number <= 1:
        yield None
        return
    size = -(-len(names) // number)
    yield from (names[first : first + size] for first in range(0, len(names), size))


def _registers(
    tables: Mapping[str, ir.Table], clients: Clients, some: tuple[str, ...] | None
) -> dict[str, pd.DataFrame]:
    """Return the registers of some clients, or of all, in the clients' currencies."""
    workspace = clients.workspace
    kept = set(some or ())
    if some and some[0] == clients.horizons[0].client:
        kept.add(EVERYONE)
    whose = kept | {
        item.owner for item in belongings(workspace.clients) if some and item.client in some
    }
    read = {
        name: to_frame(table if some is None else table.filter(table.client.isin(sorted(whose))))
        for name, table in tables.items()
        if not TABLES[name].fact
    }
    if "fx" in read:
        # Rates of all clients have done their work: they are no client's own data.
        read["fx"] = read["fx"][read["fx"]["client"] != EVERYONE]
    united = members.united(read, workspace)
    if some is not None:
        united = {name: frame[frame["client"].isin(kept)] for name, frame in united.items()}
    known = {item.client: item.as_of for item in clients.horizons}
    return {
        name: frame.drop(columns=members.OWNER, errors="ignore")
        for name, frame in exchanged(united, workspace, known, clients.rates).items()
    }


BORN: Mapping[str, str] = {
    "invoice_lines": "issued_on",
    "payments": "paid_on",
    "costs": "month",
    "volume_forecast": "frozen_on",
    "cases": "opened_at",
    "surveys": "responded_on",
    "opportunities": "created_on",
    "actions": "raised_on",
    "crm_activities": "at",
    "fx": "date",
}
"""The date on which a register's row comes into being; a budget, project or site has none."""


def _begins(
    facts: Mapping[str, pd.DataFrame], registers: Mapping[str, pd.DataFrame]
) -> dict[str, dt.date]:
    dates = {name: frame["month"] for name, frame in facts.items()}
    dates |= {name: registers[name][column] for name, column in BORN.items() if name in registers}
    firsts = {name: pd.to_datetime(column).min() for name, column in dates.items()}
    return {name: first.date() for name, first in firsts.items() if not pd.isna(first)}
