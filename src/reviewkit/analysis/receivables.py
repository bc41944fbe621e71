"""What the client still owes, by days past due, as of a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures

ZERO = Decimal(0)

BUCKETS: tuple[tuple[str, Callable[[int], bool]], ...] = (
    ("not_due", lambda days: days <= 0),
    ("1_30", lambda days: 0 < days <= 30),
    ("31_60", lambda days: 30 < days <= 60),
    ("61_90", lambda days: 60 < days <= 90),
    ("over_90", lambda days: days > 90),
)
"""Days past due, in the field's usual steps."""


@dataclass(frozen=True)
class Ageing:
    """Open amounts of one bucket; `disputed` is the part under an open dispute."""

    bucket: str
    invoices: int
    amount: Decimal
    disputed: Decimal


@dataclass(frozen=True)
class Receivables:
    """Open amounts as of `as_of`. `unapplied` is what was paid or credited beyond its invoice."""

    as_of: dt.date
    buckets: tuple[Ageing, ...]
    unapplied: Decimal

    @property
    def total(self) -> Decimal:
        """Open amount of all invoices."""
        return sum((item.amount for item in self.buckets), ZERO)

    @property
    def overdue(self) -> Decimal:
        """Open amount past its due date."""
        return sum((item.amount for item in self.buckets if item.bucket != "not_due"), ZERO)


@dataclass(frozen=True)
class Invoice:
    """What is open of one invoice; `disputed` is the part under an open dispute."""

    id: str
    due: dt.date
    amount: Decimal
    disputed: Decimal


def receivables(figures: Figures) -> Receivables | None:
    """Return open invoices by days past due; `None` where invoices or payments lack.

    A credit counts against the invoice it names; a line in a currency without
    a rate of exchange is left out. An invoice without a due date is due when it was issued.
    """
    if not (figures.has("invoice_lines") and figures.has("payments")):
        return None
    found: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    unapplied = ZERO
    for invoice in open_invoices(figures):
        if invoice.amount < 0:
            unapplied -= invoice.amount
            continue
        days = (figures.as_of - invoice.due).days
        bucket = next(name for name, within in BUCKETS if within(days))
        found[bucket].append((invoice.amount, min(invoice.amount, invoice.disputed)))
    return Receivables(
        as_of=figures.as_of,
        buckets=tuple(
            Ageing(
                name,
                len(found[name]),
                sum((amount for amount, _ in found[name]), ZERO),
                sum((disputed for _, disputed in found[name]), ZERO),
            )
            for name, _ in BUCKETS
        ),
        unapplied=unapplied,
    )


def open_invoices(figures: Figures) -> Iterator[Invoice]:
    """Yield what is open of each invoice, in the client's currency; negative is overpaid.

    Needs invoices and payments; what was settled to the cent is left out.
    """
    lines = figures.register("invoice_lines")
    own = lines[lines["currency"].fillna(figures.data.currency) == figures.data.currency]
    paid = _sums(figures.register("payments"), "invoice_id", "amount")
    own = own.assign(on=own["credit_of"].fillna(own["invoice_id"]))
    billed = _sums(own, "on", "amount")
    disputed = _sums(own[own["dispute_outcome"] == "open"], "on", "amount")
    dates = own[own["credit_of"].isna()]
    due = dates["due_on"].fillna(dates["issued_on"]).groupby(dates["invoice_id"]).max()
    last = {str(name): pd.Timestamp(value).date() for name, value in due.items()}
    for name in sorted(billed.keys() | paid.keys()):
        amount = billed.get(name, ZERO) - paid.get(name, ZERO)
        if amount:
            due_on = last.get(name, figures.as_of)
            yield Invoice(name, due_on, amount, disputed.get(name, ZERO))


def _sums(rows: pd.DataFrame, key: str, column: str) -> Mapping[str, Decimal]:
    out: dict[str, Decimal] = defaultdict(lambda: ZERO)
    pairs: Iterator[tuple[Any, Any]] = zip(rows[key], rows[column], strict=True)
    for name, value in pairs:
        out[str(name)] += cells.money(value)
    return out
