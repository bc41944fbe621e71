"""DuckDB's own words: names and literals quoted for it, its errors said in one line."""

from __future__ import annotations

import re

import duckdb

_KIND = re.compile(r"^[A-Z][A-Za-z ]* Error:\s*")
_PATH = re.compile(r"""\s*(?:the )?file ["'][^"']+["']""", re.IGNORECASE)


def quoted(name: str) -> str:
    """Return `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def reason(error: duckdb.Error) -> str:
    """Return the first line of `error`, without its kind and the path that we name ourselves."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = _PATH.sub("", _KIND.sub("", lines[0])) if lines else "cannot be read"
    return text.strip().rstrip(".!")
