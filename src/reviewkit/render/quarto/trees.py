"""What people wrote, parsed and made harmless: Markdown, HTML and LaTeX for Quarto.

Their words are written back escaped, sign by sign, so that only the structure that
pandoc found is structure for Quarto too: no raw passage, attribute, file or shortcode.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reviewkit.render.pandoc import Node
from reviewkit.render.quarto.words import escaped, inert

_BARE: list[Any] = ["", [], []]
_ADDRESS = re.compile(r"(?:https?:|mailto:)", re.IGNORECASE)


def harmless(tree: Any, level: Callable[[int], int]) -> Any:
    """Return pandoc's tree without what could instruct; `level` gives a heading's own."""
    if isinstance(tree, list):
        return [item for node in tree for item in _several(harmless(node, level))]
    if not isinstance(tree, dict):
        return tree
    make = _NODES.get(tree.get("t", ""))
    if make is not None:
        return make(tree, level)
    return {key: harmless(value, level) for key, value in tree.items()}


def _several(item: Any) -> list[Any]:
    """Return what a node became: nothing, one node, or the nodes that stand in its place."""
    if isinstance(item, _Opened):
        return list(item)
    return [] if item is _GONE else [item]


class _Opened(list[Any]):
    """Nodes that stand where one stood."""


_GONE = object()

Level = Callable[[int], int]


def _str(node: Node, _: Level) -> Any:
    return {"t": "RawInline", "c": ["markdown", escaped(node["c"])]}


def _code(node: Node, _: Level) -> Any:
    return {"t": "Code", "c": [_BARE, inert(node["c"][1])]}


def _code_block(node: Node, _: Level) -> Any:
    return {"t": "CodeBlock", "c": [_BARE, inert(node["c"][1])]}


def _math(node: Node, _: Level) -> Any:
    kind, source = node["c"]
    if "$" in source.replace("\\$", ""):
        return {"t": "Code", "c": [_BARE, inert(source)]}
    return {"t": "Math", "c": [kind, inert(source)]}


def _link(node: Node, level: Level) -> Any:
    _, words, (address, _title) = node["c"]
    inside = harmless(words, level)
    if not _ADDRESS.match(address):
        return _Opened(inside)
    return {"t": "Link", "c": [_BARE, inside, [re.sub(r"[\s<>{}\\\"]", "", address), ""]]}


def _image(node: Node, level: Level) -> Any:
    # A picture named by its address would be fetched, or read from this machine.
    _, words, (address, _title) = node["c"]
    inside = harmless(words, level)
    if not re.fullmatch(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=]+", address):
        return _Opened(inside)
    return {"t": "Image", "c": [_BARE, inside, [address, ""]]}


def _header(node: Node, level: Level) -> Any:
    rank, _, words = node["c"]
    return {"t": "Header", "c": [level(rank), _BARE, harmless(words, level)]}


def _opened(node: Node, level: Level) -> Any:
    return _Opened(harmless(node["c"][1], level))


def _figure(node: Node, level: Level) -> Any:
    return _Opened(harmless(node["c"][2], level))


def _table(node: Node, level: Level) -> Any:
    return {"t": "Table", "c": [_BARE, *harmless(node["c"][1:], level)]}


def _gone(_: Node, __: Level) -> Any:
    return _GONE


_NODES: dict[str, Callable[[Node, Level], Any]] = {
    "Str": _str,
    "Code": _code,
    "CodeBlock": _code_block,
    "Math": _math,
    "Link": _link,
    "Image": _image,
    "Header": _header,
    "Div": _opened,
    "Span": _opened,
    "Cite": _opened,
    "Figure": _figure,
    "Table": _table,
    "RawInline": _gone,
    "RawBlock": _gone,
}
