"""What happens in the warehouse: receipts, counts, stock, and billable work."""

from __future__ import annotations

from reviewkit.accounts.contract.model import SERVICE, SITE, TableSpec
from reviewkit.accounts.contract.model import ColumnSpec as C

RECEIPTS = TableSpec(
    name="receipts",
    about="Inbound receipts, from arrival until the goods can be sold.",
    grain="one inbound receipt",
    key=("receipt_id",),
    fact=True,
    order=(("arrived_at", "available_at"),),
    columns=(
        C("receipt_id", "text", "identifier of the receipt", "R-0061204", required=True),
        SITE,
        SERVICE,
        C("arrived_at", "timestamp", "when it arrived", "2026-09-28T07:20", required=True),
        C("available_at", "timestamp", "when all of it was available", "2026-09-28T13:45"),
        C("units", "integer", "units received", "1920", "units", minimum=0),
        C("pallets", "number", "pallets received", "16", "pallets", minimum=0),
        C(
            "discrepancy_units",
            "integer",
            "units that differ from the advice, over and under alike",
            "0",
            "units",
            minimum=0,
        ),
    ),
)

COUNTS = TableSpec(
    name="counts",
    about="Stock counts: what the books said and what was found.",
    grain="one counted location",
    key=("count_id",),
    fact=True,
    columns=(
        C("count_id", "text", "identifier of the count; absent: no row is a copy", "CC-0018833"),
        SITE,
        SERVICE,
        C("counted_at", "timestamp", "when it was counted", "2026-09-21T06:30", required=True),
        C("location", "text", "location that was counted", "A-04-02-1"),
        C("sku", "text", "article", "000000445"),
        C("book_units", "integer", "units by the books", "96", "units"),
        C("counted_units", "integer", "units found", "96", "units", minimum=0),
        C("value", "money", "value of the units by the books", "1180.80", "client's currency"),
    ),
)

STOCK = TableSpec(
    name="stock",
    about="Stock at the end of each day.",
    grain="one day at one site",
    key=("date", "site", "service"),
    fact=True,
    columns=(
        C("date", "date", "day at whose end it was in store", "2026-09-30", required=True),
        SITE,
        SERVICE,
        C("pallets", "number", "pallets in store", "2140", "pallets", minimum=0),
        C("units", "integer", "units in store", "254300", "units"),
        C("value", "money", "value in store", "3120450.00", "client's currency"),
    ),
)

LOTS = TableSpec(
    name="lots",
    about="Stored lots, from receipt to release; storage is charged by them.",
    grain="one stored lot",
    key=("lot_id",),
    fact=True,
    order=(("received_at", "released_at"),),
    columns=(
        C("lot_id", "text", "identifier of the lot", "L-2026-00731", required=True),
        SITE,
        SERVICE,
        C("received_at", "timestamp", "when it came in", "2026-08-31T11:10", required=True),
        C("released_at", "timestamp", "when the last of it left; empty: in store", ""),
        C("pallets", "number", "pallets of the lot", "8", "pallets", minimum=0),
    ),
)


def _event(name: str, about: str, units: C, reason: str) -> TableSpec:
    return TableSpec(
        name=name,
        about=about,
        grain="one event",
        key=("event_id",),
        fact=True,
        columns=(
            C("event_id", "text", "identifier of the event; absent: no row is a copy", "E-0777012"),
            SITE,
            SERVICE,
            C("at", "timestamp", "when it was booked", "2026-09-24T14:05", required=True),
            units,
            C("reason", "text", "why", reason),
            C("reference", "text", "order, delivery or count that it belongs to", "0004501877"),
        ),
    )


RETURNS = _event(
    "returns",
    "Goods that came back.",
    C("units", "integer", "units that came back", "6", "units", minimum=0),
    "damaged in transit",
)

STOCK_ADJUSTMENTS = _event(
    "stock_adjustments",
    "Corrections of the stock that are neither receipt, delivery nor return.",
    C("units", "integer", "units added; units taken off are negative", "6", "units"),
    "count difference",
)

ACTIVITY = TableSpec(
    name="activity",
    about="Billable events; rated with the contract they give what should be invoiced.",
    grain="one billable event",
    key=("event_id",),
    fact=True,
    columns=(
        C("event_id", "text", "identifier of the event", "E-1200457", required=True),
        SITE,
        SERVICE,
        C("at", "timestamp", "when it was done", "2026-09-24T14:05", required=True),
        C("charge_code", "text", "what it is charged as", "PICK-LINE"),
        C("quantity", "number", "how much; corrections are negative", "12", "as in uom"),
        C("uom", "text", "unit of the quantity: line, pallet, hour, ...", "line"),
        C("reference", "text", "order, delivery or receipt that it belongs to", "0004501877"),
    ),
)
