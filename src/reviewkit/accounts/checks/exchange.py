"""Amounts in a currency that had no rate of exchange on their day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from reviewkit.accounts.checks.finding import Finding, Subject
from reviewkit.accounts.checks.orphans import here
from reviewkit.accounts.fx import PRICED, Rates
from reviewkit.params.members import belongings, mixed
from reviewkit.params.models import Workspace


@dataclass
class _Lacking:
    rows: int
    first: dt.date
    last: dt.date


def without_rate(subject: Subject, workspace: Workspace, rates: Rates) -> Iterator[Finding]:
    """Find the amounts that no rate converts, by client and currency.

    They are left out of every figure. A row counts for its client and for the global
    accounts that the client is a member of; a moment's day is that of UTC.
    """
    columns = PRICED.get(subject.spec.name)
    if columns is None or not ("currency" in subject.supplied or mixed(workspace.clients)):
        return
    found: dict[tuple[str, str, str], _Lacking] = {}
    counts = _counted(subject, columns)
    for item in belongings(workspace.clients):
        into = workspace.clients[item.client].client.currency
        own = workspace.clients[item.owner].client.currency
        for currency, day, rows in counts[item.owner]:
            paid_in, at = currency or own, day or subject.last_day
            if rates.on(at, paid_in, into, item.client) is not None:
                continue
            key = (item.client, paid_in, into)
            known = found.setdefault(key, _Lacking(0, at, at))
            known.rows += rows
            known.first, known.last = min(known.first, at), max(known.last, at)
    for (client, currency, into), lacking in sorted(found.items()):
        days = f"from {lacking.first} to {lacking.last}"
        yield subject.finding(
            "rate",
            f"{lacking.rows:,} amounts in {currency} have no rate into {into} {days}",
            client=client,
            column="currency",
            rows=lacking.rows,
            examples=(f"{currency} to {into} on {lacking.first}",),
        )


def _counted(
    subject: Subject, columns: tuple[str, ...]
) -> dict[str, list[tuple[str | None, dt.date | None, int]]]:
    """Return the rows by currency and day, for each client."""
    rows = subject.rows
    counts = rows.group_by(client=rows.client, currency=rows.currency, day=_day(rows, columns)).agg(
        rows=rows.count()
    )
    name = f"rates_{subject.spec.name}"
    found: dict[str, list[tuple[str | None, dt.date | None, int]]] = defaultdict(list)
    for row in subject.con.to_pyarrow(here(subject.con, counts, name)).to_pylist():
        found[row["client"]].append((row["currency"], row["day"], int(row["rows"])))
    return found


def _day(rows: ir.Table, columns: tuple[str, ...]) -> ir.Value:
    if not columns:
        return ibis.null("date")
    at = ibis.coalesce(*(rows[name] for name in columns))
    return at if at.type().is_date() else at.date()
