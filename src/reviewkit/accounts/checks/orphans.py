"""Rows whose column refers to a row of another table that is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.checks.rowwise import COLUMN, RULE, SOURCE, VALUE
from reviewkit.accounts.checks.rules import Standards
from reviewkit.accounts.contract.model import METRICS
from reviewkit.accounts.remote import batches
from reviewkit.accounts.sources import ROW
from reviewkit.accounts.tables import TABLES, TableSpec

_ELSE = {("shipments", "order_id"): "shipment_id"}
"""Where a column is empty, the column that stands for it: a delivery is its own order."""


@dataclass(frozen=True)
class Reference:
    """A column, and the column of another table in which its values must be found."""

    column: str
    table: str
    target: str


def references(
    spec: TableSpec, supplied: Collection[str], tables: Collection[str]
) -> list[Reference]:
    """Return what the columns supplied refer to, of the tables that are supplied."""
    return [
        reference
        for reference in _references(spec)
        if reference.column in supplied and reference.table in tables
    ]


def _references(spec: TableSpec) -> Iterator[Reference]:
    for column in spec.columns:
        if column.refers and column.refers != METRICS:
            table, _, target = column.refers.partition(".")
            yield Reference(column.name, table, target)


def with_parents(wanted: Iterable[str], tables: Collection[str]) -> set[str]:
    """Return those of `tables` that are wanted, and those that they refer to at whatever remove."""
    found: set[str] = set()
    waiting = [name for name in wanted if name in tables]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            refers = {reference.table for reference in _references(TABLES[name])}
            waiting += [table for table in refers if table in tables]
    return found


def parents_first(tables: Collection[str]) -> list[str]:
    """Return `tables` in the order of the contract, but none before what it refers to."""
    ordered: list[str] = []

    def add(name: str) -> None:
        if name not in ordered:
            for reference in _references(TABLES[name]):
                if reference.table in tables and reference.table != name:
                    add(reference.table)
            ordered.append(name)

    for name in (name for name in TABLES if name in tables):
        add(name)
    return ordered


def named_by(parent: ir.Table, reference: Reference) -> ir.Table:
    """Return the values that may be referred to, once for each client."""
    value = parent[reference.target]
    other = _ELSE.get((reference.table, reference.target))
    if other:
        value = ibis.coalesce(value, parent[other])
    return parent.select(client="client", named=value).distinct()


def here(con: Backend, rows: ir.Table, name: str) -> ir.Table:
    """Return `rows` as a table of `con`: rows of a server are copied, some at a time."""
    backend = rows.get_backend()
    if backend is con:
        return rows
    con.con.register(f"{name}_batches", batches(backend, rows))
    con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {name}_batches").fetchall()
    con.con.unregister(f"{name}_batches")
    return con.table(name)


def without_parent(rows: ir.Table, column: str, named: ir.Table) -> ir.Table:
    """Return the rows whose `column` is filled, but by nothing in `named`."""
    filled = rows.filter(rows[column].notnull())
    return filled.anti_join(
        named, [filled.client == named.client, filled[column] == named["named"]]
    )


def told(rows: ir.Table, column: str) -> ir.Table:
    """Return `rows` as rows set aside, or told of, for lack of what `column` refers to."""
    return rows.select(
        SOURCE,
        ROW,
        "client",
        **{
            RULE: ibis.literal("orphan"),
            COLUMN: ibis.literal(column),
            VALUE: rows[column].cast("string"),
        },
    )


def grave(
    spec: TableSpec, standards: Standards, supplied: Collection[str], tables: Collection[str]
) -> list[Reference]:
    """Return the references whose orphans are set aside in this house."""
    if standards.severity("orphan", spec.name) != "error":
        return []
    return references(spec, supplied, tables)


def to_set_aside(
    con: Backend, rows: ir.Table, wanted: Sequence[Reference], parents: Mapping[str, ir.Table]
) -> list[ir.Table]:
    """Return the rows without a parent, as they are told, one table per reference."""
    return [
        told(
            without_parent(
                rows,
                reference.column,
                here(con, named_by(parents[reference.table], reference), _kept_as(reference)),
            ),
            reference.column,
        )
        for reference in wanted
    ]


def _kept_as(reference: Reference) -> str:
    return f"named_{reference.table}_{reference.target}"


def counted(
    con: Backend, spec: TableSpec, rows: ir.Table, reference: Reference, parent: ir.Table
) -> list[dict[str, object]]:
    """Return, per client, the rows without a parent and two of the values that are not there."""
    column = reference.column
    filled = rows.filter(rows[column].notnull())
    values = filled.group_by(client=filled.client, value=filled[column]).agg(rows=filled.count())
    there = here(con, values, f"values_{spec.name}_{column}")
    named = here(con, named_by(parent, reference), _kept_as(reference))
    lost = without_parent(there, "value", named)
    by_client = lost.group_by("client").agg(
        rows=lost["rows"].sum(), first=lost["value"].min(), last=lost["value"].max()
    )
    found: list[dict[str, object]] = con.to_pyarrow(by_client.order_by("client")).to_pylist()
    return found
