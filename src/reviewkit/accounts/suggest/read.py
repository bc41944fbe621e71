"""Opens unfamiliar files as sources: how each is written, and which tables it holds."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ibis.backends.duckdb import Backend

from reviewkit.accounts.cells import SERIAL
from reviewkit.accounts.databases import held_tables
from reviewkit.accounts.sources import DATABASES, KINDS, open_source
from reviewkit.accounts.suggest.profile import Profile, profiles
from reviewkit.accounts.suggest.sniff import sniffed
from reviewkit.accounts.workbooks import whole, workbook
from reviewkit.errors import SourceError
from reviewkit.params.models import ClientMap, Csv, Excel, Source

_SERIAL = {start: name for name, start in SERIAL.items()}

_ANY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Seen:
    """One table of one file, opened in the database as `table`, with a profile per column.

    `label` is what names the rows best: the table or sheet, else the file without its ending.
    `source` reads it; whose rows they are, and which column is which, is still open.
    `evidence` says how the file is written, `serial` how a workbook numbers its days.
    """

    name: str
    label: str
    kind: str
    source: Source
    table: str
    evidence: str
    serial: str = ""
    columns: tuple[Profile, ...] = ()

    @property
    def rows(self) -> int:
        return self.columns[0].rows if self.columns else 0


class _Found(NamedTuple):
    """A table of a file before it is opened: its name and source, how it is written."""

    name: str
    source: Source
    evidence: str
    serial: str = ""


def seen(con: Backend, root: Path, files: Sequence[Path]) -> tuple[Seen, ...]:
    """Open `files` and look at every cell; raises `SourceError` for one that cannot be read.

    A database gives an entry for each of its tables. What holds no row is left out, unless
    it is all there is in its file: that is an error.
    """
    found: list[Seen] = []
    for file in dict.fromkeys(map(_absolute, files)):
        shown = _shown(file, root)
        sources = _sources(con, file, shown)
        own = [_look(con, root, source, len(found) + place) for place, source in enumerate(sources)]
        filled = [one for one in own if one.rows]
        if not filled:
            raise SourceError(f"{shown}: holds no rows. Give an export with some.")
        found += filled
    return tuple(found)


def _shown(file: Path, root: Path) -> str:
    """Return `file` as it stands in house.yaml: in the workspace also where a link leads out."""
    inside = _absolute(root)
    return file.relative_to(inside).as_posix() if file.is_relative_to(inside) else str(file)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would leave by a link


def _sources(con: Backend, file: Path, shown: str) -> list[_Found]:
    if not file.is_file():
        what = "is a folder" if file.is_dir() else "there is no such file"
        raise SourceError(f"{shown}: {what}. Name a file.")
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        known = ", ".join(sorted(KINDS))
        raise SourceError(f"{shown}: cannot tell its kind from its name. Known: {known}.")
    plain: Mapping[str, object] = {
        "file": shown, "cutoff": _ANY, "client": ClientMap(constant=""), "columns": {}
    }  # fmt: skip
    return _KINDS.get(kind, _whole)(con, file, shown, plain)


def _whole(_con: Backend, _file: Path, shown: str, plain: Mapping[str, object]) -> list[_Found]:
    return [_Found(shown, Source.model_validate(plain), "columns and types as the file has them")]


def _text(_con: Backend, file: Path, shown: str, plain: Mapping[str, object]) -> list[_Found]:
    try:
        written = sniffed(file)
    except OSError as error:
        raise SourceError(f"{shown}: cannot be read: {error.strerror}.") from error
    form = Csv(delimiter=written.delimiter, encoding=written.encoding)
    return [_Found(shown, Source.model_validate({**plain, "csv": form}), written.evidence)]


def _database(con: Backend, file: Path, shown: str, plain: Mapping[str, object]) -> list[_Found]:
    return [
        _Found(
            f"{shown}:{table}",
            Source.model_validate({**plain, "table": table}),
            "table of a database",
        )
        for table in held_tables(con, file, KINDS[file.suffix.lower()])
    ]


def _workbook(_con: Backend, file: Path, shown: str, plain: Mapping[str, object]) -> list[_Found]:
    """Give an entry for each visible sheet that holds anything."""
    with workbook(file) as book, whole(file):
        serial = _SERIAL[book.epoch]
        names = [
            sheet.title
            for sheet in book.worksheets
            if sheet.sheet_state == "visible" and any(any(row) for row in sheet.values)
        ]
    if len(names) < 2:
        return [_Found(shown, Source.model_validate(plain), "the sheet of a workbook", serial)]
    return [
        _Found(
            f"{shown}:{name}",
            Source.model_validate({**plain, "excel": Excel(sheet=name)}),
            "a sheet of a workbook",
            serial,
        )
        for name in names
    ]


_KINDS: Mapping[str, Callable[[Backend, Path, str, Mapping[str, object]], list[_Found]]] = {
    "csv": _text,
    "excel": _workbook,
} | dict.fromkeys(DATABASES, _database)
"""How each kind tells what it holds; any other is read as it is."""


def _look(con: Backend, root: Path, found: _Found, position: int) -> Seen:
    name, source, evidence, serial = found
    file = Path(source.file or "")
    label = source.table or source.excel.sheet or file.stem
    kind = KINDS[file.suffix.lower()]
    unseen = Seen(name, label, kind, source, f"suggest_{position}", evidence, serial)
    return look(con, root, source, unseen)


def look(con: Backend, root: Path, source: Source, unseen: Seen) -> Seen:
    """Open `source` and return `unseen` with the profiles of its columns."""
    table = open_source(con, source, root, unseen.table)
    return replace(unseen, source=source, columns=profiles(con, table, unseen.serial))
