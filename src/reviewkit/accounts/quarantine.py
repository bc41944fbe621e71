"""Rows set aside: why, as they stood in their source, and written where a person finds them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.aside import aside_name
from reviewkit.accounts.checks.hints import row_hint
from reviewkit.accounts.checks.rowwise import COLUMN, RULE, SOURCE, VALUE
from reviewkit.accounts.checks.rules import Standards
from reviewkit.accounts.duck import counted, literal, quoted
from reviewkit.accounts.report import TableProblem
from reviewkit.accounts.sources import ROW
from reviewkit.accounts.tables import TABLES, TableSpec

WRITTEN = ("source", "row", "client", "column", "rule", "value", "raw")
"""What is written of a row set aside: where it stood, why, and its own cells."""

_CHUNK = 10_000
_LOOKED_AT = 20


def problems(
    con: Backend, spec: TableSpec, standards: Standards
) -> dict[int, tuple[TableProblem, ...]]:
    """Return, per source that had rows set aside, a problem per column and rule they break.

    Each has up to three examples, of the first rows. Sources go by their position.
    """
    if not counted(con, aside_name(spec)):
        return {}
    aside = con.table(aside_name(spec))
    keys = [SOURCE, COLUMN, RULE]
    counts = con.to_pyarrow(aside.group_by(keys).agg(rows=aside.count())).to_pylist()
    examples = _examples(con, aside, keys)
    found: dict[int, tuple[TableProblem, ...]] = {}
    for item in sorted(counts, key=lambda item: [item[name] for name in keys]):
        source, column, rule = (item[name] for name in keys)
        problem = TableProblem(
            severity="error",
            column=column,
            rule=rule,
            rows=int(item["rows"]),
            examples=examples.get((source, column, rule), ()),
            hint=row_hint(spec, standards, column, rule),
        )
        found[source] = (*found.get(source, ()), problem)
    return found


def _examples(
    con: Backend, aside: ir.Table, keys: list[str]
) -> dict[tuple[int, str, str], tuple[str, ...]]:
    shown = aside.filter(aside[VALUE].notnull())
    firsts = shown.group_by([*keys, VALUE]).agg(first=shown[ROW].min())
    window = ibis.window(group_by=keys, order_by=[firsts.first, firsts[VALUE]])
    ranked = firsts.mutate(rank=ibis.row_number().over(window))
    # Some more than three: those that begin alike are shown alike.
    few = ranked.filter(ranked["rank"] < _LOOKED_AT).order_by([*keys, "rank"])
    values: dict[tuple[int, str, str], list[str]] = {}
    for row in con.to_pyarrow(few).to_pylist():
        values.setdefault((row[SOURCE], row[COLUMN], row[RULE]), []).append(_printable(row[VALUE]))
    return {key: tuple(dict.fromkeys(found))[:3] for key, found in values.items()}


def _printable(text: str) -> str:
    """Return the beginning of `text`, safe for a terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:60])


def from_files(con: Backend, spec: TableSpec, sources: Sequence[tuple[int, str, str]]) -> ir.Table:
    """Return the rows set aside as they are written; each source is (position, name, table).

    A row is found again by its number when it is written, so that nothing is kept of it.
    """
    parts = [
        f"SELECT {_told(label, f'a.{ROW}')}, {_cells(con.table(raw))} AS raw"
        f" FROM {aside_name(spec)} AS a JOIN {quoted(raw)} AS r ON r.{ROW} = a.{ROW}"
        f" WHERE a.{SOURCE} = {position}"
        for position, label, raw in sources
    ]
    return _view(con, spec, " UNION ALL ".join(parts))


def from_server(con: Backend, spec: TableSpec, label: str) -> ir.Table:
    """Return the rows set aside by a server as they are written; it numbers no rows."""
    return _view(con, spec, f"SELECT {_told(label, 'NULL')}, raw FROM {aside_name(spec)} AS a")


def _told(label: str, number: str) -> str:
    return (
        f"a.{SOURCE}, a.{ROW}, {literal(label)} AS source,"
        f" coalesce(CAST({number} AS VARCHAR), '') AS row, a.client AS client,"
        f" a.{COLUMN} AS column, a.{RULE} AS rule, coalesce(a.{VALUE}, '') AS value"
    )


def _cells(raw: ir.Table) -> str:
    cells = (
        f"{literal(f'{name}=')} || coalesce(CAST(r.{quoted(name)} AS VARCHAR), '')"
        for name in raw.columns
        if name != ROW
    )
    return f"concat_ws('; ', {', '.join(cells)})"


def _view(con: Backend, spec: TableSpec, select: str) -> ir.Table:
    name = f"written_{spec.name}"
    con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}").fetchall()
    return con.table(name)


@dataclass(frozen=True)
class Quarantine(Mapping[str, list[dict[str, str]]]):
    """The rows set aside, by table: in the order of sources and rows, all cells as text."""

    con: Backend
    aside: Mapping[str, ir.Table]

    def __getitem__(self, table: str) -> list[dict[str, str]]:
        return list(self.rows(table))

    def __iter__(self) -> Iterator[str]:
        return iter(self.aside)

    def __len__(self) -> int:
        return len(self.aside)

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Give the rows of `table` one after the other: there may be many."""
        ordered = self.aside[table].order_by([SOURCE, ROW]).select(*WRITTEN)
        found = self.con.raw_sql(self.con.compile(ordered))
        while some := found.fetchmany(_CHUNK):
            yield from (dict(zip(WRITTEN, row, strict=True)) for row in some)


def write(quarantine: Quarantine, folder: Path) -> list[Path]:
    """Write one CSV per table with the rows set aside; remove those of tables now clean."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in TABLES:
        path = folder / f"{table}.csv"
        if table not in quarantine:
            path.unlink(missing_ok=True)
            continue
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, suffix=".part", delete=False, newline=""
        ) as part:
            writer = csv.writer(part, lineterminator="\n")
            writer.writerow(WRITTEN)
            for row in quarantine.rows(table):
                writer.writerow(inert(row[name]) for name in WRITTEN)
        Path(part.name).replace(path)
        written.append(path)
    return written


def inert(text: str) -> str:
    """Keep a spreadsheet from reading data as a formula, and null bytes from ending the file."""
    safe = text.replace("\0", "␀")
    return f"'{safe}" if safe[:1] in ("=", "+", "-", "@", "\t", "\r") else safe
