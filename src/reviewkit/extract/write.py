"""Writes extracts: whole or not at all, and the same bytes for the same inputs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewkit.blocks import Audience
from reviewkit.extract import files
from reviewkit.extract.agreed import Agreed
from reviewkit.extract.days import days_of
from reviewkit.extract.model import PUBLISHED, SCHEMA, Manifest
from reviewkit.extract.said import as_said
from reviewkit.extract.slice import Slice, client_params, house_facts, slice_cube
from reviewkit.locks import alone
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
    agreed: Mapping[Audience, Agreed] | None = None,
) -> tuple[Path, ...]:
    """Write one extract per audience and return their folders; older ones are replaced.

    `cube` comes from `build_cube`, once for all clients, and carries the day `as_of`.
    `agreed` is what the last approved review was told to have been agreed, by audience.
    """
    known = agreed or {}
    before = {"client": known.get("client"), "internal": known.get("internal", known.get("client"))}
    return tuple(
        _write(workspace, cube, Run(client, period, audience, before[audience]))
        for audience in audiences
    )


@dataclass(frozen=True)
class Run:
    """Whose extract is written, for when and whom, and what was agreed in the last review."""

    client: str
    period: Period
    audience: Audience
    agreed: Agreed | None = None


def _write(workspace: Workspace, cube: Cube, run: Run) -> Path:
    folder = extract_folder(workspace, run.client, run.period, run.audience)
    with replacing(workspace, folder) as new:
        fill(new, workspace, cube, run)
    return folder


@contextmanager
def replacing(workspace: Workspace, folder: Path) -> Iterator[Path]:
    """Give a new folder to fill, and put it in the place of `folder` once it is whole."""
    *_, client, period, audience = folder.parts
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{audience}.", dir=folder.parent) as beside:
        new = Path(beside, "new")
        new.mkdir()
        yield new
        lock = Path(workspace.root, ".reviewkit", "locks", f"{client}-{period}-{audience}")
        with alone(lock):
            _put(new, folder, Path(beside, "old"))


def fill(new: Path, workspace: Workspace, cube: Cube, run: Run) -> Manifest:
    """Write the extract of one client into the empty folder `new`; return what it says."""
    client, period, audience = run.client, run.period, run.audience
    part = slice_cube(cube, workspace, client, period, audience)
    _write_tables(new, part)
    days = days_of(workspace.house.sites, part.facts, part.registers, period)
    files.write_json(
        new / "params.json",
        {
            "house": house_facts(workspace, client).model_dump(mode="json"),
            "client": client_params(workspace.clients[client], period, audience),
            "working_days": [item.model_dump(mode="json") for item in days],
            **({"agreed": run.agreed.model_dump(mode="json")} if run.agreed else {}),
            **_of_the_house(workspace, client, audience),
        },
    )
    said = as_said(workspace, client, period, audience)
    if said:
        told = [item.model_dump(mode="json") for item in said]
        files.write_json(new / PUBLISHED, {"figures": told})
    about = Manifest(
        schema_version=SCHEMA,
        client=client,
        period=period.id,
        audience=audience,
        as_of=cube.horizons[client].as_of,
        tables=dict(part.extents),
        files=files.hashes(new),
        hash="",
    )
    return sign(new, about)


def sign(new: Path, about: Manifest) -> Manifest:
    """Write `about` into the folder it tells of, with the hash over all that it says."""
    facts = about.model_dump(mode="json", exclude={"hash"})
    told = files.content_hash(facts)
    files.write_json(new / "extract.json", facts | {"hash": told})
    return about.model_copy(update={"hash": told})


def _of_the_house(workspace: Workspace, client: str, audience: Audience) -> dict[str, Any]:
    """Return what the own house alone is given: its rules for alerts, without other clients."""
    if audience == "client":
        return {}
    return {"alerts": workspace.house.alerts.of(client).model_dump(mode="json")}


def _write_tables(folder: Path, part: Slice) -> None:
    for kind, frames in (("cube", part.facts), ("registers", part.registers)):
        for name, frame in frames.items():
            files.write_parquet(folder / kind / f"{name}.parquet", frame, name)


def _put(new: Path, folder: Path, old: Path) -> None:
    """Put `new` in the place of `folder`, which steps aside to `old` where it exists."""
    if folder.exists():
        if files.hashes(folder) == files.hashes(new):
            # Another run may be reading it: the same content is not put there twice.
            return
        folder.rename(old)
    new.rename(folder)
