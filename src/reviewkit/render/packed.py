"""Office documents of the same bytes each time: fixed order, fixed dates, no trace of a clock."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

from reviewkit.blocks import Front

_NOWHEN = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a date for what has none
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_STAMP = (1980, 1, 1, 0, 0, 0)
_INNER = (".xlsx", ".docx", ".pptx")


def settled(data: bytes, when: dt.datetime) -> bytes:
    """Return an office document rewritten: the same content gives the same bytes.

    Workbooks inside it are rewritten too. `when` stands for the dates of its properties.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {info.filename: source.read(info) for info in source.infolist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(parts, key=lambda name: (_place(name), name)):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            # The host that wrote it would be told otherwise.
            info.create_system = 0
            target.writestr(info, _part(name, parts[name], when), compresslevel=6)
    return out.getvalue()


def dated(front: Front) -> dt.datetime:
    """Return the moment that dates a document: its data cut-off, without a zone."""
    return front.generated.replace(tzinfo=None, microsecond=0) if front.generated else _NOWHEN


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _part(name: str, data: bytes, when: dt.datetime) -> bytes:
    if name.endswith(_INNER):
        return settled(data, when)
    if name == "docProps/core.xml":
        stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return re.sub(
            rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)",
            rb"\g<1>" + stamp + rb"\3",
            data,
        )
    return data
