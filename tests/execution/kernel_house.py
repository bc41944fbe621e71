"""A little workspace with an extract in it, and a notebook made of a few cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from reviewkit.execution import Run, run_notebook

PARAMETERS = 'client = "acme"\nperiod = "2026Q3"\naudience = "client"'


def code(source: str, *tags: str) -> Any:
    return new_code_cell(source, metadata={"tags": list(tags)} if tags else {})


def prose(source: str, *tags: str) -> Any:
    return new_markdown_cell(source, metadata={"tags": list(tags)} if tags else {})


def parameters() -> Any:
    return code(PARAMETERS, "parameters")


class House:
    """A workspace: parameters that are not to be read, an extract that is, a home folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.extract = root / ".reviewkit" / "extracts" / "acme"
        self.extract.mkdir(parents=True)
        (self.extract / "extract.json").write_text('{"client": "acme"}', encoding="utf-8")
        (root / "params").mkdir()
        (root / "params" / "house.yaml").write_text("password: plum", encoding="utf-8")
        self.failed = root / ".reviewkit" / "failed" / "acme.ipynb"
        self.executed = root / ".reviewkit" / "executed" / "acme.ipynb"

    def write(self, cells: Iterable[Any]) -> Path:
        path = self.root / "notebooks" / "review.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=list(cells)), path)
        return path

    def run(self, *cells: Any, ran: Callable[[Any], None] | None = None, **changes: Any) -> Any:
        """Run a notebook of `cells` and return the executed one."""
        given: dict[str, Any] = {
            "name": "acme review",
            "notebook": self.write(cells),
            "extract": self.extract,
            "audience": "client",
            "parameters": {},
            "executed": self.executed,
            "failed": self.failed,
        }
        return run_notebook(Run(**(given | changes)), ran)
