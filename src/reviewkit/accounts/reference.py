"""The account tables as a page of the documentation."""

from __future__ import annotations

from reviewkit.accounts.tables import TABLES, ColumnSpec, TableSpec

_HEAD = """\
# Account tables

Written by `python -m reviewkit.reference docs`; a test holds this page to the contract in the code.

Every row also has a client, which `client:` of its source names. Timestamps are given in the
source's time zone or carry an offset. Money is in the client's currency. Identifiers are text, so
that leading zeros survive. *Required* columns must be mapped and may not be empty; any other may be
absent, and the reports then say what was not supplied. *Internal* columns and tables never reach a
client's version, unless `shares:` in `client.yaml` names the table.
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *(_table(table) for table in TABLES.values())])


def _table(table: TableSpec) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    kind = "Internal. " if table.internal else ""
    grain = f"One row is {table.grain}; its key is {key}, with the client."
    order = "".join(f" `{first}` may not lie after `{later}`." for first, later in table.order)
    return "\n".join(
        [
            f"## {table.name}",
            "",
            f"{table.about} {kind}{grain}{order}",
            "",
            "| column | type | | meaning |",
            "|---|---|---|---|",
            *(_column(column) for column in table.columns),
            "",
        ]
    )


def _column(column: ColumnSpec) -> str:
    marks = [
        name for name, on in (("required", column.required), ("internal", column.internal)) if on
    ]
    about = column.about
    if column.values:
        about += f"; one of {', '.join(f'`{value}`' for value in column.values)}"
    if column.minimum is not None:
        about += f"; at least {column.minimum:g}"
    return f"| `{column.name}` | {column.type} | {', '.join(marks)} | {about} |"
