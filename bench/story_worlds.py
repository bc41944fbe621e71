"""The demo provider of a seed as account tables in memory, and the figures of its reviews.

The demo writes some twenty files and reads them back through the mapping of `house.yaml`,
which takes most of a minute. Here the books go straight into the account tables, by the same
mapping: names of columns, codes and clients come from `house.yaml`, types from the contract.
What people wrote down (deals, actions, milestones) is no draw, so it is read once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from reviewkit import periods
from reviewkit.accounts.accounts import open_accounts
from reviewkit.accounts.tables import TABLES
from reviewkit.analysis.figures import Figures
from reviewkit.blocks import Audience
from reviewkit.demo.books import Books, books
from reviewkit.demo.exports import DATA, finance
from reviewkit.demo.workspace import own_files
from reviewkit.extract.slice import client_params, slice_cube
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricData
from reviewkit.params.load import load_workspace
from reviewkit.params.models import ClientParams, Source, Workspace
from reviewkit.periods import Period

WRITTEN = ("actions", "opportunities", "crm_activities", "projects", "sites", "fx")
"""Tables that are the same at every seed, or that no story stands in."""

DESK = "Europe/Amsterdam"
"""The zone in which the service desk keeps its times."""

TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "money": pa.decimal128(18, 4),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True)
class Tables:
    """Account tables as the cube wants them."""

    tables: Mapping[str, ibis.Table]
    supplied: Mapping[str, frozenset[str]]
    cutoffs: Mapping[str, dt.datetime]


@dataclass(frozen=True)
class Provider:
    """The demo's parameters, and the tables that all seeds share."""

    workspace: Workspace
    written: Tables

    @classmethod
    def in_folder(cls, folder: Path) -> Provider:
        """Write what all seeds share to `folder`, and read it."""
        for name, content in own_files().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / "data").mkdir(exist_ok=True)
        whole = load_workspace(folder)
        sources = {name: whole.house.sources[name] for name in WRITTEN}
        first = books()
        for name in (Path(s.file or "").name for items in sources.values() for s in items):
            DATA[name](folder / "data" / name, first)
        house = whole.house.model_copy(update={"sources": sources})
        with open_accounts(whole.model_copy(update={"house": house})) as accounts:
            tables = {
                name: ibis.memtable(table.to_pyarrow()) for name, table in accounts.tables.items()
            }
            return cls(whole, Tables(tables, dict(accounts.supplied), dict(accounts.cutoffs)))

    def cube(self, seed: int) -> Cube:
        """Return the cube of the demo of a seed."""
        tables, supplied, cutoffs = (
            dict(item)
            for item in (self.written.tables, self.written.supplied, self.written.cutoffs)
        )
        drawn = _drawn(books(seed))
        for name, frames in drawn.items():
            sources = self.workspace.house.sources[name]
            parts = [_mapped(name, *pair) for pair in zip(frames, sources, strict=True)]
            tables[name] = ibis.memtable(pa.concat_tables(parts))
            mapped = frozenset().union(*(source.columns for source in sources))
            supplied[name] = mapped & frozenset(TABLES[name].names)
            cutoffs[name] = min(source.cutoff for source in sources)
        return build_cube(Tables(tables, supplied, cutoffs), self.workspace)

    def figures(
        self, cube: Cube, client: str, period: str, audience: Audience
    ) -> tuple[Figures, ClientParams]:
        """Return what a review of `client` for `period` knows: its figures and parameters."""
        calendar = self.workspace.clients[client].client.fiscal_calendar
        return knowing(cube, self.workspace, client, periods.parse(period, calendar), audience)


def knowing(
    cube: Cube, workspace: Workspace, client: str, at: Period, audience: Audience
) -> tuple[Figures, ClientParams]:
    """Return what `audience` may know of a client for a period: its figures and parameters."""
    part = slice_cube(cube, workspace, client, at, audience)
    params = ClientParams.model_validate(client_params(workspace.clients[client], at, audience))
    own = params.client
    data = MetricData(
        client=client,
        audience=audience,
        currency=own.currency,
        timezone=own.timezone or workspace.house.timezone,
        minimum_n=workspace.house.minimum_n,
        cube=part.facts,
        registers=part.registers,
        supplied={name: frozenset(item.columns) for name, item in part.extents.items()},
        cutoffs={name: item.cutoff for name, item in part.extents.items() if item.cutoff},
        begins={name: item.begins for name, item in part.extents.items() if item.begins},
        targets=own.targets,
        slas=params.contract.slas,
        shares=own.shares,
        calendar=own.fiscal_calendar,
    )
    return Figures(data, at, cube.horizons[client].as_of), params


def _mapped(table: str, frame: pd.DataFrame, source: Source) -> pa.Table:
    """Return the rows of clients with a folder, in the columns of an account table."""
    kept = frame[frame[source.client.column].isin(list(source.client.keys))]
    columns = {"client": pa.array(kept[source.client.column].map(source.client.keys), pa.string())}
    for spec in TABLES[table].columns:
        found = source.columns.get(spec.name)
        own = TYPES[spec.type]
        if found is None:
            columns[spec.name] = pa.nulls(len(kept), own)
            continue
        # An expression of the mapping is worked out with the frame, under the column's name.
        values = kept[found.column or spec.name]
        if found.values:
            values = values.map({**found.values, **{word: word for word in found.values.values()}})
        columns[spec.name] = _typed(values, own)
    return pa.table(columns)


