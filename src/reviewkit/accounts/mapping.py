"""Maps a source's rows to an account table and says of each row why it cannot be used.

The result keeps every row of the workspace's clients: the columns of the contract, the
row's number, and `RULE`, `COLUMN`, `VALUE` for the first rule that it breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.casts import TYPES, Reading, alters, as_text, cast
from reviewkit.accounts.duck import literal, quoted, reason
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.accounts.tables import ColumnSpec, TableSpec
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import ColumnMap
from reviewkit.params.models import Source as SourceParams

RULE, COLUMN, VALUE, SOURCE = (f"{OWN}{name}" for name in ("rule", "column", "value", "source"))
_KEEP, _CLIENT, _KEY = f"{OWN}keep", f"{OWN}client", f"{OWN}key"

Broken = tuple[ir.Value, str, str, ir.Value]
"""A condition that sets a row aside, its rule, its column, and the value to show."""


_BROKEN, _SUM, _ALTERED = f"{OWN}broken", f"{OWN}sum_", f"{OWN}altered_"


@dataclass(frozen=True)
class Mapped:
    """A source as an account table, with the control totals of what it left out.

    `plain` are the rows of our clients without a word about rules, and `broken` those that
    break one, with the first; `None` where no row does. What is not read in place has
    `rows` instead: all, each with the first rule that it breaks, to be copied once.
    `amounts` are the sums of money over the rows that break no rule, where they are known.
    """

    plain: ir.Table
    rows_in: int
    excluded: int
    other_clients: int
    columns: frozenset[str]
    broken: ir.Table | None = None
    rows: ir.Table | None = None
    amounts: dict[str, str] | None = None


def map_source(
    con: Backend,
    spec: TableSpec,
    source: SourceParams,
    raw: ir.Table,
    position: int,
    *,
    in_place: bool,
) -> Mapped:
    """Map `raw` to `spec`; raises `SourceError` naming every column that is not there.

    With `in_place` nothing is copied, so one scan finds out all that spares later ones: the
    totals, whether any row breaks a rule, and which text the cast leaves as it is.
    """
    require_columns(spec, source, raw)
    _require_formats(con, source)
    view = _with_expressions(con, source, raw, f"{raw.get_name()}_mapped")
    view = _client(con, source, view)
    ours = view[_KEEP] & view[_CLIENT].notnull()
    text = _text_as_it_is(spec, source, view) if in_place else []
    looks = _looks(spec, source, view, ours, text) if in_place else {}
    counts = view.aggregate(rows_in=view.count(), kept=view[_KEEP].sum(), ours=ours.sum(), **looks)
    totals = con.to_pyarrow(counts).to_pylist()[0]
    rows_in, kept, used = (int(totals[name] or 0) for name in ("rows_in", "kept", "ours"))
    chosen = view.filter(ours)
    clean = frozenset(name for name in text if not totals[f"{_ALTERED}{name}"])
    values, broken = columns_of(spec, source, chosen, clean)
    where = {ROW: chosen[ROW], SOURCE: ibis.literal(position, "int64")}
    own = chosen.select(client=chosen[_CLIENT], **values, **where)
    told = told_of(broken)
    # What was looked at is what is used only if the cast leaves all text as it is.
    sound = in_place and len(clean) == len(text)
    whole = sound and not totals[_BROKEN]
    return Mapped(
        plain=own,
        rows_in=rows_in,
        excluded=rows_in - kept,
        other_clients=kept - used,
        columns=frozenset(source.columns),
        broken=None
        if whole
        else chosen.filter(any_of(broken)).select(client=chosen[_CLIENT], **where, **told),
        rows=None if in_place else chosen.select(client=chosen[_CLIENT], **values, **where, **told),
        amounts={
            name: str(totals[f"{_SUM}{name}"] or 0)
            for name in money_columns(spec, frozenset(source.columns))
        }
        if sound
        else None,
    )


def money_columns(spec: TableSpec, supplied: frozenset[str]) -> list[str]:
    """Return the names of the columns of money that a source maps."""
    return [c.name for c in spec.columns if c.type == "money" and c.name in supplied]


def _text_as_it_is(spec: TableSpec, source: SourceParams, view: ir.Table) -> list[str]:
    """Return the columns of text that a source maps to its own text without a word changed."""
    entries = {c.name: source.columns.get(c.name) for c in spec.columns if c.type == "text"}
    return [
        name
        for name, entry in entries.items()
        if entry and entry.column and not entry.values and view[entry.column].type().is_string()
    ]


def _looks(
    spec: TableSpec, source: SourceParams, view: ir.Table, ours: ir.BooleanValue, text: list[str]
) -> dict[str, ir.Value]:
    """Return what one scan finds out; rules and sums take the columns of `text` as they are."""
    values, broken = columns_of(spec, source, view, frozenset(text))
    bad = any_of(broken)
    found: dict[str, ir.Value] = {_BROKEN: (ours & bad).any()}
    for name in money_columns(spec, frozenset(source.columns)):
        found[f"{_SUM}{name}"] = values[name].sum(where=ours & ~bad)
    return found | {f"{_ALTERED}{name}": alters(values[name]).any() for name in text}


def any_of(broken: list[Broken]) -> ir.BooleanValue:
    """Tell of each row whether it breaks any rule."""
    return ibis.or_(*(item[0].fill_null(False) for item in broken))


def told_of(broken: list[Broken]) -> dict[str, ir.Value]:
    """Return the first rule that each row breaks, its column, and the value to show."""
    return {
        RULE: _first(broken, lambda item: ibis.literal(item[1])),
        COLUMN: _first(broken, lambda item: ibis.literal(item[2])),
        VALUE: _first(broken, lambda item: item[3]),
    }


def _first(broken: list[Broken], pick: Callable[[Broken], ir.Value]) -> ir.Value:
    return ibis.cases(
        *((item[0].fill_null(False), pick(item)) for item in broken), else_=ibis.null("string")
    )


def require_columns(spec: TableSpec, source: SourceParams, raw: ir.Table) -> None:
    problems = [
        f'"{name}" is no column of {spec.name}. {nearest(name, spec.names)}'
        for name in source.columns
        if name not in spec.names
    ]
    problems += [
        f'{spec.name} needs "{column.name}" ({column.about}). Map it under columns.'
        for column in spec.columns
        if column.required and column.name not in source.columns
    ]
    wanted: Mapping[str, str | None] = {
        **{name: entry.column for name, entry in source.columns.items()},
        "client": source.client.column,
    }
    present = [name for name in raw.columns if name != ROW]
    problems += [
        f'{name}: the source has no column "{column}". {nearest(column, present)}'
        for name, column in wanted.items()
        if column is not None and column not in raw.columns
    ]
    if problems:
        raise SourceError("\n".join(problems))


def _require_formats(con: Backend, source: SourceParams) -> None:
    for name, entry in source.columns.items():
        if entry.format is None:
            continue
        try:
            con.raw_sql(f"SELECT try_strptime('', {literal(entry.format)})").fetchall()
        except duckdb.Error as error:
            raise SourceError(
                f'{name}: "{entry.format}" is not a date format. '
                "Write it with strptime directives, such as %d.%m.%Y %H:%M."
            ) from error


def _with_expressions(con: Backend, source: SourceParams, raw: ir.Table, name: str) -> ir.Table:
    """Add what SQL the user wrote: an expression per column, and the filter as `_KEEP`."""
    written = {
        f"{OWN}{column}": (f'{column}: the expression "{entry.expression}"', entry.expression)
        for column, entry in source.columns.items()
        if entry.expression is not None
    }
    condition = source.where or "true"
    written[_KEEP] = (f'where: "{condition}"', f"coalesce(CAST(({condition}) AS BOOLEAN), false)")
    for own, (what, sql) in written.items():
        try:
            # Counting makes the database compute every row, so that it fails here or not at all.
            con.raw_sql(f"SELECT count({own}) FROM (SELECT ({sql}) AS {own} FROM {_of(raw)})")
        except duckdb.Error as error:
            raise SourceError(f"{what} cannot be computed: {reason(error)}.") from error
    parts = ", ".join(f"({sql}) AS {own}" for own, (_, sql) in written.items())
    con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS SELECT *, {parts} FROM {_of(raw)}")
    return con.table(name)


def _of(raw: ir.Table) -> str:
    return quoted(raw.get_name())


def _client(con: Backend, source: SourceParams, view: ir.Table) -> ir.Table:
    """Add the slug of each row; an id is compared to the letter, blanks included."""
    if source.client.constant is not None:
        return view.mutate(**{_CLIENT: ibis.literal(source.client.constant)})
    column = view[source.client.column]
    text = column if column.type().is_string() else as_text(column)
    if not source.client.keys:
        return view.mutate(**{_CLIENT: ibis.null("string")})
    # A provider has a thousand clients: a look-up costs the same for one and for all.
    name = f"{view.get_name()}_keys"
    ids = ", ".join(map(literal, source.client.keys))
    slugs = ", ".join(map(literal, source.client.keys.values()))
    con.raw_sql(
        f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS"
        f" SELECT unnest([{ids}]) AS {_KEY}, unnest([{slugs}]) AS {_CLIENT}"
    )
    known = con.table(name)
    return view.left_join(known, text == known[_KEY]).drop(_KEY)


def columns_of(
    spec: TableSpec,
    source: SourceParams,
    rows: ir.Table,
    clean: frozenset[str] = frozenset(),
    *,
    portable: bool = False,
) -> tuple[dict[str, ir.Value], list[Broken]]:
    """Return the columns of the contract and every rule; text in `clean` needs no cast."""
    values: dict[str, ir.Value] = {}
    broken: list[Broken] = []
    for column in spec.columns:
        entry = source.columns.get(column.name)
        if entry is None:
            values[column.name] = ibis.null(TYPES[column.type])
            continue
        given = _given(column.name, entry, rows)
        if column.name in clean:
            values[column.name] = given
            broken += _rules(column, given, ibis.literal(False), given)
            continue
        value = cast(given, column.type, _reading(column, entry, source, portable=portable))
        written = as_text(given)
        # Text of a typed cell is made only where it is shown: it costs more than the check.
        filled = written if given.type().is_string() else given
        # A database's own type that fits was never text: it cannot fail to be read.
        parsed = ibis.literal(False) if portable else filled.notnull()
        broken += _rules(column, value, parsed, written)
        values[column.name] = value
    for earlier, later in spec.order:
        if earlier in source.columns and later in source.columns:
            shown = values[later].cast("string")
            broken.append((values[later] < values[earlier], "order", later, shown))
    return values, broken


def _given(name: str, entry: ColumnMap, rows: ir.Table) -> ir.Value:
    if entry.expression is not None:
        given = rows[f"{OWN}{name}"]
    elif entry.column is not None:
        given = rows[entry.column]
    else:
        given = ibis.literal(entry.constant)
    if entry.values:
        text = as_text(given)
        given = ibis.cases(
            *((text == key, ibis.literal(value)) for key, value in entry.values.items()),
            else_=text,
        )
    return given


def _reading(
    column: ColumnSpec, entry: ColumnMap, source: SourceParams, *, portable: bool
) -> Reading:
    return Reading(
        format=entry.format,
        decimal=source.csv.decimal,
        timezone=source.timezone,
        until_end_of_day=column.until_end_of_day,
        portable=portable,
    )


def _rules(
    column: ColumnSpec, value: ir.Value, filled: ir.Value, written: ir.Value
) -> list[Broken]:
    rules: list[Broken] = [(filled & value.isnull(), "type", column.name, written)]
    if column.required:
        rules.append((value.isnull(), "required", column.name, written))
    if column.values:
        rules.append((~value.isin(column.values), "values", column.name, written))
    if column.minimum is not None:
        rules.append((value < column.minimum, "minimum", column.name, written))
    return rules
