"""Rounds a table so that it adds up both ways: down its columns and along its rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from reviewkit.display.formats import rounded_to

Step = tuple[int, int, int]
"""Row, column, and what is added to the cell: 1 or -1."""


def crosswise(
    exact: Sequence[Sequence[Fraction]], rows: Sequence[Decimal], columns: Sequence[Decimal]
) -> tuple[tuple[Decimal, ...], ...]:
    """Return whole numbers near `exact` whose sums are those of `rows` and of `columns`.

    Both are whole numbers of one sum. The cells that lie nearest to the next number give way.

    >>> half = Fraction(1, 2)
    >>> crosswise([[half, half], [half, half]], [Decimal(1)] * 2, [Decimal(1)] * 2)
    ((Decimal('0'), Decimal('1')), (Decimal('1'), Decimal('0')))
    """
    cells = [[int(rounded_to(value, 0)) for value in line] for line in exact]
    while moves := _moves(exact, cells, rows, columns):
        steps = min(moves, key=lambda move: (_strain(exact, cells, move), move))
        for row, column, step in steps:
            cells[row][column] += step
    return tuple(tuple(Decimal(value) for value in line) for line in cells)


def _moves(
    exact: Sequence[Sequence[Fraction]],
    cells: Sequence[Sequence[int]],
    rows: Sequence[Decimal],
    columns: Sequence[Decimal],
) -> list[tuple[Step, ...]]:
    """Return the moves that bring sums nearer to what they are to be; none where all are."""
    off = _signs(rows, [sum(line) for line in cells])
    down = _signs(columns, [sum(line) for line in zip(*cells, strict=True)])
    both = [(i, j, s) for i, s in off.items() for j, t in down.items() if s == t]
    near: list[tuple[Step, ...]] = [
        ((i, j, s),) for i, j, s in both if abs(cells[i][j] + s - exact[i][j]) < 1
    ]
    if both:
        # A cell that would go too far spares itself by way of three others.
        ways = (way for step in both for way in ((step,), *_around(step, len(rows), len(columns))))
        return near or list(ways)
    # What is left lies in rows alone, or in columns alone: one gives what another lacks.
    pairs = [(i, k) for i, s in off.items() for k, t in off.items() if s > 0 > t]
    if pairs:
        return [((i, j, 1), (k, j, -1)) for i, k in pairs for j in range(len(columns))]
    pairs = [(j, k) for j, s in down.items() for k, t in down.items() if s > 0 > t]
    return [((i, j, 1), (i, k, -1)) for j, k in pairs for i in range(len(rows))]


def _around(step: Step, rows: int, columns: int) -> list[tuple[Step, ...]]:
    """Return the ways to change the sums as `step` does, by three other cells."""
    i, j, s = step
    return [
        ((i, b, s), (a, b, -s), (a, j, s))
        for a in range(rows)
        for b in range(columns)
        if a != i and b != j
    ]


def _signs(wanted: Sequence[Decimal], found: Sequence[int]) -> dict[int, int]:
    pairs = enumerate(zip(wanted, found, strict=True))
    return {at: 1 if want > have else -1 for at, (want, have) in pairs if want != have}


def _strain(
    exact: Sequence[Sequence[Fraction]], cells: Sequence[Sequence[int]], move: tuple[Step, ...]
) -> Fraction:
    """Return what a move adds to the squares of what its cells are off their exact values."""
    return sum(
        (
            (cells[i][j] + step - exact[i][j]) ** 2 - (cells[i][j] - exact[i][j]) ** 2
            for i, j, step in move
        ),
        Fraction(0),
    )
