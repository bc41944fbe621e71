"""What it costs the house to serve a client: by unit, by order, and by what drives it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pandas as pd

from reviewkit.metrics.calendar import fiscal_periods
from reviewkit.metrics.cubed import joined, measures
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric, Rows
from reviewkit.metrics.whole import whole_periods


def _per(columns: dict[str, str]) -> Rows:
    """Return cost and volume of the months, or fiscal periods, that have both."""

    def rows(data: MetricData) -> pd.DataFrame:
        costs = data.registers["costs"]
        volume = measures("shipments", ("service",), columns)(data)
        volume = volume.assign(denominator=volume.get("denominator", volume["n"]))
        paid, moved = (fiscal_periods(at, data.calendar) for at in (costs["month"], volume["date"]))
        both = set(paid["opens"]) & set(moved.loc[volume["denominator"] > 0, "opens"])
        counts = paid["opens"].isin(both)
        spent = pd.DataFrame(
            {
                "date": costs["month"],
                **paid,
                "service": costs["service"],
                "numerator": costs["amount"].where(counts, Decimal(0)),
                "known": counts.astype("int64"),
                "denominator": 0,
                "n": 0,
                "unknown": (~counts).astype("int64"),
            }
        )
        nothing: dict[str, Any] = {"numerator": Decimal(0), "known": 0}
        volume = volume.assign(**moved, **nothing)[moved["opens"].isin(both)]
        return joined(spent, volume)

    return rows


_cost = partial(
    Metric,
    unit="money",
    better="lower",
    group="Finance",
    audience="internal",
    dims=("month", "service"),
    select=whole_periods("known"),
)
_ABSORBED = (
    "Months without cost or without volume are left out and lower the coverage. Fixed cost is "
    "in it, so that it rises where the volume falls."
)

COST_PER_UNIT = _cost(
    id="cost_per_unit",
    label="Cost per unit",
    definition="Cost of the period against the units delivered of what left in it.",
    formula="Σ cost ÷ Σ delivered units",
    grain="client, month, service",
    date="month",
    needs=(("costs", ("month", "amount")), ("shipments", ("shipped_at", "delivered_units"))),
    exclusions=f"{_ABSORBED} Deliveries without known units lower the coverage.",
    decimals=2,
    rollup="per",
    rows=_per(
        {"denominator": "units_left", "n": "units_left_known", "unknown": "units_left_unknown"}
    ),
)


def _per_order(data: MetricData) -> pd.DataFrame:
    rows = _per({"n": "otif_due", "more": "otif_unknown"})(data)
    orders = rows["n"] + rows["more"].fillna(0).astype("int64")
    volume = rows["known"].eq(0) & rows["more"].notna()
    return rows.assign(
        n=orders, denominator=orders.where(volume, 0), unknown=rows["unknown"].fillna(0)
    )


COST_PER_ORDER = _cost(
    id="cost_per_order",
    label="Cost per order",
    definition="Cost of the period against the orders due in it.",
    formula="Σ cost ÷ orders due",
    grain="client, month, service",
    date="month",
    needs=(("costs", ("month", "amount")), ("shipments", ("promised_at",))),
    exclusions=_ABSORBED,
    decimals=2,
    rollup="per",
    rows=_per_order,
)


def _served(data: MetricData) -> pd.DataFrame:
    """Return what each service is charged at its pool's rate of the month, and the rest."""
    costs = data.registers["costs"]
    spent: dict[Any, Decimal] = defaultdict(Decimal)
    driven: dict[Any, Fraction] = defaultdict(Fraction)
    keys = list(zip(costs["month"], costs["pool"], strict=True))
    quantities = [
        Fraction(0) if pd.isna(item) else Fraction(str(item)) for item in costs["driver_quantity"]
    ]
    for key, amount, quantity in zip(keys, costs["amount"], quantities, strict=True):
        spent[key] += amount
        driven[key] += quantity
    charged = [
        quantity * Fraction(spent[key]) / driven[key] if driven[key] else Fraction(0)
        for key, quantity in zip(keys, quantities, strict=True)
    ]
    rest = [not driven[key] for key in keys]
    return pd.DataFrame(
        {
            "date": costs["month"],
            **fiscal_periods(costs["month"], data.calendar),
            "service": costs["service"],
            "pool": costs["pool"],
            "numerator": pd.Series(charged, index=costs.index, dtype=object),
            "denominator": costs["amount"],
            "n": [int(not item) for item in rest],
            "unknown": [int(item) for item in rest],
        }
    )


COST_TO_SERVE = _cost(
    id="cost_to_serve",
    label="Cost to serve",
    definition=(
        "Cost of the period charged by what drives it: the driver's quantity times its rate, "
        "which is the pool's cost of the month over all services by its quantity."
    ),
    formula="Σ driver quantity × driver rate",
    grain="client, month, service, pool",
    date="month",
    needs=(("costs", ("month", "pool", "amount", "driver_quantity")),),
    exclusions=(
        "Pools without a driver are the unallocated rest: all cost, the denominator, less what is "
        "charged, the numerator. They lower the coverage."
    ),
    dims=("month", "service", "pool"),
    rollup="charged",
    rows=_served,
    select=whole_periods("n"),
)

METRICS = (COST_PER_UNIT, COST_PER_ORDER, COST_TO_SERVE)
