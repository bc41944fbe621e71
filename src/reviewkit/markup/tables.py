"""Tables as HTML: real heads, scopes and captions, and labels for cards on a phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from reviewkit.blocks import Cell, Column, Figure, Row, Status, Table
from reviewkit.markup import drawing, ranks

_SHORT = 9
"""Signs of a figure that takes a quarter of a phone's width at most."""

Asked = Callable[[Figure], str]
"""Gives the attributes of a printed number that can be asked; nothing for another."""


@dataclass(frozen=True)
class _Made:
    """What is known of a table before its rows are written; `ways` and `places` by column."""

    table: Table
    grouped: bool
    asked: Asked | None
    ways: tuple[str, ...] = ()
    places: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


def table_html(table: Table, asked: Asked | None = None) -> str:
    """Return a table with its footnotes; an empty one says so in a row of its own.

    With `asked` it is made for a page whose script sorts it and opens what is behind numbers.
    """
    grouped = any(row.group for row in table.rows)
    made = _made(table, grouped, asked)
    named = (
        ("rk-cards", table.cards),
        ("rk-tight", table.cards and _tight(table)),
        ("rk-grouped", grouped),
        ("rk-sortable", any(made.ways)),
    )
    names = [name for name, on in named if on]
    head = _head(made)
    body = "".join(_rows(made)) if table.rows else _empty(table, grouped)
    return (
        f'<div class="{" ".join(["rk-table", *names])}"><table>'
        f"<caption>{escape(table.summary)}</caption>"
        f"<thead>{head}</thead><tbody>{body}</tbody></table>{_footnotes(table)}</div>"
    )


def _tight(table: Table) -> bool:
    """Tell whether a phone holds four of a card's short figures beside each other."""
    short = [
        at
        for at, column in enumerate(table.columns)
        if column.card in ("line", "lead") and not column.grow and column.role != "status"
    ]
    return len(short) > 3 and all(
        len(row.cells[at].text) <= _SHORT for row in table.rows for at in short
    )


def _made(table: Table, grouped: bool, asked: Asked | None) -> _Made:
    if asked is None or not ranks.is_sortable(table):
        return _Made(table, grouped, asked)
    ways = tuple(ranks.way(table, at) for at in range(len(table.columns)))
    places = {at: ranks.ranks(table, at) for at, way in enumerate(ways) if way == "rank"}
    return _Made(table, grouped, asked, ways, places)


def status_html(status: Status) -> str:
    """Return a state as its shape, its word, and the gap to target."""
    detail = f' <span class="rk-gap">{escape(status.detail)}</span>' if status.detail else ""
    return (
        f'<span class="rk-status rk-is-{status.state}">{drawing.shape(status.state)}'
        f"<span>{escape(status.word)}</span>{detail}</span>"
    )


def _head(made: _Made) -> str:
    columns, grouped = made.table.columns, made.grouped
    lead = '<th class="rk-group"><span class="rk-hidden">Group</span></th>' if grouped else ""
    rows = []
    if any(column.over for column in columns):
        cells = "".join(
            f'<th colspan="{len(list(same))}" class="rk-over" scope="colgroup">{escape(over)}</th>'
            if over
            else "<td></td>" * len(list(same))
            for over, same in groupby(columns, key=lambda column: column.over)
        )
        rows.append(f"<tr>{'<td></td>' if grouped else ''}{cells}</tr>")
    cells = "".join(
        f'<th scope="col" class="{_classes(column)}{_tone(column)}"{_sorted_by(made, at)}>'
        f"{escape(column.label) or _silent(column)}</th>"
        for at, column in enumerate(columns)
    )
    rows.append(f"<tr>{lead}{cells}</tr>")
    return "".join(rows)


def _sorted_by(made: _Made, at: int) -> str:
    way = made.ways[at] if made.ways else ""
    column = made.table.columns[at]
    if not way:
        return ""
    return f' data-sort="{way}" data-c="{at}" data-label="{escape(_label(column))}"'


def _label(column: Column) -> str:
    return " ".join(part for part in (column.over, column.label) if part)


def _tone(item: Column | Cell) -> str:
    return f" rk-t-{item.tone}" if item.tone else ""


def _silent(column: Column) -> str:
    return f'<span class="rk-hidden">{escape(column.key)}</span>'


