"""nbconvert exporters: any executed notebook as one HTML file, or as a tagged PDF."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Bool, default

from reviewkit.render.document import Document, read_document


class _DocumentExporter(Exporter):
    """Reads an executed notebook as a document. The notebook itself is never changed."""

    show_code = Bool(
        None, allow_none=True, help="Show code cells; by default in foreign notebooks only."
    ).tag(config=True)

    def _document(
        self, nb: NotebookNode, resources: Any, **kw: Any
    ) -> tuple[Document, dict[str, Any]]:
        copy, resources = super().from_notebook_node(deepcopy(nb), resources, **kw)
        name = str(resources.get("metadata", {}).get("name", ""))
        return read_document(copy, name, show_code=self.show_code), resources


class HtmlExporter(_DocumentExporter):
    """One HTML file without any request: `jupyter nbconvert --to reviewkit-html`."""

    export_from_notebook = "reviewkit HTML"
    output_mimetype = "text/html"

    @default("file_extension")
    def _extension(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources."""
        from reviewkit.render.html import write_html

        document, resources = self._document(nb, resources, **kw)
        return write_html(document), resources


class PdfExporter(_DocumentExporter):
    """A tagged PDF without LaTeX or a browser: `jupyter nbconvert --to reviewkit-pdf`."""

    export_from_notebook = "reviewkit PDF"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _extension(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return the PDF and nbconvert's resources."""
        from reviewkit.render.pdf import write_pdf

        document, resources = self._document(nb, resources, **kw)
        return write_pdf(document), resources
