"""Blocks as HTML fragments: a table of functions, one per kind. Everything is escaped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from reviewkit.blocks import (
    Block,
    Callout,
    Chart,
    Columns,
    Figure,
    Front,
    Group,
    Heading,
    Markdown,
    NotSupplied,
    Prose,
    Span,
    Tile,
    Tiles,
)
from reviewkit.markup import drawing
from reviewkit.markup.tables import status_html, table_html
from reviewkit.speech import marks, speaking


@dataclass
class Fragments:
    """Turns blocks into HTML. A page hands in how it shows charts and Markdown, and levels.

    `chart` and `markdown` give the HTML of those; without them a chart is its alt text
    and Markdown its source. `level` gives a heading's level. `asked` marks the numbers that
    a page can be asked about.
    """

    chart: Callable[[Chart], str] | None = None
    markdown: Callable[[str], str] | None = None
    level: Callable[[Heading], int] | None = None
    asked: Callable[[Figure], str] | None = None
    nested: int = field(default=0, init=False)

    def html(self, block: Block) -> str:
        """Return the fragment of one block."""
        make: Callable[[Fragments, Any], str] = _KINDS[block.kind]
        return make(self, block)

    def all(self, blocks: tuple[Block, ...]) -> str:
        """Return the fragments of blocks, one after the other."""
        return "".join(self.html(block) for block in blocks)


def _spans(spans: tuple[Span, ...]) -> str:
    return "".join(
        escape(span.text)
        if span.tone == "plain"
        else f'<span class="rk-t-{span.tone}">{escape(span.text)}</span>'
        for span in spans
    )


def _front(_: Fragments, block: Front) -> str:
    with speaking(block.language):
        sign = marks.internal()
    band = f'<p class="rk-band">{sign}</p>' if block.audience == "internal" else ""
    words = ", ".join(part for part in (block.report, block.period) if part)
    return f'{band}<p class="rk-front"><b>{escape(block.client)}</b> {escape(words)}</p>'


def _heading(made: Fragments, block: Heading) -> str:
    depth = {"headline": 1, "page": 2, "section": 3, "finding": 4}[block.role]
    level = made.level(block) if made.level else depth
    anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
    note = f'<p class="rk-headnote">{_spans(block.note)}</p>' if block.note else ""
    return f'<h{level} class="rk-{block.role}"{anchor}>{escape(block.text)}</h{level}>{note}'


def _prose(_: Fragments, block: Prose) -> str:
    name = "rk-lead" if block.lead else "rk-small" if block.small else "rk-prose"
    return "".join(f'<p class="{name}">{_spans(paragraph)}</p>' for paragraph in block.paragraphs)


def _markdown(made: Fragments, block: Markdown) -> str:
    body = made.markdown(block.source) if made.markdown else f"<p>{escape(block.source)}</p>"
    if not block.author:
        return f'<div class="rk-markdown">{body}</div>'
    return (
        f'<blockquote class="rk-markdown rk-voice">{body}'
        f"<footer>{escape(block.author)}</footer></blockquote>"
    )


def _number(made: Fragments, text: str, figure: Figure | None) -> str:
    """Return a printed number, marked where the page can be asked about it."""
    given = made.asked(figure) if made.asked and figure and text else ""
    return f"<span{given}>{escape(text)}</span>" if given else escape(text)


def _tile(made: Fragments, tile: Tile) -> str:
    status = status_html(tile.status) if tile.status else ""
    unit = f'<span class="rk-unit">{escape(tile.unit)}</span>'
    number = f"<b>{_number(made, tile.text, tile.figure)}</b>"
    value = f"{unit}{number}" if tile.unit_first else f"{number}{unit}"
    trend = drawing.sparkline(tile.trend, 132, 40) if tile.trend else ""
    references = "".join(
        f"<div><dt>{escape(item.label)}</dt><dd>{_number(made, item.text, item.figure)}</dd></div>"
        for item in tile.references
    )
    if tile.n:
        n = escape(tile.n)
        shown = f'<a href="{escape(tile.link)}">{n}</a>' if tile.link else n
        references += f'<div class="rk-n"><dt>n</dt><dd>{shown}</dd></div>'
    return (
        f'<div class="rk-tile"><p class="rk-tile-head"><b>{escape(tile.label)}</b>{status}</p>'
        f'<p class="rk-value"><span>{value}</span>{trend}</p><dl>{references}</dl></div>'
    )


def _tiles(made: Fragments, block: Tiles) -> str:
    legend = "".join(
        f"<span>{drawing.shape(item.state)} {escape(item.word)}"
        f"{escape(f': {item.detail}') if item.detail else ''}</span>"
        for item in block.legend
    )
    note = f"<span>{escape(block.note)}</span>" if block.note else ""
    foot = f'<p class="rk-legend">{legend}{note}</p>' if legend or note else ""
    tiles = "".join(_tile(made, tile) for tile in block.tiles)
    return f'<div class="rk-tiles">{tiles}</div>{foot}'


def _chart(made: Fragments, block: Chart) -> str:
    if made.chart is None:
        return f'<p class="rk-small">{escape(block.alt)}</p>'
    return f'<figure class="rk-chart rk-{block.width}">{made.chart(block)}</figure>'


def _callout(_: Fragments, block: Callout) -> str:
    rest = f" {escape(block.text)}" if block.text else ""
    return (
        f'<p class="rk-callout rk-is-{block.state}">{drawing.shape(block.state)}'
        f"<b>{escape(block.lead)}</b>{rest}</p>"
    )


def _not_supplied(_: Fragments, block: NotSupplied) -> str:
    detail = f" {escape(block.detail)}" if block.detail else ""
    if block.known:
        return f'<p class="rk-absent">{escape(block.what)}{detail}</p>'
    return f'<p class="rk-absent">{drawing.shape("partial")}<b>{escape(block.what)}</b>{detail}</p>'


def _columns(made: Fragments, block: Columns) -> str:
    weights = block.weights or tuple(12 // len(block.columns) for _ in block.columns)
    columns = "".join(
        f'<div class="rk-span-{weight}">{made.all(column)}</div>'
        for weight, column in zip(weights, block.columns, strict=True)
    )
    return f'<div class="rk-columns">{columns}</div>'


def _group(made: Fragments, block: Group) -> str:
    return made.all(block.blocks)


_KINDS: dict[str, Callable[[Fragments, Any], str]] = {
    "front": _front,
    "heading": _heading,
    "prose": _prose,
    "markdown": _markdown,
    "tiles": _tiles,
    "table": lambda made, block: table_html(block, made.asked),
    "chart": _chart,
    "callout": _callout,
    "not_supplied": _not_supplied,
    "columns": _columns,
    "group": _group,
}
