"""``sources`` in ``house.yaml``: where the rows of the account tables come from."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from reviewkit.params.base import EVERYONE, Params, Sign, about


class Csv(Params):
    """How a CSV file is written.

    With `ends` the rows end before the first line that is empty, or that begins with one of
    these: a CRM's report has "Grand Totals" and more below its rows.
    """

    delimiter: Sign = about('the sign between two cells; a tab is "\\t"', ",")
    encoding: str = about("of the letters: utf-8, cp1252, ...", "utf-8")
    quote: Sign = about("the sign around a cell that holds a delimiter", '"')
    decimal: Literal[".", ","] = about("the sign before decimals", ".")
    ends: tuple[Annotated[str, Field(min_length=1)], ...] = about(
        'what lines below the rows begin with: "Grand Totals"', ()
    )


class Excel(Params):
    """Where in a workbook the rows stand.

    Without `sheet` it is the one visible sheet that holds anything. Without `header` it is
    the first row with most of its cells filled, all of them text, above rows as wide.
    """

    sheet: str | None = about("its name; `*` reads several visible ones as one", None)
    header: int | None = about("number of the row with the column names", None, ge=1, le=1_048_575)
    header_rows: Literal[1, 2] = about("2 joins a head of two rows: Delivery Date", 1)
    decimal: Literal[".", ","] = about("the sign before decimals in numbers kept as text", ".")


class Keep(Params):
    """Which of several rows with the same key counts: exactly one of `first` and `last`.

    The others are counted as excluded by rule. Rows of different clients are never the same.
    """

    by: tuple[str, ...] = about("columns that together name a thing", min_length=1)
    first: str | None = about("the row with the least of this column counts", None)
    last: str | None = about("the row with the largest of this column counts", None)
    format: str | None = about("of that column, where it is a date in a form of its own", None)


class ColumnMap(Params):
    """Where a column of an account table comes from: exactly one of the first three.

    `column` names a column of the source; `constant` is the same for every row;
    `expression` is SQL over the source's columns. `format` reads text as a date or time
    (strptime directives, or `excel` for days numbered as Excel does); without it only
    ISO 8601 is accepted. `values` maps codes to the contract's own words. `unit` says what
    a number is given in, where that is not the unit of the contract.
    """

    column: str | None = about("name in the source", None)
    constant: str | int | float | bool | None = about("one value for every row", None)
    expression: str | None = about("SQL over the source's columns", None)
    format: str | None = about('of dates and times written as text: "%d.%m.%Y"', None)
    values: dict[str, str] = about("code in the source: word of the contract", {})
    unit: str | None = about("of the source's numbers: lb, minutes, cents, ...", None)


def _column_by_name(given: Any) -> Any:
    """Read `promised_at: RequiredDate` as short for `promised_at: {column: RequiredDate}`."""
    return {"column": given} if isinstance(given, str) else given


class ClientMap(Params):
    """Which of the source's ids belongs to which client folder.

    `column` names the id (or `constant` gives one client for every row). `keys` maps ids
    to slugs; an id is compared exactly, blanks at its ends included. Rows of other ids
    belong to clients without a folder: they stay in the control totals and go no further.
    """

    column: str | None = about("the column that holds the client's id", None)
    constant: str | None = about(
        'the one client folder that all rows belong to; in fx and sites "*" is all clients', None
    )
    keys: dict[str, str] = about("id in the source: client folder", {})

    def serves(self, client: str) -> bool:
        """Tell whether rows of `client`, or such that hold for all, may come from the source."""
        return self.constant in (client, EVERYONE) or client in self.keys.values()


class Source(Params):
    """One place that an account table's rows come from.

    `url` names a database, as `postgresql://reader:${ERP_PASSWORD}@erp/wms`; what stands in
    `${}` is taken from the environment. `file` is relative to the workspace; its suffix
    tells the kind (.csv, .xlsx, .jsonl, .parquet, .sqlite/.db, .duckdb) unless `kind`
    does. A database takes `table` or `query`.
    With `files` (name → file) a `query` may join several files by those names.
    `cutoff` is the moment up to which the source is complete, with its UTC offset.
    `timezone` is the zone of timestamps that carry none. `where` is an SQL condition;
    rows that it leaves out are counted as excluded by rule.
    """

    file: str | None = about("path in the workspace; `*` reads several files as one", None)
    url: str | None = about("of a database, its secrets from the environment: ${NAME}", None)
    fingerprint: str | None = about("SQL over the database that changes as its rows do", None)
    files: dict[str, str] = about("name in the query: path", {})
    kind: Literal["csv", "excel", "jsonl", "parquet", "sqlite", "duckdb"] | None = about(
        "where the suffix does not tell", None
    )
    table: str | None = about("table of a database", None)
    query: str | None = about("SQL over a database or over `files`", None)
    name: str = about("as reports name the source", "")
    cutoff: dt.datetime = about("the data are complete up to here")
    timezone: str = about("of times without an offset", "UTC")
    csv: Csv = about("how a CSV file is written", Csv())
    excel: Excel = about("where in a workbook the rows stand", Excel())
    client: ClientMap = about("whose row it is")
    columns: dict[str, Annotated[ColumnMap, BeforeValidator(_column_by_name)]] = about(
        "column of the account table: its name in the source, or more"
    )
    where: str | None = about("SQL condition that rows meet to count", None)
    keep: Keep | None = about("which of several rows with the same key counts", None)
    supersedes: bool = about(
        "its rows go before those of the sources above with the same key", False
    )
