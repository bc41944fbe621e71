"""Tells how a text file is written: encoding and delimiter, with what shows it."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_HEAD = 200_000
_ROWS = 200
_DELIMITERS = (";", "\t", "|", ",")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WINDOWS_GAPS = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))


@dataclass(frozen=True)
class Written:
    """How a text file is written, and a sentence on what shows it."""

    encoding: str
    delimiter: str
    evidence: str


def sniffed(file: Path) -> Written:
    """Look at all bytes of `file` for its encoding, and at its first lines for its delimiter.

    Bytes that are no UTF-8 are taken for cp1252, or for latin-1 where cp1252 has no letter
    for one of them. Raises `OSError` where the file cannot be read.
    """
    encoding, told = _encoding(file)
    with file.open(encoding=encoding, errors="replace", newline="") as lines:
        text = lines.read(_HEAD)
    delimiter, cells = _delimiter(text)
    name = {"\t": "tab"}.get(delimiter, f'"{delimiter}"')
    return Written(encoding, delimiter, f"{told}; {cells} columns apart by {name}")


def _encoding(file: Path) -> tuple[str, str]:
    with file.open("rb") as data:
        head = data.read(4)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name, f"{name} by its byte-order mark"
        decoder = codecs.getincrementaldecoder("utf-8")()
        data.seek(0)
        seen: set[int] = set()
        sound = True
        while block := data.read(1 << 20):
            seen.update(block)
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                sound = False
                break
        if sound:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                sound = False
        while not sound and (block := data.read(1 << 20)):
            seen.update(block)
    if sound:
        return "utf-8", "utf-8" if max(seen, default=0) > 127 else "plain letters only"
    if seen & _WINDOWS_GAPS:
        return "latin-1", "no UTF-8, and no cp1252 either; latin-1 reads all"
    return "cp1252", "bytes that are no UTF-8: taken for cp1252"


def _delimiter(text: str) -> tuple[str, int]:
    """Return the sign that parts most lines into the same number of cells, the most of them."""
    best, chosen = (0.0, 0), ","
    for sign in _DELIMITERS:
        sizes = _sizes(text, sign)
        if not sizes:
            continue
        size, often = Counter(sizes).most_common(1)[0]
        rank = (often / len(sizes) if size > 1 else 0.0, size)
        if rank > best:
            best, chosen = rank, sign
    return chosen, best[1] or 1


def _sizes(text: str, sign: str) -> list[int]:
    rows = csv.reader(text.splitlines(keepends=True), delimiter=sign)
    sizes: list[int] = []
    try:
        for row in rows:
            if row:
                sizes.append(len(row))
            if len(sizes) == _ROWS:
                break
    except csv.Error:
        return []
    # The last row of what was read may be half a row.
    return sizes[:-1] if len(sizes) > 2 and len(text) == _HEAD else sizes
