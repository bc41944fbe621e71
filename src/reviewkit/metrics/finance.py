"""Billing and finance metrics, read from invoice lines, the budget and freight."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from reviewkit.metrics.calendar import fiscal_periods
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.service import measured
from reviewkit.metrics.whole import whole_periods

NOT_OUR_ERROR = ("client", "goodwill", "rebate", "return", "bonus")
"""First words of credit reasons that do not put the invoice in the wrong."""

_LINE_DIMS = ("month", "site", "service", "charge_code")


def billed(data: MetricData) -> pd.DataFrame:
    """Return the invoice lines, dated by issue, with 0 or 1 for `credit`, `wrong`, `disputed`.

    A credit line has a negative amount or names the invoice it credits. A line is wrong
    when its dispute was upheld, or when it was credited for an error that the client did
    not cause. A credit names its lines by charge code and reference where it gives them.
    The rows are made once for all who ask, so nobody may write to them.
    """
    return data.once(("billed",), lambda: _billed(data))


def _billed(data: MetricData) -> pd.DataFrame:
    lines = data.registers["invoice_lines"]
    names_invoice = lines["credit_of"].notna()
    credit = names_invoice | (lines["amount"] < 0)
    reason = lines["credit_reason"].fillna("").str.lower().str.strip()
    error = ~reason.str.startswith(NOT_OUR_ERROR)
    wrong = (lines["dispute_outcome"] == "upheld") | _credited(lines, names_invoice & error)
    return pd.DataFrame(
        {
            "date": lines["issued_on"],
            **{name: lines[name] for name in _LINE_DIMS[1:]},
            "amount": lines["amount"],
            "currency": lines["currency"].fillna(data.currency),
            "credit": credit.astype("int64"),
            "unmatched": (credit & ~names_invoice).astype("int64"),
            "wrong": (wrong.fillna(False) & ~credit).astype("int64"),
            "disputed": (lines["disputed_on"].notna() & ~credit).astype("int64"),
        }
    )


def _credited(lines: pd.DataFrame, credits_: pd.Series[bool]) -> pd.Series[bool]:
    named = ["charge_code", "reference"]
    pairs = lines.reset_index(names="row")[["row", "invoice_id", *named]].merge(
        lines.loc[credits_, ["credit_of", *named]],
        left_on="invoice_id",
        right_on="credit_of",
        suffixes=("", "_credited"),
    )
    for name in named:
        asked = pairs[f"{name}_credited"]
        pairs = pairs[asked.isna() | (asked == pairs[name])]
    return lines.index.to_series().isin(pairs["row"])


def _accuracy(data: MetricData) -> pd.DataFrame:
    rows = billed(data)
    right = 1 - rows["credit"] - rows["wrong"]
    return rows.assign(numerator=right, n=1 - rows["credit"], unknown=rows["unmatched"])


def _disputes(data: MetricData) -> pd.DataFrame:
    rows = billed(data)
    return rows.assign(numerator=rows["disputed"], n=1 - rows["credit"], unknown=0)


def _against_budget(data: MetricData) -> pd.DataFrame:
    rows = billed(data)
    plan = budgeted(data)
    periods, planned = (fiscal_periods(item["date"], data.calendar) for item in (rows, plan))
    counts = (rows["currency"] == data.currency) & periods["opens"].isin(planned["opens"])
    actual = pd.DataFrame(
        {
            "date": rows["date"],
            **periods,
            "service": rows["service"],
            "numerator": rows["amount"].where(counts, Decimal(0)),
            "denominator": Decimal(0),
            "planned": counts.astype("int64"),
            "n": counts.astype("int64"),
            "unknown": (~counts).astype("int64"),
        }
    )
    budget = pd.DataFrame(
        {
            "date": plan["date"],
            **planned,
            "service": plan["service"],
            "numerator": Decimal(0),
            "denominator": plan["revenue"],
            "planned": 1,
            "n": 0,
            "unknown": 0,
        }
    )
    return pd.concat([actual, budget])


def budgeted(data: MetricData) -> pd.DataFrame:
    """Return the budget in force, one row per month and service, dated by its month.

    Of several versions the last in order counts, month by month and service by service.
    """
    budget = data.registers["budget"]
    version = budget["version"].fillna("")
    service = budget["service"].fillna("")
    ordered = budget.assign(version=version, key=service).sort_values(["month", "key", "version"])
    last = ordered.drop_duplicates(["month", "key"], keep="last")
    return last.drop(columns="key").rename(columns={"month": "date"})


REVENUE_AGAINST_BUDGET = Metric(
    id="revenue_against_budget",
    label="Revenue against budget",
    definition=(
        "Amounts invoiced less credits, minus the budgeted revenue of the same months; the "
        "numerator is the actual, the denominator the budget, and the target is zero."
    ),
    formula="actual − budget",
    unit="money",
    better="higher",
    group="Finance",
    grain="client, month, service",
    date="issued_on",
    needs=(("invoice_lines", ("amount",)), ("budget", ("month", "revenue"))),
    dims=("month", "service"),
    exclusions=(
        "Months without a budget, and lines in a currency without a rate of exchange, are left "
        "out and lower the coverage. Where fiscal periods are made of weeks, a span that cuts "
        "one has no figure. Amounts are exchanged at the rate of their issue, credits at that of "
        "the invoice they name, and the budget at that of its month's first day."
    ),
    audience="internal",
    rollup="difference",
    rows=_against_budget,
    select=whole_periods("planned"),
    default_target=0,
)

GROSS_MARGIN = Metric(
    id="gross_margin",
    label="Gross margin",
    definition=(
        "Freight charged less freight paid, as a share of freight charged, of deliveries that "
        "left in the period."
    ),
    formula="(freight revenue − freight cost) ÷ freight revenue",
    unit="ratio",
    better="higher",
    group="Finance",
    grain="one delivery to one consignee",
    date="shipped_at",
    needs=(("shipments", ("shipped_at", "freight_revenue", "freight_cost")),),
    dims=("month", "site", "service", "lane"),
    exclusions=(
        "Deliveries whose revenue or cost is not recorded lower the coverage, and so do those in "
        "a currency without a rate of exchange on the day they left. Freight passed through at "
        "cost is included and dilutes the margin."
    ),
    audience="internal",
    decimals=1,
    rollup="share_of_money",
    rows=lambda data: measured(
        {
            "revenue": "margin_revenue",
            "cost": "margin_cost",
            "n": "margin_known",
            "unknown": "margin_unknown",
        }
    )(data).pipe(lambda t: t.assign(numerator=t["revenue"] - t["cost"], denominator=t["revenue"])),
    measured=("margin_revenue", "margin_cost", "margin_known", "margin_unknown"),
)

INVOICE_ACCURACY = Metric(
    id="invoice_accuracy",
    label="Invoice accuracy",
    definition=(
        "Share of invoice lines issued in the period that were not in error: neither credited "
        "later for an error that the client did not cause, nor disputed with success."
    ),
    formula="1 − lines in error ÷ lines",
    unit="ratio",
    better="higher",
    group="Billing",
    grain="one invoice line",
    date="issued_on",
    needs=(("invoice_lines", ("credit_of",)),),
    dims=_LINE_DIMS,
    exclusions=(
        "Credit lines are not counted; a credit that names no invoice lowers the coverage. "
        "Credits whose reason begins with "
        f"{', '.join(NOT_OUR_ERROR[:-1])} or {NOT_OUR_ERROR[-1]} are no errors."
    ),
    judged_by_n=True,
    decimals=1,
    rollup="proportion",
    rows=_accuracy,
)

DISPUTES = Metric(
    id="disputes",
    label="Disputed invoice lines",
    definition="Share of invoice lines issued in the period that the client has disputed.",
    formula="lines disputed ÷ lines",
    unit="ratio",
    better="lower",
    group="Billing",
    grain="one invoice line",
    date="issued_on",
    needs=(("invoice_lines", ("disputed_on",)),),
    dims=_LINE_DIMS,
    exclusions="Credit lines are not counted. Disputes count as raised, however they ended.",
    judged_by_n=True,
    decimals=1,
    rollup="proportion",
    rows=_disputes,
)

METRICS = (INVOICE_ACCURACY, DISPUTES, REVENUE_AGAINST_BUDGET, GROSS_MARGIN)
