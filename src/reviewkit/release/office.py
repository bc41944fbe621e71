"""Workbooks and decks taken apart for the guard: every part of them, and what is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

from reviewkit.errors import ReleaseError

_TEXT = frozenset({".xml", ".rels", ".vml", ".svg"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf"})
_NESTED = frozenset({".xlsx", ".pptx", ".docx"})

_HIDDEN = (
    (r"xl/workbook\.xml", rb"""<sheet\b[^>]*\bstate=["'](?:hidden|veryHidden)""", "a hidden sheet"),
    (r"xl/workbook\.xml", rb"""<definedName\b[^>]*\bhidden=["'](?:1|true)""", "a hidden name"),
    (
        r"xl/worksheets/[^/]+\.xml",
        rb"""<(?:row|col)\b[^>]*\bhidden=["'](?:1|true)""",
        "a hidden row or column",
    ),
    (r"xl/externalLinks/.*", rb"", "a link to another workbook"),
    (r"(?:xl|ppt)/(?:.*/)?(?:threadedC|c)omments?(?:/.*|[^/]*\.xml)", rb"", "a comment"),
    (r"ppt/slides/[^/]+\.xml", rb"""<p:sld\b[^>]*\bshow=["'](?:0|false)""", "a hidden slide"),
)
"""Parts by name, what in them is refused, and what it is called."""


def office_parts(data: bytes, place: str = "") -> list[tuple[str, str]]:
    """Return the texts of every part of a workbook or deck, workbooks inside it included.

    Words are returned apart and joined, so that none hides across two runs. Raises
    `ReleaseError` for what is hidden and for a part that cannot be searched.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ReleaseError(f"it is no office document ({error}); it is not sent.") from error
    return [text for name, part in parts.items() for text in _texts(name, part, place)]


def _texts(name: str, part: bytes, place: str) -> list[tuple[str, str]]:
    for where, pattern, called in _HIDDEN:
        if re.fullmatch(where, name) and re.search(pattern, part):
            raise ReleaseError(f"{place}{name}: has {called}; it is not sent.")
    suffix = f".{name.rpartition('.')[2]}".lower()
    if suffix in _NESTED:
        return office_parts(part, f"{place}{name}, ")
    if suffix in _TEXT:
        source = part.decode("utf-8-sig")
        apart = unescape(re.sub(r"<[^>]+>", " ", source))
        ended = re.sub(r"</(?:a:p|c:v|si|is|v)>", " ", source)
        joined = unescape(re.sub(r"<[^>]+>", "", ended))
        return [(f"{place}{name}", text) for text in (apart, joined, unescape(source))]
    if suffix in _PICTURES:
        # A picture's own remarks are Latin letters between its bytes.
        return [(f"{place}{name}", part.decode("latin-1"))]
    raise ReleaseError(f"{place}{name}: no one can search it; it is not sent.")
