"""Tells by its first bytes that a file is not the text it is called, and what to do about it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from reviewkit.errors import SourceError

_LOOKED_AT = 512
_BY_NAME = "Give it the ending of its kind, or set kind."
_DISGUISES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "is compressed (gzip)", "Unpack it."),
    (b"BZh", "is compressed (bzip2)", "Unpack it."),
    (b"\xfd7zXZ", "is compressed (xz)", "Unpack it."),
    (b"\x28\xb5\x2f\xfd", "is compressed (zstd)", "Unpack it."),
    (b"PK\x03\x04", "is a compressed archive or an Excel workbook", f"Unpack it. {_BY_NAME}"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook or another Office file", "Save it as CSV."),
    (b"PAR1", "is a Parquet file", _BY_NAME),
    (b"SQLite format 3\0", "is an SQLite file", _BY_NAME),
    (b"%pdf", "is a PDF", "Export the rows as CSV."),
    (b"<!doctype html", "is a web page", "Export it again, signed in where that is needed."),
    (b"<html", "is a web page", "Export it again, signed in where that is needed."),
    (b"<?xml", "is XML", "Export it as CSV."),
)
"""How a file begins, capitals or not; what it is then; and the remedy."""

_LINE_END = re.compile(rb"\r\n|\r|\n")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def require_text(file: Path, codec: str, encoding: str) -> None:
    """Raise `SourceError` where `file` is plainly something else than text in `codec`.

    `encoding` is the codec as the user calls it.
    """
    with file.open("rb") as opened:
        begins = opened.read(_LOOKED_AT)
    for sign, what, remedy in _DISGUISES:
        if begins.startswith(sign) or begins.lower().startswith(sign):
            raise SourceError(f"{file.name}: {what}, not text. {remedy}")
    if begins and not any(begins):
        raise SourceError(f"{file.name}: holds null bytes alone. Copy or export it again.")
    wide = codec.startswith(("utf-16", "utf-32"))
    plain = f"{file.name}: not {encoding} text"
    if not wide and begins.startswith(_WIDE):
        form = "utf-32" if begins[2:4] == b"\0\0" else "utf-16"
        raise SourceError(f"{plain}. Set csv: {{encoding: {form}}}.")
    if not wide and len(begins) > 1 and not any(begins[1::2]):
        raise SourceError(f"{plain}. Set csv: {{encoding: utf-16-le}}.")
    if wide and begins.strip() and b"\0" not in begins:
        raise SourceError(
            f"{plain}, for it holds no null byte. Set csv: {{encoding: utf-8}} or another."
        )


def undecodable(file: Path, codec: str) -> int | None:
    """Return the first line of `file` that is not text in `codec`, or None where all is."""
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    with file.open("rb") as opened:
        while True:
            some = opened.read(1 << 16)
            before = decoder.getstate()
            try:
                line += decoder.decode(some, final=not some).count("\n")
            except UnicodeError:
                decoder.setstate(before)
                return line + _lines_before(decoder, some)
            if not some:
                return None


def _lines_before(decoder: codecs.IncrementalDecoder, some: bytes) -> int:
    """Count the line ends before the byte of `some` that cannot be read."""
    lines = 0
    try:
        for place in range(len(some)):
            lines += decoder.decode(some[place : place + 1]).count("\n")
    except UnicodeError:
        return lines
    return lines


def is_utf8(file: Path) -> bool:
    """Tell whether `file` holds letters beyond ASCII, all of them UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond = False
    with file.open("rb") as opened:
        while some := opened.read(1 << 20):
            beyond = beyond or not some.isascii()
            try:
                decoder.decode(some)
            except UnicodeError:
                return False
    return beyond and not decoder.getstate()[0]


def odd_line_end(file: Path) -> int | None:
    """Return the first line of a text that ends otherwise than those before it, if one does."""
    first, lines, kept = None, 0, b""
    with file.open("rb") as opened:
        while some := opened.read(1 << 20):
            # A carriage return at the end of a block may be half of a line end.
            held = kept + some
            kept = held[-1:] if held.endswith(b"\r") else b""
            for found in _LINE_END.finditer(held.removesuffix(kept)):
                lines += 1
                first = first or found[0]
                if found[0] != first:
                    return lines
    return lines + 1 if kept and first not in (None, kept) else None
