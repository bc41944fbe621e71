"""To the door: manifest, approval, guard and mail."""

from reviewkit.release.approval import Approval, approve, approved
from reviewkit.release.guard import forbidden_words, search
from reviewkit.release.mail import Pack, compose, post
from reviewkit.release.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    PackFile,
    client_files,
    client_hash,
    pack_entry,
    read_manifest,
    sha256,
    write_json,
    write_whole,
)

__all__ = [
    "MANIFEST",
    "Approval",
    "Entry",
    "Manifest",
    "Pack",
    "PackFile",
    "approve",
    "approved",
    "client_files",
    "client_hash",
    "compose",
    "forbidden_words",
    "pack_entry",
    "post",
    "read_manifest",
    "search",
    "sha256",
    "write_json",
    "write_whole",
]
