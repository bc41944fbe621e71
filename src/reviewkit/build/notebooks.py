"""What a notebook says of itself, read without running it: its own period, its words."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reviewkit.errors import PeriodError
from reviewkit.periods import GREGORIAN, RELATIVE, USUAL, FiscalCalendar, require_written

PARAMETERS_TAG = "parameters"
INTERNAL_TAG = "internal"


@dataclass(frozen=True)
class _Read:
    """`period` as the parameters cell sets it; `headings` asked for, and whether internally."""

    period: str = ""
    headings: tuple[tuple[str, bool], ...] = ()


def usual_period(notebook: Path, calendar: FiscalCalendar = GREGORIAN) -> str:
    """Return the word for the period that a notebook is built for where nobody names one.

    It is the ``period`` of the parameters cell: "month", "quarter", "half" or "year". Nothing
    there, or a period's id, which is a value to try it with as ``client`` is, means the usual
    one. Raises `PeriodError`, naming the notebook, for a text that is neither.
    """
    text = _read(notebook).period
    if not text:
        return USUAL
    try:
        require_written(text, calendar)
    except PeriodError as error:
        raise PeriodError(f"{notebook}: its parameters cell sets a period: {error}") from error
    return text if text in RELATIVE else USUAL


def headings(notebook: Path) -> tuple[tuple[str, bool], ...]:
    """Return each heading that a notebook's `commentary("...")` asks for, and if internally."""
    return _read(notebook).headings


def _read(notebook: Path) -> _Read:
    try:
        found = notebook.stat()
        return _cached(notebook, found.st_mtime_ns, found.st_size)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # What is no notebook fails when it is run, and is told then.
        return _Read()


@lru_cache(maxsize=4096)
def _cached(notebook: Path, _changed: int, _size: int) -> _Read:
    """Read a notebook once for all clients, until its time of change or size is another."""
    period, asked = "", []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tags = cell.get("metadata", {}).get("tags", ())
        tree = _parsed("".join(cell["source"]))
        if PARAMETERS_TAG in tags:
            period = _assigned(tree, "period")
        asked += [(name, INTERNAL_TAG in tags) for name in _asked(tree)]
    return _Read(period, tuple(asked))


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        # A cell may hold what only IPython reads.
        return ast.Module(body=[], type_ignores=[])


def _assigned(tree: ast.Module, name: str) -> str:
    """Return the text that the cell last gives to `name`; nothing where it is computed."""
    given = ""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                given = _text(value)
            case ast.AnnAssign(target=ast.Name(id=target), value=value) if target == name:
                given = _text(value)
    return given


def _text(value: ast.expr | None) -> str:
    match value:
        case ast.Constant(value=str(text)):
            return text
    return ""


def _asked(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="commentary"), args=[ast.Constant(value=str(name)), *_]
            ):
                yield name
