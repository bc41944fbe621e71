"""To the door: manifest, approval, guard and mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.lazy import exported

if TYPE_CHECKING:
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

__getattr__ = exported(
    __name__,
    {
        "MANIFEST": "manifest",
        "Approval": "approval",
        "Entry": "manifest",
        "Manifest": "manifest",
        "Pack": "mail",
        "PackFile": "manifest",
        "approve": "approval",
        "approved": "approval",
        "client_files": "manifest",
        "client_hash": "manifest",
        "compose": "mail",
        "forbidden_words": "guard",
        "pack_entry": "manifest",
        "post": "mail",
        "read_manifest": "manifest",
        "search": "guard",
        "sha256": "manifest",
        "write_json": "manifest",
        "write_whole": "manifest",
    },
)
