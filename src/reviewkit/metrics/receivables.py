"""What is owed and disputed: days of sales, what is past due, and how disputes end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.metrics.cubed import joined
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric, dated, of_each_member

AGES = ("not due", "1 to 30 days", "31 to 60 days", "61 to 90 days", "over 90 days")
"""Days past due, in the field's usual steps."""

_STEPS = np.array([0, 30, 60, 90])
_SCALE = 10_000
_DAY = 86_400_000_000
_TABLES = (("invoice_lines", ("invoice_id", "issued_on", "due_on", "amount")),
           ("payments", ("invoice_id", "paid_on", "amount")))  # fmt: skip


def _bookings(data: MetricData) -> pd.DataFrame:
    """Return invoice lines and payments as bookings on invoices, in ten-thousandths."""
    lines = data.registers["invoice_lines"]
    paid = data.registers["payments"]
    own = (lines["currency"].fillna(data.currency) == data.currency).to_numpy()
    credit = lines["credit_of"].notna().to_numpy()
    disputed = lines["disputed_on"].where(~lines["dispute_outcome"].isin(["upheld", "rejected"]))
    issued = pd.DataFrame(
        {
            "date": lines["issued_on"],
            "invoice": lines["credit_of"].fillna(lines["invoice_id"]),
            "booked": _scaled(lines["amount"]).where(own, 0),
            "due": lines["due_on"].fillna(lines["issued_on"]).where(~credit),
            "disputed_on": disputed.where(~credit),
            "sold": own.astype("int64"),
            "foreign": (~own).astype("int64"),
        }
    )
    payments = pd.DataFrame(
        {
            "date": paid["paid_on"],
            "invoice": paid["invoice_id"],
            "booked": -_scaled(paid["amount"]),
            "due": pd.NaT,
            "disputed_on": pd.NaT,
            "sold": 0,
            "foreign": 0,
        }
    )
    payments = payments.astype({"due": issued["due"].dtype, "disputed_on": issued["date"].dtype})
    return _by_day(joined(issued, payments))


def _by_day(bookings: pd.DataFrame) -> pd.DataFrame:
    """Return bookings added up by invoice and day, invoices as numbers: spans are many."""
    numbered = bookings.assign(invoice=pd.factorize(bookings["invoice"], sort=True)[0])
    days = numbered.groupby(["date", "invoice", "disputed_on", "sold"], dropna=False)
    return days.agg(
        booked=("booked", "sum"),
        due=("due", "max"),
        lines=("sold", "sum"),
        foreign=("foreign", "sum"),
    ).reset_index()


def _scaled(amounts: pd.Series[Any]) -> pd.Series[Any]:
    # Whole numbers add up fast; an amount that was exchanged has more decimals than they hold.
    units = [item * _SCALE for item in amounts]
    whole = all(item == int(item) for item in units)
    return pd.Series(units, index=amounts.index, dtype=object).astype("int64" if whole else object)


def _money(units: Any) -> Decimal:
    return (units if isinstance(units, Decimal) else Decimal(int(units))) / _SCALE


@dataclass(frozen=True)
class _Balances:
    """What is open of each invoice other than zero, in ten-thousandths, and days past due.

    `known` are those that somebody owes; the others are paid or credited beyond, or of an
    invoice that was never issued.
    """

    open: Any
    disputed: Any
    late: Any
    known: Any


def _balances(rows: pd.DataFrame, end: dt.date) -> _Balances:
    # Arrays, because a review asks for hundreds of spans.
    last = np.datetime64(end, "us")
    date, invoice, booked, due, disputed_on = (
        rows[name].to_numpy() for name in ("date", "invoice", "booked", "due", "disputed_on")
    )
    issued = date <= last
    size = int(invoice.max(initial=-1)) + 1
    open_, disputed = np.zeros(size, booked.dtype), np.zeros(size, booked.dtype)
    np.add.at(open_, invoice[issued], booked[issued])
    np.add.at(disputed, invoice, np.where(issued & (disputed_on <= last), booked, 0))
    never = np.iinfo("int64").min
    due_on = np.full(size, never)
    np.maximum.at(due_on, invoice[issued], due[issued].astype("datetime64[us]").astype("int64"))
    left = open_ != 0
    open_, disputed, due_on = open_[left], disputed[left], due_on[left]
    known = (open_ > 0) & (due_on != never)
    late = (last.astype("int64") - np.where(known, due_on, last.astype("int64"))) // _DAY
    return _Balances(open_, disputed, late, known)


@of_each_member
def _owed(rows: pd.DataFrame, _start: dt.date, end: dt.date) -> pd.DataFrame:
    found = _balances(rows, end)
    past = found.known & (found.late > 0)
    return pd.DataFrame(
        {
            "age": np.array(AGES)[np.searchsorted(_STEPS, found.late.clip(min=0))],
            "numerator": [_money(item) for item in np.where(past, found.open, 0)],
            "n": past.astype("int64"),
            "unknown": (~found.known).astype("int64"),
        }
    )


