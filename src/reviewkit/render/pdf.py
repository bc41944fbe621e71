"""Documents as tagged PDF, set by Typst; the only module that knows typst.

The template reads the document as JSON from a folder that holds nothing else. What a
client is called never becomes markup.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from reviewkit.errors import RenderError
from reviewkit.render.document import Document
from reviewkit.render.glyphs import clean, named, replaced
from reviewkit.render.mending import mended
from reviewkit.render.notes import Notes
from reviewkit.render.pagination import End, share_pages, worth_tightening
from reviewkit.render.parts import ImagePart
from reviewkit.render.typeface import FONT_FOLDER
from reviewkit.render.typeset import typeset

PDF = "application/pdf"

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
    In a foreign notebook damaged pictures and formulas are left out, each named in the
    log. A PDF as picture cannot stand in PDF/UA-1: with one the file is tagged, but claims
    no standard.
    """
    notes = Notes()
    if document.ours:
        try:
            return _attempt(document, _ACCESSIBLE, notes)
        except typst.TypstError as error:
            raise RenderError(f"the PDF cannot be set as PDF/UA-1: {_first_line(error)}") from error
    embeds = any(isinstance(part, ImagePart) and part.mime == PDF for part in document.parts)
    if embeds:
        notes.add(0, "a PDF stands as picture: the file is tagged, but cannot claim PDF/UA-1")
    for bare, standards, said in (
        (False, (_PLAIN,) if embeds else _ACCESSIBLE, ""),
        (True, _ACCESSIBLE, "pictures and formulas are left out"),
        (False, (_PLAIN,), "a plain PDF is made instead of PDF/UA-1"),
        (True, (_PLAIN,), "a plain PDF is made, without pictures and formulas"),
    ):
        try:
            pdf = _attempt(document, standards, notes, bare=bare)
        except typst.TypstError as error:
            reason = _first_line(error)
        else:
            if said:
                notes.add(0, f"{said}: {reason}")
            return pdf
    raise RenderError(f"the notebook cannot be set as PDF: {reason}")


def set_picture(document: Document, folder: Path, dots_per_inch: float) -> bytes:
    """Return the first page that Typst sets of `document`, as PNG; works in `folder`.

    Raises `RenderError` where nothing can be set.
    """
    try:
        job = _prepared(document, folder)
        data = _laid_out(job, document, Notes())
        made = job.picture(data, dots_per_inch)
    except typst.TypstError as error:
        raise RenderError(f"the first page cannot be set: {_first_line(error)}") from error
    return bytes(made[0] if isinstance(made, list) else made)


def svg_png(svg: bytes, scale: float = 3.0) -> bytes:
    """Return an SVG as PNG, `scale` dots to a pixel; what it leaves bare shows through.

    Raises `RenderError` where it cannot be drawn.
    """
    with tempfile.TemporaryDirectory(prefix="reviewkit-picture-") as name:
        folder = Path(name)
        (folder / "picture.svg").write_bytes(svg)
        (folder / "picture.typ").write_text(_PICTURE, encoding="utf-8")
        try:
            return bytes(
                typst.compile(
                    str(folder / "picture.typ"),
                    root=name,
                    font_paths=_fonts(system=False),
                    format="png",
                    ppi=scale * _PIXELS_PER_INCH,
                )
            )
        except typst.TypstError as error:
            raise RenderError(f"a picture cannot be drawn: {_first_line(error)[:200]}") from error


_PICTURE = """\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("picture.svg")
"""

_PIXELS_PER_INCH = 96
"""What CSS, and with it SVG, takes a pixel for."""


def _prepared(document: Document, folder: Path) -> _Job:
    for template in files("reviewkit.render").joinpath("typst").iterdir():
        (folder / template.name).write_bytes(template.read_bytes())
    return _Job(folder, document.front.generated or _EPOCH)


