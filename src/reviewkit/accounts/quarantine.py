"""Rows set aside: why, as they stood in their source, and written where a person finds them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from reviewkit.accounts.mapping import COLUMN, RULE, VALUE
from reviewkit.accounts.report import TableProblem
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.accounts.tables import TABLES, ColumnType, TableSpec

Row = dict[str, Any]

_RAW = f"{OWN}raw"
_DATES = 'Dates are read as 2026-09-30; give another form as format, such as "%d.%m.%Y".'
_TIMES = 'Times are read as 2026-09-30T18:00; give another form as format, as in "%d.%m.%Y %H:%M".'
_NUMBERS = (
    'Numbers are read as 1234.50; for 1.234,50 set csv: {decimal: ","}, for others use expression.'
)
_TYPE_HINTS: dict[ColumnType, str] = {
    "text": "The text holds a null byte. Mend it at its source.",
    "timestamp": _TIMES,
    "date": _DATES,
    "integer": "Whole numbers are read as 1234. Mend the value at its source, or use expression.",
    "number": _NUMBERS,
    "money": _NUMBERS,
    "boolean": "Read are true, yes, y, t, 1 and false, no, n, f, 0. Map other words with values.",
}
_HINTS = {
    "required": "Fill it at its source, or leave the rows out with where.",
    "values": "Map the source's words with values: {{its word: one of {words}}}.",
    "minimum": "The least is {minimum:g}. Mend the value at its source, or use where.",
    "order": "It lies before {earlier}. Mend the dates at their source.",
    "duplicate": "The first is used. Remove the others at their source, or with where.",
}


def problems(spec: TableSpec, rows: Sequence[Row]) -> tuple[TableProblem, ...]:
    """Return one problem per column and rule that `rows` break, with up to three examples."""
    counts = Counter((str(row[COLUMN]), str(row[RULE])) for row in rows)
    return tuple(
        TableProblem(
            severity="error",
            column=column,
            rule=rule,
            rows=count,
            examples=_examples(rows, column, rule),
            hint=_hint(spec, column, rule),
        )
        for (column, rule), count in sorted(counts.items())
    )


def _examples(rows: Sequence[Row], column: str, rule: str) -> tuple[str, ...]:
    mine = (row[VALUE] for row in rows if (row[COLUMN], row[RULE]) == (column, rule))
    return tuple(dict.fromkeys(_printable(str(value)) for value in mine if value is not None))[:3]


def _printable(text: str) -> str:
    """Return the beginning of `text`, safe for a terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:60])


def _hint(spec: TableSpec, name: str, rule: str) -> str:
    column = spec.column(name)
    if rule == "type":
        return _TYPE_HINTS[column.type]
    earlier = " or ".join(first for first, later in spec.order if later == name)
    words = ", ".join(column.values)
    return _HINTS[rule].format(words=words, minimum=column.minimum or 0, earlier=earlier)


def raw_rows(con: Backend, raw: str, label: str, rows: Sequence[Row]) -> list[dict[str, str]]:
    """Return `rows` of the table `raw` as they stood in the source, the reason in front."""
    table = con.table(raw)
    numbers = ibis.memtable(pa.table({"n": [row[ROW] for row in rows]}))
    packed = table.mutate(
        **{_RAW: ibis.struct({name: table[name] for name in table.columns if name != ROW})}
    )
    kept = packed.semi_join(numbers, packed[ROW] == numbers.n).select(ROW, _RAW)
    found = {row[ROW]: row[_RAW] for row in con.to_pyarrow(kept).to_pylist()}
    return [written(label, row, found[row[ROW]]) for row in rows]


def written(label: str, row: Row, cells: Mapping[str, object]) -> dict[str, str]:
    """Return a row set aside as it is written: where it stood, why, and its own cells."""
    return {
        "source": label,
        "row": str(row[ROW] or ""),
        "client": str(row["client"]),
        "column": str(row[COLUMN]),
        "rule": str(row[RULE]),
        "value": "" if row[VALUE] is None else str(row[VALUE]),
        "raw": _as_text(cells),
    }


def _as_text(cells: Mapping[str, object]) -> str:
    return "; ".join(f"{key}={'' if cell is None else cell}" for key, cell in cells.items())


def write(aside: Mapping[str, Sequence[Mapping[str, str]]], folder: Path) -> list[Path]:
    """Write one CSV per table with the rows set aside; remove those of tables now clean."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in TABLES:
        path = folder / f"{table}.csv"
        rows = aside.get(table, [])
        if not rows:
            path.unlink(missing_ok=True)
            continue
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _inert(value) for key, value in row.items()} for row in rows)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, suffix=".part", delete=False, newline=""
        ) as part:
            part.write(text.getvalue())
        Path(part.name).replace(path)
        written.append(path)
    return written


def _inert(text: str) -> str:
    """Keep a spreadsheet from reading data as a formula, and null bytes from ending the file."""
    safe = text.replace("\0", "␀")
    return f"'{safe}" if safe[:1] in ("=", "+", "-", "@", "\t", "\r") else safe
