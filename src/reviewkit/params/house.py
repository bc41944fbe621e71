"""``house.yaml``: the provider, its look, its data, its mail."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from reviewkit.params.base import Brand, Paper, Params, Sign, about


class Csv(Params):
    """How a CSV file is written."""

    delimiter: Sign = about('the sign between two cells; a tab is "\\t"', ",")
    encoding: str = about("of the letters: utf-8, cp1252, ...", "utf-8")
    quote: Sign = about("the sign around a cell that holds a delimiter", '"')
    decimal: Literal[".", ","] = about("the sign before decimals", ".")


class ColumnMap(Params):
    """Where a column of an account table comes from: exactly one of the first three.

    `column` names a column of the source; `constant` is the same for every row;
    `expression` is SQL over the source's columns. `format` reads text as a date or time
    (strptime directives); without it only ISO 8601 is accepted. `values` maps codes to
    the contract's own words.
    """

    column: str | None = about("name in the source", None)
    constant: str | int | float | bool | None = about("one value for every row", None)
    expression: str | None = about("SQL over the source's columns", None)
    format: str | None = about('of dates and times written as text: "%d.%m.%Y"', None)
    values: dict[str, str] = about("code in the source: word of the contract", {})


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
    constant: str | None = about("the one client folder that all rows belong to", None)
    keys: dict[str, str] = about("id in the source: client folder", {})


class Source(Params):
    """One place that an account table's rows come from.

    `url` names a database, as `postgresql://reader:${ERP_PASSWORD}@erp/wms`; what stands in
    `${}` is taken from the environment. `file` is relative to the workspace; its suffix
    tells the kind (.csv, .parquet, .sqlite/.db, .duckdb) unless `kind` does. A database
    takes `table` or `query`.
    With `files` (name → file) a `query` may join several files by those names.
    `cutoff` is the moment up to which the source is complete, with its UTC offset.
    `timezone` is the zone of timestamps that carry none. `where` is an SQL condition;
    rows that it leaves out are counted as excluded by rule.
    """

    file: str | None = about("path in the workspace; `*` reads several files as one", None)
    url: str | None = about("of a database, its secrets from the environment: ${NAME}", None)
    fingerprint: str | None = about("SQL over the database that changes as its rows do", None)
    files: dict[str, str] = about("name in the query: path", {})
    kind: Literal["csv", "parquet", "sqlite", "duckdb"] | None = about(
        "where the suffix does not tell", None
    )
    table: str | None = about("table of a database", None)
    query: str | None = about("SQL over a database or over `files`", None)
    name: str = about("as reports name the source", "")
    cutoff: dt.datetime = about("the data are complete up to here")
    timezone: str = about("of times without an offset", "UTC")
    csv: Csv = about("how the file is written", Csv())
    client: ClientMap = about("whose row it is")
    columns: dict[str, Annotated[ColumnMap, BeforeValidator(_column_by_name)]] = about(
        "column of the account table: its name in the source, or more"
    )
    where: str | None = about("SQL condition that rows meet to count", None)


class Mail(Params):
    """Who a pack is sent from, and what the mail says.

    `greeting` and `body` may hold `{name}`, `{report}`, `{period}` and `{client}`.
    """

    sender: str = about("e-mail address")
    sender_name: str = about("as the recipient sees it, and under the mail", "")
    greeting: str = about("first line", "Dear {name},")
    body: str = about("the text", "Please find attached your {report} for {period}.")


MAIL_FIELDS = ("client", "name", "period", "report")
"""What a mail's text may fill in."""


class Limits(Params):
    """What the run of one notebook may take; one that takes more fails alone."""

    cell_seconds: int = about("longest a cell may run", 600, ge=1)
    run_seconds: int = about("longest a whole notebook may run", 1800, ge=1)
    memory_mb: int = about("most memory of its own, MB", 4096, ge=512)
    output_mb: int = about("most that its cells may print and show, MB", 20, ge=1)


class House(Params):
    """``house.yaml``: the provider, its look, its data."""

    name: str = about("as it is printed")
    brand: Brand = about("the house's own look", Brand())
    timezone: str = about("days begin here, unless the client has its own", "UTC")
    locale: str = about("how numbers and dates are written, unless the client has its own", "en-GB")
    paper: Paper = about("unless the client has its own", "a4")
    minimum_n: int = about("fewest cases for a rate's status", 30, ge=1)
    mail: Mail | None = about("without it nothing can be sent", None)
    limits: Limits = about("of a notebook's run", Limits())
    internal_markers: tuple[str, ...] = about("words that never stand in a client's pack", ())
    sources: dict[str, tuple[Source, ...]] = about(
        "account table: where its rows come from; a table left out is not supplied", {}
    )
