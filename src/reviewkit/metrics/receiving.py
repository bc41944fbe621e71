"""Metrics of what comes in: receipts, how long until they are in stock, and if as advised."""

from __future__ import annotations

from functools import partial

import pandas as pd

from reviewkit.metrics.cubed import measures, rates
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric

_PLACES = ("site", "service")
_DIMS = ("month", *_PLACES)


def _times(data: MetricData) -> pd.DataFrame:
    cube = data.cube["receipts"]
    done, still = cube["receipts_available"], cube["receipts_open"]
    bins = zip(cube["bin"].astype("int64"), done, still, strict=True)
    return pd.DataFrame(
        {"date": cube["month"], **{name: cube[name] for name in _PLACES}, "n": done}
        | {"unknown": still, "bins": pd.Series(list(bins), index=cube.index, dtype=object)}
    )


_dock = partial(
    Metric,
    unit="hours",
    better="lower",
    group="Warehouse",
    grain="one inbound receipt",
    date="arrived_at",
    needs=(("receipts", ("arrived_at", "available_at")),),
    dims=_DIMS,
    exclusions=(
        "Round the clock: dock hours are not known. Receipts not available yet count as open for "
        "the time so far (Kaplan-Meier) and lower the coverage. Times are counted in steps of "
        "5%, so that the figure is within 2.5% of the one from single times, or half a minute."
    ),
    decimals=1,
    rows=_times,
    measured=("receipts_available", "receipts_open"),
)

DOCK_TO_STOCK_MEDIAN = _dock(
    id="dock_to_stock_median",
    label="Dock to stock, median",
    definition="Hours within which half of the receipts that arrived in the period were available.",
    formula="median of available − arrived",
    rollup="half_binned",
)

DOCK_TO_STOCK_P90 = _dock(
    id="dock_to_stock_p90",
    label="Dock to stock, 90%",
    definition="Hours within which 90% of the receipts that arrived in the period were available.",
    formula="90th percentile of available − arrived",
    rollup="most_binned",
)

RECEIPTS = Metric(
    id="receipts",
    label="Receipts",
    definition="Inbound receipts that arrived in the period.",
    formula="number of receipts",
    unit="count",
    better="none",
    group="Warehouse",
    grain="one inbound receipt",
    date="arrived_at",
    needs=(("receipts", ("arrived_at",)),),
    dims=_DIMS,
    rollup="count",
    rows=lambda data: measures("receipts", _PLACES, {"n": "receipts"})(data).assign(unknown=0),
    measured=("receipts",),
)

RECEIPT_ACCURACY = Metric(
    id="receipt_accuracy",
    label="Receipts as advised",
    unit="ratio",
    better="higher",
    group="Warehouse",
    dims=_DIMS,
    judged_by_n=True,
    decimals=1,
    definition="Share of receipts of the period that brought the units that were advised.",
    formula="receipts without discrepancy ÷ receipts",
    grain="one inbound receipt",
    date="arrived_at",
    needs=(("receipts", ("arrived_at", "discrepancy_units")),),
    exclusions="Receipts whose discrepancy is not recorded lower the coverage.",
    rollup="proportion",
    rows=rates("receipts", _PLACES, "receipts_right", "receipts_checked", "receipts_unchecked"),
    measured=("receipts_right", "receipts_checked", "receipts_unchecked"),
)

METRICS = (DOCK_TO_STOCK_MEDIAN, DOCK_TO_STOCK_P90, RECEIPTS, RECEIPT_ACCURACY)
