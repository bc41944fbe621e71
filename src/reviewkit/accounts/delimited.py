"""Reads CSV and its kin as text, in any encoding, and says which line stops it."""

from __future__ import annotations

import codecs
import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from reviewkit.accounts.disguises import is_utf8, odd_line_end, require_text, undecodable
from reviewkit.accounts.duck import literal
from reviewkit.accounts.footers import without_footer
from reviewkit.accounts.headers import require_names, require_same
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

_COLUMNS = "Check quotes and delimiters there."
_OPEN = dict(_SAID)["unterminated quote"]
_HEADER = (
    ("unexpected end of data", _OPEN),
    ("field larger", _OPEN),
    ("expected after", "a stray quote. Double a quote that belongs to the text."),
)
"""What the reader of the header says of it, and what we say."""


@contextmanager
def csv_rows(files: list[Path], form: Csv) -> Iterator[str]:
    """Yield a SELECT of all rows of `files` as text; raises `SourceError` where one cannot be.

    An empty cell is null. Text of another encoding is rewritten as UTF-8 for the time of
    the read.
    """
    headers = [_header(file, form) for file in files]
    require_same([(file.name, header) for file, header in zip(files, headers, strict=True)])
    with tempfile.TemporaryDirectory() as folder:
        readable = [
            _readable(file, form, Path(folder, f"{position:06d}"))
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
    path = file[1].strip() if file else ""
    name = named.get(path)
    if name is None:
        return None
    where = f"{name}, line {line[1]}" if line else name
    if count:
        alone = count[1] == "1"
        remedy = "Remove what stands above the header." if alone else _COLUMNS
        return f"{where}: {count[2]} columns, the header has {count[1]}. {remedy}"
    if "invalid state" in text and (odd := odd_line_end(Path(path))):
        return f"{name}, line {odd}: both kinds of line ends. Export it again."
    for sign, said in _SAID:
        if sign in text:
            return f"{where}: {said.format(encoding=form.encoding)}"
    return f"{where}: cannot be read as CSV. Check csv: in house.yaml against the file."


def _codec(form: Csv, file: Path) -> str:
    try:
        name = codecs.lookup(form.encoding).name
        # Not every codec is one of text; a reader refuses the others.
        io.TextIOWrapper(io.BytesIO(), encoding=name)
    except (LookupError, ValueError) as error:
        raise SourceError(
            f"{file.name}: no encoding is called {form.encoding}. Try utf-8 or cp1252."
        ) from error
    # A byte order mark is no part of the first column's name.
    with file.open("rb") as opened:
        marked = opened.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if marked and name in ("utf-16-le", "utf-16-be"):
        return "utf-16"
    return "utf-8-sig" if name in ("utf-8", "ascii") else name


def _header(file: Path, form: Csv) -> list[str]:
    codec = ""
    try:
        codec = _codec(form, file)
        require_text(file, codec, form.encoding)
        with file.open(encoding=codec, newline="") as lines:
            rows = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote, strict=True)
            header = next(rows, [])
    except UnicodeError as error:
        raise SourceError(_not_text(file, form, codec)) from error
    except csv.Error as error:
        said = next((said for sign, said in _HEADER if sign in str(error)), _OPEN)
        raise SourceError(f"{file.name}, in the header: {said}") from error
    except OSError as error:
        remedy = "Check its rights, or copy it here."
        raise SourceError(f"{file.name}: cannot be read: {error.strerror}. {remedy}") from error
    names = [column.strip() for column in header]
    if names and names[0].lower().startswith("sep="):
        raise SourceError(
            f"{file.name}: begins with {names[0]}, a note to Excel. Remove that line."
        )
    if not any(names):
        raise SourceError(f"{file.name}: is empty; not even a header. Export it again.")
    require_names(file.name, names)
    _require_delimited(file, names)
    return names


def _not_text(file: Path, form: Csv, codec: str) -> str:
    line = undecodable(file, codec)
    where = f"{file.name}, line {line}" if line else file.name
    return f"{where}: {dict(_SAID)['Invalid unicode'].format(encoding=form.encoding)}"


def _require_delimited(file: Path, names: list[str]) -> None:
    likely = next((sign for sign in _LIKELY if len(names) == 1 and sign in names[0]), None)
    if likely:
        raise SourceError(
            f'{file.name}: has one column, called "{names[0]}". '
            f'Is it separated otherwise? Set csv: {{delimiter: "{_LIKELY[likely]}"}}.'
        )


def _readable(file: Path, form: Csv, copy: Path) -> Path:
    text = _as_utf8(file, form, copy)
    if not form.ends:
        return text
    return without_footer(text, form, copy.with_suffix(".rows"), file.name)


def _as_utf8(file: Path, form: Csv, copy: Path) -> Path:
    codec = _codec(form, file)
    if codec == "utf-8-sig":
        return file
    if not codec.startswith("utf") and is_utf8(file):
        # Read otherwise, every accent would become two letters, and nothing would tell.
        raise SourceError(
            f"{file.name}: is utf-8 text, not {form.encoding}. Set csv: {{encoding: utf-8}}."
        )
    try:
        with (
            file.open(encoding=codec, newline="") as given,
            copy.open("w", encoding="utf-8", newline="") as written,
        ):
            shutil.copyfileobj(given, written)
    except UnicodeError as error:
        raise SourceError(_not_text(file, form, codec)) from error
    return copy
