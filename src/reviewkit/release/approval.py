"""Approvals: a person vouches for the very files that will leave the house."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from reviewkit.errors import ReleaseError
from reviewkit.release.manifest import client_files, client_hash, read_manifest, write_json

APPROVAL = "approval.json"


class Approval(BaseModel):
    """Who approved which client-facing files, and when. A record of an act, not an output.

    `agreed` is what the reports were told to have been agreed, by audience: the reviews after
    it tell what became of that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    client: str
    period: str
    by: str
    at: dt.datetime
    hash: str
    files: dict[str, str]
    agreed: dict[str, Any] = {}


def approve(
    folder: Path, by: str, at: dt.datetime, agreed: dict[str, Any] | None = None
) -> Approval:
    """Bind an approval by `by` to the client-facing files in `folder`.

    A rebuilt internal version voids nothing; any change of a client-facing file does.
    Raises `ReleaseError` for files that are missing or changed since the build.
    """
    name = " ".join(by.split())
    if not name:
        raise ReleaseError("an approval needs the name of who gives it: --by NAME.")
    manifest = read_manifest(folder)
    files = client_files(folder, manifest)
    approval = Approval(
        client=manifest.client,
        period=manifest.period,
        by=name,
        at=at,
        hash=client_hash(manifest),
        files={
            file.name: file.sha256
            for entry in manifest.entries
            if entry.audience == "client"
            for file in entry.files
        },
        agreed=agreed or {},
    )
    assert len(files) == len(approval.files)  # noqa: S101 - both come from one manifest
    write_json(folder / APPROVAL, approval.model_dump(mode="json"))
    return approval


def approved(folder: Path) -> Approval:
    """Return the approval of `folder` that still holds; raises `ReleaseError` saying why none."""
    manifest = read_manifest(folder)
    client_files(folder, manifest)
    again = f"reviewkit approve {manifest.client} --period {manifest.period} --by NAME"
    try:
        text = (folder / APPROVAL).read_text(encoding="utf-8")
        approval = Approval.model_validate_json(text)
    except FileNotFoundError as error:
        raise ReleaseError(
            f"{manifest.client} {manifest.period} is not approved. Read it, then: {again}"
        ) from error
    except (OSError, ValidationError) as error:
        raise ReleaseError(
            f"{folder / APPROVAL}: cannot be read. Approve again: {again}"
        ) from error
    if approval.hash != client_hash(manifest):
        raise ReleaseError(
            f"{manifest.client} {manifest.period} has changed since {approval.by} approved it. "
            f"Read it again, then: {again}"
        )
    return approval
