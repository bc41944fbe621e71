"""Tables as HTML: real heads, scopes and captions, and labels for cards on a phone."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import groupby

from reviewkit.blocks import Cell, Column, Row, Status, Table
from reviewkit.markup import drawing


def table_html(table: Table) -> str:
    """Return a table with its footnotes; an empty one says so in a row of its own."""
    grouped = any(row.group for row in table.rows)
    names = [name for name, on in (("rk-cards", table.cards), ("rk-grouped", grouped)) if on]
    head = _head(table.columns, grouped)
    body = "".join(_rows(table, grouped)) if table.rows else _empty(table, grouped)
    return (
        f'<div class="{" ".join(["rk-table", *names])}"><table>'
        f"<caption>{escape(table.summary)}</caption>"
        f"<thead>{head}</thead><tbody>{body}</tbody></table>{_footnotes(table)}</div>"
    )


def status_html(status: Status) -> str:
    """Return a state as its shape, its word, and the gap to target."""
    detail = f' <span class="rk-gap">{escape(status.detail)}</span>' if status.detail else ""
    return (
        f'<span class="rk-status rk-is-{status.state}">{drawing.shape(status.state)}'
        f"<span>{escape(status.word)}</span>{detail}</span>"
    )


def _head(columns: tuple[Column, ...], grouped: bool) -> str:
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
        f'<th scope="col" class="{_classes(column)}{_tone(column)}">'
        f"{escape(column.label) or _silent(column)}</th>"
        for column in columns
    )
    rows.append(f"<tr>{lead}{cells}</tr>")
    return "".join(rows)


def _tone(item: Column | Cell) -> str:
    return f" rk-t-{item.tone}" if item.tone else ""


def _silent(column: Column) -> str:
    return f'<span class="rk-hidden">{escape(column.key)}</span>'


def _classes(column: Column) -> str:
    names = [f"rk-{column.align}", f"rk-r-{column.role}", f"rk-c-{column.card}"]
    names += ["rk-tint"] if column.tint else []
    names += ["rk-grow"] if column.grow else []
    return " ".join(names)


def _rows(table: Table, grouped: bool) -> list[str]:
    sizes = _group_sizes(table.rows)
    return [
        _row(row, table.columns, grouped, sizes.get(position, 0))
        for position, row in enumerate(table.rows)
    ]


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


def _row(row: Row, columns: tuple[Column, ...], grouped: bool, size: int) -> str:
    lead = ""
    if grouped and row.group:
        lead = f'<th scope="rowgroup" rowspan="{size}" class="rk-group">{escape(row.group)}</th>'
    elif grouped and row.total:
        lead = '<td class="rk-group"></td>'
    names = [name for name, on in (("rk-total", row.total), ("rk-opens", bool(row.group))) if on]
    anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
    cells = "".join(
        _cell(cell, column, first=position == 0)
        for position, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    )
    classes = f' class="{" ".join(names)}"' if names else ""
    return f"<tr{anchor}{classes}>{lead}{cells}</tr>"


def _cell(cell: Cell, column: Column, *, first: bool) -> str:
    tag = "th" if first and column.role not in ("graphic", "actual") else "td"
    scope = ' scope="row"' if tag == "th" else ""
    label = " ".join(part for part in (column.over, column.label) if part)
    blank = "" if _drawn(cell) or cell.text or cell.note else " rk-blank"
    names = f"{_classes(column)}{_tone(cell)}{blank}"
    return (
        f'<{tag}{scope} class="{names}" data-label="{escape(label)}">'
        f"{_drawn(cell)}{_words(cell)}</{tag}>"
    )


def _words(cell: Cell) -> str:
    words = escape(cell.text)
    if cell.link and words:
        words = f'<a href="{escape(cell.link)}">{words}</a>'
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
