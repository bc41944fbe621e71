"""The cube of a workspace: kept while nothing it was made from has changed, else made anew."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from reviewkit.accounts import open_accounts, write_quarantine
from reviewkit.accounts.fingerprints import source_fingerprints
from reviewkit.build.versions import package_hash
from reviewkit.errors import SourceError
from reviewkit.extract.store import CubeStore, open_cube, write_cube
from reviewkit.metrics.calendar import timezone_of
from reviewkit.metrics.cube import build_cubes
from reviewkit.params import Workspace
from reviewkit.params.members import belongings

QUARANTINED = "quarantined"
"""Note in the cube: how many rows were set aside when its sources were read."""


def cube_of(
    workspace: Workspace, as_of: dt.date | None, told: Callable[[str], None]
) -> tuple[CubeStore, str]:
    """Return the cube of all clients and its key, reading the sources only if they changed.

    Raises `SourceError` naming every source that cannot be used; rows that break the
    contract are written to quarantine.
    """
    root = Path(workspace.root)
    folder = root / ".reviewkit" / "cube"
    try:
        fingerprints = source_fingerprints(workspace)
    except SourceError:
        # Opening them tells of every source that is not there, not of the first one alone.
        fingerprints = None
    key = _key(workspace, as_of, fingerprints)
    # A source that can only be read to be known is read.
    kept = open_cube(folder, key) if fingerprints is not None else None
    if kept is not None:
        return kept, key
    told("reading the sources")
    with open_accounts(workspace) as accounts:
        accounts.require_sources()
        write_quarantine(accounts, root / ".reviewkit" / "quarantine")
        aside = sum(check.quarantined for check in accounts.checks)
        cubes = build_cubes(accounts, workspace, as_of)
        return write_cube(cubes, folder, key, {QUARANTINED: aside}), key


def _key(
    workspace: Workspace, as_of: dt.date | None, fingerprints: Mapping[str, str] | None
) -> str:
    """Return one hash over all that decides the cube: sources, mapping, calendars, rules, code."""
    clients = {
        slug: {
            "timezone": timezone_of(workspace, slug),
            "calendar": str(own.client.fiscal_calendar),
            "delivery": [rule.model_dump(mode="json") for rule in own.contract.delivery],
            "judges": "delivery" in own.contract.model_fields_set,
            "currency": own.client.currency,
            "members": own.client.members,
        }
        for slug, own in workspace.clients.items()
    }
    names = [
        (item.client, item.owner, item.account, item.region)
        for item in belongings(workspace.clients)
        if item.account
    ]
    sources = {
        table: [source.model_dump(mode="json") for source in given]
        for table, given in workspace.house.sources.items()
    }
    parts = {
        "accounts": names,
        "fx": [rate.model_dump(mode="json") for rate in workspace.house.fx],
        "fx_base": workspace.house.fx_base,
        "as_of": as_of.isoformat() if as_of else "",
        "clients": clients,
        "fingerprints": fingerprints,
        "package": package_hash(),
        "sources": sources,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
