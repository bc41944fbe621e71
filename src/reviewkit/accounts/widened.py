"""A source's rows with what the house wrote of them: computed columns, whose, which count."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.casts import as_text
from reviewkit.accounts.cells import SERIAL
from reviewkit.accounts.columns import worded
from reviewkit.accounts.dedupe import passed_over
from reviewkit.accounts.duck import literal, quoted, slip, viewed
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import ColumnMap
from reviewkit.params.models import Source as SourceParams

KEEP, CLIENT, _KEY = f"{OWN}keep", f"{OWN}client", f"{OWN}key"
_WORD = f"{OWN}word_"
"""Whether a row counts by the rules of its source, and the slug of its client, if it has one."""


def widened(
    con: Backend, source: SourceParams, raw: ir.Table
) -> tuple[ir.Table, Mapping[str, ColumnMap]]:
    """Return `raw` with a column per expression and map of words, `CLIENT` and `KEEP`.

    With it comes the mapping as it stands over these: what was computed is a column like
    those of the source, and is computed once, however many rules look at it.
    Raises `SourceError` for an expression, condition, format or rule that cannot be computed.
    """
    _require_formats(con, source)
    view = _with_expressions(con, source, raw, f"{raw.get_name()}_mapped")
    view, columns = _with_words(con, source, view, f"{raw.get_name()}_worded")
    return _counted(con, source, _client(con, source, view), raw.get_name()), columns


def _counted(con: Backend, source: SourceParams, view: ir.Table, raw: str) -> ir.Table:
    """Pass over what the source itself has a better row for."""
    if source.keep is None:
        return view
    if source.keep.format:
        require_format(con, "keep", source.keep.format)
    ours = view.filter(view[KEEP] & view[CLIENT].notnull())
    others = passed_over(con, source, source.keep, ours, CLIENT, f"{raw}_passed_over")
    return view.mutate(**{KEEP: view[KEEP] & view[ROW].notin(others[ROW])})


def _require_formats(con: Backend, source: SourceParams) -> None:
    for name, entry in source.columns.items():
        if entry.format is None:
            continue
        require_format(con, name, entry.format)


def require_format(con: Backend, name: str, form: str) -> None:
    """Raise `SourceError` for a format of dates that is none, naming where it stands."""
    hint = "Write it with strptime directives, such as %d.%m.%Y %H:%M."
    if form in SERIAL:
        return
    if "%" not in form:
        words = f"{hint} {nearest(form.lower(), SERIAL)}" if form.isalpha() else hint
        raise SourceError(f'{name}: "{form}" is not a date format. {words}')
    try:
        con.raw_sql(f"SELECT try_strptime('', {literal(form)})").fetchall()
    except duckdb.Error as error:
        raise SourceError(f'{name}: "{form}" is not a date format. {hint}') from error


def _with_expressions(con: Backend, source: SourceParams, raw: ir.Table, name: str) -> ir.Table:
    """Add what SQL the user wrote: an expression per column, and the filter as `KEEP`."""
    written = {
        f"{OWN}{column}": (f'{column}: the expression "{entry.expression}"', entry.expression)
        for column, entry in source.columns.items()
        if entry.expression is not None
    }
    condition = source.where or "true"
    written[KEEP] = (f'where: "{condition}"', f"coalesce(CAST(({condition}) AS BOOLEAN), false)")
    for own, (what, sql) in written.items():
        try:
            # Counting makes the database compute every row, so that it fails here or not at all.
            # It stands beside the columns, as in use: a sum over all rows has no place there.
            rows = f"SELECT *, ({sql}) AS {own} FROM {_of(raw)}"
            con.raw_sql(f"SELECT count({own}) FROM ({rows})")
        except duckdb.Error as error:
            said = slip(error, sql, (name for name in raw.columns if name != ROW))
            raise SourceError(f"{what} cannot be computed: {said}") from error
    parts = ", ".join(f"({sql}) AS {own}" for own, (_, sql) in written.items())
    con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS SELECT *, {parts} FROM {_of(raw)}")
    return con.table(name)


def _with_words(
    con: Backend, source: SourceParams, view: ir.Table, name: str
) -> tuple[ir.Table, Mapping[str, ColumnMap]]:
    """Add a column per map of words, and return the mapping as it stands over the columns."""
    columns = {
        column: entry.model_copy(update={"column": f"{OWN}{column}", "expression": None})
        if entry.expression is not None
        else entry
        for column, entry in source.columns.items()
    }
    words = {
        f"{_WORD}{column}": worded(view[entry.column], entry.values)
        for column, entry in columns.items()
        if entry.column is not None and entry.values
    }
    columns |= {
        column: entry.model_copy(update={"column": f"{_WORD}{column}", "values": {}})
        for column, entry in columns.items()
        if f"{_WORD}{column}" in words
    }
    return (viewed(con, name, view.mutate(**words)) if words else view), columns


def _of(raw: ir.Table) -> str:
    return quoted(raw.get_name())


def _client(con: Backend, source: SourceParams, view: ir.Table) -> ir.Table:
    """Add the slug of each row; an id is compared to the letter, blanks included."""
    if source.client.constant is not None:
        return view.mutate(**{CLIENT: ibis.literal(source.client.constant)})
    column = view[source.client.column]
    text = column if column.type().is_string() else as_text(column)
    if not source.client.keys:
        return view.mutate(**{CLIENT: ibis.null("string")})
    # A provider has a thousand clients: a look-up costs the same for one and for all.
    name = f"{view.get_name()}_keys"
    ids = ", ".join(map(literal, source.client.keys))
    slugs = ", ".join(map(literal, source.client.keys.values()))
    con.raw_sql(
        f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS"
        f" SELECT unnest([{ids}]) AS {_KEY}, unnest([{slugs}]) AS {CLIENT}"
    )
    known = con.table(name)
    return view.left_join(known, text == known[_KEY]).drop(_KEY)