def _typed(values: pd.Series[Any], own: pa.DataType) -> pa.Array:
    if not pa.types.is_decimal(own):
        made = pa.array(values, from_pandas=True)
        return made.cast(pa.timestamp("us")).cast(own) if _moment(made, own) else made.cast(own)
    if values.dtype == object:
        return pa.array(values, own, from_pandas=True)
    # Amounts stand in the books as whole cents.
    cents = pa.array(values, pa.int64(), from_pandas=True).cast(pa.decimal128(19, 0))
    return pc.multiply(cents, pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))).cast(own)


def _moment(made: pa.Array, own: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(made.type) and pa.types.is_temporal(own))


def _drawn(book: Books) -> dict[str, tuple[pd.DataFrame, ...]]:
    """Return what the seed draws, under the names that `house.yaml` gives its columns."""
    hall = book.hall
    receipts = {"Wareneingang": "receipt", "Kunde": "customer_id", "Standort": "depot"}
    receipts |= {"Sparte": "product", "Ankunft": "arrived_utc", "Verfuegbar": "available_utc"}
    receipts |= {"Stueck": "units", "Paletten": "pallets", "Abweichung": "discrepancy"}
    cents = {"value": lambda rows: (rows["value"] * 100).round().astype("int64")}
    return {
        "shipments": (_deliveries(book.shipments), _deliveries(book.local)),
        "tenders": (book.tenders,),
        "order_lines": (hall.order_lines,),
        "receipts": (hall.receipts.rename(columns={own: to for to, own in receipts.items()}),),
        "counts": (hall.counts.assign(**cents),),
        "stock": (hall.stock.assign(**cents),),
        "lots": (hall.lots,),
        "returns": (hall.returns,),
        "stock_adjustments": (hall.adjustments,),
        "activity": (book.activity,),
        "invoice_lines": (_invoices(book),),
        "payments": (_payments(book),),
        "budget": (_budget(book),),
        "costs": (_costs(book),),
        "volume_forecast": (_forecasts(book),),
        "cases": (_cases(book),),
        "surveys": (_surveys(book),),
    }


def _deliveries(frame: pd.DataFrame) -> pd.DataFrame:
    cents = frame[["sell_cents", "cost_cents"]].where(frame["went"]).astype("Int64")
    return frame.assign(
        lane=frame["depot"] + " → " + frame["destination"],
        sell_amount=cents["sell_cents"],
        buy_amount=cents["cost_cents"],
    )


def _invoices(book: Books) -> pd.DataFrame:
    rows = [
        {
            "Beleg": line.invoice,
            "Position": f"{line.position:03d}",
            "Debitor": finance.DEBTORS[line.account],
            "Belegdatum": line.issued_on,
            "Faellig": line.due_on,
            "Standort": line.site,
            "Sparte": line.product,
            "Kostenart": line.charge,
            "Menge": round(line.quantity, 2),
            "Einheit": line.uom,
            "Preis": Decimal(f"{line.rate:.4f}"),
            "Betrag": line.cents,
            "Waehrung": finance.CURRENCIES[line.account],
            "Kundenreferenz": line.reference,
            "Gutschrift_zu": line.credit_of or None,
            "Gutschriftgrund": line.credit_reason or None,
            "Reklamiert_am": line.disputed_on,
            "Ergebnis": finance.OUTCOMES[line.outcome] or None,
        }
        for line in book.lines
    ]
    return pd.DataFrame(rows)


def _payments(book: Books) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "document": item.invoice,
            "debtor": finance.DEBTORS[item.account],
            "value_date": item.paid_on,
            "amount": item.cents,
        }
        for item in book.payments
    )


def _budget(book: Books) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Version": f"v{plan.version}",
            "Month": _first(plan.month),
            "Customer": plan.customer,
            "Product": plan.product,
            "Deliveries": plan.units,
            "Revenue": plan.revenue * 100,
            "Direct cost": plan.cost * 100,
        }
        for plan in book.plans
    )


def _costs(book: Books) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Customer": finance.NAMES[cost.account],
            "Month": dt.date.fromisoformat(f"{cost.month}-01"),
            "Product": cost.product,
            "Pool": cost.pool,
            "Cost": cost.cents,
            "Driver": cost.driver,
            "Quantity": cost.quantity,
        }
        for cost in book.costs
    )


def _forecasts(book: Books) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": item.account,
            "month": dt.date.fromisoformat(f"{item.month}-01"),
            "product": item.product,
            "units": item.units,
            "frozen": item.frozen,
        }
        for item in book.forecasts
    )


def _cases(book: Books) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "ticket": number,
            "customer": case.account,
            "opened": case.opened,
            "first_reply": case.replied,
            "closed": case.closed,
            "reopened": bool(case.reopened),
            "priority": case.priority,
            "category": case.category,
            "cause": case.cause,
            "measure": case.measure,
            "fixed": case.fixed,
            "depot": case.site,
            "product": case.product,
        }
        for number, case in book.cases
    )
    times = {name: _desk(frame[name]) for name in ("opened", "first_reply", "closed")}
    return frame.assign(**times)


def _desk(local: pd.Series[Any]) -> pd.Series[Any]:
    read = pd.to_datetime(local).dt.tz_localize(
        DESK, ambiguous=[True] * len(local), nonexistent="shift_forward"
    )
    return read.dt.tz_convert("UTC").dt.tz_localize(None)


def _surveys(book: Books) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": answer.account,
            "answered": answer.day,
            "survey": answer.instrument.upper(),
            "score": answer.score,
            "function": answer.role,
        }
        for answer in book.answers
    )


def _first(month: str) -> dt.date:
    """Read a month of the budget as its file writes it: 09/2026."""
    return dt.datetime.strptime(month, "%m/%Y").date()  # noqa: DTZ007 - a day has no zone
