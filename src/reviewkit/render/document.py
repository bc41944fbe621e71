"""An executed notebook as a document: what it is, and its parts in reading order.

A part is a block, or something foreign that a notebook may hold: HTML, an image, code,
plain text. The notebook itself is never changed.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from nbformat import NotebookNode
from pydantic import ValidationError

from reviewkit.blocks import MIME, Block, Chart, Front, Group, Heading, Markdown, from_json
from reviewkit.errors import RenderError

INTERNAL_TAG = "internal"
"""Cells so tagged are dropped from a client's document, however they came to be there."""


@dataclass(frozen=True)
class HtmlPart:
    """HTML of an analyst's own making, such as a DataFrame."""

    html: str


@dataclass(frozen=True)
class ImagePart:
    """A picture and what it shows."""

    mime: str
    data: bytes
    alt: str


@dataclass(frozen=True)
class CodePart:
    """Source code."""

    source: str
    language: str


@dataclass(frozen=True)
class TextPart:
    """Plain text as a program printed it."""

    text: str


Part = Block | HtmlPart | ImagePart | CodePart | TextPart


@dataclass(frozen=True)
class Document:
    """A document: its identity, and everything it shows. `ours` tells that it is a review."""

    front: Front
    parts: tuple[Part, ...]
    ours: bool


def read_document(
    notebook: NotebookNode, name: str = "", show_code: bool | None = None
) -> Document:
    """Return what `notebook` shows.

    A notebook without a `Front` gets one from its title, first heading or `name`. Code is
    shown where `show_code` says so; by default in foreign notebooks only. Raises
    `RenderError` for a block of ours that cannot be read.
    """
    front = next((block for block in _blocks(notebook) if isinstance(block, Front)), None)
    with_code = front is None if show_code is None else show_code
    parts: list[Part] = []
    for cell in notebook.cells:
        hidden = INTERNAL_TAG in cell.metadata.get("tags", ())
        if hidden and front is not None and front.audience == "client":
            continue
        parts += _cell_parts(cell, notebook, with_code)
    return Document(
        front=front or _front_of(notebook, name),
        parts=tuple(part for part in parts if not isinstance(part, Front)),
        ours=front is not None,
    )


class Levels:
    """Gives headings their level by what stands before them, so that none is skipped."""

    DEPTH: ClassVar[dict[str, int]] = {"headline": 1, "page": 2, "section": 3, "finding": 4}

    def __init__(self) -> None:
        self._open: list[int] = []

    def of(self, heading: Heading) -> int:
        """Return the level of the next heading in reading order, 1 for the first."""
        return self.at(self.DEPTH[heading.role])

    def at(self, depth: int) -> int:
        """Return the level of a heading that stands `depth` deep by its own account."""
        self._open = [*(item for item in self._open if item < depth), depth]
        return len(self._open)


