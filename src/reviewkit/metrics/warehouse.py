"""Warehouse metrics: picking, stock and its counts, and billable work."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pandas as pd

from reviewkit.metrics.cubed import measures, rates
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric, dated
from reviewkit.metrics.stored import pallets, turned

_PLACES = ("site", "service")
_DIMS = ("month", *_PLACES)

_rate = partial(
    Metric,
    unit="ratio",
    better="higher",
    group="Warehouse",
    dims=_DIMS,
    judged_by_n=True,
    decimals=1,
)


_ERRORS = (
    "An error counts in the month of the shipment, whenever it was found. Errors whose code "
    'begins with "client" are not counted.'
)

ORDER_ACCURACY = _rate(
    id="order_accuracy",
    label="Order accuracy",
    definition="Share of orders shipped in the period without an error on any of their lines.",
    formula="orders without error ÷ orders shipped",
    grain="one order",
    date="its last departure",
    needs=(("order_lines", ("order_id", "shipped_at", "error_code")),),
    exclusions=_ERRORS,
    rollup="proportion",
    rows=lambda data: measures(
        "order_lines", _PLACES, {"numerator": "orders_right", "n": "orders_shipped"}
    )(data).assign(unknown=0),
    measured=("orders_right", "orders_shipped"),
)

PICK_ACCURACY = _rate(
    id="pick_accuracy",
    label="Pick accuracy",
    definition="Share of order lines shipped in the period without an error.",
    formula="lines without error ÷ lines shipped",
    grain="one line of an order",
    date="shipped_at",
    needs=(("order_lines", ("shipped_at", "error_code")),),
    exclusions=_ERRORS,
    decimals=2,
    rollup="proportion",
    rows=lambda data: measures(
        "order_lines", _PLACES, {"numerator": "lines_right", "n": "lines_shipped"}
    )(data).assign(unknown=0),
    measured=("lines_right", "lines_shipped"),
)

FILL_RATE = _rate(
    id="fill_rate",
    label="Fill rate",
    definition="Share of the units ordered that the first shipment of their line brought.",
    formula="units of the first shipment, at most those ordered ÷ units ordered",
    grain="one unit ordered",
    date="shipped_at",
    needs=(("order_lines", ("order_id", "shipped_at", "ordered_units", "shipped_units")),),
    exclusions=(
        "A line that did not leave counts with nothing shipped, dated by the first departure of "
        "its order; orders of which nothing left are not counted yet. Lines whose error code "
        'begins with "client", such as its own stock-out, are not counted. Lines without units '
        "lower the coverage. The number of cases is that of lines."
    ),
    rollup="share",
    rows=measures(
        "order_lines",
        _PLACES,
        {
            "numerator": "units_first",
            "denominator": "units_asked",
            "n": "fill_lines",
            "unknown": "fill_unknown",
        },
    ),
    measured=("units_first", "units_asked", "fill_lines", "fill_unknown"),
)

INVENTORY_ACCURACY = _rate(
    id="inventory_accuracy",
    label="Inventory accuracy, by location",
    definition="Share of locations counted in the period in which the books had the units right.",
    formula="locations matched ÷ locations counted",
    grain="one counted location",
    date="counted_at",
    needs=(("counts", ("counted_at", "book_units", "counted_units")),),
    exclusions="Counts without both figures lower the coverage.",
    rollup="proportion",
    rows=rates("counts", _PLACES, "locations_matched", "locations_counted", "locations_unknown"),
    measured=("locations_matched", "locations_counted", "locations_unknown"),
)


def _by_unit(data: MetricData) -> pd.DataFrame:
    rows = measures(
        "counts",
        _PLACES,
        {
            "apart": "units_apart",
            "denominator": "book_units",
            "n": "locations_counted",
            "unknown": "locations_unknown",
        },
    )(data)
    return rows.assign(numerator=rows["denominator"] - rows["apart"])


INVENTORY_ACCURACY_UNITS = _rate(
    id="inventory_accuracy_units",
    label="Inventory accuracy, by unit",
    definition="One less the units by which counts and books differ, as a share of the book units.",
    formula="1 − Σ|counted − book| ÷ Σ book",
    grain="one unit by the books",
    date="counted_at",
    needs=(("counts", ("counted_at", "book_units", "counted_units")),),
    exclusions=(
        "Too many and too few are added, never netted, so that it may be below zero. Counts "
        "without both figures lower the coverage. The number of cases is that of locations."
    ),
    decimals=2,
    rollup="share",
    rows=_by_unit,
    measured=("units_apart", "book_units"),
)


def _averaged(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    return pallets(dated(rows, start, end))


STOCK_PALLETS = Metric(
    id="stock_pallets",
    label="Pallets in store, average",
    definition="Average of the pallets in store at the end of the days of the period.",
    formula="Σ pallets ÷ days recorded",
    unit="pallets",
    better="none",
    group="Warehouse",
    grain="one day at one site",
    date="date",
    needs=(("stock", ("date", "pallets")),),
    dims=_DIMS,
    exclusions=(
        "A site without a row on a day that another has held nothing; days that no site recorded "
        "are left out. Rows without pallets lower the coverage."
    ),
    rollup="average",
    rows=lambda data: measures(
        "stock",
        _PLACES,
        {
            "pallet_days": "pallet_days",
            "rows": "stock_rows",
            "unknown": "pallets_unknown",
            "days": "stock_days",
        },
    )(data),
    select=_averaged,
    measured=("pallet_days", "stock_rows", "pallets_unknown", "stock_days"),
)

STOCK_TURNS = Metric(
    id="stock_turns",
    label="Stock turns, a year",
    definition=(
        "How often a year the average stock would leave at the pace of the period: units "
        "delivered of what left, a year's worth, against the average units in store."
    ),
    formula="units delivered × 365 ÷ Σ units in store at the days' ends",
    unit="times",
    better="higher",
    group="Warehouse",
    grain="one day at one site",
    date="date",
    needs=(("stock", ("date", "units")), ("shipments", ("shipped_at", "delivered_units"))),
    dims=_DIMS,
    exclusions=(
        "Units of stock and of deliveries must be the same. Rows of stock without units lower "
        "the coverage; days without stock recorded make the turns look faster."
    ),
    decimals=1,
    rollup="share",
    rows=turned,
    measured=("unit_days", "stock_units_unknown"),
)

ACTIVITY = Metric(
    id="activity_events",
    label="Billable events",
    definition="Billable events of the period.",
    formula="number of events",
    unit="count",
    better="none",
    group="Warehouse",
    grain="one billable event",
    date="at",
    needs=(("activity", ("at", "charge_code")),),
    dims=(*_DIMS, "charge_code"),
    exclusions="Quantities are not added: they are of different units.",
    rollup="count",
    rows=lambda data: measures("activity", (*_PLACES, "charge_code"), {"n": "events"})(data).assign(
        unknown=0
    ),
    measured=("events",),
)

METRICS = (
    ORDER_ACCURACY,
    PICK_ACCURACY,
    FILL_RATE,
    INVENTORY_ACCURACY,
    INVENTORY_ACCURACY_UNITS,
    STOCK_PALLETS,
    STOCK_TURNS,
    ACTIVITY,
)
