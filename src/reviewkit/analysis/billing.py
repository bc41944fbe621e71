"""What was invoiced, credited and disputed in a period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.covered import has_begun, stops_early
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.finance import billed
from reviewkit.metrics.metric import dated
from reviewkit.periods import Period

TABLE = "invoice_lines"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Charge:
    """Invoice lines of one kind: counts, and exact amounts in the client's currency.

    `charged` is before credits, `credits` zero or below; `prior` is what was charged less
    credits in the period before.
    """

    name: str
    lines: int
    charged: Decimal
    credits: Decimal
    wrong: int
    disputed: int
    prior: Decimal

    @property
    def net(self) -> Decimal:
        """Charged less credits."""
        return self.charged + self.credits


@dataclass(frozen=True)
class Dispute:
    """One disputed invoice line, and what was credited for it."""

    invoice: str
    service: str
    charge: str
    reference: str
    amount: Decimal
    disputed_on: dt.date
    outcome: str
    credited: Decimal
    reason: str


@dataclass(frozen=True)
class Credit:
    """Credit lines issued in the period, by reason."""

    reason: str
    lines: int
    amount: Decimal


def charges(figures: Figures, by: str) -> tuple[Charge, ...]:
    """Return what was invoiced in the period by `service`, `charge_code` or `site`.

    Largest first. Lines in a currency without a rate of exchange are left out.
    """
    rows = billed_lines(figures)
    now, before = within(rows, figures.period), within(rows, figures.period.prior())
    prior = {name: _sum(part) for name, part in _groups(before, by)}
    found = [
        Charge(
            name=name,
            lines=int((part["credit"] == 0).sum()),
            charged=_sum(part[part["credit"] == 0]),
            credits=_sum(part[part["credit"] == 1]),
            wrong=int(part["wrong"].sum()),
            disputed=int(part["disputed"].sum()),
            prior=prior.get(name, ZERO),
        )
        for name, part in _groups(now, by)
    ]
    gone = [Charge(name, 0, ZERO, ZERO, 0, 0, prior[name]) for name in prior.keys() - _names(found)]
    return tuple(sorted((*found, *gone), key=lambda item: (-item.net, item.name)))


def prior_known(figures: Figures) -> bool:
    """Tell whether the lines of the period and of the one before are whole, to be compared."""
    prior = figures.period.prior()
    return has_begun(figures, TABLE, prior) and not stops_early(figures, TABLE)


def net_by_month(figures: Figures, count: int, by: str) -> dict[tuple[Period, str], Decimal]:
    """Return what was invoiced less credits, by month and `by`, for `count` months."""
    rows = billed_lines(figures)
    return {
        (month, name): _sum(part)
        for month in figures.period.months()[-1].run(count)
        for name, part in _groups(within(rows, month), by)
    }


def other_currencies(figures: Figures) -> int:
    """Return how many lines of the period have no rate of exchange, and are left out."""
    rows = within(billed(figures.data), figures.period)
    return int((rows["currency"] != figures.data.currency).sum())


def disputes(figures: Figures) -> tuple[Dispute, ...]:
    """Return the disputed lines of invoices issued in the period, largest amount first.

    A credit belongs to a line when it names its invoice and, where it gives them, the
    same charge and reference.
    """
    lines = figures.register("invoice_lines")
    issued = billed(figures.data)
    disputed = issued.index[(issued["disputed"] == 1)].intersection(
        within(issued, figures.period).index
    )
    credits_ = lines[lines["credit_of"].notna()]
    out = []
    for row in lines.loc[disputed].to_dict("records"):
        mine = credits_[credits_["credit_of"] == row["invoice_id"]]
        for name in ("charge_code", "reference"):
            mine = mine[mine[name].isna() | (mine[name] == row[name])]
        reasons = sorted({cells.text(item) for item in mine["credit_reason"]} - {""})
        out.append(
            Dispute(
                invoice=cells.text(row["invoice_id"]),
                service=cells.text(row["service"]),
                charge=cells.text(row["charge_code"]),
                reference=cells.text(row["reference"]),
                amount=cells.money(row["amount"]),
                disputed_on=pd.Timestamp(row["disputed_on"]).date(),
                outcome=cells.text(row["dispute_outcome"]),
                credited=_sum(mine),
                reason=", ".join(reasons),
            )
        )
    return tuple(sorted(out, key=lambda item: (-item.amount, item.invoice, item.charge)))


def credits_by_reason(figures: Figures) -> tuple[Credit, ...]:
    """Return the credit lines issued in the period by reason, most frequent first."""
    lines = figures.register("invoice_lines")
    issued = billed_lines(figures)
    index = issued.index[issued["credit"] == 1].intersection(within(issued, figures.period).index)
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for row in lines.loc[index].to_dict("records"):
        amounts[cells.text(row["credit_reason"])].append(cells.money(row["amount"]))
    found = [Credit(name, len(items), sum(items, ZERO)) for name, items in amounts.items()]
    return tuple(sorted(found, key=lambda item: (-item.lines, item.amount, item.reason)))


def billed_lines(figures: Figures) -> pd.DataFrame:
    """Return the invoice lines in the client's currency, as `billed` gives them."""
    rows = billed(figures.data)
    return rows[rows["currency"] == figures.data.currency]


def within(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the lines that were issued in `period`."""
    return dated(rows, period.start, period.end)


def _groups(rows: pd.DataFrame, by: str) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), part) for name, part in rows.groupby(rows[by].fillna("").astype(str))]


def _sum(rows: pd.DataFrame) -> Decimal:
    return sum((cells.money(value) for value in rows["amount"]), ZERO)


def _names(found: list[Charge]) -> set[str]:
    return {item.name for item in found}
