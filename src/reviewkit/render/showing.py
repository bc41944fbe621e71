"""What of a notebook is shown: by option, by tag, and by the habits of Jupyter Book and Quarto."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

RAW_TYPES = frozenset({"", "text/html", "text/latex", "text/markdown", "text/plain"})
"""Raw cells that a document can carry; those for other formats are left out."""


@dataclass(frozen=True)
class Showing:
    """What is asked for. `code` of `None`: in foreign notebooks only.

    `raw` names the media types of raw cells to show; `longest` is the most lines of one
    printed output (0: all of it).
    """

    code: bool | None = None
    inputs: bool = True
    outputs: bool = True
    code_cells: bool = True
    markdown: bool = True
    raw: frozenset[str] = RAW_TYPES
    longest: int = 400


@dataclass(frozen=True)
class Seen:
    """What is seen of one cell: its source, its outputs, and of these the warnings."""

    source: bool = True
    outputs: bool = True
    warnings: bool = True
    alt: str = ""


TAGS = {
    "hide-input": {"source"},
    "remove-input": {"source"},
    "hide-output": {"outputs"},
    "remove-output": {"outputs"},
    "remove-outputs": {"outputs"},
    "hide-cell": {"source", "outputs"},
    "remove-cell": {"source", "outputs"},
    "remove-stderr": {"warnings"},
}
"""Paper has nothing to unfold: what a book hides is left out."""

_OPTIONS = {
    "echo": {"source"},
    "output": {"outputs"},
    "include": {"source", "outputs"},
    "warning": {"warnings"},
}
"""What a Quarto option hides when it is false."""

_OPTION = re.compile(r"(?:#|//|--|%)\|\s*([\w-]+)\s*:\s*(.*)")


def seen(cell: NotebookNode, asked: Showing, *, with_code: bool) -> Seen:
    """Return what is seen of `cell`, by what is asked for, its tags and its options."""
    metadata = cell.get("metadata", {})
    hidden: set[str] = set()
    for tag in metadata.get("tags", ()):
        hidden |= TAGS.get(str(tag).replace("_", "-"), set())
    options = _options(str(cell.source)) if cell.cell_type == "code" else {}
    for name, value in options.items():
        if value == "false":
            hidden |= _OPTIONS.get(name, set())
    lab = metadata.get("jupyter") or {}
    if lab.get("source_hidden") or (metadata.get("transient") or {}).get("remove_source"):
        hidden.add("source")
    if lab.get("outputs_hidden"):
        hidden.add("outputs")
    is_code = cell.cell_type == "code"
    if is_code and not (asked.inputs and with_code):
        hidden.add("source")
    if not asked.outputs:
        hidden.add("outputs")
    if is_code and not asked.code_cells:
        hidden |= {"source", "outputs"}
    return Seen(
        source="source" not in hidden,
        outputs="outputs" not in hidden,
        warnings="warnings" not in hidden,
        alt=_quoted(options.get("fig-alt") or options.get("fig-cap") or ""),
    )


def without_options(source: str) -> str:
    """Return code without the option lines at its head."""
    lines = source.split("\n")
    while lines and _OPTION.match(lines[0].strip()):
        lines.pop(0)
    return "\n".join(lines).strip("\n")


def front_matter(notebook: NotebookNode) -> dict[str, Any]:
    """Return the YAML that a Quarto notebook begins with; {} where there is none."""
    first = notebook.cells[0] if notebook.cells else None
    if first is None or not is_front_matter(first, 0):
        return {}
    try:
        found = YAML(typ="safe").load(str(first.source).strip().strip("-"))
    except YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def is_front_matter(cell: NotebookNode, index: int) -> bool:
    """Tell whether a cell holds the document's YAML rather than its words."""
    text = str(cell.source).strip()
    return (
        index == 0
        and cell.cell_type == "raw"
        and bool(re.fullmatch(r"---\n.*\n---", text, re.DOTALL))
    )


def _options(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in source.split("\n"):
        match = _OPTION.match(line.strip())
        if not match:
            break
        found[match[1]] = match[2].strip()
    return found


def _quoted(text: str) -> str:
    return text.strip().strip("\"'")
