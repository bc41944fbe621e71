"""What a pack says of itself: one entry per report and audience, read back and verified."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from reviewkit.blocks import Audience
from reviewkit.errors import ReleaseError

MANIFEST = "manifest.json"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PackFile(_Model):
    """One file of a report, named beside the manifest."""

    name: str
    sha256: str
    bytes: int


class Entry(_Model):
    """One report for one audience: its files, and the hashes of all that went into them.

    `tables` holds the hash of each file of its extract; `headline` is the one sentence that
    its first page says.
    """

    report: str
    audience: Audience
    title: str
    files: tuple[PackFile, ...]
    inputs: str
    notebook: str
    parameters: str
    key: str
    versions: dict[str, str]
    cutoff: str
    tables: dict[str, str] = {}
    engine: str = "reviewkit"
    headline: str = ""


class Manifest(_Model):
    """``manifest.json``: what stands in a folder of reports."""

    client: str
    period: str
    entries: tuple[Entry, ...]

    def entry(self, report: str, audience: Audience) -> Entry | None:
        """Return the entry of a report, `None` where it was not built."""
        for entry in self.entries:
            if (entry.report, entry.audience) == (report, audience):
                return entry
        return None


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest in `folder`; raises `ReleaseError` where there is none, or no whole one."""
    path = folder / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        client, period = folder.parts[-2:]
        again = f"reviewkit build {client} --period {period}"
        where = f"reports/{client}/{period}"
        raise ReleaseError(f"{where}: nothing has been built here. Build it: {again}") from error
    except (OSError, ValidationError) as error:
        raise ReleaseError(f"{path}: cannot be read. Build again with --force.") from error


def pack_entry(folder: Path, report: str, audience: Audience) -> Entry | None:
    """Return a report's entry in the manifest in `folder`; `None` where nothing whole says so."""
    try:
        return read_manifest(folder).entry(report, audience)
    except ReleaseError:
        return None


def write_json(path: Path, data: Any) -> None:
    """Write `data` as JSON, whole or not at all, keys in order."""
    text = json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_whole(path, text.encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path` and rename: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def client_files(folder: Path, manifest: Manifest) -> list[tuple[Entry, Path]]:
    """Return the client-facing files of a pack, each as it was built.

    Raises `ReleaseError` for one that is missing or no longer has its hash.
    """
    found = []
    for entry in manifest.entries:
        if entry.audience != "client":
            continue
        for file in entry.files:
            path = folder / file.name
            if not path.is_file():
                raise ReleaseError(f"{path}: is missing. Build again.")
            if sha256(path) != file.sha256:
                raise ReleaseError(f"{path}: was changed after the build. Build it with --force.")
            found.append((entry, path))
    if not found:
        raise ReleaseError(f"{folder}: holds no report for the client. Build one first.")
    return found


def client_hash(manifest: Manifest) -> str:
    """Return one hash over the client-facing files: names and contents, nothing internal."""
    lines = sorted(
        f"{file.sha256}  {file.name}"
        for entry in manifest.entries
        if entry.audience == "client"
        for file in entry.files
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
