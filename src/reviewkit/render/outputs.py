"""A code cell's outputs as parts: of each output the form that a page carries best."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from nbformat import NotebookNode
from pydantic import ValidationError

from reviewkit.blocks import MIME, Block, Chart, Markdown, from_json
from reviewkit.errors import RenderError
from reviewkit.render.notes import Notes
from reviewkit.render.parts import HtmlPart, ImagePart, Part, TextPart
from reviewkit.render.terminal import joined, on_paper, shortened
from reviewkit.render.tex import latex_part
from reviewkit.render.webpage import altair_spec, frames, is_blank, standing
from reviewkit.render.widgets import VIEW, States, output_model, widget_html


@dataclass(frozen=True)
class Source:
    """Where outputs come from: their cell, and what is known of its notebook.

    `ours` tells that the notebook is a review, whose charts must all be drawn.
    """

    cell: int
    notes: Notes
    states: States
    longest: int
    alt: str = ""
    ours: bool = False


def read_outputs(outputs: list[NotebookNode], source: Source) -> list[Part]:
    """Return what `outputs` show. What cannot be carried is named in the log."""
    parts: list[Part] = []
    for name, same in groupby(outputs, key=_stream_name):
        if name:
            text = "".join(joined(output.get("text", "")) for output in same)
            parts += _printed(text, source)
            continue
        for output in same:
            parts += _OUTPUTS.get(output.output_type, _display)(output, source)
    return parts


def block_of(data: Any) -> Block:
    """Return a block of ours; raises `RenderError` for one that cannot be read."""
    try:
        return from_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RenderError(
            f"a block in the notebook cannot be read: {place}: {first['msg']}. "
            "Was it written by another version of reviewkit? Run the notebook again."
        ) from error


def _stream_name(output: NotebookNode) -> str:
    return str(output.get("name", "stdout")) if output.output_type == "stream" else ""


def _printed(text: Any, source: Source) -> list[Part]:
    shown, gone = shortened(on_paper(text), source.longest)
    if gone:
        source.notes.add(
            source.cell,
            f"a printed output is shown by its first and last lines; {gone:,} lines are left "
            "out (longest_output sets how many are shown)",
        )
    return [TextPart(shown)] if shown.strip() else []


def _error(output: NotebookNode, source: Source) -> list[Part]:
    said = f"{output.get('ename', 'Error')}: {output.get('evalue', '')}"
    return _printed("\n".join(output.get("traceback", ())) or said, source)


def _display(output: NotebookNode, source: Source) -> list[Part]:
    data = output.get("data", {})
    for mime in sorted(data, key=_rank):
        read = _reader(mime)
        found = read(data[mime], mime, output, source) if read else None
        if found is not None:
            return found
    if not data:
        return []
    names = ", ".join(sorted(data))
    source.notes.add(source.cell, f"an output is of a kind that no page carries: {names}")
    return [TextPart(f"(output not shown: {names})")]


_OUTPUTS: dict[str, Callable[[NotebookNode, Source], list[Part]]] = {"error": _error}

_UNTOLD = "Image"
"""What a picture is called whose output says nothing about it."""

Read = Callable[[Any, str, NotebookNode, Source], list[Part] | None]
"""Reads one form of an output; `None` where the next best form should be taken."""


def _of_block(data: Any, _mime: str, _output: NotebookNode, _source: Source) -> list[Part]:
    return [block_of(data)]


def _of_chart(data: Any, mime: str, output: NotebookNode, source: Source) -> list[Part] | None:
    if not isinstance(data, dict):
        return None
    spec = dict(data)
    if "vegalite" not in mime and "$schema" not in spec:
        spec["$schema"] = "https://vega.github.io/schema/vega/v5.json"
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    chart = Chart(spec=spec, alt=str(spec.get("description") or text or "Chart"))
    if source.ours:
        return [chart]
    # Whether a stranger's chart can be drawn is only known by drawing it; the drawing is kept.
    from reviewkit.render.charts import chart_svg

    try:
        chart_svg(spec)
    except RenderError as error:
        pictures = [form for form in output.data if form.startswith("image/")]
        place = "Its picture stands" if pictures else "Its words stand"
        source.notes.add(source.cell, f"{error} {place} in place.")
        return None if pictures else [TextPart(chart.alt)]
    return [chart]


def _of_image(data: Any, mime: str, output: NotebookNode, source: Source) -> list[Part] | None:
    alt = source.alt or _alt(output)
    width = output.get("metadata", {}).get(mime, {})
    pixels = width.get("width") if isinstance(width, dict) else None
    size = float(pixels) if isinstance(pixels, int | float) and pixels > 0 else None
    if mime == "image/svg+xml":
        return [ImagePart(mime, joined(data).encode(), alt, size)]
    try:
        return [ImagePart(mime, base64.b64decode(joined(data)), alt, size)]
    except (binascii.Error, ValueError):
        source.notes.add(source.cell, f"a picture ({mime}) is damaged and left out: {alt[:80]}")
        return None


def _alt(output: NotebookNode) -> str:
    text = joined(output.data.get("text/plain", "")).strip()
    # "<Figure size 640x480 with 1 Axes>" tells a reader nothing.
    return text if text and not re.fullmatch(r"<.*>", text, re.DOTALL) else _UNTOLD


def _of_markdown(data: Any, _mime: str, _output: NotebookNode, _source: Source) -> list[Part]:
    return [Markdown(source=joined(data))]


def _of_html(data: Any, _mime: str, output: NotebookNode, source: Source) -> list[Part] | None:
    html = joined(data)
    spec = altair_spec(html)
    if spec is not None:
        return _of_chart(spec, "vegalite", output, source)
    for name in frames(html):
        source.notes.add(source.cell, f"a page cannot play {name}; its address stands in place")
    # Styles stay: they say which cells of a table are coloured.
    return None if is_blank(standing(html)) else [HtmlPart(html)]


def _of_latex(data: Any, _mime: str, _output: NotebookNode, _source: Source) -> list[Part]:
    return [latex_part(joined(data))]


def _of_widget(data: Any, _mime: str, _output: NotebookNode, source: Source) -> list[Part] | None:
    model = str(data.get("model_id", "")) if isinstance(data, dict) else ""
    caught = output_model(model, source.states)
    if caught:
        return read_outputs([NotebookNode(item) for item in caught], source)
    html = widget_html(model, source.states)
    if not html:
        source.notes.add(
            source.cell,
            "a widget whose state was not saved: shown as text; save the notebook with its "
            "widget state",
        )
        return None
    source.notes.add(source.cell, "a widget is shown as the words it held when it was saved")
    return [HtmlPart(html)]


def _of_plotly(data: Any, _mime: str, _output: NotebookNode, source: Source) -> list[Part]:
    source.notes.add(
        source.cell,
        "plotly figure without a static image: shown as text; install kaleido and set the "
        "renderer to png",
    )
    layout = data.get("layout", {}) if isinstance(data, dict) else {}
    title = layout.get("title", "") if isinstance(layout, dict) else ""
    text = title.get("text", "") if isinstance(title, dict) else title
    words = re.sub(r"<[^>]*>", " ", str(text or "")).strip()
    return [TextPart(f"Plotly figure: {words}" if words else "Plotly figure")]


def _of_script(_data: Any, mime: str, output: NotebookNode, source: Source) -> list[Part] | None:
    source.notes.add(
        source.cell, f"an output drawn by a script ({mime}) is left out; save it as a picture"
    )
    return None if _alt(output) != _UNTOLD else [TextPart("(drawn by a script: not shown)")]


def _of_json(data: Any, _mime: str, _output: NotebookNode, source: Source) -> list[Part]:
    return _printed(json.dumps(data, indent=2, ensure_ascii=False, default=str), source)


def _of_text(data: Any, _mime: str, _output: NotebookNode, source: Source) -> list[Part]:
    return _printed(data, source)


_READERS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (re.escape(MIME), _of_block),
        (r"application/vnd\.vega(lite)?\.v\d+(\.\d+)*\+json", _of_chart),
        (r"image/svg\+xml", _of_image),
        (r"image/png", _of_image),
        (r"image/jpeg", _of_image),
        (r"image/(webp|gif)", _of_image),
        (r"application/pdf", _of_image),
        (r"text/markdown", _of_markdown),
        (r"text/html", _of_html),
        (r"text/latex", _of_latex),
        (r"application/vnd\.plotly\.v\d+\+json", _of_plotly),
        (re.escape(VIEW), _of_widget),
        (r"application/vnd\.(bokehjs|holoviews)_\w+\.v\d+\+json", _of_script),
        (r"application/javascript", _of_script),
        (r"application/(geo\+)?json", _of_json),
        (r"text/plain", _of_text),
        (r"text/.*", _of_text),
    )
)
"""What is taken of an output, best first."""


def _rank(mime: str) -> tuple[int, str]:
    place = next(
        (index for index, (pattern, _) in enumerate(_READERS) if pattern.fullmatch(mime)),
        len(_READERS),
    )
    # Of several versions of a chart the newest.
    return place, "".join(chr(0x10FFFF - ord(sign)) for sign in mime)


def _reader(mime: str) -> Read | None:
    return next((read for pattern, read in _READERS if pattern.fullmatch(mime)), None)
