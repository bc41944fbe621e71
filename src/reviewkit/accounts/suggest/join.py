"""Joins lines that name no client to the file of their heads, which does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import quoted
from reviewkit.accounts.sources import DATABASES
from reviewkit.accounts.suggest.names import likeness, vocabulary, words_of
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.accounts.suggest.read import Seen, look
from reviewkit.accounts.suggest.whose import Given, client_column

_FOUND = 0.95
"""Share of the lines' keys that must stand among the heads."""

_SAME_FORM = ("csv", "parquet", "jsonl")
"""Kinds of which several files can be one source."""

_BROUGHT = ("site", "service", "currency")
"""Columns that lines take over from their heads, beside the client and the dates."""


def with_clients(con: Backend, root: Path, looks: Sequence[Seen], given: Given) -> tuple[Seen, ...]:
    """Return `looks`; what names no client is joined to another that does, where one key fits.

    The key is called alike in both, no two heads share it, some lines do, and nearly all
    lines find their head.
    """
    found = []
    for one in looks:
        pair = None if client_column(one.columns, given)[0] else _head(con, one, looks, given)
        found.append(_joined(con, root, one, pair, given) if pair else one)
    return tuple(found)


def _head(
    con: Backend, lines: Seen, looks: Sequence[Seen], given: Given
) -> tuple[Seen, str, str] | None:
    """Return the heads of `lines` with the key's name in both."""
    for heads in looks:
        if (
            heads is lines
            or not _one_source(lines, heads)
            or not client_column(heads.columns, given)[0]
        ):
            continue
        for own in lines.columns:
            for other in heads.columns:
                if _may_join(own, other) and _stand_in(con, lines, own, heads, other):
                    return heads, own.name, other.name
    return None


def _one_source(lines: Seen, heads: Seen) -> bool:
    if lines.kind != heads.kind:
        return False
    if lines.kind in DATABASES:
        return lines.source.file == heads.source.file
    return lines.kind in _SAME_FORM and lines.source.csv == heads.source.csv


def _may_join(own: Profile, other: Profile) -> bool:
    return (
        own.filled == own.rows
        and not own.unique
        and other.unique
        and other.filled == other.rows
        and not own.is_date
        and words_of(own.name) == words_of(other.name)
    )


def _stand_in(con: Backend, lines: Seen, own: Profile, heads: Seen, other: Profile) -> bool:
    left, right = (f"trim(CAST({quoted(one.name)} AS TEXT))" for one in (own, other))
    found, rows = con.raw_sql(
        f"SELECT count(*) FILTER (v IN (SELECT {right} FROM {quoted(heads.table)})), count(*)"
        f" FROM (SELECT DISTINCT {left} AS v FROM {quoted(lines.table)})"
    ).fetchall()[0]
    return bool(rows) and found / rows >= _FOUND


def _joined(
    con: Backend, root: Path, lines: Seen, pair: tuple[Seen, str, str], given: Given
) -> Seen:
    heads, own, other = pair
    brought = [
        f"heads.{quoted(column.name)}"
        for column in heads.columns
        if column.name.lower() not in {each.name.lower() for each in lines.columns}
        and _useful(column, heads, given)
    ]
    select = f"SELECT lines.*, {', '.join(brought)}"
    where: Mapping[str, object]
    if lines.kind in DATABASES:
        names = (quoted(one.source.table or "") for one in (lines, heads))
        left, right = names
        on = f"lines.{quoted(own)} = heads.{quoted(other)}"
        query = f"{select} FROM {left} AS lines LEFT JOIN {right} AS heads ON {on}"
        where = {"table": None, "query": query}
    else:
        on = f"trim(CAST(lines.{quoted(own)} AS TEXT)) = trim(CAST(heads.{quoted(other)} AS TEXT))"
        query = f"{select} FROM lines LEFT JOIN heads ON {on} ORDER BY ALL"
        files = {"lines": lines.source.file, "heads": heads.source.file}
        where = {"file": None, "files": files, "query": query}
    source = lines.source.model_copy(update=dict(where))
    unseen = Seen(
        name=lines.name,
        label=lines.label,
        kind=lines.kind,
        source=source,
        table=f"{lines.table}_joined",
        evidence=f"{lines.evidence}; joined to {heads.name} by {own}",
        # Two workbooks that number their days in two ways have no number in common.
        serial=lines.serial if lines.serial == heads.serial else "",
    )
    return look(con, root, source, unseen)


def _useful(column: Profile, heads: Seen, given: Given) -> bool:
    if column is client_column(heads.columns, given)[0] or column.is_date:
        return True
    known = vocabulary()["columns"]
    return any(likeness(column.name, known[name])[0] >= _FOUND for name in _BROUGHT)
