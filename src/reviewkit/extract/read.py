"""Reads an extract and holds it to its own hashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

import pandas as pd
from pydantic import ValidationError

from reviewkit import periods
from reviewkit.errors import ExtractError
from reviewkit.extract import files
from reviewkit.extract.model import (
    PUBLISHED,
    SCHEMA,
    Extract,
    ExtractParams,
    Manifest,
    PublishedFacts,
)
from reviewkit.metrics.data import MetricData
from reviewkit.params.base import Params
from reviewkit.params.reports import PORTFOLIO
from reviewkit.published import Published

_AGAIN = "Run `reviewkit extract` for it again."

Said = TypeVar("Said", bound=Params)


def read_extract(folder: Path) -> Extract:
    """Read the extract in `folder`.

    Raises `ExtractError` where it is missing, made by another version, or where a file is
    missing, added or not the one that was written.
    """
    manifest = read_manifest(folder)
    if manifest.client == PORTFOLIO:
        raise ExtractError(f"{folder} is of all accounts: open it with open_portfolio(period).")
    verify(folder, manifest)
    params = said_in(folder / "params.json", ExtractParams)
    own = params.client.client
    cube = _frames(folder / "cube")
    registers = _frames(folder / "registers")
    data = MetricData(
        client=manifest.client,
        audience=manifest.audience,
        currency=own.currency,
        timezone=params.house.timezone,
        minimum_n=params.house.minimum_n,
        cube=cube,
        registers=registers,
        supplied={name: frozenset(item.columns) for name, item in manifest.tables.items()},
        cutoffs={name: item.cutoff for name, item in manifest.tables.items() if item.cutoff},
        begins={name: item.begins for name, item in manifest.tables.items() if item.begins},
        targets=own.targets,
        slas=params.client.contract.slas,
        shares=own.shares,
        calendar=own.fiscal_calendar,
    )
    return Extract(
        folder=folder,
        manifest=manifest,
        house=params.house,
        params=params.client,
        period=periods.parse(manifest.period, own.fiscal_calendar),
        cube=cube,
        registers=registers,
        metric_data=data,
        working_days=params.working_days,
        alerts=params.alerts,
        agreed=params.agreed,
        published=_published(folder / PUBLISHED),
    )


def read_manifest(folder: Path) -> Manifest:
    """Read what the extract in `folder` says of itself; raises `ExtractError` as `read_extract`."""
    path = folder / "extract.json"
    try:
        facts = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ExtractError(
            f"{folder} holds no extract: extract.json is missing. {_AGAIN}"
        ) from None
    except ValueError:
        raise ExtractError(f"{path} cannot be read as JSON. {_AGAIN}") from None
    version = facts.get("schema_version") if isinstance(facts, dict) else None
    if version != SCHEMA:
        raise ExtractError(
            f"{path} is of another version of reviewkit: its layout is {version}, not {SCHEMA}. "
            f"{_AGAIN}"
        )
    try:
        manifest = Manifest.model_validate(facts)
    except ValidationError as error:
        raise ExtractError(
            f"{path} is not an extract's: {error.errors()[0]['msg']}. {_AGAIN}"
        ) from None
    told = facts.pop("hash")
    if files.content_hash(facts) != told:
        raise ExtractError(f"{path} has been changed since it was written. {_AGAIN}")
    return manifest


def verify(folder: Path, manifest: Manifest) -> None:
    """Hold every file in `folder` to its hash; raises `ExtractError` as `read_extract`."""
    found = files.hashes(folder)
    del found["extract.json"]
    wrong = sorted(
        name for name in found | manifest.files if found.get(name) != manifest.files.get(name)
    )
    if wrong:
        raise ExtractError(
            f"{folder} is not what was written; missing, added or changed: "
            f"{', '.join(wrong)}. {_AGAIN}"
        )


def _published(path: Path) -> tuple[Published, ...]:
    if not path.is_file():
        return ()
    return said_in(path, PublishedFacts).figures


def said_in(path: Path, model: type[Said]) -> Said:
    """Read a JSON file of an extract; raises `ExtractError` where it says what nobody knows."""
    try:
        return model.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise ExtractError(f"{path} is of another version of reviewkit: {what}. {_AGAIN}") from None


def _frames(folder: Path) -> dict[str, pd.DataFrame]:
    return {path.stem: files.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
