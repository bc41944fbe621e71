"""The first page of a document as a small picture."""

from __future__ import annotations

import dataclasses
import tempfile
from itertools import takewhile
from pathlib import Path

from reviewkit.blocks import Heading
from reviewkit.render.document import Document
from reviewkit.render.parts import Part
from reviewkit.render.pdf import set_picture

DOTS_PER_INCH = 48.0
"""A page of A4 becomes about 400 by 560 pixels."""


def first_page(document: Document) -> bytes:
    """Return the first page of a review as PNG; raises `RenderError` where it cannot be set.

    What follows a heading that opens a new page is not laid out.
    """
    short = dataclasses.replace(document, parts=_first(document.parts))
    with tempfile.TemporaryDirectory(prefix="reviewkit-picture-") as name:
        return set_picture(short, Path(name), DOTS_PER_INCH)


def _first(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    def opens(part: Part) -> bool:
        return isinstance(part, Heading) and part.role == "page"

    head, rest = parts[:1], parts[1:]
    return (*head, *takewhile(lambda part: not opens(part), rest))
