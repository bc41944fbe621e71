"""nbconvert exporters: any executed notebook as an HTML file, a tagged PDF, a deck, a workbook."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode, ValidationError
from traitlets import Bool, Int, Unicode, default

from reviewkit.render.document import NUMBER, Document, read_document
from reviewkit.render.showing import RAW_TYPES, Showing


class _DocumentExporter(TemplateExporter):
    """Reads an executed notebook as a document. The notebook itself is never changed.

    nbconvert keeps the options that say what is shown (`--no-input`, `exclude_markdown`
    and so on) with its templates, so they are taken from there; no template is used.
    """

    show_code = Bool(
        None, allow_none=True, help="Show code cells; by default in foreign notebooks only."
    ).tag(config=True)

    longest_output = Int(
        Showing.longest,
        min=0,
        help="The most lines of a printed output; its middle is left out beyond. 0: no limit.",
    ).tag(config=True)

    @default("raw_mimetypes")
    def _raw(self) -> list[str]:
        return sorted(RAW_TYPES)

    def _document(
        self, nb: NotebookNode, resources: Any, **kw: Any
    ) -> tuple[Document, dict[str, Any]]:
        own = _Own(_copy(nb))
        for number, cell in enumerate(own.cells, start=1):
            cell.metadata[NUMBER] = number
        # The template's own step would render it: only what stands before it is wanted.
        seen, resources = Exporter.from_notebook_node(self, own, resources, **kw)
        name = str(resources.get("metadata", {}).get("name", ""))
        return read_document(seen, name, self._showing()), resources

    @default("optimistic_validation")
    def _validated_once(self) -> bool:
        # After the last preprocessor instead of after each, where there is one at all.
        return bool(self.default_preprocessors or self.preprocessors)

    def _validate_preprocessor(self, nbc: NotebookNode, preprocessor: Any) -> None:
        """Warn of a notebook that breaks its format's rules, and go on with what it holds."""
        try:
            super()._validate_preprocessor(nbc, preprocessor)
        except ValidationError as error:
            first = str(error).strip().splitlines()[0][:200]
            self.log.warning("the notebook breaks the rules of its format: %s", first)

    def _showing(self) -> Showing:
        raw = frozenset() if self.exclude_raw else frozenset(self.raw_mimetypes)
        return Showing(
            code=self.show_code,
            inputs=not self.exclude_input,
            outputs=not self.exclude_output,
            code_cells=not self.exclude_code_cell,
            markdown=not self.exclude_markdown,
            raw=raw,
            longest=self.longest_output,
        )

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Say through nbconvert's own log what cannot be carried."""
        logger = logging.getLogger("reviewkit.render")
        handler = _Forward(self.log)
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)


class _Own(NotebookNode):
    """A notebook that belongs to one export: the copies that nbconvert takes of it are itself.

    It takes three, whether or not a preprocessor is there to change anything.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> _Own:
        return self


def _copy(item: Any) -> Any:
    """Return a copy of a notebook or a part of it; it holds nothing but what JSON knows."""
    if isinstance(item, dict):
        made = type(item)()
        for key, value in item.items():
            # Past the node's own setter, which looks through each value once more.
            dict.__setitem__(made, key, _copy(value))
        return made
    return [_copy(value) for value in item] if isinstance(item, list) else item


class _Forward(logging.Handler):
    def __init__(self, log: Any) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log.log(record.levelno, record.getMessage())


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
        from reviewkit.render.ahead import draw_ahead
        from reviewkit.render.html import write_html

        with self._named():
            draw_ahead(nb, narrow=True)
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
        from reviewkit.render.ahead import draw_ahead
        from reviewkit.render.pdf import write_pdf

        with self._named():
            draw_ahead(nb, narrow=False)
            document, resources = self._document(nb, resources, **kw)
            return write_pdf(document), resources


class XlsxExporter(_DocumentExporter):
    """The figures behind tables and charts: `jupyter nbconvert --to reviewkit-xlsx`."""

    export_from_notebook = "reviewkit XLSX"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @default("file_extension")
    def _extension(self) -> str:
        return ".xlsx"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return the workbook and nbconvert's resources."""
        from reviewkit.render.xlsx import write_xlsx

        with self._named():
            document, resources = self._document(nb, resources, **kw)
            return write_xlsx(document), resources


class PptxExporter(_DocumentExporter):
    """A deck of native tables and charts: `jupyter nbconvert --to reviewkit-pptx`."""

    export_from_notebook = "reviewkit PPTX"
    output_mimetype = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    house_deck = Unicode(
        "", help="A .pptx whose layouts and theme the deck takes; by default our own."
    ).tag(config=True)

    @default("file_extension")
    def _extension(self) -> str:
        return ".pptx"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return the deck and nbconvert's resources."""
        from reviewkit.render.pptx import write_pptx

        house = Path(self.house_deck) if self.house_deck else None
        with self._named():
            document, resources = self._document(nb, resources, **kw)
            return write_pptx(document, house), resources
