"""Reports exported as CSV that say something more below their rows: totals, whose copy it is.

A CRM's report ends with lines such as "Grand Totals (12 records)" and a note on confidentiality.
They are no rows; but nothing that could be one is ever left out with them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from reviewkit.errors import SourceError
from reviewkit.params.models import Csv

_TOLD = re.compile(r"\((\d[\d,. ]*) records?\)", re.IGNORECASE)
"""How many rows a footer says there are."""


def without_footer(file: Path, form: Csv, copy: Path, name: str) -> Path:
    """Write the rows of `file`, UTF-8 text, to `copy` without what stands below them.

    They end before the first line that is empty or whose first cell begins with one of
    `form.ends`. Raises `SourceError` where a whole row stands below that, and where the
    footer says another number of rows than there are.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote)
        last, width, rows = _end(reader, form.ends)
        if last is not None:
            _require_footer(_rest(reader, last), width, rows, name)
    with (
        file.open(encoding="utf-8-sig", newline="") as given,
        copy.open("w", encoding="utf-8", newline="") as written,
    ):
        for number, line in enumerate(given):
            if last is not None and number >= last[1]:
                break
            written.write(line)
    return copy


_End = tuple[list[str], int]
"""The first line of a footer, and how many lines stand above it."""


def _end(reader: Iterator[list[str]], ends: Sequence[str]) -> tuple[_End | None, int, int]:
    """Read up to the end of the rows; return where it is, the header's width, and the rows."""
    header = next(reader, [])
    above, rows = reader.line_num, 0  # type: ignore[attr-defined]
    for row in reader:
        if _is_end(row, ends):
            return (row, above), len(header), rows
        above, rows = reader.line_num, rows + 1  # type: ignore[attr-defined]
    return None, len(header), rows


def _is_end(row: Sequence[str], ends: Sequence[str]) -> bool:
    return not any(row) or row[0].strip().startswith(tuple(ends))


def _rest(reader: Iterator[list[str]], last: _End) -> Iterator[tuple[int, list[str]]]:
    yield last[1] + 1, last[0]
    for row in reader:
        yield reader.line_num, row  # type: ignore[attr-defined]


def _require_footer(
    below: Iterator[tuple[int, list[str]]], width: int, rows: int, name: str
) -> None:
    for number, row in below:
        if len(row) == width and sum(map(bool, row)) > max(1, width // 2):
            raise SourceError(
                f"{name}, line {number}: a row stands below the end of the rows. "
                "Take the line above it out of csv: ends, or export it again."
            )
        told = next((found for cell in row if (found := _TOLD.search(cell))), None)
        if told and int(re.sub(r"\D", "", told[1])) != rows:
            raise SourceError(
                f"{name}, line {number}: says {told[1]} records, and {rows} rows stand above it. "
                "Export it again."
            )
