"""Money: what was invoiced and paid, what was planned, what it cost, and at which rates."""

from __future__ import annotations

from reviewkit.accounts.contract.model import SERVICE, SITE, TableSpec
from reviewkit.accounts.contract.model import ColumnSpec as C

MONTH = C("month", "date", "first day of the fiscal period", "2026-09-01", required=True)

INVOICE_LINES = TableSpec(
    name="invoice_lines",
    about="Invoice and credit lines as issued to the client.",
    grain="one line of an invoice or credit note",
    key=("invoice_id", "line"),
    order=(("issued_on", "due_on"), ("issued_on", "disputed_on")),
    columns=(
        C("invoice_id", "text", "number of the invoice or credit note", "0090017", required=True),
        C("line", "text", "line within it", "001", required=True),
        C("issued_on", "date", "date of issue", "2026-09-30", required=True),
        C("due_on", "date", "date it is due", "2026-10-30"),
        C(
            "service_period",
            "date",
            "first day of the period in which the work was done; absent: that of issue",
            "2026-09-01",
        ),
        SITE,
        SERVICE,
        C("charge_code", "text", "what is charged", "PICK-LINE"),
        C("quantity", "number", "quantity charged", "1840", "as in uom"),
        C("uom", "text", "unit of the quantity", "line"),
        C("rate", "money", "price of one unit", "0.38", "as in currency"),
        C(
            "amount",
            "money",
            "amount without tax; credits are negative",
            "699.20",
            "as in currency",
            required=True,
        ),
        C("currency", "text", "ISO 4217 code; absent: the client's", "EUR"),
        C("reference", "text", "the client's reference", "4500071234"),
        C(
            "credit_of",
            "text",
            "invoice that this line credits",
            "",
            refers="invoice_lines.invoice_id",
        ),
        C("credit_reason", "text", "why it was credited", ""),
        C("disputed_on", "date", "when the client disputed it", ""),
        C("dispute_outcome", "text", "how it ended", "", values=("upheld", "rejected", "open")),
    ),
)

PAYMENTS = TableSpec(
    name="payments",
    about="Payments applied to invoices.",
    grain="one application of a payment",
    key=("invoice_id", "paid_on", "amount", "payment_id"),
    internal=True,
    columns=(
        C(
            "payment_id",
            "text",
            "identifier of the payment; keeps two equal part payments of a day apart",
            "P-0550123",
        ),
        C(
            "invoice_id",
            "text",
            "invoice paid",
            "0090017",
            required=True,
            refers="invoice_lines.invoice_id",
        ),
        C("paid_on", "date", "date of payment", "2026-10-02", required=True),
        C("amount", "money", "amount applied", "699.20", "invoice's currency", required=True),
    ),
)

BUDGET = TableSpec(
    name="budget",
    about="Budget per month and service.",
    grain="client, month, service, version",
    key=("month", "service", "version"),
    internal=True,
    columns=(
        MONTH,
        SERVICE,
        C(
            "revenue",
            "money",
            "budgeted revenue",
            "125000.00",
            "as in currency",
            required=True,
        ),
        C("units", "number", "budgeted shipments", "2400", "shipments", minimum=0),
        C(
            "cost",
            "money",
            "budgeted direct cost",
            "108000.00",
            "as in currency",
            internal=True,
        ),
        C("version", "text", "version of the budget; the last in order counts", "2026-1"),
        C("currency", "text", "ISO 4217 code; absent: the client's", "EUR"),
    ),
)

COSTS = TableSpec(
    name="costs",
    about="The provider's own costs, by pool, with what drives them.",
    grain="client, month, service, pool",
    key=("month", "service", "pool"),
    internal=True,
    columns=(
        MONTH,
        SERVICE,
        C("pool", "text", "cost pool: picking, storage, transport, overhead, ...", "picking",
          required=True),
        C("amount", "money", "cost of the pool", "41250.00", "as in currency", required=True),
        C("driver", "text", "what the pool is shared out by: lines, pallets, hours, ...", "lines"),
        C("driver_quantity", "number", "how much of the driver", "96500", "as driver says",
          minimum=0),
        C("currency", "text", "ISO 4217 code; absent: the client's", "EUR"),
    ),
)  # fmt: skip

FX = TableSpec(
    name="fx",
    about="Rates of exchange by date; the last one before a day holds on it.",
    grain="one rate of one pair of currencies from one day on",
    key=("date", "currency", "to"),
    columns=(
        C("date", "date", "day from which the rate holds", "2026-09-01", required=True),
        C("currency", "text", "ISO 4217 code of what is exchanged", "USD", required=True),
        C(
            "rate",
            "number",
            "what one of it is worth",
            "0.8612",
            "to for one currency",
            required=True,
            minimum=1e-9,
            maximum=999_999,
        ),
        C("to", "text", "ISO 4217 code of what it is worth that much of", "EUR", required=True),
    ),
)
