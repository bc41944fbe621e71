"""The cube: each fact table aggregated once, for all clients, into measures that add up.

Which measures a table has is declared in `reviewkit.metrics.facts`; registers are read whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd
from ibis import ir

from reviewkit.accounts.fx import Rates, rates_in
from reviewkit.accounts.tables import TABLES
from reviewkit.metrics import calendar, members
from reviewkit.metrics.aggregate import Clients, aggregate, to_frame
from reviewkit.metrics.exchanged import exchanged
from reviewkit.metrics.facts import FACTS
from reviewkit.params.base import EVERYONE
from reviewkit.params.models import Workspace


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
    """Aggregate every fact table once and read every register once, for all clients.

    A fact table without declared measures is left alone.
    `as_of` is the last day whose events are known; by default each client's day of the
    earliest cut-off.
    """
    horizons = tuple(
        calendar.horizon(workspace, client, accounts.cutoffs, as_of)
        for client in sorted(workspace.clients)
    )
    measured = [name for name in accounts.tables if name in FACTS and horizons]
    read = {
        name: to_frame(table) for name, table in accounts.tables.items() if not TABLES[name].fact
    }
    rates = rates_in(workspace.house, read.get("fx"))
    clients = Clients(workspace, horizons, rates)
    facts = {
        name: aggregate(
            accounts.tables[name],
            members.told_apart(FACTS[name], workspace),
            accounts.supplied.get(name, frozenset()),
            clients,
        )
        for name in measured
    }
    if "fx" in read:
        # Rates of all clients have done their work: they are no client's own data.
        read["fx"] = read["fx"][read["fx"]["client"] != EVERYONE]
    known = {item.client: item.as_of for item in horizons}
    registers = exchanged(members.united(read, workspace), workspace, known, rates)
    registers = {
        name: frame.drop(columns=members.OWNER, errors="ignore")
        for name, frame in registers.items()
    }
    return Cube(
        facts=facts,
        registers=registers,
        supplied=dict(accounts.supplied),
        cutoffs=dict(accounts.cutoffs),
        begins=_begins(facts, registers),
        horizons={item.client: item for item in horizons},
        rates=rates,
    )


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