def flat(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return `parts` with groups that need not be kept together opened."""
    out: list[Part] = []
    for part in parts:
        if isinstance(part, Group) and not part.keep:
            out += flat(part.blocks)
        else:
            out.append(part)
    return tuple(out)


def _blocks(notebook: NotebookNode) -> Iterator[Block]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if MIME in data:
                yield _block(data[MIME])


def _block(data: Any) -> Block:
    try:
        return from_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RenderError(
            f"a block in the notebook cannot be read: {place}: {first['msg']}. "
            "Was it written by another version of reviewkit? Run the notebook again."
        ) from error


def _cell_parts(cell: NotebookNode, notebook: NotebookNode, with_code: bool) -> list[Part]:
    if cell.cell_type == "markdown":
        return [Markdown(source=_attached(cell))] if cell.source.strip() else []
    if cell.cell_type != "code":
        return [TextPart(cell.source)] if cell.source.strip() and with_code else []
    parts: list[Part] = []
    if with_code and cell.source.strip():
        language = notebook.metadata.get("kernelspec", {}).get("language", "python")
        parts.append(CodePart(cell.source, language))
    for output in cell.outputs:
        parts += _OUTPUTS.get(output.output_type, _nothing)(output)
    return parts


def _attached(cell: NotebookNode) -> str:
    """Return Markdown with attachments written out as data addresses."""
    source = str(cell.source)
    for name, bundle in cell.get("attachments", {}).items():
        for mime, data in bundle.items():
            source = source.replace(f"attachment:{name}", f"data:{mime};base64,{data}")
    return source


def _stream(output: NotebookNode) -> list[Part]:
    return [TextPart(_plain(output.text))] if output.text.strip() else []


def _error(output: NotebookNode) -> list[Part]:
    return [TextPart(_plain("\n".join(output.traceback) or f"{output.ename}: {output.evalue}"))]


def _display(output: NotebookNode) -> list[Part]:
    for mime, read in _MIMES:
        if mime in output.data:
            return read(output.data[mime], mime, output)
    return []


def _nothing(_: NotebookNode) -> list[Part]:
    return []


_OUTPUTS: dict[str, Callable[[NotebookNode], list[Part]]] = {
    "stream": _stream,
    "error": _error,
    "display_data": _display,
    "execute_result": _display,
}


def _of_block(data: Any, _mime: str, _output: NotebookNode) -> list[Part]:
    return [_block(data)]


def _of_chart(data: Any, _mime: str, _output: NotebookNode) -> list[Part]:
    spec = dict(data)
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    alt = spec.get("description") or str(text) or "Chart"
    return [Chart(spec=spec, alt=alt)]


def _of_image(data: Any, mime: str, output: NotebookNode) -> list[Part]:
    alt = str(output.data.get("text/plain", "")).strip() or "Image"
    if mime == "image/svg+xml":
        return [ImagePart(mime, _text(data).encode(), alt)]
    try:
        return [ImagePart(mime, base64.b64decode(_text(data)), alt)]
    except (binascii.Error, ValueError):
        return [TextPart(alt)]


def _of_markdown(data: Any, _mime: str, _output: NotebookNode) -> list[Part]:
    return [Markdown(source=_text(data))]


def _of_html(data: Any, _mime: str, _output: NotebookNode) -> list[Part]:
    return [HtmlPart(_text(data))]


def _of_latex(data: Any, _mime: str, _output: NotebookNode) -> list[Part]:
    return [Markdown(source=_text(data))]


def _of_text(data: Any, _mime: str, _output: NotebookNode) -> list[Part]:
    return [TextPart(_plain(_text(data)))] if _text(data).strip() else []


_MIMES: tuple[tuple[str, Callable[[Any, str, NotebookNode], list[Part]]], ...] = (
    (MIME, _of_block),
    ("application/vnd.vegalite.v6+json", _of_chart),
    ("application/vnd.vegalite.v5+json", _of_chart),
    ("image/svg+xml", _of_image),
    ("image/png", _of_image),
    ("image/jpeg", _of_image),
    ("text/markdown", _of_markdown),
    ("text/html", _of_html),
    ("text/latex", _of_latex),
    ("text/plain", _of_text),
)
"""What is taken of an output, best first."""


def _front_of(notebook: NotebookNode, name: str) -> Front:
    title = notebook.metadata.get("title") or _first_heading(notebook) or name or "Notebook"
    return Front(client="", report=str(title), period="", provider="", title=str(title))


def _first_heading(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            match = re.search(r"^#{1,3}\s+(.+?)\s*#*$", cell.source, re.MULTILINE)
            if match:
                return match[1]
    return ""


def _text(data: Any) -> str:
    return "".join(data) if isinstance(data, list) else str(data)


def _plain(text: str) -> str:
    """Return text as it would stand on paper: no escape sequences, no overwritten lines."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07", "", _text(text))
    lines = [line.rsplit("\r", 1)[-1] for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).rstrip("\n")