@of_each_member
def _sales(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    found = _balances(rows, end)
    owed = _money((found.open - found.disputed.clip(max=found.open))[found.known].sum())
    part = dated(rows, start, end)
    sold = (part["sold"] == 1).to_numpy()
    return pd.DataFrame(
        {
            "numerator": [owed],
            "owed_days": [owed * ((end - start).days + 1)],
            "denominator": [_money(part["booked"].to_numpy()[sold].sum())],
            "n": [int(part["lines"].sum())],
            "unknown": [int((~found.known).sum() + part["foreign"].sum())],
        }
    )


_finance = partial(
    Metric,
    better="lower",
    group="Finance",
    grain="one invoice",
    date="the period's last day",
    needs=_TABLES,
    audience="internal",
    rows=_bookings,
)

_UNAPPLIED = (
    "Payments and credits beyond their invoice, or of an invoice that is not known, are not "
    "netted against others and lower the coverage, as do lines in a currency without a rate. "
    "Every amount of an invoice is exchanged at the rate of its issue, whenever it was paid."
)

DSO = _finance(
    id="dso",
    label="Days sales outstanding",
    definition=(
        "What is owed at the period's end as days of its sales; amounts under open dispute apart."
    ),
    formula="receivables ÷ sales × days of the period",
    unit="days",
    dims=("month",),
    exclusions=(
        f"{_UNAPPLIED} Sales that swing within the year move it without anybody paying later. "
        "There is none where nothing was invoiced."
    ),
    rollup="days",
    decimals=1,
    select=_sales,
)

RECEIVABLES_OVERDUE = _finance(
    id="receivables_overdue",
    label="Receivables past due",
    definition="Open amount of invoices past their due date at the end of the period's last day.",
    formula="Σ open amount of invoices past due",
    unit="money",
    dims=("month", "age"),
    exclusions=f"{_UNAPPLIED} An invoice without a due date is due when it was issued.",
    rollup="amount",
    select=_owed,
)


def _disputed(data: MetricData) -> pd.DataFrame:
    lines = data.registers["invoice_lines"]
    own = (lines["currency"].fillna(data.currency) == data.currency).to_numpy()
    charge = ((lines["amount"] > 0) & lines["credit_of"].isna()).to_numpy()
    raised = lines["disputed_on"].notna().to_numpy()
    ended = lines["dispute_outcome"].isin(["upheld", "rejected"]).to_numpy()
    upheld = (lines["dispute_outcome"] == "upheld").fillna(False).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "date": lines["issued_on"],
            **{name: lines[name] for name in _LINE},
            "amount": lines["amount"].where(own & charge, Decimal(0)),
            "in_dispute": lines["amount"].where(own & charge & raised, Decimal(0)),
            "own": (own & charge).astype("int64"),
            "foreign": (~own & charge).astype("int64"),
            "upheld": (charge & raised & upheld).astype("int64"),
            "ended": (charge & raised & ended).astype("int64"),
            "pending": (charge & raised & ~ended).astype("int64"),
        }
    )


_LINE = ("site", "service", "charge_code")

DISPUTED_AMOUNT = Metric(
    id="disputed_amount",
    label="Disputed amount",
    definition="Share of the amount invoiced in the period that the client has disputed.",
    formula="amount disputed ÷ amount invoiced",
    unit="ratio",
    better="lower",
    group="Billing",
    grain="one invoice line",
    date="issued_on",
    needs=(("invoice_lines", ("amount", "disputed_on")),),
    dims=("month", *_LINE),
    exclusions=(
        "Credits are not counted. Disputes count as raised, however they ended. Lines in a "
        "currency without a rate of exchange lower the coverage."
    ),
    decimals=1,
    rollup="share_of_money",
    rows=lambda data: _disputed(data).rename(
        columns={"in_dispute": "numerator", "amount": "denominator", "own": "n",
                 "foreign": "unknown"}
    ),
)  # fmt: skip

DISPUTES_UPHELD = Metric(
    id="disputes_upheld",
    label="Disputes upheld",
    definition="Share of the disputes of invoice lines issued in the period that were upheld.",
    formula="disputes upheld ÷ disputes decided",
    unit="ratio",
    better="lower",
    group="Billing",
    grain="one disputed invoice line",
    date="issued_on",
    needs=(("invoice_lines", ("disputed_on", "dispute_outcome")),),
    dims=("month", *_LINE),
    exclusions="Disputes that are still open lower the coverage.",
    judged_by_n=True,
    decimals=1,
    rollup="proportion",
    rows=lambda data: _disputed(data).rename(
        columns={"upheld": "numerator", "ended": "n", "pending": "unknown"}
    ),
)

METRICS = (DISPUTED_AMOUNT, DISPUTES_UPHELD, DSO, RECEIVABLES_OVERDUE)
