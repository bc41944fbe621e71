"""Writes the generated pages of the documentation: ``python -m reviewkit.reference docs``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from reviewkit.accounts import reference as tables
from reviewkit.accounts.checks import reference as checks
from reviewkit.metrics import docs as metrics
from reviewkit.params import reference as parameters

PAGES: dict[str, Callable[[], str]] = {
    "checks.md": checks.page,
    "metrics.md": metrics.page,
    "parameters.md": parameters.page,
    "tables.md": tables.page,
}
"""Generated pages by file name; a test holds each to its generator."""


def main(folder: Path) -> None:
    """Write every generated page into `folder`."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
