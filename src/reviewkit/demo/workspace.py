"""The demo's own parameters and notebooks, from the repository or from the installed package."""

from __future__ import annotations

from pathlib import Path

import reviewkit
from reviewkit.errors import SourceError

FOLDERS = ("params", "notebooks")
SUFFIXES = (".yaml", ".md", ".ipynb", ".yml", ".scss", ".typ", ".py", ".svg")


def own_files() -> dict[str, bytes]:
    """Return the demo workspace's files by their path in it; raises `SourceError` if absent."""
    package = Path(reviewkit.__file__).resolve().parent
    # A wheel carries them inside; in an editable checkout they lie at the repository's root.
    for root in (package / "_workspace", package.parents[1]):
        if (root / "params" / "house.yaml").is_file():
            return {
                path.relative_to(root).as_posix(): path.read_bytes()
                for folder in FOLDERS
                for path in sorted((root / folder).rglob("*"))
                if path.suffix in SUFFIXES and ".ipynb_checkpoints" not in path.parts
            }
    raise SourceError(
        f"{package} carries neither the demo's parameters nor its notebooks: install reviewkit "
        "from its wheel, or from a checkout with pip install -e ."
    )
