"""What a report on all accounts may know: each account's internal extract, and all revenue.

There is no version of it for a client. Its folder lies apart from every client's, so that no
run for a client can be given it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reviewkit.errors import ExtractError
from reviewkit.extract import files
from reviewkit.extract.model import SCHEMA, Extent, Extract, HouseFacts, Manifest
from reviewkit.extract.read import read_extract, read_manifest, said_in, verify
from reviewkit.extract.store import CubeStore
from reviewkit.extract.write import Run, extract_folder, fill, replacing, sign
from reviewkit.metrics.calendar import Horizon
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.portfolio import parents, portfolio_data
from reviewkit.params.models import Params, Workspace
from reviewkit.params.reports import PORTFOLIO
from reviewkit.periods import FiscalCalendar, Period, last_complete, parse
from reviewkit.periods.period import holding

_ACCOUNTS = "accounts"
_REVENUE = "revenue.parquet"
_COLUMNS = {
    "parent": pa.string(),
    "issued_on": pa.date32(),
    "service": pa.string(),
    "amount": pa.decimal128(38, 18),
}


class PortfolioParams(Params):
    """`params.json` of a portfolio: the house, and the currency that all revenue is in."""

    house: HouseFacts
    currency: str


@dataclass(frozen=True)
class PortfolioExtract:
    """All accounts for one period, internal: `accounts` by slug, `revenue` for whole metrics.

    Each account is reviewed for its own period of the same kind that ends nearest.
    """

    folder: Path
    manifest: Manifest
    house: HouseFacts
    period: Period
    accounts: Mapping[str, Extract]
    revenue: MetricData


def accounts_of(workspace: Workspace) -> tuple[str, ...]:
    """Return the accounts of a portfolio, sorted: a global account stands for its members."""
    return tuple(sorted(set(parents(workspace.clients).values())))


def own_period(period: Period, calendar: FiscalCalendar) -> Period:
    """Return an account's own period of the same kind that ends nearest to that of `period`."""
    if calendar.plain:
        return parse(period.id)
    kind = period.kind
    around = (
        last_complete(kind, period.end, calendar),
        holding(kind, period.end, fiscal=True, calendar=calendar),
    )
    return min(around, key=lambda own: abs((own.end - period.end).days))


def currency_of(workspace: Workspace) -> str:
    """Return the currency in which all accounts are added up."""
    house = workspace.house
    counted = Counter(own.client.currency for own in workspace.clients.values())
    return house.portfolio_currency or house.fx_base or min(counted, key=lambda c: (-counted[c], c))


def write_portfolio(
    workspace: Workspace,
    store: CubeStore,
    period: Period,
    horizon_of: Callable[[str], Horizon],
) -> Path:
    """Write the extract of all accounts for `period` and return its folder."""
    folder = extract_folder(workspace, PORTFOLIO, period, "internal")
    with replacing(workspace, folder) as new:
        about = []
        for client in accounts_of(workspace):
            own = new / _ACCOUNTS / client
            own.mkdir(parents=True)
            calendar = workspace.clients[client].client.fiscal_calendar
            cube = store.of(client, horizon_of(client))
            span = own_period(period, calendar)
            about.append(fill(own, workspace, cube, Run(client, span, "internal")))
        currency = currency_of(workspace)
        data = portfolio_data(store.invoiced(), workspace, currency)
        _write_revenue(new / _REVENUE, data)
        files.write_json(
            new / "params.json",
            {"house": _house(workspace).model_dump(mode="json"), "currency": currency},
        )
        manifest = Manifest(
            schema_version=SCHEMA,
            client=PORTFOLIO,
            period=period.id,
            audience="internal",
            as_of=max(item.as_of for item in about),
            tables=_extents(about),
            files=files.hashes(new),
            hash="",
        )
        sign(new, manifest)
    return folder


def read_portfolio(folder: Path) -> PortfolioExtract:
    """Read the extract of all accounts in `folder`; raises `ExtractError` as `read_extract`."""
    manifest = read_manifest(folder)
    if manifest.client != PORTFOLIO:
        raise ExtractError(f"{folder} is of {manifest.client} alone, not of all accounts.")
    verify(folder, manifest)
    params = said_in(folder / "params.json", PortfolioParams)
    accounts = {
        path.name: read_extract(path)
        for path in sorted((folder / _ACCOUNTS).iterdir())
        if path.is_dir()
    }
    lines = files.read_parquet(folder / _REVENUE)
    extent = manifest.tables.get("invoice_lines")
    own = MetricData(
        client=PORTFOLIO,
        audience="internal",
        currency=params.currency,
        timezone=params.house.timezone,
        minimum_n=params.house.minimum_n,
        cube={},
        registers={"invoice_lines": lines} if extent else {},
        supplied={"invoice_lines": frozenset(extent.columns)} if extent else {},
        cutoffs={"invoice_lines": extent.cutoff} if extent and extent.cutoff else {},
        begins={"invoice_lines": extent.begins} if extent and extent.begins else {},
        portfolio=True,
    )
    return PortfolioExtract(
        folder=folder,
        manifest=manifest,
        house=params.house,
        period=parse(manifest.period),
        accounts=accounts,
        revenue=own,
    )


def _house(workspace: Workspace) -> HouseFacts:
    house = workspace.house
    return HouseFacts(
        name=house.name,
        brand=house.brand,
        minimum_n=house.minimum_n,
        locale=house.locale,
        paper=house.paper,
        timezone=house.timezone,
    )


def _write_revenue(path: Path, data: MetricData) -> None:
    lines = data.registers.get("invoice_lines")
    columns = {
        name: pa.array([] if lines is None else lines[name], type=kind, from_pandas=True)
        for name, kind in _COLUMNS.items()
    }
    rows = pa.table(columns).sort_by([(name, "ascending") for name in columns])
    pq.write_table(rows, path, compression="zstd")


def _extents(about: list[Manifest]) -> dict[str, Extent]:
    """Return what each table covers over all accounts: complete to where the first one ends."""
    out: dict[str, Extent] = {}
    for name in sorted({table for item in about for table in item.tables}):
        found = [item.tables[name] for item in about if name in item.tables]
        begins = [item.begins for item in found if item.begins]
        cutoffs = [item.cutoff for item in found if item.cutoff]
        columns = {column for item in found for column in item.columns}
        sources = {source for item in found for source in item.sources}
        out[name] = Extent(
            columns=tuple(sorted(columns)),
            begins=min(begins, default=None),
            cutoff=min(cutoffs, default=None),
            sources=tuple(sorted(sources)),
        )
    return out
