"""The typeface of pages, documents and charts, in the package that ships it."""

from __future__ import annotations

from pathlib import Path

import font_source_sans_pro

FONT = "Source Sans Pro"
"""The family's name, in charts as in the PDF."""

FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"

WEIGHTS = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf"}
"""The file of each weight that is used."""
