"""Writes extracts: whole or not at all, and the same bytes for the same inputs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from reviewkit.blocks import Audience
from reviewkit.extract import files
from reviewkit.extract.model import SCHEMA, Manifest
from reviewkit.extract.slice import Slice, client_params, house_facts, slice_cube
from reviewkit.metrics.cube import Cube
from reviewkit.params.models import Workspace
from reviewkit.periods import Period


def extract_folder(workspace: Workspace, client: str, period: Period, audience: Audience) -> Path:
    """Return the folder of an extract inside the workspace; it need not exist."""
    return Path(workspace.root, ".reviewkit", "extracts", client, period.id, audience)


def write_extracts(
    workspace: Workspace,
    cube: Cube,
    client: str,
    period: Period,
    audiences: Iterable[Audience] = ("client", "internal"),
) -> tuple[Path, ...]:
    """Write one extract per audience and return their folders; older ones are replaced.

    `cube` comes from `build_cube`, once for all clients, and carries the day `as_of`.
    """
    return tuple(
        _write(extract_folder(workspace, client, period, audience), workspace, cube, client, period)
        for audience in audiences
    )


def _write(folder: Path, workspace: Workspace, cube: Cube, client: str, period: Period) -> Path:
    audience: Audience = "internal" if folder.name == "internal" else "client"
    part = slice_cube(cube, workspace, client, period, audience)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        _write_tables(beside, part)
        files.write_json(
            beside / "params.json",
            {
                "house": house_facts(workspace, client).model_dump(mode="json"),
                "client": client_params(workspace.clients[client], period, audience),
            },
        )
        written = {
            path.relative_to(beside).as_posix(): files.sha256(path)
            for path in sorted(beside.rglob("*"))
            if path.is_file()
        }
        facts = Manifest(
            schema_version=SCHEMA,
            client=client,
            period=period.id,
            audience=audience,
            as_of=cube.horizons[client].as_of,
            tables=dict(part.extents),
            files=written,
            hash="",
        ).model_dump(mode="json", exclude={"hash"})
        files.write_json(beside / "extract.json", facts | {"hash": files.content_hash(facts)})
        _replace(folder, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def _write_tables(folder: Path, part: Slice) -> None:
    for kind, frames in (("cube", part.facts), ("registers", part.registers)):
        for name, frame in frames.items():
            files.write_parquet(folder / kind / f"{name}.parquet", frame, name)


def _replace(folder: Path, beside: Path) -> None:
    # A folder cannot be renamed over another one: the old one steps aside first.
    old = beside.with_name(f"{beside.name}.old")
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
