"""One source, one table, a few rows: what the tests of the accounts room start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reviewkit.accounts import Accounts
from reviewkit.params.models import Client, ClientMap, ClientParams, House, Source, Workspace

CUTOFF = dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)

Open = Callable[..., Accounts]


def source(**given: Any) -> Source:
    """A source with the plain parts filled in: all rows are acme's, complete to the cut-off."""
    plain = {"cutoff": CUTOFF, "client": ClientMap(constant="acme")}
    return Source(**plain | given)


def workspace(root: Path, sources: Mapping[str, tuple[Source, ...]]) -> Workspace:
    """A workspace of two clients with the sources given."""
    return Workspace(
        root=str(root),
        house=House(name="House", sources=dict(sources)),
        clients={
            slug: ClientParams(slug=slug, client=Client(name=slug.title(), currency="EUR"))
            for slug in ("acme", "borealis")
        },
    )


def rows(accounts: Accounts, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The clean rows of a table, the columns asked for, in the order of the first."""
    chosen = accounts.tables[table].select(*columns)
    found = accounts.con.to_pyarrow(chosen).to_pylist()
    return sorted((tuple(row[name] for name in columns) for row in found), key=repr)


def aside(accounts: Accounts, table: str) -> list[tuple[str, str, str, str]]:
    """The rows set aside: row number, rule, column, value."""
    return [
        (row["row"], row["rule"], row["column"], row["value"])
        for row in accounts.quarantine.get(table, [])
    ]


def refusal(accounts: Accounts) -> str:
    """The one message with which a source was refused whole."""
    (check,) = accounts.check().tables
    (problem,) = check.problems
    assert problem.rule == "source"
    assert (check.rows_in, check.rows_out) == (0, 0)
    return problem.hint
