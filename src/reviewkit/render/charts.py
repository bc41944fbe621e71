"""Vega-Lite charts as SVG; the only module that knows vl-convert.

V8 starts with the first chart of a process and stays: a renderer should live long.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import font_source_sans_pro
import vl_convert

from reviewkit.errors import RenderError

FONT = "Source Sans Pro"
"""The family's name, in charts as in the PDF."""

FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
"""Where the typeface lies, in the package that ships it."""


_FAR_PICTURE = re.compile(r"""(<image\b[^>]*?)\s(?:xlink:)?href="(?!data:)[^"]*\"""")
"""A picture mark keeps the address it was given; a reader of the page would fetch it."""


def chart_svg(spec: dict[str, Any]) -> str:
    """Return the SVG of a Vega-Lite `spec`; nothing is fetched, the same spec gives the same SVG.

    Raises `RenderError` where Vega-Lite cannot draw it, or where its data lies elsewhere.
    """
    far = _far_data(spec)
    if far:
        raise RenderError(
            f"a chart{_title(spec)} takes its data from {far}, which is not fetched. "
            "Put the data into the chart."
        )
    return _svg(json.dumps(spec, sort_keys=True, default=str))


def _far_data(item: Any) -> str:
    """Return the first address that a spec would load data from."""
    if isinstance(item, list):
        return next(filter(None, map(_far_data, item)), "")
    if not isinstance(item, dict):
        return ""
    data = item.get("data")
    if isinstance(data, dict) and "url" in data:
        return str(data["url"])
    # Rows of data are only rows, whatever they are called.
    inside = (value for key, value in item.items() if key not in ("values", "datasets"))
    return next(filter(None, map(_far_data, inside)), "")


def _title(spec: dict[str, Any]) -> str:
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return f" ({text})" if text else ""


def keep_in(folder: Path) -> None:
    """Keep what is drawn from now on in `folder`, and look there first.

    The name is the hash of the specification and of what draws it.
    """
    global _folder
    _folder = folder


_folder: Path | None = None


@cache
def _drawn_by() -> str:
    return f"{version('vl-convert-python')} {FONT} {Path(__file__).read_text(encoding='utf-8')}"


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    if _folder is None:
        return _draw(spec)
    name = hashlib.sha256(f"{_drawn_by()}\0{spec}".encode()).hexdigest()
    kept = _folder / name[:2] / f"{name}.svg"
    try:
        return kept.read_text(encoding="utf-8")
    except OSError:
        svg = _draw(spec)
    # A full disk costs the next build some time, not this one its report.
    with suppress(OSError):
        _keep(kept, svg)
    return svg


def _keep(path: Path, svg: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(svg, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def prune(folder: Path, most: int = 256 << 20) -> None:
    """Remove the charts in `folder` that were drawn longest ago, until `most` bytes are left."""
    kept = [(path.stat(), path) for path in folder.glob("*/*.svg")]
    total = sum(found.st_size for found, _ in kept)
    for found, path in sorted(kept, key=lambda item: (item[0].st_mtime_ns, item[1])):
        if total <= most:
            return
        path.unlink(missing_ok=True)
        total -= found.st_size


def _draw(spec: str) -> str:
    _register_fonts()
    try:
        svg = str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
    except ValueError as error:
        first = str(error).strip().splitlines()[0][:200]
        raise RenderError(f"a chart{_title(json.loads(spec))} cannot be drawn: {first}") from error
    return _FAR_PICTURE.sub(r"\1", svg)


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))
