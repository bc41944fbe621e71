"""Opens Excel workbooks: only whole, unlocked ones, and none that would swell beyond bounds."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reviewkit.errors import SourceError

_UNPACKED = 1 << 30
"""Most bytes that a workbook may hold once unpacked."""

_HELD = 256 << 20
"""Most bytes of a part that is kept in memory whole: all but the sheets."""

_SWELL, _SMALL = 250, 50 << 20
"""How many times its size a part may grow, once it is larger than a little."""

LAST_ROW = 1_048_576
"""The last row that a sheet can have; a file may claim others, and be read for ever."""

_SHEETS = "xl/worksheets/"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")

_RESAVE = "Open it in Excel and save it as .xlsx."


@contextmanager
def workbook(file: Path) -> Iterator[Any]:
    """Give a workbook that is read as it streams; raises `SourceError` where it cannot be."""
    _require_workbook(file)
    # It takes a while to import, and most houses have no workbook.
    import openpyxl

    with whole(file):
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        yield book
    finally:
        book.close()


@contextmanager
def whole(file: Path) -> Iterator[None]:
    """Turn whatever the library says while it reads `file` into a `SourceError`."""
    try:
        with warnings.catch_warnings():
            # It tells of what it passes over: validations, extensions, a missing style.
            warnings.simplefilter("ignore")
            yield
    except SourceError:
        raise
    except Exception as error:
        # Each part that is not what it should be has an exception of its own.
        raise SourceError(f"{file.name}: is a damaged workbook. {_RESAVE}") from error


def _require_workbook(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            start = opened.read(4096)
    except OSError as error:
        raise SourceError(f"{file.name}: cannot be read: {error.strerror}.") from error
    if not start:
        raise SourceError(f"{file.name}: is empty. Export it again.")
    if start.startswith(_OLE):
        raise SourceError(f"{file.name}: {_old_or_locked(file)}")
    if not start.startswith(b"PK"):
        raise SourceError(f"{file.name}: {_disguised(start)}")
    try:
        with zipfile.ZipFile(file) as packed:
            _require_bounds(file, packed)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        what = "is cut short or damaged. Copy or export it again."
        raise SourceError(f"{file.name}: {what}") from error


def _old_or_locked(file: Path) -> str:
    if _LOCKED in file.read_bytes():
        return "is locked with a password. Save it without one."
    return f"is of the old Excel format (.xls). {_RESAVE}"


def _disguised(start: bytes) -> str:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"<"):
        return f"is a web page or XML that only bears the name of a workbook. {_RESAVE}"
    if b"\0" not in start:
        return "is text, not a workbook. Set kind: csv, or name it .csv."
    return f"is no Excel workbook, or is damaged. {_RESAVE}"


def _require_bounds(file: Path, packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise SourceError(f"{file.name}: is a binary workbook (.xlsb). {_RESAVE}")
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise SourceError(f"{file.name}: is a zip file, not an Excel workbook. Unpack it.")
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(f"{file.name}: is locked with a password. Save it without one.")
    # Reading stops at the size that a part declares, so what is declared can be trusted.
    swollen = (
        sum(part.file_size for part in parts) > _UNPACKED
        or any(_swells(part) for part in parts)
        or any(part.file_size > _HELD for part in parts if not part.filename.startswith(_SHEETS))
    )
    if swollen:
        what = "would unpack to far more than a workbook of its size holds."
        raise SourceError(f"{file.name}: {what} Export the rows as CSV or Parquet.")


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > _SWELL * max(part.compress_size, 1)
