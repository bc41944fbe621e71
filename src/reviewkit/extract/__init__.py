"""The extract: all that one run may know, written to a folder and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.lazy import exported

if TYPE_CHECKING:
    from reviewkit.extract.model import Extract, HouseFacts, Manifest
    from reviewkit.extract.read import read_extract
    from reviewkit.extract.write import extract_folder, write_extracts

__all__ = [
    "Extract",
    "HouseFacts",
    "Manifest",
    "extract_folder",
    "read_extract",
    "write_extracts",
]

__getattr__ = exported(
    __name__,
    {
        "Extract": "model",
        "HouseFacts": "model",
        "Manifest": "model",
        "extract_folder": "write",
        "read_extract": "read",
        "write_extracts": "write",
    },
)
