"""Reads JSON lines, and JSON files that hold one list, as text; nested keys become `a.b`."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ibis.backends.duckdb import Backend

from reviewkit.accounts.staging import CHUNK, Cells, Stage, staged
from reviewkit.errors import SourceError

_LARGEST_LIST = 512 << 20
"""Most bytes of a file that is one list: it can only be read whole."""

_LONGEST_LINE = 20_000_000


@dataclass(frozen=True)
class _Place:
    """A row, as messages name it: its file, and the line or the number in a list."""

    file: Path
    kind: str
    number: int

    def error(self, what: str) -> SourceError:
        """Return the error that says `what` of this row."""
        return SourceError(f"{self.file.name}, {self.kind} {self.number}: {what}")


Row = tuple[_Place, dict[str, str | None]]


@contextmanager
def json_rows(con: Backend, files: Sequence[Path], name: str) -> Iterator[str]:
    """Yield a SELECT of all rows of `files` as text; raises `SourceError` where one cannot be.

    A key that a row lacks is null in it. Numbers keep every digit; a list stays JSON. A file
    whose first sign is `[` is one list; any other holds one object on each line.
    """
    with staged(con, f"{name}_rows") as stage:
        for file in files:
            rows = _rows(file)
            while chunk := list(islice(rows, CHUNK)):
                _add(stage, chunk)
        if not stage.columns:
            raise SourceError(f"{files[0].name}: holds no row, so no column. Export it again.")
        yield stage.select


def _add(stage: Stage, chunk: Sequence[Row]) -> None:
    known = {column.lower(): column for column in stage.columns}
    for place, row in chunk:
        for key in row:
            # Databases do not tell Id from ID.
            if known.setdefault(key.lower(), key) != key:
                other = known[key.lower()]
                raise place.error(f'names "{key}" what was "{other}" before. Name it alike.')
    stage.widen(known.values())
    columns = stage.columns
    cells: list[Cells] = [[row.get(column) for column in columns] for _, row in chunk]
    stage.add(iter(cells))


def _rows(file: Path) -> Iterator[Row]:
    try:
        with file.open("rb") as opened:
            start = opened.read(4096)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise SourceError(f"{file.name}: is UTF-16 text. JSON is UTF-8: write it again.")
        held = start.removeprefix(codecs.BOM_UTF8).lstrip()
        yield from (_of_list(file) if held.startswith(b"[") else _of_lines(file))
    except OSError as error:
        raise SourceError(f"{file.name}: cannot be read: {error.strerror}.") from error


def _of_lines(file: Path) -> Iterator[Row]:
    with file.open("rb") as lines:
        number = 0
        while line := lines.readline(_LONGEST_LINE + 1):
            number += 1
            place = _Place(file, "line", number)
            if len(line) > _LONGEST_LINE:
                raise place.error("is longer than 20 MB. Write one object on each line.")
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                value = _parsed(place, line.rstrip(), "Write one whole object on each line.")
                yield place, _flat(place, value)


def _of_list(file: Path) -> Iterator[Row]:
    whole = _Place(file, "line", 1)
    if file.stat().st_size > _LARGEST_LIST:
        raise SourceError(
            f"{file.name}: is one list of more than 512 MB. Write one object on each line."
        )
    data = file.read_bytes().removeprefix(codecs.BOM_UTF8)
    for number, value in enumerate(_parsed(whole, data, "Is the file whole?"), start=1):
        place = _Place(file, "row", number)
        yield place, _flat(place, value)


def _parsed(place: _Place, data: bytes, remedy: str) -> Any:
    """Return JSON as it is, numbers as they are written."""
    try:
        return json.loads(
            data.decode(),
            parse_float=_Digits,
            parse_int=_Digits,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start)
        raise _at(place, line).error("is not UTF-8 text. Write the file again.") from error
    except json.JSONDecodeError as error:
        where = f"{error.msg[0].lower()}{error.msg[1:]} at column {error.colno}"
        raise _at(place, error.lineno - 1).error(f"is not JSON: {where}. {remedy}") from error
    except RecursionError as error:
        raise place.error("is nested too deeply. Write plain objects.") from error
    except _RowError as error:
        raise place.error(str(error)) from error


def _at(place: _Place, lines: int) -> _Place:
    return _Place(place.file, place.kind, place.number + lines)


class _RowError(ValueError):
    """A row that is JSON, but no row."""


class _Digits(str):
    """A number as it is written."""

    __slots__ = ()


def _no_number(word: str) -> Any:
    raise _RowError(f"{word} is no number in JSON. Leave the value out, or write null.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _RowError(f'names "{twice}" more than once. Write it once.')
    return found


def _flat(place: _Place, value: Any) -> dict[str, str | None]:
    """Return an object as its cells; raises `SourceError` for anything else."""
    if not isinstance(value, dict):
        kind = _KINDS.get(type(value), "a number")
        raise place.error(f"is {kind}, not an object. Each row is {{…}} with its columns by name.")
    row: dict[str, str | None] = {}
    for key, cell in _leaves(value, ""):
        if not key.strip(". ") or "\0" in key:
            raise place.error("has a key without a name, or with a null byte. Name it.")
        if key in row:
            raise place.error(f'gives "{key}" more than once. Name one otherwise.')
        row[key] = cell
    return row


_KINDS: dict[type, str] = {
    list: "a list",
    str: "text",
    bool: "true or false",
    type(None): "null",
}


def _leaves(value: dict[str, Any], path: str) -> Iterator[tuple[str, str | None]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _leaves(inner, f"{path}{key}.")
        else:
            yield f"{path}{key}", _text(inner)


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    writer = _TEXTS.get(type(value), str)
    # Half a letter is no letter: what follows it was lost where it was cut.
    return writer(value).encode("utf-8", "replace").decode()


def _json(value: Any) -> str:
    """Write a value as JSON, numbers as they were written."""
    if isinstance(value, list):
        return f"[{','.join(map(_json, value))}]"
    if isinstance(value, dict):
        pairs = (f"{_json(key)}:{_json(inner)}" for key, inner in value.items())
        return f"{{{','.join(pairs)}}}"
    return str(value) if isinstance(value, _Digits) else json.dumps(value, ensure_ascii=False)


_TEXTS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    list: _json,
}
