"""Global accounts in the cube: rows of their members, told apart by account and region.

A row counts for every client that it belongs to, in that client's own calendar, so that
the fact tables are still read once. Without global accounts nothing here does anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from ibis import ir

from reviewkit.accounts.tables import TABLES
from reviewkit.metrics.dims import MEMBER
from reviewkit.metrics.facts import Fact
from reviewkit.params.base import FOR_EVERYONE
from reviewkit.params.members import Belonging, belongings, contract_of
from reviewkit.params.models import Workspace

OWNER = "owned_by"
"""Whose row it is, beside the `client` that it counts for; only with global accounts."""

_RULES = ("tolerance_", "early_", "since_")


def has_members(workspace: Workspace) -> bool:
    """Tell whether any client is a global account."""
    return any(own.client.members for own in workspace.clients.values())


def spread(known: pd.DataFrame, workspace: Workspace) -> pd.DataFrame:
    """Return `calendar.clients` with a row per client and `owned_by` of rows that count for it.

    What is known, and the calendar, are the client's; the delivery rules are of the contract
    that judges. Without global accounts `known` is returned as it is.
    """
    if not has_members(workspace):
        return known
    rules = [name for name in known if str(name).startswith(_RULES)]
    found = pd.DataFrame(
        {
            "client": item.client,
            OWNER: item.owner,
            MEMBER[0]: item.account or None,
            MEMBER[1]: item.region or None,
            "judge": contract_of(item, workspace.clients)[0],
        }
        for item in belongings(workspace.clients)
    ).astype(dict.fromkeys(MEMBER, "string"))
    judges = known[["client", *rules]].rename(columns={"client": "judge"})
    own = known.drop(columns=rules)
    return found.merge(own, on="client").merge(judges, on="judge").drop(columns="judge")


def joined(rows: ir.Table, clients: ir.Table) -> ir.Table:
    """Join rows as they lie to what `spread` gave: one row for each client they count for."""
    if OWNER not in clients.columns:
        return rows.join(clients, "client")
    return rows.rename({OWNER: "client"}).join(clients, OWNER)


def told_apart(fact: Fact, workspace: Workspace) -> Fact:
    """Return `fact` with the members' dimensions, where there are global accounts."""
    if not has_members(workspace):
        return fact
    streams = tuple(
        item if item.dims is None else replace(item, dims=(*item.dims, *MEMBER))
        for item in fact.streams
    )
    return replace(fact, dims=(*fact.dims, *MEMBER), streams=streams)


# --- registers --------------------------------------------------------------------------


def united(registers: Mapping[str, pd.DataFrame], workspace: Workspace) -> dict[str, pd.DataFrame]:
    """Return the registers with the rows of global accounts: those of their members again.

    `owned_by`, `account` and `region` are null in a client's own rows. An identifier that two
    members of a global account both use is followed by the member's name in its rows. Tables
    whose rows may hold for all clients are united without telling the members apart.
    """
    found = [item for item in belongings(workspace.clients) if item.account]
    if not found:
        return dict(registers)
    shared = {name: _shared(registers[name], found) for name in FOR_EVERYONE if name in registers}
    registers = {name: frame for name, frame in registers.items() if name not in shared}
    sums = {name: _of_members(frame, found) for name, frame in registers.items()}
    _set_apart(sums)
    return shared | {
        name: pd.concat([_alone(frame), sums[name]], ignore_index=True)
        if len(sums[name])
        else _alone(frame)
        for name, frame in registers.items()
    }


def _shared(frame: pd.DataFrame, found: list[Belonging]) -> pd.DataFrame:
    more = [frame[frame["client"] == item.owner].assign(client=item.client) for item in found]
    return pd.concat([frame, *more], ignore_index=True).drop_duplicates(ignore_index=True)


def _alone(frame: pd.DataFrame) -> pd.DataFrame:
    nobody = pd.Series(None, index=frame.index, dtype="string")
    return frame.assign(**dict.fromkeys((OWNER, *MEMBER), nobody))


def _of_members(frame: pd.DataFrame, found: list[Belonging]) -> pd.DataFrame:
    pairs = pd.DataFrame(
        {"client": f.client, OWNER: f.owner, MEMBER[0]: f.account, MEMBER[1]: f.region or None}
        for f in found
    ).astype(dict.fromkeys((OWNER, *MEMBER), "string"))
    return pairs.merge(frame.rename(columns={"client": OWNER}), on=OWNER)[
        ["client", *(name for name in frame if name != "client"), OWNER, *MEMBER]
    ]


def _identifiers() -> dict[str, list[tuple[str, str]]]:
    """Return the columns that hold one and the same kind of identifier, by where it is born."""
    born: dict[str, list[tuple[str, str]]] = {}
    for spec in TABLES.values():
        first = spec.key[0] if spec.key else ""
        if spec.fact or spec.name in FOR_EVERYONE or not first:
            continue
        column = spec.column(first)
        if column.type == "text" and not column.refers:
            born[f"{spec.name}.{first}"] = [(spec.name, first)]
    for spec in TABLES.values():
        for column in spec.columns:
            if not spec.fact and column.refers in born:
                born[column.refers].append((spec.name, column.name))
    return born


def _set_apart(sums: dict[str, pd.DataFrame]) -> None:
    for places in _identifiers().values():
        present = [(table, column) for table, column in places if table in sums]
        users: dict[tuple[str, str], set[str]] = defaultdict(set)
        for table, column in present:
            frame = sums[table]
            for client, account, value in zip(
                frame["client"], frame[MEMBER[0]], frame[column], strict=True
            ):
                if isinstance(value, str):
                    users[client, value].add(account)
        both = {key for key, accounts in users.items() if len(accounts) > 1}
        if both:
            for table, column in present:
                sums[table] = _named(sums[table], column, both)


def _named(frame: pd.DataFrame, column: str, both: set[tuple[str, str]]) -> pd.DataFrame:
    names = [
        f"{value} ({account})" if (client, value) in both else value
        for client, account, value in zip(
            frame["client"], frame[MEMBER[0]], frame[column], strict=True
        )
    ]
    return frame.assign(**{column: pd.Series(names, index=frame.index, dtype=frame[column].dtype)})
