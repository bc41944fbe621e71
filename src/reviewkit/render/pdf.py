"""Documents as tagged PDF, set by Typst; the only module that knows typst.

The template reads the document as JSON from a folder that holds nothing else. What a
client is called never becomes markup.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from reviewkit.errors import RenderError
from reviewkit.render.charts import FONT_FOLDER
from reviewkit.render.document import Document
from reviewkit.render.glyphs import clean, named, replaced
from reviewkit.render.typeset import typeset

_LOG = logging.getLogger("reviewkit.render")

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Dates a document that has no data cut-off; the clock is never read."""

Standard = tuple[Literal["ua-1", "a-2a"], ...]

_ACCESSIBLE: tuple[Standard, ...] = (("ua-1", "a-2a"), ("ua-1",))
"""What is asked for, best first."""

_PLAIN: Standard = ()


def write_pdf(document: Document) -> bytes:
    """Return `document` as PDF/UA-1; the same document gives the same bytes.

    Characters that neither the typeface nor a font of this machine prints are replaced
    and named in the log. Raises `RenderError` where a review cannot be set as PDF/UA-1.
    A foreign notebook is then set without its pictures and formulas, and failing that as
    a plain PDF; the log says so.
    """
    try:
        return _attempt(document, _ACCESSIBLE)
    except typst.TypstError as error:
        reason = _first_line(error)
        if document.ours:
            raise RenderError(f"the PDF cannot be set as PDF/UA-1: {reason}") from error
    for bare, standards, said in (
        (True, _ACCESSIBLE, "pictures and formulas are left out"),
        (False, (_PLAIN,), "a plain PDF is made instead of PDF/UA-1"),
        (True, (_PLAIN,), "a plain PDF is made, without pictures and formulas"),
    ):
        try:
            pdf = _attempt(document, standards, bare=bare)
        except typst.TypstError as error:
            reason = _first_line(error)
        else:
            _LOG.warning("%s: %s", said, reason)
            return pdf
    raise RenderError(f"the notebook cannot be set as PDF: {reason}")


def _attempt(document: Document, standards: tuple[Standard, ...], *, bare: bool = False) -> bytes:
    with tempfile.TemporaryDirectory(prefix="reviewkit-pdf-") as name:
        folder = Path(name)
        for template in files("reviewkit.render").joinpath("typst").iterdir():
            (folder / template.name).write_bytes(template.read_bytes())
        data = clean(typeset(document, folder, bare=bare))
        job = _Job(folder, document.front.generated or _EPOCH)
        error: typst.TypstError | None = None
        for standard in standards:
            try:
                return _with_glyphs(job, data, standard)
            except typst.TypstError as found:
                error = error or found
        raise error or RuntimeError("no standard was asked for")


@dataclass(frozen=True)
class _Job:
    folder: Path
    date: dt.datetime

    def compile(self, data: Any, standard: Standard, *, system_fonts: bool) -> bytes:
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        (self.folder / "document.json").write_text(text, encoding="utf-8")
        return bytes(
            typst.compile(
                str(self.folder / "review.typ"),
                root=str(self.folder),
                font_paths=[str(FONT_FOLDER)],
                ignore_system_fonts=not system_fonts,
                pdf_standards=list(standard),
                timestamp=int(self.date.timestamp()),
            )
        )


def _with_glyphs(job: _Job, data: Any, standard: Standard) -> bytes:
    """Compile; for signs that the typeface lacks look further, then replace them."""
    try:
        return job.compile(data, standard, system_fonts=False)
    except typst.TypstError as error:
        missing = _missing(error)
        if not missing:
            raise
    # Only now are the machine's own fonts looked at, so that other documents do not
    # depend on them.
    try:
        return job.compile(data, standard, system_fonts=True)
    except typst.TypstError as error:
        still = _missing(error) or missing
    _LOG.warning(
        "no font at hand prints %s; a box stands in place. Install a font that has it.",
        named(still),
    )
    return job.compile(replaced(data, still), standard, system_fonts=still != missing)


def _missing(error: typst.TypstError) -> frozenset[str]:
    """Return the signs that Typst names as having no glyph."""
    found = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
    return frozenset("".join(found))


def _first_line(error: typst.TypstError) -> str:
    return re.sub(r"\s+", " ", error.message).strip()[:400]
