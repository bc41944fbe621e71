"""Logos: a picture beside the YAML file that names it, read whole and searched.

A logo stands in every HTML page and in what is mailed, so it must stand still: a PNG, or an
SVG of shapes and letters without scripts, styles that fetch, or links.
"""

from __future__ import annotations

import base64
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

LARGEST = 100_000
"""Bytes."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WIDEST = 4_000

_ELEMENTS = frozenset(
    {
        *("svg", "g", "defs", "title", "desc", "symbol", "use", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    }
)
_FETCHES = re.compile(r"@|url\(\s*(?![\"']?#)|expression|javascript:", re.IGNORECASE)


class LogoError(ValueError):
    """What keeps a file from being a logo, and how to mend it."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def read_logo(folder: Path, name: str) -> str:
    """Return the logo called `name` in `folder` as a data address; raises `LogoError`."""
    path = folder / name
    if Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        raise LogoError("lies outside the folder of its file.", "Put the picture beside it.")
    if not path.is_file():
        raise LogoError(f"names {name}, which is not there.", "Put the picture beside it.")
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise LogoError(
            f"is a file of {len(data):,} bytes; {LARGEST:,} are the most.", "Make it smaller."
        )
    kind = {".svg": "svg+xml", ".png": "png"}.get(path.suffix.lower())
    if kind is None:
        raise LogoError("is neither SVG nor PNG.", "Save the picture as one of them.")
    if kind == "png":
        _require_png(data)
    else:
        _require_still(data)
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _require_png(data: bytes) -> None:
    if not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 33:
        raise LogoError("is called PNG, but is none.", "Save the picture as PNG.")
    width, height = struct.unpack(">II", data[16:24])
    if not (0 < width <= _WIDEST and 0 < height <= _WIDEST):
        raise LogoError(f"is {width} by {height} pixels.", f"{_WIDEST} are the most.")


def _require_still(data: bytes) -> None:
    hint = "Save it as plain SVG: shapes and letters only."
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise LogoError("is an SVG with declarations, which could read other files.", hint)
    try:
        # Without declarations there are no entities to expand.
        root = ElementTree.fromstring(data)  # noqa: S314
    except ElementTree.ParseError as error:
        raise LogoError(f"is no SVG: {error}.", hint) from error
    if _local(root.tag) != "svg":
        raise LogoError("is no SVG.", hint)
    for element in root.iter():
        name = _local(element.tag)
        if name not in _ELEMENTS:
            raise LogoError(f"is an SVG with <{name}>, which is not shown in a page.", hint)
        if _FETCHES.search(element.text or "") and name == "style":
            raise LogoError("is an SVG whose style fetches something.", hint)
        for key, value in element.attrib.items():
            own = _local(key).lower()
            linked = own == "href" and not value.startswith("#")
            if own.startswith("on") or linked or _FETCHES.search(value):
                raise LogoError(f"is an SVG with {own}, which does or fetches something.", hint)


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]
