"""Rows that break a rule and stay in use, orphans, and ids that no client folder claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import ibis.expr.types as ir

from reviewkit.accounts.aside import aside_name
from reviewkit.accounts.checks.finding import Finding, Subject
from reviewkit.accounts.checks.hints import row_hint
from reviewkit.accounts.checks.orphans import counted, here, references
from reviewkit.accounts.checks.rowwise import COLUMN, RULE, SOURCE, VALUE
from reviewkit.accounts.checks.seen import Seen
from reviewkit.accounts.sources import ROW

_SHOWN = 10
"""Ids that no folder claims, named with their rows; the rest is counted."""


def in_use(subject: Subject, seen: Seen, label: str) -> Iterator[Finding]:
    """Find the rows of one source that break a rule which sets none aside."""
    if seen.kept is None:
        return
    rows = seen.kept
    if ROW in rows.columns:
        rows = rows.anti_join(subject.con.table(aside_name(subject.spec)), [SOURCE, ROW])
    counts = rows.group_by(["client", RULE, COLUMN]).agg(
        rows=rows.count(), first=rows[VALUE].min(), last=rows[VALUE].max()
    )
    found = subject.con.to_pyarrow(here(subject.con, counts, f"in_use_{subject.spec.name}"))
    for row in sorted(found.to_pylist(), key=lambda row: (row["client"], row[COLUMN], row[RULE])):
        rule, column = row[RULE], row[COLUMN]
        yield subject.finding(
            rule,
            f"{row['rows']:,} rows in {label}",
            client=row["client"],
            column=column,
            rows=int(row["rows"]),
            hint=row_hint(subject.spec, subject.standards, column, rule),
            examples=_examples(row["first"], row["last"]),
        )


def orphans(subject: Subject, tables: Mapping[str, ir.Table]) -> Iterator[Finding]:
    """Find the rows that refer to one that is not there, and stay in use."""
    for reference in references(subject.spec, subject.supplied, tables):
        parent = tables[reference.table]
        for row in counted(subject.con, subject.spec, subject.rows, reference, parent):
            yield subject.finding(
                "orphan",
                f"{row['rows']:,} rows not in {reference.table}.{reference.target}",
                client=str(row["client"]),
                column=reference.column,
                rows=int(str(row["rows"])),
                hint=row_hint(subject.spec, subject.standards, reference.column, "orphan"),
                examples=_examples(row["first"], row["last"]),
            )


def strangers(subject: Subject, seen: Seen, label: str) -> Iterator[Finding]:
    """Find the ids of one source that no client folder claims, those of most rows first."""
    if seen.strangers is None:
        return
    ids = seen.strangers
    backend = ids.get_backend()
    total = backend.to_pyarrow(ids.aggregate(ids=ids.count(), rows=ids["rows"].sum())).to_pylist()
    number, rows = int(total[0]["ids"] or 0), int(total[0]["rows"] or 0)
    if not number:
        return
    most = ids.order_by([ids["rows"].desc(), ids["id"]]).limit(_SHOWN)
    named = backend.to_pyarrow(most).to_pylist()
    yield subject.finding(
        "stranger",
        f"{rows:,} rows of {number:,} ids in {label}",
        rows=rows,
        examples=tuple(f"{_clean(row['id']) or 'no id'} ({row['rows']:,})" for row in named),
    )


def _examples(first: object, last: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_clean(value) for value in (first, last) if value is not None))


def _clean(value: object) -> str:
    """Return the beginning of a value, safe for a terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in str(value)[:60])
