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
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from reviewkit.errors import RenderError
from reviewkit.render import fonts
from reviewkit.render.charts import FONT_FOLDER
from reviewkit.render.document import Document
from reviewkit.render.typeset import typeset

_LOG = logging.getLogger("reviewkit.render")

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Dates a document that has no data cut-off; the clock is never read."""

_STANDARDS: tuple[tuple[Any, ...], ...] = (("ua-1", "a-2a"), ("ua-1",), ())
"""What is asked for, best first. A foreign notebook may settle for less; a review may not."""


def write_pdf(document: Document) -> bytes:
    """Return `document` as PDF/UA-1; the same document gives the same bytes.

    Characters that no font at hand can print are replaced and named in the log. Raises
    `RenderError` where a review cannot be set as PDF/UA-1; a foreign notebook then
    becomes a plain PDF and the log says why.
    """
    with tempfile.TemporaryDirectory(prefix="reviewkit-pdf-") as name:
        folder = Path(name)
        for template in files("reviewkit.render").joinpath("typst").iterdir():
            (folder / template.name).write_bytes(template.read_bytes())
        text = json.dumps(typeset(document, folder), ensure_ascii=False, sort_keys=True)
        printable, replaced = fonts.printable(text)
        if replaced:
            try:
                return _compile(folder, document, text, system_fonts=True)
            except RenderError:
                _LOG.warning(
                    "no font at hand prints %s; %s stands in its place. Install one that has it.",
                    ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in replaced),
                    fonts.SUBSTITUTE,
                )
        return _compile(folder, document, printable, system_fonts=False)


def _compile(folder: Path, document: Document, text: str, *, system_fonts: bool) -> bytes:
    (folder / "document.json").write_text(text, encoding="utf-8")
    date = document.front.generated or _EPOCH
    reason = ""
    for standards in _STANDARDS:
        if document.ours and "ua-1" not in standards:
            break
        try:
            compiled = typst.compile(
                str(folder / "review.typ"),
                root=str(folder),
                font_paths=[str(FONT_FOLDER)],
                ignore_system_fonts=not system_fonts,
                pdf_standards=list(standards),
                timestamp=int(date.timestamp()),
            )
        except typst.TypstError as error:
            reason = reason or _first_line(error)
            continue
        if not standards:
            _LOG.warning("plain PDF instead of PDF/UA-1: %s", reason)
        return bytes(compiled)
    raise RenderError(f"the PDF cannot be set as PDF/UA-1: {reason}")


def _first_line(error: typst.TypstError) -> str:
    text = re.sub(r"\s+", " ", str(error)).strip()
    return text[:400]
