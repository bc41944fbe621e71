"""Databases reached by URL, through Ibis; secrets come from the environment alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from reviewkit.accounts.duck import quoted
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Source as SourceParams

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PASSWORD = re.compile(r"(://[^:@/]*):[^@]*@")
_AGGREGATING = ("postgres",)
"""Backends whose own aggregation is known to give the figures that the embedded one gives."""


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
    return backend.to_pyarrow_batches(rows)


def fingerprint(source: SourceParams) -> str | None:
    """Return what changes as the rows of `source` do, without fetching them.

    By default that is the number of rows and the newest transaction among them, which
    PostgreSQL knows; `None` where a source offers neither, and must be read each time.
    """
    with connected(source) as backend:
        asked = source.fingerprint
        if not asked and source.table and aggregates(backend):
            name = ".".join(map(quoted, source.table.split(".")))
            asked = f"SELECT count(*), max(xmin::text::bigint) FROM {name}"
        if not asked:
            return None
        try:
            with backend.raw_sql(asked) as cursor:
                return repr(cursor.fetchall())
        except Exception as error:
            said = _said(error, _expanded(source))
            raise SourceError(f"{named(source)}: the fingerprint: {said}") from error


def _expanded(source: SourceParams) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in os.environ:
            raise SourceError(
                f"{named(source)}: the environment holds no {name}, which the url names. Set it."
            )
        return os.environ[name]

    return _VARIABLE.sub(value, source.url or "")


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
