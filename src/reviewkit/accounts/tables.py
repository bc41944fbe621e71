"""The account tables: what a provider's data must look like before anything is computed.

Each table is a `TableSpec` and each column a `ColumnSpec`; sources are mapped to these
names, and checks read their rules from here. Grain and meaning follow the field's use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "timestamp", "date", "integer", "number", "money", "boolean"]
"""How a value is held: money as decimal(18, 4), number as float64, timestamps in UTC."""


@dataclass(frozen=True)
class ColumnSpec:
    """One column: its type, whether rows may lack it, and who may see it.

    `required` means that the source must map it and no row may be null in it. `values`
    lists the only words allowed; `minimum` is the least value allowed. Where
    `until_end_of_day` is set, a date without a time lasts until midnight.
    """

    name: str
    type: ColumnType
    about: str
    required: bool = False
    internal: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    until_end_of_day: bool = False


@dataclass(frozen=True)
class TableSpec:
    """One account table. `key` identifies a row together with the client; where a source
    maps none of its columns, or a row fills none, no row is taken for a copy.

    `fact` tables are large and aggregated at the source; registers are carried whole.
    `order` are pairs of columns (earlier, later) that may not run backwards.
    """

    name: str
    about: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    fact: bool = False
    internal: bool = False
    order: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> ColumnSpec:
        """Return the column called `name`; raises `KeyError` for one that is not there."""
        return {column.name: column for column in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in their order, without `client`, which every table has."""
        return tuple(column.name for column in self.columns)


C = ColumnSpec
_SITE = (
    C("site", "text", "site of the provider that did the work"),
    C("service", "text", "business line: freight, package, forwarding, distribution, ..."),
)

SHIPMENTS = TableSpec(
    name="shipments",
    about="Deliveries, one row per delivery to one consignee.",
    grain="one delivery",
    key=("shipment_id",),
    fact=True,
    order=(("ordered_at", "shipped_at"), ("shipped_at", "delivered_at")),
    columns=(
        C("shipment_id", "text", "identifier of the delivery", required=True),
        *_SITE,
        C("order_id", "text", "order that the delivery belongs to; absent: the delivery itself"),
        C("ordered_at", "timestamp", "when the order arrived"),
        C("promised_from", "timestamp", "start of the agreed window"),
        C(
            "promised_at",
            "timestamp",
            "end of the agreed window; a date lasts until midnight",
            until_end_of_day=True,
        ),
        C("shipped_at", "timestamp", "when it left the site"),
        C("delivered_at", "timestamp", "when the consignee received it"),
        C("cancelled_at", "timestamp", "when it was cancelled"),
        C("cancel_cause", "text", "who or what cancelled: client, provider, ..."),
        C("origin", "text", "where it left from"),
        C("destination", "text", "where it went"),
        C("lane", "text", "origin and destination as one name"),
        C("carrier", "text", "carrier that moved it"),
        C("ordered_units", "integer", "units ordered", minimum=0),
        C("delivered_units", "integer", "units delivered", minimum=0),
        C("weight_kg", "number", "gross weight, kg", minimum=0),
        C("damaged_units", "integer", "units damaged on arrival", minimum=0),
        C("late_cause", "text", "recorded cause of a late delivery"),
        C(
            "at_fault",
            "text",
            "who caused it",
            values=("provider", "client", "carrier", "other"),
        ),
        C("freight_revenue", "money", "charged for the delivery, client's currency"),
        C("freight_cost", "money", "paid for the delivery, client's currency", internal=True),
    ),
)

INVOICE_LINES = TableSpec(
    name="invoice_lines",
    about="Invoice and credit lines as issued to the client.",
    grain="one line of an invoice or credit note",
    key=("invoice_id", "line"),
    order=(("issued_on", "due_on"), ("issued_on", "disputed_on")),
    columns=(
        C("invoice_id", "text", "number of the invoice or credit note", required=True),
        C("line", "text", "line within it", required=True),
        C("issued_on", "date", "date of issue", required=True),
        C("due_on", "date", "date it is due"),
        *_SITE,
        C("charge_code", "text", "what is charged"),
        C("quantity", "number", "quantity charged"),
        C("uom", "text", "unit of the quantity"),
        C("rate", "money", "price of one unit"),
        C("amount", "money", "amount without tax; credits are negative", required=True),
        C("currency", "text", "absent: the client's"),
        C("reference", "text", "the client's reference"),
        C("credit_of", "text", "invoice that this line credits"),
        C("credit_reason", "text", "why it was credited"),
        C("disputed_on", "date", "when the client disputed it"),
        C("dispute_outcome", "text", "how it ended", values=("upheld", "rejected", "open")),
    ),
)

