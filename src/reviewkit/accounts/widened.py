"""A source's rows with what the house wrote of them: computed columns, whose, which count."""

from __future__ import annotations

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.casts import as_text
from reviewkit.accounts.cells import SERIAL
from reviewkit.accounts.dedupe import passed_over
from reviewkit.accounts.duck import literal, quoted, slip
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Source as SourceParams

KEEP, CLIENT, _KEY = f"{OWN}keep", f"{OWN}client", f"{OWN}key"
"""Whether a row counts by the rules of its source, and the slug of its client, if it has one."""


def widened(con: Backend, source: SourceParams, raw: ir.Table) -> ir.Table:
    """Return `raw` with a column per expression, `CLIENT` and `KEEP`.

    Raises `SourceError` for an expression, condition, format or rule that cannot be computed.
    """
    _require_formats(con, source)
    view = _with_expressions(con, source, raw, f"{raw.get_name()}_mapped")
    view = _client(con, source, view)
    if source.keep is None:
        return view
    if source.keep.format:
        require_format(con, "keep", source.keep.format)
    ours = view.filter(view[KEEP] & view[CLIENT].notnull())
    name = f"{raw.get_name()}_passed_over"
    others = passed_over(con, source, source.keep, ours, CLIENT, name)
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