def _classes(column: Column) -> str:
    names = [f"rk-{column.align}", f"rk-r-{column.role}", f"rk-c-{column.card}"]
    names += ["rk-tint"] if column.tint else []
    names += ["rk-grow"] if column.grow else []
    return " ".join(names)


def _rows(made: _Made) -> list[str]:
    sizes = _group_sizes(made.table.rows)
    return [_row(made, at, sizes.get(at, 0)) for at in range(len(made.table.rows))]


def _group_sizes(rows: tuple[Row, ...]) -> dict[int, int]:
    """Return how many rows each opening row's group has."""
    sizes: dict[int, int] = {}
    opened = -1
    for position, row in enumerate(rows):
        if row.group:
            opened = position
            sizes[opened] = 0
        elif row.total:
            opened = -1
        if opened >= 0:
            sizes[opened] += 1
    return sizes


def _row(made: _Made, place: int, size: int) -> str:
    row = made.table.rows[place]
    lead = ""
    if made.grouped and row.group:
        lead = f'<th scope="rowgroup" rowspan="{size}" class="rk-group">{escape(row.group)}</th>'
    elif made.grouped and row.total:
        lead = '<td class="rk-group"></td>'
    names = [name for name, on in (("rk-total", row.total), ("rk-opens", bool(row.group))) if on]
    anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
    cells = "".join(_cell(made, place, at) for at in range(len(row.cells)))
    classes = f' class="{" ".join(names)}"' if names else ""
    return f"<tr{anchor}{classes}>{lead}{cells}</tr>"


def _cell(made: _Made, place: int, at: int) -> str:
    column, cell = made.table.columns[at], made.table.rows[place].cells[at]
    tag = "th" if at == 0 and column.role not in ("graphic", "actual") else "td"
    scope = ' scope="row"' if tag == "th" else ""
    blank = "" if _drawn(cell) or cell.text or cell.note else " rk-blank"
    names = f"{_classes(column)}{_tone(cell)}{blank}"
    data = f'data-label="{escape(_label(column))}"{_place(made, place, at)}'
    return f'<{tag}{scope} class="{names}" {data}>{_drawn(cell)}{_words(cell, made.asked)}</{tag}>'


def _place(made: _Made, place: int, at: int) -> str:
    """Return what the page's script asks a cell for: its column, and its place in the order."""
    if made.asked is None:
        return ""
    if not any(made.ways):
        return f' data-c="{at}"' if made.table.rows[place].cells[at].figure else ""
    if ranks.is_empty(made.table.rows[place].cells[at]):
        return f' data-c="{at}" data-none'
    rank = made.places.get(at, {}).get(place)
    return f' data-c="{at}"' + ("" if rank is None else f' data-rank="{rank}"')


def _words(cell: Cell, asked: Asked | None) -> str:
    words = escape(cell.text)
    if cell.link and words:
        words = f'<a href="{escape(cell.link)}">{words}</a>'
    elif asked and cell.figure and words and (given := asked(cell.figure)):
        words = f"<span{given}>{words}</span>"
    if cell.mark:
        words += f'<sup class="rk-mark">{escape(cell.mark)}</sup>'
    if cell.note:
        words += f'<small class="rk-note">{escape(cell.note)}</small>'
    return words


def _drawn(cell: Cell) -> str:
    for value, draw in _DRAWINGS:
        if (found := value(cell)) is not None:
            return draw(found)
    return ""


_DRAWINGS: tuple[tuple[Callable[[Cell], object], Callable[..., str]], ...] = (
    (lambda cell: cell.status, status_html),
    (lambda cell: cell.trend, lambda trend: drawing.sparkline(trend, 76, 24)),
    (lambda cell: cell.bar, drawing.bar),
    (lambda cell: cell.dots, drawing.dots),
    (lambda cell: cell.squares, drawing.squares),
)


def _empty(table: Table, grouped: bool) -> str:
    span = len(table.columns) + grouped
    return f'<tr><td colspan="{span}" class="rk-left">{escape(table.empty)}</td></tr>'


def _footnotes(table: Table) -> str:
    if not table.footnotes:
        return ""
    notes = "".join(
        f"<p><sup>{escape(note.mark)}</sup> <b>{escape(note.lead)}</b> {escape(note.text)}</p>"
        for note in table.footnotes
    )
    return f'<div class="rk-footnotes">{notes}</div>'
