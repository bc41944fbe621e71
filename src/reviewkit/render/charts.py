"""Vega-Lite charts as SVG; the only module that knows vl-convert.

V8 starts with the first chart of a process and stays: a renderer should live long.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import vl_convert

from reviewkit.errors import RenderError

FONT = "Source Sans Pro"
"""The family's name, in charts as in the PDF."""

FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
"""Where the typeface lies, in the package that ships it."""


def chart_svg(spec: dict[str, Any]) -> str:
    """Return the SVG of a Vega-Lite `spec`; nothing is fetched, the same spec gives the same SVG.

    Raises `RenderError` where Vega-Lite cannot draw it.
    """
    return _svg(json.dumps(spec, sort_keys=True, default=str))


@cache
def _svg(spec: str) -> str:
    _register_fonts()
    try:
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    except ValueError as error:
        title = json.loads(spec).get("title", "")
        first = str(error).strip().splitlines()[0][:200]
        raise RenderError(
            f"a chart{f' ({title})' if title else ''} cannot be drawn: {first}"
        ) from (error)


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))
