"""Invoices, credit notes, disputes and payments, made from the deliveries they bill."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from reviewkit.demo.draws import quota
from reviewkit.demo.profile import CUTOFF, Account

CUTOFF_DAY = CUTOFF.date()
SETTLED_BY = dt.date(2026, 9, 4)
"""Wrong lines of the last quarter were issued by then, so that their credits are known."""

REASONS = {
    "FRT": ("Wrong weight billed",) * 4 + ("Wrong price list",),
    "FSC": ("Fuel rate of another week",),
}
"""Why a line of each charge is credited, common reasons more than once."""


@dataclass(frozen=True)
class Line:
    """One line of an invoice or credit note; money in cents, `rate` in units of the price."""

    account: str
    issued_on: dt.date
    due_on: dt.date
    site: str
    product: str
    place: str
    charge: str
    quantity: float
    uom: str
    rate: float
    cents: int
    reference: str
    invoice: str = ""
    position: int = 0
    credit_of: str = ""
    credit_reason: str = ""
    disputed_on: dt.date | None = None
    outcome: str = ""


def invoice_lines(account: Account, deliveries: pd.DataFrame) -> list[Line]:
    """Return the account's lines as issued, unnumbered, credit notes after their invoices.

    Invoices less credits equal the freight revenue of the deliveries that left in the
    billing period, to the cent, but for what is still in dispute at the cut-off.
    """
    lines = _billed(account, deliveries)
    wrong, rejected = _drawn(account, lines)
    draws = account.draws("disputes")
    out: list[Line] = []
    for line, is_wrong, is_rejected in zip(lines, wrong, rejected, strict=True):
        wait, settle, share, reason = (float(value) for value in draws.unit(4))
        disputed = _working_day(line.issued_on + dt.timedelta(days=5 + int(wait * 12)))
        settled = _working_day(disputed + dt.timedelta(days=6 + int(settle * 9)))
        if not (is_wrong or is_rejected) or disputed > CUTOFF_DAY:
            out.append(line)
            continue
        excess = max(100, int(line.cents * (0.04 + 0.14 * share))) if is_wrong else 0
        outcome = "open" if settled > CUTOFF_DAY else ("upheld" if is_wrong else "rejected")
        cents = line.cents + excess
        billed = replace(line, cents=cents, rate=cents / 100 / line.quantity)
        out.append(replace(billed, disputed_on=disputed, outcome=outcome))
        if outcome == "upheld":
            out.append(_credit(line, settled, excess, _chosen(REASONS[line.charge], reason)))
    return out


def _working_day(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)


def _chosen(reasons: tuple[str, ...], chance: float) -> str:
    return reasons[int(chance * len(reasons))]


def _billed(account: Account, deliveries: pd.DataFrame) -> list[Line]:
    went = deliveries[deliveries["went"]]
    close = closes(account, went["bill_day"])
    groups = went.assign(has_fee=went["fee_cents"] > 0).groupby(
        [close.rename("issued"), "depot", "product", "destination"], sort=True
    )
    sums = groups[["base_cents", "fuel_cents", "fee_cents", "has_fee"]].sum()
    sums["count"] = groups.size()
    lines: list[Line] = []
    for key, row in zip(sums.index.tolist(), sums.to_dict("records"), strict=True):
        lines.extend(_lines_of(account, key, {str(k): int(v) for k, v in row.items()}))
    return lines


def _lines_of(
    account: Account, key: tuple[pd.Timestamp, str, str, str], row: dict[str, int]
) -> list[Line]:
    issued, site, product, place = key[0].date(), *key[1:]
    base = Line(
        account=account.number,
        issued_on=issued,
        due_on=issued + dt.timedelta(days=account.billing.terms),
        site=site,
        product=product,
        place=place,
        charge="FRT",
        quantity=row["count"],
        uom="delivery",
        rate=row["base_cents"] / 100 / row["count"],
        cents=row["base_cents"],
        reference=f"{account.billing.debtor}/{issued:%y%m}/{place.replace('. ', '')[:3].upper()}",
    )
    net = row["base_cents"] / 100
    fuel = replace(
        base,
        charge="FSC",
        quantity=net,
        uom=account.billing.currency,
        rate=row["fuel_cents"] / 100 / net,
        cents=row["fuel_cents"],
    )
    lines = [base, fuel]
    if row["has_fee"]:
        fee = account.billing.appointment
        lines.append(
            replace(base, charge="APT", quantity=row["has_fee"], rate=fee, cents=row["fee_cents"])
        )
    return lines


def closes(account: Account, days: pd.Series) -> pd.Series:
    """Return the day on which the billing period of each day closes."""
    unique = {}
    for stamp in days.unique().tolist():
        day = pd.Timestamp(stamp)
        last = calendar.monthrange(day.year, day.month)[1]
        close = next(end for end in account.billing.days if day.day <= end)
        unique[day] = day.replace(day=min(close, last))
    return days.map(unique)


def _drawn(account: Account, lines: list[Line]) -> tuple[list[bool], list[bool]]:
    """Return which lines are wrong, and which are right but disputed all the same."""
    draws = account.draws("billing errors")
    n = len(lines)
    quarter = [f"{line.issued_on:%Y}Q{(line.issued_on.month + 2) // 3}" for line in lines]
    group = np.array([int(name.replace("Q", "")) for name in quarter], dtype=np.int64)
    billing = account.billing
    share = np.array([billing.errors.get(name, billing.default_error) for name in quarter])
    # Nobody disputes small lines or appointments; the last weeks' are not known to be wrong yet.
    late = np.array([line.issued_on > SETTLED_BY for line in lines])
    small = np.array([line.cents < 5000 or line.charge == "APT" for line in lines])
    every = np.ones(n, dtype=np.bool_)
    wrong = quota(group, share, draws.unit(n) + late + small, every)
    rejected = quota(group, np.full(n, billing.rejected), draws.unit(n) + small, ~wrong & ~late)
    # Raised so late that the cut-off finds them open; nobody knows yet how they end.
    rejected |= quota(group, np.full(n, 0.015), draws.unit(n) + small, late & ~wrong)
    return wrong.tolist(), rejected.tolist()


def _credit(line: Line, issued: dt.date, excess: int, reason: str) -> Line:
    return replace(
        line,
        issued_on=issued,
        due_on=issued,
        quantity=-1.0,
        uom="correction",
        rate=excess / 100,
        cents=-excess,
        credit_of="?",
        credit_reason=reason,
    )


def numbered(lines: list[Line], after: int = 0) -> list[Line]:
    """Return all accounts' lines with their numbers, as the finance system gives them.

    An invoice holds the lines of one account, day, site and product; every credit note
    stands alone and names the invoice it corrects. Numbers run on over all
    accounts given, from the one that follows `after`.
    """
    out: list[Line] = []
    key_of: dict[tuple[object, ...], str] = {}
    order = sorted(range(len(lines)), key=lambda i: (lines[i].issued_on, lines[i].account, i))
    positions: dict[str, int] = {}
    for index in order:
        line = lines[index]
        if line.credit_of:
            invoice = f"G{line.issued_on:%y}-{after + len(key_of) + 1:06d}"
            key_of[("credit", index)] = invoice
            origin = key_of[_identity(lines[index - 1])]
        else:
            known = key_of.get(_identity(line))
            invoice = known or f"R{line.issued_on:%y}-{after + len(key_of) + 1:06d}"
            key_of[_identity(line)] = invoice
            origin = ""
        positions[invoice] = positions.get(invoice, 0) + 10
        out.append(replace(line, invoice=invoice, position=positions[invoice], credit_of=origin))
    return out


def _identity(line: Line) -> tuple[object, ...]:
    return line.account, line.issued_on, line.site, line.product


@dataclass(frozen=True)
class Payment:
    """One application of a payment; money in cents."""

    account: str
    invoice: str
    paid_on: dt.date
    cents: int


def payments(account: Account, lines: list[Line]) -> list[Payment]:
    """Return what the account has paid by the cut-off: invoices less what was credited."""
    if account.pays is None:
        return []
    least, most = account.pays
    draws = account.draws("payments")
    total: dict[str, int] = {}
    due: dict[str, dt.date] = {}
    for line in lines:
        if line.account == account.number:
            invoice = line.credit_of or line.invoice
            total[invoice] = total.get(invoice, 0) + line.cents
            due.setdefault(invoice, line.due_on)
    out: list[Payment] = []
    for invoice in sorted(total):
        wait, split = (float(value) for value in draws.unit(2))
        paid = due[invoice] + dt.timedelta(days=least + int(wait * (most - least + 1)))
        first = total[invoice] * 6 // 10 if split < 0.03 else total[invoice]
        rest = total[invoice] - first
        parts = [(paid, first), (paid + dt.timedelta(days=14), rest)]
        out.extend(
            Payment(account.number, invoice, day, cents)
            for day, cents in parts
            if cents and day <= CUTOFF_DAY
        )
    return out
