"""Registers with their amounts in the currency of the client that a row counts for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import localcontext
from typing import Any

import pandas as pd

from reviewkit.accounts.fx import Rates
from reviewkit.metrics.members import OWNER
from reviewkit.params.models import Workspace

_DIGITS = 60

BILLED = ("billed_in", "billed_amount")
"""Columns that a register of invoice lines has beside its own where some were exchanged: the
currency of such a line, and its amount in it; null for the others."""

DATED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "invoice_lines": (("amount", "rate"), "issued_on"),
    "payments": (("amount",), "issued_on"),
    "budget": (("revenue", "cost"), "month"),
    "costs": (("amount",), "month"),
    "opportunities": (("amount",), "as_of"),
}
"""The registers with amounts, and the day whose rate holds.

A credit that names its invoice, and a payment, take the currency and the day of that
invoice, so that what is settled leaves nothing. A pipeline is worth what it is on the day
up to which things are known.
"""


def exchanged(
    registers: Mapping[str, pd.DataFrame],
    workspace: Workspace,
    as_of: Mapping[str, dt.date],
    rates: Rates,
) -> dict[str, pd.DataFrame]:
    """Return the registers with amounts in the currency of each row's client.

    `currency` is then the client's, and invoice lines tell in `BILLED` what they were. Without
    a rate an invoice line keeps its own currency, a payment of such an invoice and a deal's
    amount are left out, and so are a budget's or a cost's rows of a month in which any amount
    lacks its rate: half a month is no month.
    A register without foreign amounts is returned as it is.
    """
    out = dict(registers)
    lines = registers.get("invoice_lines")
    invoices = _Invoices(lines, workspace) if lines is not None else None
    for table in DATED:
        if table not in registers:
            continue
        frame = registers[table].reset_index(drop=True)
        paid_in, day = _told(frame, table, workspace, as_of, invoices)
        into = frame["client"].map(_currencies(workspace))
        foreign = paid_in.notna() & into.notna() & (paid_in != into)
        if foreign.any():
            found = [
                rates.on(at.date(), str(a), str(b), str(client)) if pd.notna(at) else None
                for at, a, b, client in zip(
                    day[foreign], paid_in[foreign], into[foreign], frame["client"][foreign],
                    strict=True,
                )
            ]  # fmt: skip
            rate = pd.Series(found, index=frame.index[foreign], dtype=object)
            out[table] = _WITHOUT[table](_converted(frame, table, paid_in, into, rate), rate)
    return out


def _currencies(workspace: Workspace) -> dict[str, str]:
    return {slug: own.client.currency for slug, own in workspace.clients.items()}


def _own(frame: pd.DataFrame, workspace: Workspace) -> pd.Series[Any]:
    """Return the currency of whoever a row is of."""
    owner = frame[OWNER].fillna(frame["client"]) if OWNER in frame else frame["client"]
    return owner.map(_currencies(workspace))


class _Invoices:
    """The currency and the day of issue of each invoice, by client and number."""

    def __init__(self, lines: pd.DataFrame, workspace: Workspace) -> None:
        paid_in = lines["currency"].fillna(_own(lines, workspace))
        charged = lines["credit_of"].isna()
        keys = [lines.loc[charged, name] for name in ("client", "invoice_id")]
        self._paid_in = paid_in[charged].groupby(keys).first()
        self._day = lines.loc[charged, "issued_on"].groupby(keys).min()

    def of(self, frame: pd.DataFrame, column: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
        """Return currency and day of the invoices that `column` names; null for unknown ones."""
        keys = pd.MultiIndex.from_arrays([frame["client"], frame[column]])
        paid_in, day = (
            item.reindex(keys).set_axis(frame.index) for item in (self._paid_in, self._day)
        )
        return paid_in, day


def _told(
    frame: pd.DataFrame,
    table: str,
    workspace: Workspace,
    as_of: Mapping[str, dt.date],
    invoices: _Invoices | None,
) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return the currency of each row, and the day whose rate holds."""
    own = _own(frame, workspace)
    if table == "payments":
        if invoices is None:
            return own, frame["paid_on"]
        paid_in, day = invoices.of(frame, "invoice_id")
        return paid_in.fillna(own), day.fillna(frame["paid_on"])
    paid_in = frame["currency"].fillna(own)
    if table == "opportunities":
        return paid_in, pd.to_datetime(frame["client"].map(as_of))
    day = frame[DATED[table][1]]
    if table == "invoice_lines" and invoices is not None:
        _, credited = invoices.of(frame, "credit_of")
        day = credited.fillna(day)
    return paid_in, day


def _converted(
    frame: pd.DataFrame,
    table: str,
    paid_in: pd.Series[Any],
    into: pd.Series[Any],
    rate: pd.Series[Any],
) -> pd.DataFrame:
    factors = rate.reindex(frame.index)
    made: dict[str, pd.Series[Any]] = {}
    for name in DATED[table][0]:
        with localcontext(prec=_DIGITS):
            values = [
                amount if pd.isna(factor) or pd.isna(amount) else amount * factor
                for amount, factor in zip(frame[name], factors, strict=True)
            ]
        made[name] = pd.Series(values, index=frame.index, dtype=object)
    if "currency" in frame:
        left = frame.index.isin(rate.index[rate.isna()])
        made["currency"] = paid_in.where(left, into)
    if table == "invoice_lines":
        there = frame.index.isin(rate.index[rate.notna()])
        were = zip(BILLED, (paid_in, frame["amount"]), strict=True)
        made |= {name: was.where(there, None) for name, was in were}
    return frame.assign(**made)


def _as_it_is(frame: pd.DataFrame, _rate: pd.Series[Any]) -> pd.DataFrame:
    return frame


def _no_rows(frame: pd.DataFrame, rate: pd.Series[Any]) -> pd.DataFrame:
    return frame.drop(index=rate.index[rate.isna()])


def _no_amount(frame: pd.DataFrame, rate: pd.Series[Any]) -> pd.DataFrame:
    return frame.assign(amount=frame["amount"].where(~frame.index.isin(rate.index[rate.isna()])))


def _no_month(frame: pd.DataFrame, rate: pd.Series[Any]) -> pd.DataFrame:
    keys = ["client", *([OWNER] if OWNER in frame else []), "month"]
    lacking = frame.loc[rate.index[rate.isna()], keys].drop_duplicates().assign(lacking=True)
    found = frame[keys].merge(lacking, on=keys, how="left")["lacking"]
    return frame[found.isna().to_numpy()]


_WITHOUT: Mapping[str, Callable[[pd.DataFrame, pd.Series[Any]], pd.DataFrame]] = {
    "invoice_lines": _as_it_is,
    "payments": _no_rows,
    "budget": _no_month,
    "costs": _no_month,
    "opportunities": _no_amount,
}
"""What becomes of rows whose rate is not known."""
