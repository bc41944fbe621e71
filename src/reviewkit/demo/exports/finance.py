"""The files of the finance system: invoices, payments, budget, costs, and the client's forecast."""

from __future__ import annotations

from pathlib import Path

from reviewkit.demo import dirt
from reviewkit.demo.billing import Line
from reviewkit.demo.books import Books
from reviewkit.demo.clients import ACCOUNTS
from reviewkit.demo.files import comma, money, write_csv, write_sqlite, write_workbook
from reviewkit.demo.rates import HOME

DEBTORS = {account.number: account.billing.debtor for account in ACCOUNTS}
CURRENCIES = {account.number: account.billing.currency for account in ACCOUNTS}
NAMES = {account.number: account.name for account in ACCOUNTS}

_INVOICE_HEAD = (
    *("Beleg", "Position", "Debitor", "Belegdatum", "Faellig", "Standort", "Sparte"),
    *("Kostenart", "Menge", "Einheit", "Preis", "Betrag", "Waehrung", "Kundenreferenz"),
    *("Gutschrift_zu", "Gutschriftgrund", "Reklamiert_am", "Ergebnis"),
)
OUTCOMES = {"upheld": "anerkannt", "rejected": "abgelehnt", "open": "offen", "": ""}


def write_invoices(path: Path, book: Books) -> int:
    rows = [_invoice_row(line) for line in book.lines]
    rows = dirt.in_invoices(rows)
    write_csv(path, _INVOICE_HEAD, rows, delimiter=";")
    return len(rows)


def _invoice_row(line: Line) -> list[str]:
    day = "%d.%m.%Y"
    return [
        *(line.invoice, f"{line.position:03d}", DEBTORS[line.account]),
        *(line.issued_on.strftime(day), line.due_on.strftime(day), line.site, line.product),
        *(line.charge, comma(line.quantity, 2), line.uom, comma(line.rate, 4)),
        *(money(line.cents).replace(".", ","), CURRENCIES[line.account], line.reference),
        *(line.credit_of, line.credit_reason),
        line.disputed_on.strftime(day) if line.disputed_on else "",
        OUTCOMES[line.outcome],
    ]


_RECEIPTS = {"document": "TEXT", "debtor": "TEXT", "value_date": "TEXT", "amount": "REAL"}


def write_payments(path: Path, book: Books) -> int:
    rows = sorted(
        (item.paid_on.isoformat(), item.invoice, DEBTORS[item.account], item.cents / 100)
        for item in book.payments
    )
    write_sqlite(path, "receipts", _RECEIPTS, [(b, c, a, d) for a, b, c, d in rows])
    return len(rows)


def write_budget(path: Path, book: Books) -> int:
    head = ("Version", "Month", "Customer", "Product", "Deliveries", "Revenue", "Direct cost")
    rows = [
        (f"v{p.version}", p.month, p.customer, p.product, p.units, p.revenue, p.cost)
        for p in book.plans
    ]
    write_csv(path, head, rows)
    return len(rows)


_COST_HEAD = ("Customer", "Month", "Product", "Pool", "Cost", "Driver", "Quantity")


def write_costs(path: Path, book: Books) -> int:
    """Write the cost pools as controlling sends them: a workbook with a title above its table."""
    rows = [
        (NAMES[c.account], f"{c.month}-01", c.product, c.pool, c.cents / 100, c.driver, c.quantity)
        for c in book.costs
    ]
    title = ("Meridian Logistics, controlling", "Cost pools by customer, month and product")
    write_workbook(path, "Cost pools", title, _COST_HEAD, rows)
    return len(rows)


def write_forecasts(path: Path, book: Books) -> int:
    """Write each version of the clients' forecasts, month by month."""
    head = ("customer_id", "month", "product", "units", "frozen")
    rows = [(f.account, f"{f.month}-01", f.product, f.units, f.frozen) for f in book.forecasts]
    write_csv(path, head, rows)
    return len(rows)


def write_rates(path: Path, book: Books) -> int:
    """Write the rates of exchange."""
    rows = [(r.day, r.currency, HOME, f"{r.rate:.4f}") for r in book.rates]
    write_csv(path, ("from", "currency", "in", "rate"), rows)
    return len(rows)
