"""Delivery metrics beside those of `service`: by line and unit, perfect, damaged, returned."""

from __future__ import annotations

from functools import partial

import pandas as pd

from reviewkit.metrics.cubed import joined, measures, rates
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.service import NOT_DUE

_DIMS = ("site", "service", "lane")
_MOVED = (*_DIMS, "carrier")
_DELIVERY = "one delivery to one consignee"

_rate = partial(
    Metric,
    unit="ratio",
    group="Delivery",
    dims=("month", *_DIMS),
    judged_by_n=True,
    decimals=1,
)

PERFECT_ORDER = _rate(
    id="perfect_order",
    label="Perfect order",
    definition=(
        "Share of orders due in the period that were on time, in full, undamaged and with the "
        "right documents, all four asked of each order."
    ),
    formula="orders on time, in full, undamaged and rightly documented ÷ orders due",
    better="higher",
    grain="one order",
    date="its last promise",
    needs=(
        (
            "shipments",
            (
                "promised_at",
                "delivered_at",
                "ordered_units",
                "delivered_units",
                "damaged_units",
                "documents_ok",
            ),
        ),
    ),
    exclusions=(
        f"{NOT_DUE} It is counted order by order: the product of the four rates is another "
        "number. An order with something unknown and no known failure lowers the coverage."
    ),
    standard="SCOR RL.1.1",
    rollup="proportion",
    rows=rates("shipments", _DIMS, "perfect", "perfect_due", "perfect_unknown"),
    measured=("perfect", "perfect_due", "perfect_unknown"),
)

OTIF_LINES = _rate(
    id="otif_lines",
    label="On time in full, by line",
    definition="Share of order lines due in the period in deliveries that were on time in full.",
    formula="lines of deliveries on time and in full ÷ lines due",
    better="higher",
    grain="one line of a delivery",
    date="promised_at",
    needs=(
        (
            "shipments",
            ("promised_at", "delivered_at", "ordered_units", "delivered_units", "lines"),
        ),
    ),
    exclusions=(
        f"{NOT_DUE} A delivery that came short fails with all its lines, because it does not "
        "tell which. Deliveries with something unknown lower the coverage. The number of cases "
        "is that of deliveries."
    ),
    rollup="share",
    rows=measures(
        "shipments",
        _DIMS,
        {
            "numerator": "lines_good",
            "denominator": "lines_due",
            "n": "lines_judged",
            "unknown": "lines_unjudged",
        },
    ),
    measured=("lines_good", "lines_due", "lines_judged", "lines_unjudged"),
)

OTIF_UNITS = _rate(
    id="otif_units",
    label="On time in full, by unit",
    definition="Share of the units ordered for delivery in the period that arrived on time.",
    formula="units delivered on time, at most those ordered ÷ units ordered",
    better="higher",
    grain="one unit ordered",
    date="promised_at",
    needs=(("shipments", ("promised_at", "delivered_at", "ordered_units", "delivered_units")),),
    exclusions=(
        f"{NOT_DUE} Units beyond those ordered make up for none elsewhere. Of a split delivery "
        "each part counts by its own promise. Deliveries with something unknown lower the "
        "coverage. The number of cases is that of deliveries."
    ),
    rollup="share",
    rows=measures(
        "shipments",
        _DIMS,
        {
            "numerator": "units_good",
            "denominator": "units_due",
            "n": "units_judged",
            "unknown": "units_unjudged",
        },
    ),
    measured=("units_good", "units_due", "units_judged", "units_unjudged"),
)

ON_TIME_FIRST = _rate(
    id="on_time_first_promise",
    label="On time to the first promise",
    definition=(
        "Share of deliveries due in the period that arrived by the end of the window first "
        "agreed plus the contract's tolerance, whatever was agreed later."
    ),
    formula="delivered by (first promised + tolerance) ÷ due",
    better="higher",
    grain=_DELIVERY,
    date="promised_at",
    needs=(("shipments", ("promised_at", "first_promised_at", "delivered_at")),),
    exclusions=(
        f"{NOT_DUE} Deliveries without a first promise, or with no time recorded, lower the "
        "coverage."
    ),
    rollup="proportion",
    dims=("month", *_MOVED),
    rows=rates("shipments", _MOVED, "first_met", "first_due", "first_unknown"),
    measured=("first_met", "first_due", "first_unknown"),
)

DAMAGE_RATE = _rate(
    id="damage_rate",
    label="Damage rate",
    definition="Share of the units delivered, of deliveries due in the period, found damaged.",
    formula="units damaged ÷ units delivered",
    better="lower",
    grain="one unit delivered",
    date="promised_at",
    needs=(("shipments", ("delivered_units", "damaged_units")),),
    exclusions=(
        "Damage is that found on arrival; goods damaged in the warehouse and never sent are not "
        "in it. Deliveries whose damage is not recorded lower the coverage. The number of cases "
        "is that of deliveries."
    ),
    rollup="share",
    rows=measures(
        "shipments",
        _DIMS,
        {
            "numerator": "units_damaged",
            "denominator": "units_handled",
            "n": "damage_known",
            "unknown": "damage_unknown",
        },
    ),
    decimals=2,
    measured=("units_damaged", "units_handled", "damage_known", "damage_unknown"),
)

UNITS = Metric(
    id="units",
    label="Units delivered",
    definition="Units delivered of what left the site in the period.",
    formula="Σ delivered units",
    unit="count",
    better="none",
    group="Delivery",
    grain=_DELIVERY,
    date="shipped_at",
    needs=(("shipments", ("shipped_at", "delivered_units")),),
    dims=("month", *_DIMS),
    exclusions="Deliveries whose units are not known, or not yet, lower the coverage.",
    rollup="quantity",
    rows=measures(
        "shipments",
        _DIMS,
        {"numerator": "units_left", "n": "units_left_known", "unknown": "units_left_unknown"},
    ),
    measured=("units_left", "units_left_known", "units_left_unknown"),
)

_PLACES = ("site", "service")


def _returned(data: MetricData) -> pd.DataFrame:
    back = measures(
        "returns",
        _PLACES,
        {"numerator": "units_returned", "n": "returns", "unknown": "returns_unknown"},
    )(data)
    sent = measures("shipments", _PLACES, {"denominator": "units_left"})(data)
    rows = joined(back, sent)
    counts = ["numerator", "denominator", "n", "unknown"]
    return rows.astype(dict.fromkeys(counts, "Int64")).fillna(dict.fromkeys(counts, 0))


RETURNS_RATE = Metric(
    id="returns_rate",
    label="Returns rate",
    definition="Units that came back in the period against the units delivered of what left in it.",
    formula="units returned ÷ units delivered",
    unit="ratio",
    better="lower",
    group="Delivery",
    grain="one return",
    date="the day of the return, or of the departure",
    needs=(("returns", ("at", "units")), ("shipments", ("shipped_at", "delivered_units"))),
    dims=("month", *_PLACES),
    exclusions=(
        "A return counts when it came, not against the delivery that it belongs to. Returns "
        "without units lower the coverage. The number of cases is that of returns."
    ),
    decimals=2,
    rollup="share",
    rows=_returned,
    measured=("units_returned", "returns", "returns_unknown"),
)

METRICS = (
    PERFECT_ORDER,
    OTIF_LINES,
    OTIF_UNITS,
    ON_TIME_FIRST,
    DAMAGE_RATE,
    RETURNS_RATE,
    UNITS,
)
