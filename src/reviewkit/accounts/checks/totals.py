"""Control totals by table and client: every row in is used, set aside or excluded by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ibis.backends.duckdb import Backend

from reviewkit.accounts.aside import aside_name
from reviewkit.accounts.checks.seen import Seen
from reviewkit.accounts.tables import TableSpec


class Asked(Protocol):
    """A source of which more can be asked."""

    @property
    def seen(self) -> Seen:
        """The queries that are left to ask."""


@dataclass(frozen=True)
class ClientTotals:
    """One client's part of one table. Rows in = rows out + quarantined + excluded.

    The client "" stands for every id that no folder claims; its rows are other clients'
    instead of out or quarantined.
    """

    table: str
    client: str
    rows_in: int
    rows_out: int
    quarantined: int
    excluded: int
    other_clients: int = 0

    def __post_init__(self) -> None:
        out = self.rows_out + self.quarantined + self.excluded + self.other_clients
        if out != self.rows_in or min(self.rows_out, self.other_clients) < 0:
            raise AssertionError(f"{self.table} of {self.client}: {self.rows_in} in, {out} out")

    @property
    def counts(self) -> tuple[int, ...]:
        """Rows in, and what became of them, in the order in which they are told."""
        return self.rows_in, self.rows_out, self.quarantined, self.excluded, self.other_clients


def totals(con: Backend, spec: TableSpec, sources: Sequence[Asked]) -> Iterator[ClientTotals]:
    """Give the totals of each client of a table, all its sources together."""
    rows: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    for source in sources:
        tally = source.seen.tally
        for row in tally.get_backend().to_pyarrow(tally).to_pylist():
            rows[row["client"] or ""] += int(row["rows"])
            excluded[row["client"] or ""] += int(row["excluded"] or 0)
    aside = con.table(aside_name(spec))
    counts = con.to_pyarrow(aside.group_by("client").agg(rows=aside.count())).to_pylist()
    set_aside = {row["client"]: int(row["rows"]) for row in counts}
    for client in sorted(rows, key=lambda slug: (slug == "", slug)):
        left = rows[client] - excluded[client] - set_aside.get(client, 0)
        yield ClientTotals(
            table=spec.name,
            client=client,
            rows_in=rows[client],
            rows_out=left if client else 0,
            quarantined=set_aside.get(client, 0),
            excluded=excluded[client],
            other_clients=0 if client else left,
        )
