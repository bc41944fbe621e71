"""Where things that more than one command knows of lie in a workspace."""

from __future__ import annotations

from pathlib import Path

REPORTS = Path("reports")
GALLERY = REPORTS / "index.html"
PICTURES = REPORTS / "pictures"
OUTBOX = Path("outbox")