PAYMENTS = TableSpec(
    name="payments",
    about="Payments applied to invoices.",
    grain="one application of a payment",
    key=("invoice_id", "paid_on", "amount"),
    internal=True,
    columns=(
        C("invoice_id", "text", "invoice paid", required=True),
        C("paid_on", "date", "date of payment", required=True),
        C("amount", "money", "amount applied", required=True),
    ),
)

BUDGET = TableSpec(
    name="budget",
    about="Budget per month and service.",
    grain="client, month, service, version",
    key=("month", "service", "version"),
    internal=True,
    columns=(
        C("month", "date", "first day of the fiscal period", required=True),
        C("service", "text", "business line"),
        C("revenue", "money", "budgeted revenue", required=True),
        C("units", "number", "budgeted shipments", minimum=0),
        C("cost", "money", "budgeted direct cost", internal=True),
        C("version", "text", "version of the budget; the last in order counts"),
    ),
)

CASES = TableSpec(
    name="cases",
    about="Complaints and incidents.",
    grain="one case",
    key=("case_id",),
    order=(
        ("opened_at", "first_response_at"),
        ("opened_at", "closed_at"),
    ),
    columns=(
        C("case_id", "text", "identifier of the case", required=True),
        C("opened_at", "timestamp", "when it was opened", required=True),
        C("first_response_at", "timestamp", "when the client first had an answer"),
        C("closed_at", "timestamp", "when it was closed"),
        C("reopened", "boolean", "whether it was opened again"),
        C("severity", "text", "how grave", values=("low", "medium", "high", "critical")),
        C("category", "text", "what it is about"),
        C("root_cause", "text", "cause found"),
        C("corrective_action", "text", "what was done about the cause"),
        C("fixed_on", "date", "when the cause was removed"),
        *_SITE,
    ),
)

SURVEYS = TableSpec(
    name="surveys",
    about="Responses to surveys.",
    grain="one response to one instrument",
    key=("response_id",),
    columns=(
        C("response_id", "text", "identifier of the response; absent: no two rows are the same"),
        C("responded_on", "date", "date of the response", required=True),
        C("instrument", "text", "which survey", required=True, values=("nps", "csat", "qbr")),
        C("score", "integer", "score given: nps 0 to 10, csat and qbr 1 to 5", required=True),
        C("role", "text", "role of who answered"),
    ),
)

ACTIONS = TableSpec(
    name="actions",
    about="Actions agreed in reviews.",
    grain="one action",
    key=("action_id",),
    order=(("raised_on", "closed_on"),),
    columns=(
        C("action_id", "text", "identifier of the action", required=True),
        C("raised_on", "date", "when it was agreed", required=True),
        C("review", "text", "review it was agreed in"),
        C("title", "text", "what is to be done", required=True),
        C("owner", "text", "function that owes it"),
        C("side", "text", "which side owes it", values=("provider", "client")),
        C("due_on", "date", "date now due"),
        C("first_due_on", "date", "date first promised"),
        C("postponed", "integer", "times it was postponed", minimum=0),
        C("closed_on", "date", "when it was closed"),
        C("evidence", "text", "what shows that it is done"),
        C("metric", "text", "metric it should move"),
        C("internal", "boolean", "true: only for the own house"),
    ),
)

TABLES: dict[str, TableSpec] = {
    table.name: table
    for table in (SHIPMENTS, INVOICE_LINES, PAYMENTS, BUDGET, CASES, SURVEYS, ACTIONS)
}
"""All account tables by name, in the order in which they are checked and printed."""
