"""What a presenter of the own house reads beside a slide: how its measures are defined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewkit.blocks import Row, Table, Tiles
from reviewkit.render.document import Document
from reviewkit.render.pptx.laid import Laid, Shown
from reviewkit.render.sections import sections


def definitions(document: Document) -> dict[str, str]:
    """Return what each anchor of a definition says, in a line."""
    return {
        row.anchor: _said(row)
        for section in sections(document)
        for part in section.parts
        if isinstance(part, Table)
        for row in part.rows
        if row.anchor
    }


def spoken_notes(parts: Iterable[Shown], known: Mapping[str, str]) -> str:
    """Return the definitions of the measures that `parts` link to, each once."""
    links = dict.fromkeys(link.removeprefix("#") for part in parts for link in _links(part))
    return "\n".join(known[link] for link in links if link in known)


def _links(part: Shown) -> list[str]:
    if isinstance(part, Tiles):
        return [tile.link for tile in part.tiles]
    table = part.table if isinstance(part, Laid) else part
    if not isinstance(table, Table):
        return []
    return [cell.link for row in table.rows for cell in row.cells]


def _said(row: Row) -> str:
    name, *rest = (cell.text for cell in row.cells if cell.text)
    return f"{name}: {' '.join(rest)}" if rest else name
