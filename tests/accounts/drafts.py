"""A workspace to draft sources in, and the summary of what was proposed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reviewkit.accounts.suggest import Given, Proposal, suggest
from reviewkit.scaffold import init_workspace


def house(root: Path) -> Path:
    """A workspace without sources, as `reviewkit init` makes it, with a folder for data."""
    init_workspace(root)
    (root / "data").mkdir()
    return root


def export(root: Path, name: str, rows: Iterable[str], encoding: str = "utf-8") -> Path:
    """A text file under data/ with these lines, ended as Windows does."""
    path = root / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("\r\n".join([*rows, ""]).encode(encoding))
    return path


def propose(root: Path, *files: Path, slug: str = "acme", **given: Any) -> Proposal:
    """The proposal for `files`; times without an offset are taken to be of Berlin."""
    return suggest(root, files, Given(slug, **given), timezone="Europe/Berlin")


def columns(proposal: Proposal, place: int = 0) -> dict[str, Any]:
    """What stands under `columns:` of one draft: the source's column, or more."""
    return {
        entry.name: entry.given["column"] if set(entry.given) == {"column"} else dict(entry.given)
        for entry in proposal.drafts[place].entries
    }
