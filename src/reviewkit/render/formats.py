"""All formats of one executed notebook, which is read once for them all.

The exporters give the same bytes, each for itself; a test holds them to that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode

from reviewkit.render.document import Document, read_document
from reviewkit.render.html import write_html
from reviewkit.render.pdf import write_pdf
from reviewkit.render.picture import first_page


def _html(document: Document, _: Path | None) -> bytes:
    return write_html(document).encode()


def _pdf(document: Document, _: Path | None) -> bytes:
    return write_pdf(document)


def _png(document: Document, _: Path | None) -> bytes:
    return first_page(document)


def _xlsx(document: Document, _: Path | None) -> bytes:
    from reviewkit.render.xlsx import write_xlsx

    return write_xlsx(document)


def _pptx(document: Document, deck: Path | None) -> bytes:
    from reviewkit.render.pptx import write_pptx

    return write_pptx(document, deck)


FORMATS: dict[str, Callable[[Document, Path | None], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "png": _png,
    "pptx": _pptx,
    "xlsx": _xlsx,
}
"""What writes a document in a format, by the ending of its file; a picture is of the first page."""


def write(
    notebook: NotebookNode, name: str, formats: tuple[str, ...], deck: Path | None = None
) -> dict[str, bytes]:
    """Return `notebook` in each of `formats`, its slides in the house's `deck` where it has one.

    Raises `RenderError` where one cannot be made.
    """
    document = read_document(notebook, name)
    return {suffix: FORMATS[suffix](document, deck) for suffix in formats}
