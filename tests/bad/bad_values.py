"""Cells that do not fit their column: the row is set aside, and its value shown."""

from __future__ import annotations

from bad_case import HOUSE, Bad, Change, put, swap, together

HEAD = HOUSE[: HOUSE.index("  cases:")]

TABLES = {
    "cases": "case_id opened_at closed_at reopened severity fixed_on",
    "shipments": "shipment_id promised_at delivered_at ordered_units weight_kg documents_ok"
    " freight_revenue",
    "payments": "invoice_id paid_on amount",
}
"""Tables with the columns that a test gives, in this order; each is named as in the contract."""

SOUND = {
    "cases": ("C1", "2026-09-01 08:30", "2026-09-02", "no", "low", "2026-09-03"),
    "shipments": ("S1", "2026-09-01", "2026-09-01 12:00", "10", "1.5", "yes", "12.50"),
    "payments": ("R1", "2026-09-30", "12.50"),
}


def table(name: str, *rows: tuple[str, ...], more: str = "", delimiter: str = ",") -> Change:
    """Let the workspace have one table with `rows`, all of acme."""
    columns = TABLES[name].split()
    mapped = "".join(f"        {column}: {column}\n" for column in columns)
    source = (
        f"  {name}:\n    - file: data/rows.csv\n      cutoff: 2026-10-06T18:00:00+02:00\n"
        f"      client: {{constant: acme}}\n{more}      columns:\n{mapped}"
    )
    lines = "".join(f"{delimiter.join(row)}\n" for row in (columns, *rows))
    return together(put("params/house.yaml", HEAD + source), put("data/rows.csv", lines))


def cell(name: str, column: str, value: str, **more: str) -> Change:
    """Let one table have a sound row, and one with `value` in `column`."""
    second = dict(zip(TABLES[name].split(), SOUND[name], strict=True))
    first = TABLES[name].split()[0]
    second |= {first: "X2"} | {column: value}
    return table(name, SOUND[name], tuple(second.values()), **more)


def bad(
    name: str,
    place: str,
    value: str,
    remedy: str,
    *,
    what: str = "not of the column's type",
    shown: str | None = None,
    more: str = "",
) -> Bad:
    """One row of two is set aside for the value of one column."""
    of, column = place.split(".")
    seen = value if shown is None else shown
    return Bad(
        name,
        cell(of, column, value, more=more),
        where=f"{place} in data/rows.csv",
        what=f"1 row {what}{f' such as {seen}' if seen else ''}",
        remedy=remedy,
    )


TIMES = "Times are read as 2026-09-30T18:00"
DATES = "Dates are read as 2026-09-30"
NUMBERS = 'for 1.234,50 set csv: {decimal: ","}'
WHOLE = "Whole numbers are read as 1234."
TRUTH = "Map other words with values."
BERLIN = "      timezone: Europe/Berlin\n"

SKIPPED = Bad(
    "an hour that the clock skips in spring",
    together(
        cell("cases", "opened_at", "2026-03-29 02:30", more=BERLIN),
        swap("params/house.yaml", "sources:", "checks: {clock: error}\nsources:"),
    ),
    where="cases.opened_at in data/rows.csv",
    what="1 row within an hour that the clock skipped such as 2026-03-29 02:30",
    remedy="Is timezone that of the source?",
)

VALUES = [
    SKIPPED,
    bad("a year of two digits", "cases.opened_at", "26-09-01", TIMES),
    bad("the month before the day", "cases.opened_at", "09/01/2026", TIMES),
    bad("the thirtieth of February", "cases.opened_at", "2026-02-30", TIMES),
    bad("the 29th of February of 2026", "payments.paid_on", "2026-02-29", DATES),
    bad("a day that is nought", "payments.paid_on", "2026-09-00", DATES),
    bad("a month in words", "payments.paid_on", "30 Sep 2026", DATES),
    bad("days since 1900, as a spreadsheet counts", "payments.paid_on", "46295", DATES),
    bad("an hour that no day has", "cases.opened_at", "2026-09-01 25:00", TIMES),
    bad("a date of all noughts", "payments.paid_on", "0000-00-00", DATES),
    bad("a year of five digits", "payments.paid_on", "12026-09-01", DATES),
    bad("a local time before the first year", "cases.opened_at", "0001-01-01", TIMES, more=BERLIN),
    bad("a year before the first", "cases.opened_at", "0000-12-31", TIMES),
    bad("an offset of 99 hours", "cases.opened_at", "2026-09-01T08:00+99:00", TIMES),
    bad("a time zone in words", "cases.opened_at", "2026-09-01 08:00 CEST", TIMES),
    bad("digits of another script", "payments.amount", "١٢٫٥", NUMBERS),
    bad("a number that is none", "payments.amount", "NaN", NUMBERS),
    bad("a number without end", "shipments.weight_kg", "inf", NUMBERS),
    bad("a decimal comma", "shipments.freight_revenue", '"12,50"', NUMBERS, shown="12,50"),
    bad("a currency before the amount", "payments.amount", "€12.50", NUMBERS),
    bad("brackets for less than nothing", "payments.amount", "(12.50)", NUMBERS),
    bad("an amount beyond the house's means", "payments.amount", "1e30", NUMBERS),
    bad("half a unit", "shipments.ordered_units", "1.5", WHOLE),
    bad("more units than can be counted", "shipments.ordered_units", "9" * 25, WHOLE),
    bad(
        "fewer units than none",
        "shipments.ordered_units",
        "-1",
        "The least is 0.",
        what="below the least value allowed",
    ),
    bad("another word for yes", "cases.reopened", "oui", TRUTH),
    bad(
        "a word that the contract does not have",
        "cases.severity",
        "urgent",
        "one of low, medium, high, critical",
        what="not one of the words allowed",
    ),
    bad(
        "an identifier that is empty",
        "payments.invoice_id",
        "",
        "Fill it at its source",
        what="empty where a value is needed",
    ),
    bad(
        "an identifier of blanks",
        "payments.invoice_id",
        "   ",
        "Fill it at its source",
        what="empty where a value is needed",
        shown="",
    ),
    bad(
        "closed before it was opened",
        "cases.closed_at",
        "2026-08-01",
        "It lies before opened_at.",
        what="dates run backwards",
        shown="2026-08-01",
    ),
    Bad(
        "the same key twice",
        table("cases", SOUND["cases"], SOUND["cases"]),
        where="cases.case_id in data/rows.csv",
        what="1 row the same key again such as C1",
        remedy="The first is used.",
    ),
    Bad(
        "a null byte in an identifier",
        cell("payments", "invoice_id", "R\0002"),
        where="payments.invoice_id in data/rows.csv",
        what="1 row not of the column's type such as R\ufffd2",
        remedy="Mend it at its source.",
    ),
]
