"""Notebooks written by hand as JSON, in the shapes that other programs give them."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from pathlib import Path
from typing import Any

Cell = dict[str, Any]


def markdown(source: str, **more: Any) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def raw(source: str, form: str = "") -> Cell:
    metadata = {"raw_mimetype": form} if form else {}
    return {"cell_type": "raw", "metadata": metadata, "source": source}


def code(source: str, *outputs: Any, tags: tuple[str, ...] = ()) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": 1 if outputs else None,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source,
        "outputs": list(outputs),
    }


def shown(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Any:
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


def printed(text: str, name: str = "stdout") -> Any:
    return {"output_type": "stream", "name": name, "text": text}


def failed(*lines: str) -> Any:
    return {
        "output_type": "error",
        "ename": "KeyError",
        "evalue": "'lane'",
        "traceback": list(lines),
    }


def notebook(*cells: Cell, minor: int = 4, metadata: dict[str, Any] | None = None) -> Any:
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    numbered = [
        cell | ({"id": f"cell-{number}"} if minor >= 5 else {}) for number, cell in enumerate(cells)
    ]
    return {
        "nbformat": 4,
        "nbformat_minor": minor,
        "metadata": {"kernelspec": kernel, **(metadata or {})},
        "cells": numbered,
    }


def version_3(*cells: Cell) -> Any:
    """A notebook as IPython 2 wrote it, with worksheets and outputs without media types."""
    return {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"metadata": {}, "cells": list(cells)}],
    }


def write(folder: Path, name: str, made: Any) -> Path:
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return path


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def png(width: int, height: int = 20, colour: bytes = b"\x1b\x4b\x8f") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = b"".join(b"\x00" + colour * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def gif() -> bytes:
    """A red picture of one pixel."""
    head = b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\x00\x00" + b"\xff\x00\x00\x00\x00\x00"
    return head + b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\x00\x02\x02\x44\x01\x00\x3b"


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////"
    "////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//E"
    "ABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z"
)
"""A grey picture of one pixel."""

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30">'
    '<rect width="90" height="30" fill="#1B4B8F"/><script>alert("svg")</script></svg>'
)


def pdf_picture() -> bytes:
    """A PDF of one page, 200 by 100 points, with a red field."""
    drawing = b"1 0 0 rg 20 20 100 50 re f"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + tail
