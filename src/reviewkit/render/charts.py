"""Vega-Lite charts as SVG; the only module that knows vl-convert.

V8 starts with the first chart of a process and stays: a renderer should live long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import font_source_sans_pro
import vl_convert

from reviewkit.errors import RenderError
from reviewkit.render.cache import kept

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
    text = _text(spec)
    begun = _begun.pop(text, None)
    return begun.result() if begun else _svg(text)


def begin(spec: dict[str, Any]) -> None:
    """Begin to draw `spec`, which `chart_svg` will be asked for, while this thread goes on.

    What is wrong with it is told when it is asked for.
    """
    if _far_data(spec):
        return
    if len(_begun) >= _MOST_BEGUN:
        # Nobody came for them; those drawn are still at hand below.
        _begun.clear()
    text = _text(spec)
    if text not in _begun:
        _begun[text] = _pencil().submit(_svg, text)


def chart_png(spec: dict[str, Any], scale: float = 3.0) -> bytes:
    """Return a Vega-Lite `spec` as a picture, `scale` pixels to a point; errors as `chart_svg`."""
    return svg_png(chart_svg(spec).encode(), scale)


def svg_png(svg: bytes, scale: float = 3.0) -> bytes:
    """Return an SVG as a picture; raises `RenderError` where it cannot be drawn."""
    _register_fonts()
    try:
        return bytes(vl_convert.svg_to_png(svg.decode(), scale=scale))
    except (ValueError, UnicodeDecodeError) as error:
        raise RenderError(f"a picture cannot be drawn: {str(error)[:200]}") from error


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


def _text(spec: dict[str, Any]) -> str:
    return json.dumps(spec, sort_keys=True, default=str)


_MOST_BEGUN = 64
_begun: dict[str, Future[str]] = {}


@cache
def _pencil() -> ThreadPoolExecutor:
    # One is enough: V8 draws one chart at a time, outside the interpreter's lock.
    return ThreadPoolExecutor(1, thread_name_prefix="charts")


def _title(spec: dict[str, Any]) -> str:
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return f" ({text})" if text else ""


@cache
def _drawn_by() -> str:
    return f"{version('vl-convert-python')} {FONT} {Path(__file__).read_text(encoding='utf-8')}"


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    return kept(_drawn_by(), spec, lambda: _draw(spec))


def _draw(spec: str) -> str:
    _register_fonts()
    try:
        svg = str(_drawing(spec)(spec, allowed_base_urls=[]))
    except ValueError as error:
        first = " ".join(str(error).split("\n    at ")[0].split())[:200]
        raise RenderError(f"a chart{_title(json.loads(spec))} cannot be drawn: {first}") from error
    return _FAR_PICTURE.sub(r"\1", svg)


def _drawing(spec: str) -> Callable[..., str]:
    """Return what draws `spec`: Vega says so in its schema, all else is Vega-Lite."""
    schema = str(json.loads(spec).get("$schema", ""))
    return vl_convert.vega_to_svg if "/vega/" in schema else vl_convert.vegalite_to_svg


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))
