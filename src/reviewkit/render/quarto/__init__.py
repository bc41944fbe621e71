"""Executed notebooks by way of the Quarto command line, where it is installed.

The notebook is read as for every other format, and handed over in the forms that Quarto
reads: Markdown, SVG and HTML that hold nothing that could be taken for an instruction.
"""

from __future__ import annotations

from reviewkit.render.quarto.prepare import filtered, prepared
from reviewkit.render.quarto.program import quarto_program
from reviewkit.render.quarto.render import FORMATS, extension_folder, render_quarto

__all__ = [
    "FORMATS",
    "extension_folder",
    "filtered",
    "prepared",
    "quarto_program",
    "render_quarto",
]
