"""Of several rows about the same thing keeps the one that the house asks for."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.casts import Reading, as_text, cast
from reviewkit.accounts.duck import quoted
from reviewkit.accounts.sources import OWN, ROW, decimal_of
from reviewkit.accounts.tables import ColumnType
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Keep
from reviewkit.params.models import Source as SourceParams

_ORDER, _RANK, _BY = f"{OWN}order", f"{OWN}rank", f"{OWN}by_"

_ORDERED: tuple[ColumnType, ...] = ("integer", "number", "timestamp")
"""What text may be to be put in an order, the first that all of it is."""


def passed_over(
    con: Backend, source: SourceParams, keep: Keep, ours: ir.Table, client: str, name: str
) -> ir.Table:
    """Return the numbers of the rows of `ours` that `keep` passes over, as a table `name`.

    A row is passed over for one of the same client with the same key. Of rows with the same
    order the last in the source counts with `last`, the first with `first`; a row without
    one counts only where no other has it. A row that fills none of the key always counts.
    Raises `SourceError` for a column that is not there, or has no order.
    """
    keys = {f"{_BY}{place}": _key(source, ours, name) for place, name in enumerate(keep.by)}
    narrow = ours.select(client, ROW, **keys, **{_ORDER: _order(con, source, keep, ours)})
    narrow = narrow.filter(ibis.or_(*(narrow[key].notnull() for key in keys)))
    side = ibis.desc if keep.last else ibis.asc
    order_by = [narrow[_ORDER].isnull(), side(narrow[_ORDER]), side(narrow[ROW])]
    window = ibis.window(group_by=[client, *keys], order_by=order_by)
    ranked = narrow.mutate(**{_RANK: ibis.row_number().over(window)})
    rows = ranked.filter(ranked[_RANK] > 0).select(ROW)
    con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS {con.compile(rows)}").fetchall()
    return con.table(name)


def _named(source: SourceParams, rows: ir.Table, name: str) -> tuple[ir.Value, str | None]:
    """Return a column of the source, or the one that a column of the contract is mapped to."""
    entry = source.columns.get(name)
    if name in rows.columns or entry is None:
        return rows[_present(rows, name)], None
    if entry.column is not None:
        return rows[_present(rows, entry.column)], entry.format
    if entry.expression is not None:
        return rows[f"{OWN}{name}"], entry.format
    raise SourceError(f'keep: "{name}" is the same in every row. Name another column.')


def _present(rows: ir.Table, name: str) -> str:
    if name not in rows.columns:
        known = [column for column in rows.columns if not column.startswith(OWN)]
        raise SourceError(f'keep: the source has no column "{name}". {nearest(name, known)}')
    return name


def _key(source: SourceParams, rows: ir.Table, name: str) -> ir.Value:
    column, _ = _named(source, rows, name)
    return as_text(column) if column.type().is_string() else column


def _order(con: Backend, source: SourceParams, keep: Keep, rows: ir.Table) -> ir.Value:
    """Return what rows are put in order by; text is a number or a date, or it has none."""
    name = keep.last or keep.first or ""
    column, form = _named(source, rows, name)
    if not column.type().is_string():
        return column
    form = keep.format or form
    reading = Reading(format=form, decimal=decimal_of(source), timezone=source.timezone)
    kinds = _ORDERED[-1:] if form else _ORDERED
    read = {kind: cast(column, kind, reading) for kind in kinds}
    filled = as_text(column)
    wrong = {kind: (filled.notnull() & value.isnull()).sum() for kind, value in read.items()}
    one = filled.max(where=filled.notnull() & read["timestamp"].isnull())
    found = con.to_pyarrow(rows.aggregate(**wrong, one=one)).to_pylist()[0]
    for kind, value in read.items():
        if not found[kind]:
            return value
    what = f'does not fit "{form}"' if form else "is neither a number nor a date as 2026-09-30"
    raise SourceError(
        f'keep: "{found["one"]}" in {name} {what}. Give its form: keep: {{format: "%d.%m.%Y"}}.'
    )
