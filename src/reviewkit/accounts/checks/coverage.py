"""Columns that no source maps, and those that are filled less often than they should be."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.accounts.checks.finding import Finding, Subject
from reviewkit.accounts.checks.orphans import here

_LEAST_ROWS = 30
"""Rows of a client, at least, before the share of filled cells means anything."""


def unmapped(subject: Subject) -> Iterator[Finding]:
    """Find the columns of the contract that no source of the table maps."""
    missing = [name for name in subject.spec.names if name not in subject.supplied]
    if missing:
        said = f"{len(missing)} of {len(subject.spec.names)}: {', '.join(missing)}"
        yield subject.finding("column", said, examples=tuple(missing))


def coverage(subject: Subject) -> Iterator[Finding]:
    """Find, per client, the columns with too small a share of filled cells.

    Columns that are empty by nature, such as the day of a dispute, have no example in the
    contract and are not judged.
    """
    judged = [
        column.name
        for column in subject.spec.columns
        if column.name in subject.supplied and not column.required and column.example
    ]
    if not judged:
        return
    rows, least = subject.rows, subject.threshold("coverage")
    counts = rows.group_by("client").agg(
        rows_all=rows.count(), **{name: rows[name].count() for name in judged}
    )
    found = subject.con.to_pyarrow(here(subject.con, counts, f"filled_{subject.spec.name}"))
    for row in sorted(found.to_pylist(), key=lambda row: str(row["client"])):
        for name in judged:
            share = row[name] / row["rows_all"]
            if share < least and row["rows_all"] >= _LEAST_ROWS:
                yield subject.finding(
                    "coverage",
                    f"{share:.0%} of {row['rows_all']:,} rows",
                    client=row["client"],
                    column=name,
                    rows=row["rows_all"] - row[name],
                    hint=f"At least {least:.0%} should be filled. "
                    "Cells are empty at the source, or written in a way that is not read.",
                )
