"""The extract: all that one run may know, written to a folder and read back."""

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
