"""What one bad input is: a small sound workspace, one change to it, and what must be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from houses import HEADING, write_notebook

Change = Callable[[Path], object]
"""Spoils a sound workspace, given its folder."""

HOUSE = """\
name: Meridian Logistics
timezone: Europe/Amsterdam
sources:
  cases:
    - file: data/cases.csv
      cutoff: 2026-10-06T18:00:00+02:00
      client: {column: who, keys: {A: acme, B: borealis}}
      columns:
        case_id: id
        opened_at: opened
        category: what
"""
LAST = "category: what"
"""The last line of house.yaml."""

_CUTOFF = "cutoff: 2026-10-06T18:00:00+02:00"
CLIENT = "name: Acme\ncurrency: EUR\nreports: [small]\n"
ROWS = "id,who,opened,what\nC1,A,2026-09-01 08:30,late\nC2,B,2026-09-02,damage\n"

SOUND = {
    "params/house.yaml": HOUSE,
    "params/acme/client.yaml": CLIENT,
    "params/acme/contract.yaml": "start: 2024-01-01\nend: 2027-12-31\n",
    "params/acme/plan.yaml": "objectives:\n  - {title: Fewer claims}\n",
    "params/acme/2026Q3.yaml": "meeting: 2026-10-20\n",
    "params/acme/2026Q3.md": "## Delivery\nA steady quarter.\n",
    "params/borealis/client.yaml": "name: Borealis\ncurrency: EUR\nreports: [small]\n",
    "data/cases.csv": ROWS,
}
"""Every file of the sound workspace but its notebook."""


def write_sound(root: Path) -> Path:
    """Write the sound workspace into `root`."""
    for name, text in SOUND.items():
        put(name, text)(root)
    write_notebook(root / "notebooks" / "small.ipynb", HEADING)
    return root


@dataclass(frozen=True)
class Bad:
    """One bad input: what is changed, what is run, and what the one message must hold.

    `where` names the file and the place in it, `what` the mistake, `remedy` what mends it.
    `messages` is how many are told; more than one only where there are as many mistakes.
    """

    name: str
    change: Change
    where: str
    what: str
    remedy: str
    command: tuple[str, ...] = ("check",)
    code: int = 1
    messages: int = 1


@dataclass(frozen=True)
class Strange:
    """An input that looks bad and is sound: it must simply work, and give `used` rows."""

    name: str
    change: Change
    used: int = 2
    command: tuple[str, ...] = ("check", "--json")


def put(name: str, content: str | bytes) -> Change:
    """Write `content` as the file `name`; text is written letter by letter, line ends as given."""

    def change(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def swap(name: str, was: str, now: str) -> Change:
    """Replace the first `was` in the file `name`, which must hold it."""

    def change(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert was in text, f"{name} holds no {was!r}"
        (root / name).write_text(text.replace(was, now, 1), "utf-8")

    return change


def house(was: str, now: str) -> Change:
    """Replace text in house.yaml."""
    return swap("params/house.yaml", was, now)


def client(text: str) -> Change:
    """Add lines to acme's client.yaml; the first of them is line 4."""
    return put("params/acme/client.yaml", f"{CLIENT}{text}\n")


def added(line: str) -> Change:
    """Add a line to the source, below its cut-off: line 7 of house.yaml."""
    return house(_CUTOFF, f"{_CUTOFF}\n      {line}")


def column(text: str) -> Change:
    """Map category in another way, in line 11 of house.yaml."""
    return house(LAST, f"category: {text}")


def mistaken(
    name: str, change: Change, where: str, what: str, remedy: str, messages: int = 1
) -> Bad:
    """A mistake under params/: it ends with 2, whatever is run."""
    return Bad(name, change, where=where, what=what, remedy=remedy, code=2, messages=messages)


def together(*changes: Change) -> Change:
    """Do several changes, one after the other."""

    def change(root: Path) -> None:
        for one in changes:
            one(root)

    return change


def from_file(name: str, make: Change, *, more: str = "") -> Change:
    """Let the cases come from another file, which `make` leaves under data/."""
    added = f"data/{name}\n      {more}" if more else f"data/{name}"
    return together(make, house("data/cases.csv", added))
