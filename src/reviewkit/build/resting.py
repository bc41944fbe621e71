"""Which rows a balance rests on: those that enter the figure, of all up to the period's end.

Each rule names the rows again from the definition, apart from the code that computes the
figure; lineage then computes it from these rows alone, and both must agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from reviewkit.metrics.dims import MEMBER
from reviewkit.periods import Period

Tables = Mapping[str, pd.DataFrame]


def rests_on(metric_id: str, tables: Tables, span: Period, currency: str) -> Tables:
    """Return the rows of `tables` that the figure of a period rests on; all without a rule."""
    rule = _RULES.get(metric_id)
    return rule(tables, span, currency) if rule else tables


def _owed(tables: Tables, span: Period, currency: str) -> dict[str, pd.DataFrame]:
    """Return lines and payments of the invoices past due, and of what nobody knows to owe."""
    lines, payments = _booked(tables, span)
    open_ = _open(lines, payments, currency)
    own = lines[lines["credit_of"].isna()]
    due = own["due_on"].fillna(own["issued_on"]).groupby([own[name] for name in _KEY]).max()
    late = [key for key in open_ if key not in due.index or due[key].date() < span.end]
    return {
        name: rows.drop(columns=[*_KEY])[_keys(rows).isin(late)]
        for name, rows in (("invoice_lines", lines), ("payments", payments))
    }


def _sold(tables: Tables, span: Period, currency: str) -> dict[str, pd.DataFrame]:
    """Return all that was booked on the invoices that are open, or of which the period has lines.

    Without its payments an invoice of the period would look open.
    """
    lines, payments = _booked(tables, span)
    inside = lines["issued_on"] >= pd.Timestamp(span.start)
    kept = {*_open(lines, payments, currency), *_keys(lines)[inside]}
    return {
        name: rows.drop(columns=[*_KEY])[_keys(rows).isin(list(kept))]
        for name, rows in (("invoice_lines", lines), ("payments", payments))
    }


_KEY = ("whose", "of_invoice")


def _booked(tables: Tables, span: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return lines and payments up to the period's end, with the invoice that each is booked on."""
    last = pd.Timestamp(span.end)
    lines, payments = tables["invoice_lines"], tables["payments"]
    lines = lines[lines["issued_on"] <= last]
    payments = payments[payments["paid_on"] <= last]
    invoice = lines["credit_of"].fillna(lines["invoice_id"])
    return (
        lines.assign(whose=_whose(lines), of_invoice=invoice.astype(str)),
        payments.assign(whose=_whose(payments), of_invoice=payments["invoice_id"].astype(str)),
    )


def _whose(rows: pd.DataFrame) -> Any:
    return rows[MEMBER[0]].fillna("") if MEMBER[0] in rows else ""


def _keys(rows: pd.DataFrame) -> pd.Series[Any]:
    return pd.Series(list(zip(rows[_KEY[0]], rows[_KEY[1]], strict=True)), index=rows.index)


def _open(lines: pd.DataFrame, payments: pd.DataFrame, currency: str) -> list[tuple[str, str]]:
    """Return the invoices with a balance other than zero; another currency counts nothing."""
    own = lines[lines["currency"].fillna(currency) == currency]
    booked = list(zip(_keys(own), own["amount"], strict=True))
    booked += [(key, -amt) for key, amt in zip(_keys(payments), payments["amount"], strict=True)]
    balances: dict[tuple[str, str], Any] = {}
    for key, amount in booked:
        balances[key] = balances.get(key, 0) + amount
    return [key for key, amount in balances.items() if amount]


def _pipeline(tables: Tables, span: Period, _currency: str) -> dict[str, pd.DataFrame]:
    """Return the deals open at the period's end, and those won in it."""
    deals = tables["opportunities"]
    first, last = pd.Timestamp(span.start), pd.Timestamp(span.end)
    closed, decided = deals["closed_on"], deals["won"].notna()
    open_ = (deals["created_on"] <= last) & ~(closed <= last) & ~(closed.isna() & decided)
    won = deals["won"].eq(True).fillna(False) & (closed >= first) & (closed <= last)
    return {"opportunities": deals[open_ | won]}


def _retained(tables: Tables, span: Period, currency: str) -> dict[str, pd.DataFrame]:
    """Return the lines of a year before, and now those of the services and sites there were."""
    lines = tables["invoice_lines"]
    then = (_year_before(span.start), _year_before(span.end + dt.timedelta(days=1)))
    own = lines["currency"].fillna(currency) == currency
    before = own & (lines["issued_on"] >= then[0]) & (lines["issued_on"] < then[1])
    now = lines["issued_on"].between(pd.Timestamp(span.start), pd.Timestamp(span.end))
    place = pd.Series(
        list(
            zip(
                pd.Series(_whose(lines), index=lines.index),
                lines["service"].fillna(""),
                lines["site"].fillna(""),
                strict=True,
            )
        ),
        index=lines.index,
        dtype=object,
    )
    had = lines["amount"][before].groupby(place[before]).sum()
    kept = place.isin(list(had[had > 0].index))
    return {"invoice_lines": lines[before | (now & (kept | ~own))]}


def _year_before(day: dt.date) -> pd.Timestamp:
    return pd.Timestamp(day) - pd.DateOffset(years=1)


_RULES: Mapping[str, Callable[[Tables, Period, str], dict[str, pd.DataFrame]]] = {
    "dso": _sold,
    "receivables_overdue": _owed,
    "pipeline_coverage": _pipeline,
    "net_revenue_retention": _retained,
}
"""By metric. What is not here lists all rows up to the period's end."""
