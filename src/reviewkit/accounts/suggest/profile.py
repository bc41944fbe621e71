"""Looks at every cell of a table and says of each column what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import literal, quoted
from reviewkit.accounts.sources import OWN
from reviewkit.accounts.suggest.codes import TRUTH
from reviewkit.accounts.suggest.dates import ISO, Count, DateForm, forms_of, numbered_days
from reviewkit.accounts.suggest.names import flat, names_date

MOST_WORDS = 60
"""Distinct values up to which a column may be a list of codes."""

_SAMPLE = 200
_DIRT = 0.02
"""Share of cells that may not fit before a column is no longer taken for a date or number."""

_NUMBERS = {
    "whole": r"^[+-]?\d+$",
    "exponent": r"^[+-]?\d+(\.\d+)?[eE][+-]?\d+$",
    # 12.5 and 1,234.50 show a decimal dot, 12,5 and 1.234,50 a decimal comma.
    "dot": r"^[+-]?(\d*\.(\d{1,2}|\d{4,})|(0|\d{4,})?\.\d{3})$",
    "comma": r"^[+-]?(\d*,(\d{1,2}|\d{4,})|(0|\d{4,})?,\d{3})$",
    "grouped_dot": r"^[+-]?\d{1,3}((,\d{3})+\.\d+|(,\d{3}){2,})$",
    "grouped_comma": r"^[+-]?\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})$",
    # 1.234 shows nothing: it may be a thousand and more, or one and a little.
    "either_dot": r"^[+-]?[1-9]\d{0,2}\.\d{3}$",
    "either_comma": r"^[+-]?[1-9]\d{0,2},\d{3}$",
}
"""Ways in which a number may be written; no cell fits two."""

_WAYS = _NUMBERS | {
    "zeros": r"^[+-]?\d+[.,]0{1,2}$",
    "negative": r"^-",
    "padded": r"^0\d+$",
    "iso": ISO,
    "offset": r"^\d{4}-\d{2}-\d{2}[T ][\d:.]+ ?(Z|[+-]\d{2}(:?\d{2})?)$",
    "timed": r"\d:\d{2}",
    "midnight": r"(^| |T)(00:00(:00(\.0+)?)?|12:00(:00)? AM)$",
}
"""Ways in which a cell may be written, counted one by one."""


@dataclass(frozen=True)
class Profile:
    """One column: how many cells are filled, with what, and how they may be read.

    `native` is "date", "timestamp", "number", "integer" or "boolean" where the source has
    types of its own, and "" for text. `counts` are cells per way of writing. `forms` read it
    as a date. `words` are all its values with their cells, where they are few.
    """

    name: str
    native: str
    rows: int
    filled: int
    distinct: int
    examples: tuple[str, ...]
    least: str = ""
    most: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    forms: tuple[DateForm, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)

    @property
    def unique(self) -> bool:
        return self.filled > 0 and self.distinct == self.filled

    @property
    def tolerated(self) -> int:
        return tolerated(self.filled)

    @property
    def is_number(self) -> bool:
        if self.native:
            return self.native in ("number", "integer")
        fitting = sum(self.counts[way] for way in _NUMBERS)
        return self.filled > 0 and self.filled - fitting <= self.tolerated

    @property
    def is_whole(self) -> bool:
        """Tell whether numbers may all be whole: 12, 12.0, and 1.234 with dots for thousands."""
        fitting = sum(self.counts[way] for way in ("whole", "zeros", "either_dot", "either_comma"))
        return self.is_number and self.filled - fitting <= self.tolerated

    @property
    def is_date(self) -> bool:
        return self.native in ("date", "timestamp") or bool(self.forms)

    @property
    def timeless(self) -> bool:
        """Tell whether no time of the day is written in any cell, nor a part of a day."""
        parts = any(form.numbered for form in self.forms) and not self.is_whole
        return not self.counts["timed"] and not parts

    @property
    def is_flag(self) -> bool:
        known = {word.strip() for words in TRUTH.values() for word in words.split(",")}
        return self.native == "boolean" or (
            0 < len(self.words) <= 3 and all(flat(word) in known for word in self.words)
        )

    @property
    def all_midnight(self) -> bool:
        """Tell whether times are written, and each is midnight: days, then."""
        return self.filled > 0 and self.counts["timed"] == self.counts["midnight"] == self.filled


def tolerated(filled: int) -> int:
    """Return how many cells of so many may be dirt: none of a few, some of many."""
    return int(filled * _DIRT)


def profiles(con: Backend, table: ir.Table, serial: str = "") -> tuple[Profile, ...]:
    """Return the profile of each column of an opened source, in the order of the file.

    `serial` says how the source numbers its days, one of `SERIAL`, where it is a workbook.
    """
    rows = int(_row(con, f"SELECT count(*) FROM {quoted(table.get_name())}")[0])
    return tuple(
        _profile(con, table, name, rows, serial)
        for name in table.columns
        if not name.startswith(OWN)
    )


def _native(kind: Any) -> str:
    known = ("timestamp", "date", "boolean", "integer", "numeric")
    found = next((name for name in known if getattr(kind, f"is_{name}")()), "")
    return {"numeric": "number"}.get(found, found)


def _profile(con: Backend, table: ir.Table, name: str, rows: int, serial: str) -> Profile:
    native = _native(table[name].type())
    column = quoted(name)
    if table[name].type().is_floating():
        # An identifier that passed through a spreadsheet: 12347.0 is 12347.
        column = (
            f"CASE WHEN {column} = floor({column}) AND abs({column}) < 1e15"
            f" THEN CAST(TRY_CAST({column} AS BIGINT) AS VARCHAR)"
            f" ELSE CAST({column} AS VARCHAR) END"
        )
    con.raw_sql(
        "CREATE OR REPLACE TEMP TABLE __suggest AS SELECT * FROM (SELECT"
        f" nullif(trim(CAST({column} AS VARCHAR)), '') AS v, count(*) AS n"
        f" FROM {quoted(table.get_name())} GROUP BY 1) WHERE v IS NOT NULL"
    )
    filled, distinct, least, most = _row(
        con, "SELECT coalesce(sum(n), 0), count(*), min(v), max(v) FROM __suggest"
    )
    often = con.raw_sql(f"SELECT v, n FROM __suggest ORDER BY n DESC, v LIMIT {_SAMPLE}").fetchall()
    words = {str(value): int(count) for value, count in often} if distinct <= MOST_WORDS else {}
    counts = _counts(con)
    forms = _forms(con, [str(v) for v, _ in often], int(filled), counts, native)
    if not forms and filled and serial and names_date(name):
        forms = numbered_days(serial, _missed(con, int(filled)), tolerated(int(filled)))
    return Profile(
        name=name,
        native=native,
        rows=rows,
        filled=int(filled),
        distinct=int(distinct),
        examples=tuple(str(value) for value, _ in often[:3]),
        least=str(least or ""),
        most=str(most or ""),
        counts=counts,
        forms=forms,
        words=words,
    )


def _counts(con: Backend) -> dict[str, int]:
    parts = ", ".join(
        f"coalesce(sum(n) FILTER (regexp_matches(v, {literal(pattern)})), 0)"
        for pattern in _WAYS.values()
    )
    found = _row(con, f"SELECT {parts} FROM __suggest")
    return {name: int(count) for name, count in zip(_WAYS, found, strict=True)}


def _forms(
    con: Backend, sample: list[str], filled: int, counts: dict[str, int], native: str
) -> tuple[DateForm, ...]:
    if not filled or native not in ("", "integer"):
        return ()
    spared = tolerated(filled)
    if filled - counts["iso"] <= spared:
        return (DateForm("", filled - counts["iso"]),)
    return forms_of(sample, _missed(con, filled), spared)


def _missed(con: Backend, filled: int) -> Count:
    def missed(condition: str) -> int:
        fits = f"coalesce(sum(n) FILTER ({condition}), 0)"
        return filled - int(_row(con, f"SELECT {fits} FROM __suggest")[0])

    return missed


def _row(con: Backend, sql: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = con.raw_sql(sql).fetchall()[0]
    return found
