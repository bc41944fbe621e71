"""All formats of one executed notebook, which is read once for them all.

The exporters give the same bytes, each for itself; a test holds them to that.
"""

from __future__ import annotations

from collections.abc import Callable

from nbformat import NotebookNode

from reviewkit.render.document import Document, read_document
from reviewkit.render.html import write_html
from reviewkit.render.pdf import write_pdf
from reviewkit.render.picture import first_page


def _html(document: Document) -> bytes:
    return write_html(document).encode()


def _xlsx(document: Document) -> bytes:
    from reviewkit.render.xlsx import write_xlsx

    return write_xlsx(document)


def _pptx(document: Document) -> bytes:
    from reviewkit.render.pptx import write_pptx

    return write_pptx(document)


FORMATS: dict[str, Callable[[Document], bytes]] = {
    "html": _html,
    "pdf": write_pdf,
    "png": first_page,
    "pptx": _pptx,
    "xlsx": _xlsx,
}
"""What writes a document in a format, by the ending of its file; a picture is of the first page."""


def write(notebook: NotebookNode, name: str, formats: tuple[str, ...]) -> dict[str, bytes]:
    """Return `notebook` in each of `formats`; raises `RenderError` where one cannot be made."""
    document = read_document(notebook, name)
    return {suffix: FORMATS[suffix](document) for suffix in formats}
