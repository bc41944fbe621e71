"""How wide a picture is, read from its own header."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable

from pypdf import PdfReader
from pypdf.errors import PyPdfError

POINTS_PER_PIXEL = 0.75

SUFFIXES = {
    "application/pdf": "pdf",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}
"""Kinds of pictures that a PDF can hold."""


def picture_width(mime: str, data: bytes) -> float | None:
    """Return the width of a picture in points at 96 dots an inch; `None` if it cannot be read."""
    read = _READERS.get(mime)
    pixels = read(data) if read else None
    return pixels * POINTS_PER_PIXEL if pixels else None


def without_links(svg: bytes) -> bytes:
    """Return an SVG that asks for no other file: only what lies inside it is drawn."""
    return re.sub(rb"""\s(?:xlink:)?href\s*=\s*(["'])(?!data:|#).*?\1""", b"", svg, flags=re.DOTALL)


def _png(data: bytes) -> float | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return None
    return float(struct.unpack(">I", data[16:20])[0])


def _jpeg(data: bytes) -> float | None:
    if data[:2] != b"\xff\xd8":
        return None
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        # Frame headers are C0 to CF, but for C4, C8 and CC, which are tables.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return float(struct.unpack(">H", data[place + 7 : place + 9])[0])
        place += 2 + length
    return None


def _svg(data: bytes) -> float | None:
    match = re.search(rb"<svg\b[^>]*>", data)
    if not match:
        return None
    width = re.search(rb"""\swidth=["']([\d.]+)(pt|px|)["']""", match[0])
    if width:
        return float(width[1]) / (POINTS_PER_PIXEL if width[2] == b"pt" else 1.0)
    box = re.search(rb"""\sviewBox=["'][\d.+-]+[ ,]+[\d.+-]+[ ,]+([\d.]+)""", match[0])
    return float(box[1]) if box else 640.0


def _gif(data: bytes) -> float | None:
    if data[:4] != b"GIF8" or len(data) < 10:
        return None
    return float(struct.unpack("<H", data[6:8])[0])


def _webp(data: bytes) -> float | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return 1.0 + int.from_bytes(data[24:27], "little")
    if kind == b"VP8L":
        return 1.0 + (int.from_bytes(data[21:23], "little") & 0x3FFF)
    return float(int.from_bytes(data[26:28], "little") & 0x3FFF)


def _pdf(data: bytes) -> float | None:
    """Return the width of a PDF's first page; its unit is the point."""
    if data[:5] != b"%PDF-":
        return None
    try:
        page = PdfReader(io.BytesIO(data)).pages[0]
        width = float(page.mediabox.height if page.rotation % 180 else page.mediabox.width)
    except (PyPdfError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return None
    return width / POINTS_PER_PIXEL if width > 0 else None


_READERS: dict[str, Callable[[bytes], float | None]] = {
    "application/pdf": _pdf,
    "image/gif": _gif,
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/svg+xml": _svg,
    "image/webp": _webp,
}
