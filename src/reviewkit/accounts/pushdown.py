"""Facts that stay in their database: mapped, checked and later aggregated there.

Only counts, sums and the rows set aside travel. It takes a database that is known to
aggregate as we do, and columns that need no text parsed; other tables are fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from reviewkit.accounts.casts import as_text, fits
from reviewkit.accounts.mapping import (
    COLUMN,
    RULE,
    VALUE,
    columns_of,
    first_broken,
    require_columns,
)
from reviewkit.accounts.remote import aggregates
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.accounts.tables import TableSpec
from reviewkit.params.models import Source as SourceParams

_CLIENT, _KEY, _RANK = f"{OWN}client", f"{OWN}key", f"{OWN}rank"


@dataclass(frozen=True)
class Pushed:
    """A fact in its database: the clean rows, the totals, and the rows set aside."""

    clean: ir.Table
    rows_in: int
    other_clients: int
    aside: list[dict[str, Any]]
    amounts: dict[str, str]


def stays_there(backend: BaseBackend, spec: TableSpec, source: SourceParams, raw: ir.Table) -> bool:
    """Tell whether `raw` can be checked and aggregated where it is."""
    if not spec.fact or not aggregates(backend) or source.where:
        return False
    for name, entry in source.columns.items():
        if entry.expression is not None or entry.format is not None:
            return False
        if entry.column is None:
            continue
        if entry.column not in raw.columns or name not in spec.names:
            return False
        if not entry.values and not fits(raw[entry.column].type(), spec.column(name).type):
            return False
    return True


def push_down(backend: BaseBackend, spec: TableSpec, source: SourceParams, raw: ir.Table) -> Pushed:
    """Check `raw` in its database; raises `SourceError` naming every column that is not there."""
    require_columns(spec, source, raw)
    ours = _ours(source, raw)
    chosen = ours.filter(ours[_CLIENT].notnull())
    values, broken = columns_of(spec, source, chosen, portable=True)
    any_rule = ibis.or_(*(item[0].fill_null(False) for item in broken))
    told = {
        RULE: first_broken(broken, lambda item: ibis.literal(item[1])),
        COLUMN: first_broken(broken, lambda item: ibis.literal(item[2])),
        VALUE: first_broken(broken, lambda item: item[3]),
    }
    cells = {f"{OWN}raw_{name}": chosen[name].cast("string") for name in raw.columns}
    aside = _list(backend, chosen.filter(any_rule).select(client=chosen[_CLIENT], **told, **cells))
    # Without a row that breaks a rule there is nothing to ask of the others.
    kept = chosen.filter(~any_rule) if aside else chosen
    good = kept.select(client=kept[_CLIENT], **values)
    keys = [column for column in spec.key if column in source.columns]
    clean, copies = _without_copies(backend, good, keys) if keys else (good, [])
    rows_in, used = (int(backend.to_pyarrow(rows.count()).as_py()) for rows in (raw, chosen))
    return Pushed(
        clean=clean.select("client", *spec.names),
        rows_in=rows_in,
        other_clients=rows_in - used,
        aside=[_as_read(row, raw.columns) for row in aside] + copies,
        amounts=_amounts(backend, spec, source, clean),
    )


def _ours(source: SourceParams, raw: ir.Table) -> ir.Table:
    """Add the slug of each row; an id is compared to the letter, blanks included."""
    if source.client.constant is not None:
        return raw.mutate(**{_CLIENT: ibis.literal(source.client.constant)})
    column = raw[source.client.column]
    text = column if column.type().is_string() else as_text(column)
    keys = source.client.keys
    known = ibis.memtable(pa.table({_KEY: list(keys), _CLIENT: list(keys.values())}))
    return raw.left_join(known, text == known[_KEY]).drop(_KEY)


def _without_copies(
    backend: BaseBackend, good: ir.Table, keys: list[str]
) -> tuple[ir.Table, list[dict[str, Any]]]:
    """Return the rows without those whose key was there before, and these."""
    usable = good.filter(ibis.or_(*(good[key].notnull() for key in keys)))
    again = usable.group_by("client", *keys).having(usable.count() > 1).agg()
    if not int(backend.to_pyarrow(again.count()).as_py()):
        return good, []
    # A database keeps no order of its rows: of copies, the smallest by all columns is used.
    window = ibis.window(
        group_by=[good.client, *(good[key] for key in keys)],
        order_by=[good[name] for name in good.columns],
    )
    ranked = good.mutate(**{_RANK: ibis.row_number().over(window)})
    keyed = ibis.or_(*(ranked[key].notnull() for key in keys))
    copies = ranked.filter(keyed & (ranked[_RANK] > 0))
    cells = {name: copies[name].cast("string") for name in good.columns}
    found = [
        {
            ROW: 0,
            "client": row["client"],
            RULE: "duplicate",
            COLUMN: keys[-1],
            VALUE: row[keys[0]],
            "raw": {name: row[name] for name in good.columns if row[name] is not None},
        }
        for row in _list(backend, copies.select(**cells))
    ]
    return ranked.filter(~keyed | (ranked[_RANK] == 0)).drop(_RANK), found


def _as_read(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    told = {name: row[name] for name in ("client", RULE, COLUMN, VALUE)}
    return {ROW: 0, **told, "raw": {name: row[f"{OWN}raw_{name}"] for name in columns}}


def _list(backend: BaseBackend, rows: ir.Table) -> list[dict[str, Any]]:
    found = backend.to_pyarrow(rows).to_pylist()
    return sorted(found, key=lambda row: [str(value) for value in row.values()])


def _amounts(
    backend: BaseBackend, spec: TableSpec, source: SourceParams, clean: ir.Table
) -> dict[str, str]:
    money = [c.name for c in spec.columns if c.type == "money" and c.name in source.columns]
    if not money:
        return {}
    sums = clean.aggregate(**{name: clean[name].sum() for name in money})
    totals = backend.to_pyarrow(sums).to_pylist()[0]
    return {name: str(totals[name] or 0) for name in money}
