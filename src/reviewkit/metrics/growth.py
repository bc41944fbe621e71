"""Growth metrics of the house's own: the pipeline, what was won, and what stayed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.metrics.cubed import joined
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.finance import billed
from reviewkit.metrics.metric import Metric, of_all_members

_PLACES = ("service", "site")

_growth = partial(Metric, better="higher", group="Growth", audience="internal")
_deal = partial(_growth, grain="one deal", dims=("month", *_PLACES, "stage"))


def _deals(data: MetricData) -> pd.DataFrame:
    deals = data.registers["opportunities"]
    won, amount = deals["won"], deals["amount"]
    decided = won.notna()
    sure = won.eq(True).fillna(False)
    return pd.DataFrame(
        {
            "date": deals["closed_on"],
            **{name: deals[name] for name in (*_PLACES, "stage")},
            "created_on": deals["created_on"],
            "amount": amount,
            "chance": [
                None if pd.isna(item) else Decimal(str(item)) for item in deals["probability"]
            ],
            "won": sure.astype("int64"),
            "decided": decided.astype("int64"),
        }
    )


def _closed(data: MetricData) -> pd.DataFrame:
    rows = _deals(data)
    return rows.assign(numerator=rows["won"], n=rows["decided"], unknown=1 - rows["decided"])


WIN_RATE = _deal(
    id="win_rate",
    label="Win rate",
    definition="Share of the deals decided in the period that were won.",
    formula="won ÷ (won + lost)",
    unit="ratio",
    date="closed_on",
    needs=(("opportunities", ("closed_on", "won")),),
    exclusions="Open deals are not losses. Deals closed without an outcome lower the coverage.",
    judged_by_n=True,
    rollup="proportion",
    rows=_closed,
)


def _won(data: MetricData) -> pd.DataFrame:
    rows = _deals(data)
    known = rows["amount"].notna().astype("int64") * rows["won"]
    return rows.assign(
        numerator=rows["amount"].where(known == 1, Decimal(0)),
        n=known,
        unknown=rows["won"] - known,
    )


NEW_BUSINESS = _deal(
    id="new_business",
    label="New business won",
    definition="Revenue of a year of the deals won in the period.",
    formula="Σ amount of deals won",
    unit="money",
    date="closed_on",
    needs=(("opportunities", ("closed_on", "won", "amount")),),
    exclusions="Deals without an amount lower the coverage.",
    rollup="amount",
    rows=_won,
)


def _open(rows: pd.DataFrame, end: dt.date) -> Any:
    """Tell of each deal, in an array, whether it was open at the end of a day."""
    created, closed, decided = (rows[name].to_numpy() for name in ("created_on", "date", "decided"))
    last = np.datetime64(end)
    # Decided on a day that is not known: neither open nor countable.
    undated = np.isnat(closed) & (decided == 1)
    return (created <= last) & ~(closed <= last) & ~undated


def _weighted(rows: pd.DataFrame, _start: dt.date, end: dt.date) -> pd.DataFrame:
    part: pd.DataFrame = rows[_open(rows, end)]
    known = (part["amount"].notna() & part["chance"].notna()).astype("int64")
    worth = [
        amount * chance if told else Decimal(0)
        for amount, chance, told in zip(part["amount"], part["chance"], known, strict=True)
    ]
    return part.assign(
        numerator=pd.Series(worth, index=part.index, dtype=object), n=known, unknown=1 - known
    )


WEIGHTED_PIPELINE = _deal(
    id="weighted_pipeline",
    label="Weighted pipeline",
    definition="Revenue of a year of the deals open at the period's end, times their chance.",
    formula="Σ amount × probability",
    unit="money",
    date="the period's last day",
    needs=(("opportunities", ("created_on", "closed_on", "amount", "probability")),),
    exclusions="Deals without an amount or a chance lower the coverage.",
    rollup="amount",
    rows=_deals,
    select=_weighted,
)


def _with_quota(data: MetricData) -> pd.DataFrame:
    """Return deals, and a row for each target of new business with the first day it holds."""
    targets = data.targets.get(NEW_BUSINESS.id, ())
    quotas = pd.DataFrame(
        {
            "since": pd.to_datetime([item.since or dt.date(1900, 1, 1) for item in targets]),
            "quota": pd.Series([item.value for item in targets], dtype=object),
        }
    )
    none: dict[str, Any] = {"since": pd.NaT, "quota": None}
    return joined(_deals(data).assign(**none).astype({"since": quotas["since"].dtype}), quotas)


@of_all_members
def _covered(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    since, closed, won = (rows[name].to_numpy() for name in ("since", "date", "won"))
    amount, first, last = rows["amount"].to_numpy(), np.datetime64(start), np.datetime64(end)
    known = rows["amount"].notna().to_numpy()
    open_ = np.isnat(since) & _open(rows, end)
    gained = known & (won == 1) & (closed >= first) & (closed <= last)
    in_force = since <= last
    target = rows["quota"].to_numpy()[in_force][np.argmax(since[in_force])] if any(in_force) else 0
    return pd.DataFrame(
        {
            "numerator": [sum(amount[open_ & known], Decimal(0))],
            "denominator": [max(target - sum(amount[gained], Decimal(0)), Decimal(0))],
            "n": [int((open_ & known).sum())],
            "unknown": [int((open_ & ~known).sum())],
        }
    )


PIPELINE_COVERAGE = _growth(
    id="pipeline_coverage",
    label="Pipeline coverage",
    definition=(
        "Revenue of a year of the deals open at the period's end against what is still missing "
        "from the period's target of new business."
    ),
    formula="open ÷ (target − won)",
    unit="ratio",
    grain="one deal",
    date="the period's last day",
    needs=(("opportunities", ("created_on", "closed_on", "won", "amount")),),
    dims=("month",),
    exclusions=(
        "The target is that of `new_business` in force on the period's last day; there is no "
        "figure without one, or once it is reached. Deals without an amount lower the coverage."
    ),
    rollup="share_of_money",
    rows=_with_quota,
    select=_covered,
)


def _invoiced(data: MetricData) -> pd.DataFrame:
    """Return what was invoiced by day, service and site: a review asks for many spans."""
    rows = billed(data)
    begins = data.begins.get("invoice_lines")
    keys = {name: rows[name].fillna("") for name in _PLACES}
    own = (rows["currency"] == data.currency).astype("int64")
    days = rows.assign(**keys, own=own, lines=1).groupby(["date", *_PLACES, "own"], sort=True)
    summed = days.agg(amount=("amount", "sum"), lines=("lines", "sum")).reset_index()
    return summed.assign(
        begins=pd.Timestamp(begins or dt.date(1900, 1, 1)),
        had=summed.groupby([*_PLACES]).ngroup(),
    )


def _year_before(day: dt.date) -> pd.Timestamp:
    return pd.Timestamp(day) - pd.DateOffset(years=1)


def _retained(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    first, last = _year_before(start), _year_before(end + dt.timedelta(days=1))
    date, had, own = (rows[name].to_numpy() for name in ("date", "had", "own"))
    begun = rows["begins"].to_numpy() <= (first + pd.offsets.MonthEnd(0)).to_numpy()
    before = begun & (own == 1) & (date >= first.to_numpy()) & (date < last.to_numpy())
    now = begun & (date >= np.datetime64(start)) & (date <= np.datetime64(end))
    amount, nothing = rows["amount"], Decimal(0)
    start_of: dict[int, Decimal] = defaultdict(Decimal)
    for at, value in zip(had[before], amount[before], strict=True):
        start_of[at] += value
    kept = now & (own == 1) & np.array([start_of.get(at, nothing) > 0 for at in had], dtype=bool)
    lines = rows["lines"].to_numpy()
    figures: dict[str, Any] = {
        "numerator": amount.where(kept, nothing),
        "denominator": amount.where(before, nothing),
        "n": np.where(kept, lines, 0),
        "unknown": np.where(now & (own == 0), lines, 0),
    }
    part: pd.DataFrame = rows.assign(**figures).loc[now | before]
    return part


NET_REVENUE_RETENTION = _growth(
    id="net_revenue_retention",
    label="Net revenue retention",
    definition=(
        "Revenue of the period from the services and sites that the client had a year before, "
        "against that of the same days a year before."
    ),
    formula="(start + expansion − contraction − churn) ÷ start",
    unit="ratio",
    grain="one service at one site",
    date="issued_on",
    needs=(("invoice_lines", ("issued_on", "amount", "service")),),
    dims=("month", *_PLACES),
    exclusions=(
        "A service at a site that the client did not have is new business, not retention. Price "
        "escalators, fuel and volume are in it together. Lines in a currency without "
        "a rate of exchange lower the coverage. There is none without the year before."
    ),
    decimals=1,
    rollup="share_of_money",
    rows=_invoiced,
    select=_retained,
)

METRICS = (WIN_RATE, NEW_BUSINESS, WEIGHTED_PIPELINE, PIPELINE_COVERAGE, NET_REVENUE_RETENTION)
