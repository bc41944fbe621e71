"""Reads CSV and its kin as text, in any encoding, and says which line stops it."""

from __future__ import annotations

import codecs
import csv
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from reviewkit.accounts.duck import literal
from reviewkit.errors import SourceError
from reviewkit.params.models import Csv

_LONGEST_LINE = 20_000_000
_LIKELY = {";": ";", "\t": r"\t", "|": "|", ",": ","}
"""Delimiters to suggest, as they are written in house.yaml."""

_LINE = re.compile(r"CSV Error on Line: (\d+)")
_FILE = re.compile(r"^\s*file = (.*)$", re.MULTILINE)
_COUNT = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_SAID = (
    ("unterminated quote", "a quote is not closed. Double a quote that belongs to the text."),
    ("Invalid unicode", "not {encoding} text. Set csv: {{encoding: cp1252}} or another."),
    ("Maximum line size", "the line is longer than 20 MB. Is a quote not closed?"),
    ("invalid state", "a stray quote, or both kinds of line ends. Export it again."),
)
"""What DuckDB says of a broken line, and what we say of it."""


@contextmanager
def csv_rows(files: list[Path], form: Csv) -> Iterator[str]:
    """Yield a SELECT of all rows of `files` as text; raises `SourceError` where one cannot be.

    An empty cell is null. Text of another encoding is rewritten as UTF-8 for the time of
    the read.
    """
    headers = [_header(file, form) for file in files]
    for file, header in zip(files, headers, strict=True):
        if header != headers[0]:
            raise SourceError(f"{file.name}: its columns differ from those of {files[0].name}.")
    with tempfile.TemporaryDirectory() as folder:
        readable = [
            _as_utf8(file, form, Path(folder, f"{position:06d}"))
            for position, file in enumerate(files)
        ]
        columns = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in headers[0])
        named = dict(zip(map(str, readable), (file.name for file in files), strict=True))
        try:
            yield (
                f"SELECT * FROM read_csv([{', '.join(map(literal, named))}],"
                f" columns = {{{columns}}}, header = true, auto_detect = false,"
                f" strict_mode = true, nullstr = '', delim = {literal(form.delimiter)},"
                f" quote = {literal(form.quote)}, escape = {literal(form.quote)},"
                f" max_line_size = {_LONGEST_LINE})"
            )
        except duckdb.Error as error:
            said = _said(str(error), form, named)
            if said is None:
                raise  # Another file of the same query.
            raise SourceError(said) from error


def _said(text: str, form: Csv, named: dict[str, str]) -> str | None:
    file, line, count = _FILE.search(text), _LINE.search(text), _COUNT.search(text)
    name = named.get(file[1].strip() if file else "")
    if name is None:
        return None
    where = f"{name}, line {line[1]}" if line else name
    if count:
        return (
            f"{where}: {count[2]} columns, the header has {count[1]}. "
            "Check quotes and delimiters there."
        )
    for sign, said in _SAID:
        if sign in text:
            return f"{where}: {said.format(encoding=form.encoding)}"
    return f"{where}: cannot be read as CSV. Check csv: in house.yaml against the file."


def _codec(form: Csv, file: Path) -> str:
    try:
        name = codecs.lookup(form.encoding).name
    except LookupError as error:
        raise SourceError(
            f"{file.name}: no encoding is called {form.encoding}. Try utf-8 or cp1252."
        ) from error
    # A byte order mark is no part of the first column's name.
    return "utf-8-sig" if name in ("utf-8", "ascii") else name


def _header(file: Path, form: Csv) -> list[str]:
    try:
        with file.open(encoding=_codec(form, file), newline="") as lines:
            rows = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote)
            header = next(rows, [])
    except UnicodeDecodeError as error:
        raise SourceError(f"{file.name}: {_NOT_TEXT.format(encoding=form.encoding)}") from error
    except (csv.Error, OSError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"{file.name}: cannot be read: {said}.") from error
    names = [column.strip() for column in header]
    if not any(names):
        raise SourceError(f"{file.name}: is empty; not even a header. Export it again.")
    _require_names(file, names)
    return names


_NOT_TEXT = dict(_SAID)["Invalid unicode"]


def _require_names(file: Path, names: list[str]) -> None:
    if "" in names:
        place = names.index("") + 1
        raise SourceError(f"{file.name}: column {place} of the header has no name. Give it one.")
    # Databases do not tell Id from ID.
    folded = [name.lower() for name in names]
    twice = list(dict.fromkeys(name for name in names if folded.count(name.lower()) > 1))
    if twice:
        raise SourceError(
            f"{file.name}: the header names {' and '.join(twice)} more than once. "
            "Rename one (capitals do not tell names apart)."
        )
    if any("\0" in name for name in names):
        raise SourceError(f"{file.name}: the header holds a null byte. Export it as plain text.")
    likely = next((sign for sign in _LIKELY if len(names) == 1 and sign in names[0]), None)
    if likely:
        raise SourceError(
            f'{file.name}: has one column, called "{names[0]}". '
            f'Is it separated otherwise? Set csv: {{delimiter: "{_LIKELY[likely]}"}}.'
        )


def _as_utf8(file: Path, form: Csv, copy: Path) -> Path:
    codec = _codec(form, file)
    if codec == "utf-8-sig":
        return file
    try:
        with (
            file.open(encoding=codec, newline="") as given,
            copy.open("w", encoding="utf-8", newline="") as written,
        ):
            shutil.copyfileobj(given, written)
    except UnicodeError as error:
        raise SourceError(f"{file.name}: {_NOT_TEXT.format(encoding=form.encoding)}") from error
    return copy
