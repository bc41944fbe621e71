"""Blocks as HTML fragments, for the notebook and for the page alike."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from reviewkit.blocks import Block
from reviewkit.markup.fragments import Fragments
from reviewkit.markup.tables import status_html

__all__ = ["Fragments", "notebook_html", "status_html", "styles", "to_html"]


def to_html(block: Block) -> str:
    """Return `block` as an HTML fragment that needs nothing but `styles`."""
    return Fragments().html(block)


@cache
def styles() -> str:
    """Return the style sheet of the fragments, the same for notebook and page."""
    return files("reviewkit.markup").joinpath("blocks.css").read_text(encoding="utf-8")


def notebook_html(block: Block) -> str:
    """Return `block` with its styles, to stand alone in a notebook's output."""
    return f'<div class="rk"><style>{styles()}</style>{to_html(block)}</div>'
