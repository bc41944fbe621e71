"""The account tables as a page of the documentation."""

from __future__ import annotations

from reviewkit.accounts.tables import METRICS, TABLES, ColumnSpec, TableSpec

EXPORT_RULES = (
    "CSV in UTF-8, or Parquet. One header line, the same in every delivery.",
    "One row for each thing that the table counts. No totals, no subtotals, no blank rows.",
    "Dates as 2026-09-30, times with their offset as 2026-09-30T16:05+02:00.",
    "Times without an offset are all of one time zone. Say which.",
    "Numbers with a decimal point and without thousands signs or units: 1234.50.",
    "Identifiers as text, every digit kept: 0012347 stays 0012347.",
    "Nothing known is an empty cell, never 0, a dash or 1900-01-01.",
    "Every delivery begins on the day agreed, and says up to which moment it is complete.",
)
"""How an export is to be written, in sentences for whoever writes it."""

_HEAD = """\
# Account tables

Written by `python -m reviewkit.reference docs`; a test holds this page to the contract in the code.

Every row also has a `client`, which `client:` of its source names. Timestamps are given in the
source's time zone or carry an offset. Money is in the client's currency, unless the row names
another in `currency`. Identifiers are text, so that leading zeros survive. *Required* columns must
be mapped and may not be empty; any other may be absent, and the reports then say what was not
supplied. *Internal* columns and tables never reach a client's version, unless the table may be
shared and `shares:` in `client.yaml` names it. Of a key those columns count that a source maps.

*Facts* are large and added up where they lie; *registers* are small and carried whole.
"""


def page() -> str:
    """Return the page as Markdown."""
    tables = TABLES.values()
    return "\n".join([_HEAD, *_export(), *_contents(), *(_table(table) for table in tables)])


def note(column: ColumnSpec, quote: str = "{}") -> str:
    """Return what a column means, with what its values must be, each word in `quote`.

    >>> note(TABLES["surveys"].column("instrument"))
    'which survey; one of nps, csat, qbr'
    """
    words = ", ".join(quote.format(value) for value in column.values)
    return "; ".join([column.about, *([f"one of {words}"] if words else []), *bounds(column)])


def bounds(column: ColumnSpec) -> list[str]:
    """Return the least and the largest value allowed, in words."""
    limits = (("at least", column.minimum), ("at most", column.maximum))
    return [f"{words} {limit:g}" for words, limit in limits if limit is not None]


def needed(column: ColumnSpec) -> str:
    """Return whether an export may lack the column."""
    return "required" if column.required else "optional"


def _export() -> list[str]:
    head = "## How to export them"
    lead = "What to ask of IT, with `reviewkit template TABLE` for the columns:"
    return [head, "", lead, "", *(f"- {rule}" for rule in EXPORT_RULES), ""]


def _contents() -> list[str]:
    rows = [
        f"| [{table.name}](#{table.name}) | {_kind(table)} | {table.about} |"
        for table in TABLES.values()
    ]
    return ["## Tables", "", "| table | | what it holds |", "|---|---|---|", *rows, ""]


def _kind(table: TableSpec) -> str:
    kind = "fact" if table.fact else "register"
    return f"{kind}, internal" if table.internal else kind


_VISIBILITY = {
    (False, True): "",
    (True, True): " Internal, unless shared.",
    (True, False): " Internal, never shared.",
}
"""Who may see a table, by whether it is internal and whether it may be shared."""


def _table(table: TableSpec) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    seen = _VISIBILITY[table.internal, table.shareable]
    grain = f"One row is {table.grain}; its key is {key}, with the client."
    order = "".join(f" `{first}` may not lie after `{later}`." for first, later in table.order)
    return "\n".join(
        [
            f"## {table.name}",
            "",
            f"{table.about}{seen} {grain}{order}",
            "",
            "| column | type | unit | needed | who may see it | meaning | found in |",
            "|---|---|---|---|---|---|---|",
            *(_column(table, column) for column in table.columns),
            "",
        ]
    )


def _column(table: TableSpec, column: ColumnSpec) -> str:
    seen = "internal" if column.internal or table.internal else "all"
    cells = (
        f"`{column.name}`",
        column.type,
        column.unit,
        needed(column),
        seen,
        note(column, "`{}`"),
        _found_in(column),
    )
    return f"| {' | '.join(cells)} |"


def _found_in(column: ColumnSpec) -> str:
    if column.refers == METRICS:
        return "[metrics](metrics.md)"
    table, _, name = column.refers.partition(".")
    return f"[{table}](#{table}).`{name}`" if table else ""
