"""The versions that a report's bytes depend on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import reviewkit

_LIBRARIES = (
    "altair",
    "nbconvert",
    "pandas",
    "papermill",
    "reviewkit",
    "typst",
    "mini-racer",
)
_CODE = (".py", ".typ", ".css", ".js", ".html")


@cache
def package_hash() -> str:
    """Return one hash over the package's own files and the libraries that set the pages."""
    root = Path(reviewkit.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in _CODE:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    digest.update(repr(sorted(versions().items())).encode())
    return digest.hexdigest()


@cache
def versions() -> dict[str, str]:
    """Return the versions that an outcome depends on."""
    return {name: version(name) for name in _LIBRARIES}
