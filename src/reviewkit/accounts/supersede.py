"""Rows of an earlier source that a later one has again: only the later count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.sources import OWN
from reviewkit.accounts.tables import TableSpec
from reviewkit.errors import SourceError

_KEY = f"{OWN}superseding"


@dataclass(frozen=True)
class Superseding:
    """What a source supersedes: the columns of the key that it maps, and every key it has."""

    columns: tuple[str, ...]
    keys: ir.Table


def key_columns(spec: TableSpec, supplied: Mapping[str, object]) -> tuple[str, ...]:
    """Return the columns of the key that a source maps."""
    return tuple(name for name in spec.key if name in supplied)


def superseding(con: Backend, ours: ir.Table, columns: tuple[str, ...], name: str) -> Superseding:
    """Return what the mapped rows `ours` supersede, their keys copied into the table `name`.

    A row that is set aside supersedes all the same: what it replaces is out of date.
    Raises `SourceError` for a source that maps none of the key.
    """
    if not columns:
        raise SourceError("supersedes: no column of the key is mapped. Map it under columns.")
    values = {name: ours[name] for name in columns}
    keys = ours.select(**{_KEY: _text(ours.client, values, columns)})
    keys = keys.filter(keys[_KEY].notnull()).distinct()
    con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name} AS {con.compile(keys)}").fetchall()
    return Superseding(columns, con.table(name))


def stands(
    later: Superseding,
    client: ir.Value,
    values: Mapping[str, ir.Value],
    columns: tuple[str, ...],
) -> ir.BooleanValue:
    """Tell of each row whether `later` lacks its key; one that fills none of it stands.

    Raises `SourceError` where the two sources map different columns of the key.
    """
    if columns != later.columns:
        raise SourceError(
            f"a source below supersedes by {', '.join(later.columns)}, but this one maps "
            f"{', '.join(columns) or 'none of the key'}. Map the same in both."
        )
    key = _text(client, values, columns)
    return key.isnull() | key.notin(later.keys[_KEY])


def _text(
    client: ir.Value, values: Mapping[str, ir.Value], columns: tuple[str, ...]
) -> ir.StringValue:
    parts = [values[name].cast("string") for name in columns]
    joined = client
    for part in parts:
        joined = joined + "\x1e" + part.fill_null("\x1f")
    filled = ibis.or_(*(part.notnull() for part in parts))
    return ibis.ifelse(filled, joined, ibis.null("string"))
