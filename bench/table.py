"""The table of what was measured: in the terminal, and in the documentation."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.measuring import Line

HEAD = ("measure", "what", "against", "ours", "peer", "ratio", "aim", "met", "")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def cells(name: str, line: Line) -> tuple[str, ...]:
    """Return a line as the words of its row."""
    return (
        name,
        line.what,
        line.against,
        f"{number(line.ours)} {line.unit}",
        f"{number(line.peer)} {line.unit}",
        f"{number(line.ratio)} ×",
        line.aim,
        "yes" if line.met else "no",
        line.note,
    )


def number(value: float) -> str:
    """Return a figure with three digits, more only before the point."""
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{decimals}f}"


def in_terminal(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns, without the last, which stands below its row."""
    widths = [max(map(len, column)) for column in _columns(rows)]
    out = []
    for row in (HEAD, *rows):
        padded = (cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True))
        out.append("  ".join(padded).rstrip())
        if row[-1]:
            out.append(f"{' ' * widths[0]}  {row[-1]}")
    return "\n".join(out)


def _columns(rows: Sequence[Sequence[str]]) -> Iterable[tuple[str, ...]]:
    return zip(*(row[:-1] for row in (HEAD, *rows)), strict=True)


def update(page: Path, measured: Mapping[str, Sequence[Line]], order: Sequence[str]) -> None:
    """Put what was measured into the page; rows of measures left out stay as they are.

    `order` names all measures, in the order of their rows. Raises
    `ValueError` where the page has lost its marks.
    """
    before, begin, rest = page.read_text().partition(BEGIN)
    table, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page}: {BEGIN} and {END} must stand in it, each on a line.")
    rows = [row for row in _rows(table) if row[0] in order and row[0] not in measured]
    rows += [cells(name, line) for name, lines in measured.items() for line in lines]
    rows.sort(key=lambda row: order.index(row[0]))
    page.write_text(f"{before}{BEGIN}\n\n{machine()}\n\n{_markdown(rows)}\n\n{END}{after}")


def machine() -> str:
    """Return what the machine is, as a sentence."""
    cpu = Path("/proc/cpuinfo").read_text()
    name = re.search(r"^model name\s*: (.*)$", cpu, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{name.group(1) if name else platform.machine()}, {len(os.sched_getaffinity(0))} cores, "
        f"{memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}."
    )


def _rows(table: str) -> list[tuple[str, ...]]:
    found = re.findall(r"^\| (.*) \|$", table, re.MULTILINE)
    rows = [tuple(cell.strip() for cell in row.split("|")) for row in found]
    return [row for row in rows if len(row) == len(HEAD) and row != HEAD]


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    ruled = ("| " + " | ".join(HEAD) + " |", "|---" * len(HEAD) + "|")
    return "\n".join((*ruled, *("| " + " | ".join(row) + " |" for row in rows)))
