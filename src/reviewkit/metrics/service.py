"""Delivery metrics, read from the measures of `shipments`."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.metrics.data import MetricData
from reviewkit.metrics.dims import DELIVERY
from reviewkit.metrics.metric import Metric, Rows

_ORDER_DIMS = ("month", "site", "service", "lane")
_DIMS = ("month", *DELIVERY)
NOT_DUE = (
    "Cancelled by the client, or before it was shipped and before its promise ran out. "
    "Promises that run out after the data cut-off are not due yet."
)
"""What all metrics of promises leave out."""

_NO_PROMISE = "Deliveries without a promise lower the coverage."


def measured(columns: Mapping[str, str]) -> Rows:
    """Return rows of the `shipments` cube; `columns` maps a roll-up's columns to measures."""

    def rows(data: MetricData) -> pd.DataFrame:
        cube = data.cube["shipments"]
        dims = {name: cube[name] for name in DELIVERY}
        return pd.DataFrame(
            {"date": cube["month"], **dims} | {to: cube[name] for to, name in columns.items()}
        )

    return rows


SHIPMENTS = Metric(
    id="shipments",
    label="Shipments",
    definition="Deliveries that left the site in the period.",
    formula="number of deliveries",
    unit="count",
    better="none",
    group="Delivery",
    grain="one delivery to one consignee",
    date="shipped_at",
    needs=(("shipments", ("shipped_at",)),),
    dims=("month", "site", "service", "lane"),
    exclusions="Delivered without a recorded departure: not counted, lowers the coverage.",
    rollup="count",
    rows=measured({"n": "shipments", "unknown": "shipments_undated"}),
    measured=("shipments", "shipments_undated"),
)

ON_TIME_DELIVERY = Metric(
    id="on_time_delivery",
    label="On-time delivery",
    definition=(
        "Share of deliveries due in the period that arrived by the end of the agreed window plus "
        "the contract's tolerance, and not earlier than the contract allows."
    ),
    formula="delivered by (promised + tolerance) ÷ due",
    unit="ratio",
    better="higher",
    group="Delivery",
    grain="one delivery to one consignee",
    date="promised_at",
    needs=(("shipments", ("promised_at", "delivered_at")),),
    dims=_DIMS,
    exclusions=(
        f"{NOT_DUE} Due and not delivered is not on time. {_NO_PROMISE} So do deliveries "
        "with units received but no time recorded."
    ),
    judged_by_n=True,
    decimals=1,
    rollup="proportion",
    rows=measured({"numerator": "on_time", "n": "on_time_due", "unknown": "on_time_unknown"}),
    measured=("on_time", "on_time_due", "on_time_unknown"),
)

IN_FULL = Metric(
    id="in_full",
    label="In full",
    definition="Share of deliveries due in the period that brought at least the units ordered.",
    formula="delivered units ≥ ordered units ÷ due",
    unit="ratio",
    better="higher",
    group="Delivery",
    grain="one delivery to one consignee",
    date="promised_at",
    needs=(("shipments", ("promised_at", "ordered_units", "delivered_units")),),
    dims=("month", "site", "service", "lane"),
    exclusions=(
        f"{NOT_DUE} Due and not delivered is not in full. {_NO_PROMISE} So do deliveries "
        "whose units ordered or delivered are not recorded."
    ),
    judged_by_n=True,
    decimals=1,
    rollup="proportion",
    rows=measured({"numerator": "in_full", "n": "in_full_due", "unknown": "in_full_unknown"}),
    measured=("in_full", "in_full_due", "in_full_unknown"),
)

OTIF = Metric(
    id="otif",
    label="On time in full",
    definition=(
        "Share of orders due in the period of which every delivery was on time and all "
        "deliveries together brought at least the units ordered."
    ),
    formula="orders on time and in full ÷ orders due",
    unit="ratio",
    better="higher",
    group="Delivery",
    grain="one order",
    date="its last promise",
    needs=(("shipments", ("promised_at", "delivered_at", "ordered_units", "delivered_units")),),
    dims=_ORDER_DIMS,
    exclusions=(
        f"{NOT_DUE} Cancelled deliveries leave their order. An order with something unknown "
        "and no known failure lowers the coverage."
    ),
    judged_by_n=True,
    decimals=1,
    rollup="proportion",
    rows=measured({"numerator": "otif", "n": "otif_due", "unknown": "otif_unknown"}),
    measured=("otif", "otif_due", "otif_unknown"),
)

METRICS = (SHIPMENTS, ON_TIME_DELIVERY, IN_FULL, OTIF)
