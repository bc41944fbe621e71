"""Vega-Lite charts as SVG: drawn once, kept, and begun before they are asked for."""

from __future__ import annotations

import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from reviewkit.errors import RenderError
from reviewkit.render.cache import kept
from reviewkit.render.vega.engine import UndrawnError, compiled, draw
from reviewkit.render.vega.script import vega_version

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
    begun = _begun.pop(text, None) or _pencil().submit(_svg, text)
    return begun.result()


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


def chart_vega(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the Vega specification that a Vega-Lite `spec` becomes; errors as `chart_svg`."""
    return dict(_pencil().submit(_compiled, _text(spec)).result())


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
    # One draws all of a process: V8 does one chart at a time, outside the interpreter's lock.
    return ThreadPoolExecutor(1, thread_name_prefix="charts")


def _title(spec: dict[str, Any]) -> str:
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return f" ({text})" if text else ""


@cache
def _drawn_by() -> str:
    drawing = files("reviewkit.render.vega").joinpath("draw.js").read_text(encoding="utf-8")
    return f"{version('mini-racer')} {vega_version()} {drawing}"


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    return kept(_drawn_by(), spec, lambda: _draw(spec))


def _draw(spec: str) -> str:
    read = json.loads(spec)
    try:
        # Vega says so in its schema, all else is Vega-Lite.
        svg = draw(spec, lite="/vega/" not in str(read.get("$schema", "")))
    except UndrawnError as error:
        raise _undrawn(read, error) from error
    return _FAR_PICTURE.sub(r"\1", svg)


def _compiled(spec: str) -> Any:
    try:
        return json.loads(compiled(spec))
    except UndrawnError as error:
        raise _undrawn(json.loads(spec), error) from error


def _undrawn(spec: dict[str, Any], error: UndrawnError) -> RenderError:
    first = " ".join(str(error).split())[:200]
    return RenderError(f"a chart{_title(spec)} cannot be drawn: {first}")
