"""Where things that more than one command knows of lie in a workspace."""

from __future__ import annotations

from pathlib import Path

REPORTS = Path("reports")
PREVIEW = Path(".reviewkit", "preview")
"""Reports that are being written, beside the packs: none of them is ever sent."""
GALLERY = REPORTS / "index.html"
PICTURES = REPORTS / "pictures"
OUTBOX = Path("outbox")
