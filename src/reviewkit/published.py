"""Figures as published: what an approved pack printed, kept so that a later change can be told.

One file per client and pack, ``.reviewkit/published/<client>/<period>.json``, written when the
pack is approved and again when it is approved anew: what was approved last is what was said.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from reviewkit.blocks import Audience, Scalar
from reviewkit.errors import ReleaseError

FOLDER = Path(".reviewkit", "published")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Published(_Model):
    """One figure as a pack printed it, with the numbers that it was made of then.

    `at` is the period that it is of, `pack` the period of the pack and `report` the title it
    stood under; `software` is the version of reviewkit. The other fields are those of
    `evidence.Backing`.
    """

    metric: str
    at: str
    by: dict[str, str] = {}
    audience: Audience
    pack: str
    report: str
    approved: dt.date
    text: str
    value: Scalar
    numerator: Scalar = None
    denominator: Scalar = None
    n: int
    unknown: int | None = None
    version: str = ""
    software: str = ""


class PublishedPack(_Model):
    """The figures of one approved pack."""

    client: str
    period: str
    figures: tuple[Published, ...]


def write_published(root: Path, pack: PublishedPack) -> Path:
    """Keep the figures of an approved pack, whole or not at all; return the file."""
    path = root / FOLDER / pack.client / f"{pack.period}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        part.write_text(pack.model_dump_json(indent=1, exclude_defaults=True), encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def read_published(root: Path, client: str) -> tuple[PublishedPack, ...]:
    """Return the approved packs of `client`; raises `ReleaseError` for one that is not whole."""
    found = []
    for path in sorted((root / FOLDER / client).glob("*.json")):
        try:
            found.append(PublishedPack.model_validate_json(path.read_text(encoding="utf-8")))
        except (OSError, ValidationError) as error:
            raise ReleaseError(
                f"{path}: cannot be read. Approve that pack again, or remove the file: its "
                "figures are then not compared."
            ) from error
    return tuple(found)