def _laid_out(job: _Job, document: Document, notes: Notes, *, bare: bool = False) -> Any:
    """Return the template's data; in a review chapters share pages, and are set tight for it."""
    data = clean(typeset(document, job.folder, notes, bare=bare))
    if document.ours:
        top = data["top"] + data["band"]
        room = data["height"] - top - data["bottom"]
        ends = job.ends(data, top)
        tight = job.ends(data | {"tight": True}, top) if worth_tightening(ends, room) else []
        share_pages(data["parts"], ends, room, tight)
    return data


def _attempt(
    document: Document, standards: tuple[Standard, ...], notes: Notes, *, bare: bool = False
) -> bytes:
    with tempfile.TemporaryDirectory(prefix="reviewkit-pdf-") as name:
        folder = Path(name)
        job = _prepared(document, folder)
        data = _laid_out(job, document, notes, bare=bare)
        try:
            return _first_of(standards, job, data, notes)
        except typst.TypstError:
            if document.ours or not mended(data, job.holds, notes):
                raise
        return _first_of(standards, job, data, notes)


def _first_of(standards: tuple[Standard, ...], job: _Job, data: Any, notes: Notes) -> bytes:
    error: typst.TypstError | None = None
    for standard in standards:
        try:
            return _with_glyphs(job, data, standard, notes)
        except typst.TypstError as found:
            error = error or found
    raise error or RuntimeError("no standard was asked for")


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    """Return the typeface and what Typst brings, with the machine's own fonts if `system`."""
    return typst.Fonts(include_system_fonts=system, font_paths=[str(FONT_FOLDER)])


@dataclass(frozen=True)
class _Job:
    folder: Path
    date: dt.datetime

    def compile(self, data: Any, standard: Standard, *, system_fonts: bool) -> bytes:
        self._write(data)
        return bytes(
            typst.compile(
                str(self.folder / "review.typ"),
                root=str(self.folder),
                font_paths=_fonts(system=system_fonts),
                pdf_standards=list(standard),
                timestamp=int(self.date.timestamp()),
            )
        )

    def picture(self, data: Any, dots_per_inch: float) -> bytes | list[bytes]:
        """Return each page as PNG, a single one by itself."""
        self._write(data)
        made: bytes | list[bytes] = typst.compile(
            str(self.folder / "review.typ"),
            root=str(self.folder),
            font_paths=_fonts(system=False),
            format="png",
            ppi=dots_per_inch,
        )
        return made

    def ends(self, data: Any, top: float) -> list[End]:
        """Return where each chapter ends, on pages whose text begins `top` points down."""
        self._write(data)
        found = typst.query(
            str(self.folder / "review.typ"),
            "<chapter-end>",
            field="value",
            root=str(self.folder),
            font_paths=_fonts(system=False),
        )
        return [End(int(at["page"]), float(at["y"]) - top) for at in json.loads(found)]

    def _write(self, data: Any) -> None:
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        (self.folder / "document.json").write_text(text, encoding="utf-8")

    def holds(self, item: dict[str, Any]) -> bool:
        """Tell whether a picture or formula can be set by itself."""
        (self.folder / "tried.json").write_text(json.dumps(item), encoding="utf-8")
        (self.folder / "tried.typ").write_text(_TRIAL, encoding="utf-8")
        try:
            typst.compile(
                str(self.folder / "tried.typ"), root=str(self.folder), ignore_system_fonts=True
            )
        except typst.TypstError:
            return False
        return True


_TRIAL = """\
#let item = json("tried.json")
#if "typst" in item { math.equation(eval(item.typst, mode: "math")) } else { image(item.file) }
"""


def _with_glyphs(job: _Job, data: Any, standard: Standard, notes: Notes) -> bytes:
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
    notes.add(
        0,
        f"no font at hand prints {named(still)}; a box stands in place. "
        "Install a font that has it.",
    )
    return job.compile(replaced(data, still), standard, system_fonts=still != missing)


def _missing(error: typst.TypstError) -> frozenset[str]:
    """Return the signs that Typst names as having no glyph."""
    found = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
    return frozenset("".join(found))


def _first_line(error: typst.TypstError) -> str:
    return re.sub(r"\s+", " ", error.message).strip()[:400]
