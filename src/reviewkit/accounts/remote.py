"""Databases reached by URL, through Ibis; secrets come from the environment alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from reviewkit.accounts.duck import literal, quoted
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Source as SourceParams

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PASSWORD = re.compile(r"(://[^:@/]*):[^@]*@")
_IN_PASSWORD = re.compile(r"[^:/]*://[^@/]*:[^@/]*")
_AGGREGATING = ("postgres",)
"""Backends whose own aggregation is known to give the figures that the embedded one gives."""

_SESSION: dict[str, tuple[str, ...]] = {
    "postgres": (
        # It knows nothing of the sizes of our small tables, takes a judged fact for a
        # single row, and would read a thousand of one for each row of the other.
        "SET enable_nestloop = off",
        "SET jit = off",
        # Counts, check and cube see the same rows; never committed, nothing is written.
        "BEGIN ISOLATION LEVEL REPEATABLE READ",
    )
}
"""What a backend is told before it is asked anything."""

_CHUNK = 50_000


def named(source: SourceParams) -> str:
    """Return a database as messages name it: its kind and table, no address and no secret."""
    kind = (source.url or "").partition(":")[0]
    return f"{kind}:{source.table or 'query'}"


@contextmanager
def connected(source: SourceParams) -> Iterator[BaseBackend]:
    """Open the database of `source`; raises `SourceError` where that is not possible."""
    url = _expanded(source)
    try:
        backend = ibis.connect(url)
        for statement in _SESSION.get(backend.name, ()):
            backend.raw_sql(statement).close()
    except Exception as error:
        raise SourceError(f"{named(source)}: {_said(error, url)} {_remedy(error, url)}") from error
    try:
        yield backend
    finally:
        backend.disconnect()


def rows_of(backend: BaseBackend, source: SourceParams) -> ir.Table:
    """Return the table or query of `source`; raises `SourceError` where it is not there."""
    try:
        if source.query:
            return backend.sql(source.query.strip().rstrip(";"))
        schema, _, table = (source.table or "").rpartition(".")
        return backend.table(table, database=schema or None)
    except Exception as error:
        known = _tables(backend) if source.table else []
        hint = nearest((source.table or "").rpartition(".")[2], known) or "Check table and query."
        said = f"holds no {source.table}." if source.table else _said(error, _expanded(source))
        raise SourceError(f"{named(source)}: {said} {hint}") from error


def aggregates(backend: BaseBackend) -> bool:
    """Tell whether facts are left in this database, and aggregated there."""
    return backend.name in _AGGREGATING


def batches(backend: BaseBackend, rows: ir.Table) -> pa.RecordBatchReader:
    """Return all rows, some at a time."""
    if backend.name == "duckdb":
        # Ibis asks DuckDB 2 for them by a name that only DuckDB 1 knew.
        return backend.con.sql(backend.compile(rows)).to_arrow_reader(_CHUNK)
    return backend.to_pyarrow_batches(rows, chunk_size=_CHUNK)


def fingerprint(source: SourceParams) -> str | None:
    """Return what changes as the rows of `source` do, without fetching them.

    By default that is the number of rows and the transactions that wrote them, which
    PostgreSQL knows of a table; `None` where a source offers neither (a query, a view,
    another database), and must be read each time.
    """
    if not source.fingerprint and not source.table:
        return None
    with connected(source) as backend:
        try:
            if source.fingerprint:
                return _answer(backend, source.fingerprint)
            return _transactions(backend, source) if aggregates(backend) else None
        except Exception as error:
            said = _said(error, _expanded(source))
            raise SourceError(f"{named(source)}: the fingerprint: {said}") from error


def _transactions(backend: BaseBackend, source: SourceParams) -> str | None:
    name = ".".join(map(quoted, (source.table or "").split(".")))
    kept = f"SELECT relkind IN ('r', 'p', 'm') FROM pg_class WHERE oid = {literal(name)}::regclass"
    if _answer(backend, kept) != repr([(True,)]):
        return None
    # The newest alone would miss what a transaction begun earlier commits later.
    written = "xmin::text::bigint"
    return _answer(backend, f"SELECT count(*), max({written}), sum({written}) FROM {name}")


def _answer(backend: BaseBackend, query: str) -> str:
    with backend.raw_sql(query) as cursor:
        return repr(cursor.fetchall())


def _expanded(source: SourceParams) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in os.environ:
            raise SourceError(
                f"{named(source)}: the environment holds no {name}, which the url names. Set it."
            )
        found = os.environ[name]
        # A password may hold the signs that part a URL; elsewhere they are meant.
        return quote(found, safe="") if _IN_PASSWORD.fullmatch(given[: match.start()]) else found

    given = source.url or ""
    return _VARIABLE.sub(value, given)


def _tables(backend: BaseBackend) -> list[str]:
    try:
        return list(backend.list_tables())
    except Exception:
        return []


def _said(error: Exception, url: str) -> str:
    """Return the first line of what a driver says, without the password that it may repeat."""
    text = (str(error).strip().splitlines() or [type(error).__name__])[0]
    secret = _PASSWORD.search(url)
    for part in (url, secret[0][1:-1].rpartition(":")[2] if secret else ""):
        text = text.replace(part, "…") if part else text
    return text.rstrip(".") + "."


def _remedy(error: Exception, url: str) -> str:
    if isinstance(error, ImportError | ModuleNotFoundError):
        kind = url.partition(":")[0].partition("+")[0]
        extra = "postgres" if kind.startswith("postgres") else kind
        return f'Install its driver: pip install "ibis-framework[{extra}]".'
    return "Check the url, the server, and what the environment gives."
