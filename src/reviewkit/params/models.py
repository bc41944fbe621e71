"""What a user may write under ``params/``, as frozen models.

Every model refuses unknown keys. A field marked `INTERNAL` is dropped before a
client-facing run sees the parameters; what carries an `audience` is dropped when that
audience is internal. Nothing here reads a file: `reviewkit.params.load` does.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from reviewkit.blocks import Audience

INTERNAL: dict[str, JsonValue] = {"internal": True}
"""Marks a field (`json_schema_extra`) that no client-facing run receives."""

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Sign = Annotated[str, Field(min_length=1, max_length=1)]
Paper = Literal["a4", "letter"]


class Params(BaseModel):
    """Base of all parameters: frozen, and strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- house.yaml -------------------------------------------------------------------------


class Csv(Params):
    """How a CSV file is written."""

    delimiter: Sign = ","
    encoding: str = "utf-8"
    quote: Sign = '"'
    decimal: Literal[".", ","] = "."


class ColumnMap(Params):
    """Where a column of an account table comes from: exactly one of the first three.

    `column` names a column of the source; `constant` is the same for every row;
    `expression` is SQL over the source's columns. `format` reads text as a date or time
    (strptime directives); without it only ISO 8601 is accepted. `values` maps codes to
    the contract's own words.
    """

    column: str | None = None
    constant: str | int | float | bool | None = None
    expression: str | None = None
    format: str | None = None
    values: dict[str, str] = Field(default_factory=dict)


def _column_by_name(given: Any) -> Any:
    """Read `promised_at: RequiredDate` as short for `promised_at: {column: RequiredDate}`."""
    return {"column": given} if isinstance(given, str) else given


class ClientMap(Params):
    """Which of the source's ids belongs to which client folder.

    `column` names the id (or `constant` gives one client for every row). `keys` maps ids
    to slugs; an id is compared exactly, blanks at its ends included. Rows of other ids
    belong to clients without a folder: they stay in the control totals and go no further.
    """

    column: str | None = None
    constant: str | None = None
    keys: dict[str, str] = Field(default_factory=dict)


class Source(Params):
    """One place that an account table's rows come from.

    `file` is relative to the workspace; its suffix tells the kind (.csv, .parquet,
    .sqlite/.db, .duckdb) unless `kind` does. A database takes `table` or `query`.
    With `files` (name → file) a `query` may join several files by those names.
    `cutoff` is the moment up to which the source is complete, with its UTC offset.
    `timezone` is the zone of timestamps that carry none. `where` is an SQL condition;
    rows that it leaves out are counted as excluded by rule.
    """

    file: str | None = None
    files: dict[str, str] = Field(default_factory=dict)
    kind: Literal["csv", "parquet", "sqlite", "duckdb"] | None = None
    table: str | None = None
    query: str | None = None
    name: str = ""
    cutoff: dt.datetime
    timezone: str = "UTC"
    csv: Csv = Csv()
    client: ClientMap
    columns: dict[str, Annotated[ColumnMap, BeforeValidator(_column_by_name)]]
    where: str | None = None


class Brand(Params):
    """Colours of a house or client; a colour too pale for text is darkened when used."""

    accent: Colour = "#1B4B8F"


class Mail(Params):
    """Who a pack is sent from, and what the mail says."""

    sender: str
    sender_name: str = ""
    greeting: str = "Dear {name},"
    body: str = "Please find attached your {report} for {period}."


class House(Params):
    """``house.yaml``: the provider, its look, its data."""

    name: str
    brand: Brand = Brand()
    timezone: str = "UTC"
    locale: str = "en-GB"
    paper: Paper = "a4"
    minimum_n: int = Field(default=30, ge=1, description="fewest cases for a rate's status")
    mail: Mail | None = None
    internal_markers: tuple[str, ...] = Field(
        default=(), description="words that never stand in a client's pack"
    )
    sources: dict[str, tuple[Source, ...]] = Field(default_factory=dict)


# --- <client>/client.yaml ---------------------------------------------------------------


class Target(Params):
    """A target from a date on; `tolerance` is in the metric's own unit, ratios as fractions."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    since: dt.date | None = None


class Contact(Params):
    """A person at the client; `receives` are the report kinds they are mailed.

    A pack is one mail: whoever receives one of its kinds sees all of it.
    """

    name: str
    role: str = ""
    email: str = ""
    receives: tuple[str, ...] = ()


class Client(Params):
    """``client.yaml``: profile, calendar, currency, locale, contacts, targets."""

    name: str
    currency: Currency
    locale: str = ""
    timezone: str = ""
    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    paper: Paper | None = None
    brand: Brand = Brand()
    account_manager: str = ""
    reports: tuple[str, ...] = ("executive", "qbr")
    lead_metrics: tuple[str, ...] = Field(
        default=("shipments", "on_time_delivery", "in_full", "otif", "invoice_accuracy", "nps"),
        max_length=6,
    )
    contacts: tuple[Contact, ...] = ()
    shares: tuple[str, ...] = Field(
        default=(), description="internal tables that this client may see, such as budget"
    )
    targets: dict[str, tuple[Target, ...]] = Field(default_factory=dict)
    cost_notes: str = Field(default="", json_schema_extra=INTERNAL)


# --- <client>/contract.yaml -------------------------------------------------------------


class DeliveryRule(Params):
    """When a delivery counts as on time: `tolerance_minutes` late, `early_minutes` early.

    `early_minutes` of `None` means that early is never a fail.
    """

    tolerance_minutes: int = Field(default=0, ge=0)
    early_minutes: int | None = Field(default=None, ge=0)
    since: dt.date | None = None


class Sla(Params):
    """A service level in the contract; its target is the contract's, not a wish."""

    metric: str
    target: Decimal
    since: dt.date | None = None
    clause: str = ""


class Contract(Params):
    """``contract.yaml``: term and notice, service levels, rules of counting."""

    reference: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    notice_days: int | None = Field(default=None, ge=0)
    auto_renewal: bool = False
    payment_terms_days: int = Field(default=30, ge=0)
    delivery: tuple[DeliveryRule, ...] = (DeliveryRule(),)
    slas: tuple[Sla, ...] = ()
    renewal_strategy: str = Field(default="", json_schema_extra=INTERNAL)


# --- <client>/plan.yaml -----------------------------------------------------------------


class Objective(Params):
    """A goal agreed with the client; with a metric, its outcome is computed."""

    title: str
    metric: str | None = None
    target: Decimal | None = None
    due: dt.date | None = None
    owner: str = ""
    outcome: str = ""
    audience: Audience = "client"


class Risk(Params):
    """A risk and what it needs from whom."""

    title: str
    what: str = ""
    needs: str = ""
    audience: Audience = "client"


class Stakeholder(Params):
    """A person in the client's organisation, as the house sees them."""

    name: str
    role: str = ""
    stance: Literal["sponsor", "champion", "neutral", "critic", "unknown"] = "unknown"
    last_contact: dt.date | None = None
    note: str = ""


class Entry(Params):
    """One dated, evidence-linked line of a SWOT or competitor note."""

    text: str
    date: dt.date | None = None
    evidence: str = ""


class Swot(Params):
    """Strengths, weaknesses, opportunities, threats."""

    strengths: tuple[Entry, ...] = ()
    weaknesses: tuple[Entry, ...] = ()
    opportunities: tuple[Entry, ...] = ()
    threats: tuple[Entry, ...] = ()


class Plan(Params):
    """``plan.yaml``: objectives and risks; the rest never leaves the house."""

    objectives: tuple[Objective, ...] = ()
    risks: tuple[Risk, ...] = ()
    swot: Swot = Field(default=Swot(), json_schema_extra=INTERNAL)
    stakeholders: tuple[Stakeholder, ...] = Field(default=(), json_schema_extra=INTERNAL)
    competitors: tuple[Entry, ...] = Field(default=(), json_schema_extra=INTERNAL)


# --- <client>/<period>.yaml and .md -----------------------------------------------------


class Decision(Params):
    """A decision sought at the meeting."""

    title: str
    effect: str = ""
    decider: str = ""
    by: dt.date | None = None
    audience: Audience = "client"


class Event(Params):
    """Something that happened, marked on the trend of its metric."""

    date: dt.date
    title: str
    metric: str | None = None
    audience: Audience = "client"


class Recovery(Params):
    """A miss explained: cause, remedy, and the date it is back on target."""

    metric: str
    cause: str
    remedy: str = ""
    back_on_target: str = ""
    effect: str = ""
    audience: Audience = "client"


class ReviewFacts(Params):
    """``<period>.yaml``: what people decided and know about this review."""

    meeting: dt.date | None = None
    headline: str = ""
    decisions: tuple[Decision, ...] = ()
    events: tuple[Event, ...] = ()
    recoveries: tuple[Recovery, ...] = ()


class Comment(Params):
    """The account manager's words under one heading of ``<period>.md``."""

    heading: str
    text: str
    audience: Audience = "client"


# --- all of it --------------------------------------------------------------------------


class ClientParams(Params):
    """Everything written about one client."""

    slug: str
    client: Client
    contract: Contract = Contract()
    plan: Plan = Plan()
    reviews: dict[str, ReviewFacts] = Field(default_factory=dict)
    commentary: dict[str, tuple[Comment, ...]] = Field(default_factory=dict)


class Workspace(Params):
    """A whole workspace's parameters; `root` is its folder."""

    root: str
    house: House
    clients: dict[str, ClientParams] = Field(default_factory=dict)


def for_audience(params: ClientParams, audience: Audience) -> dict[str, Any]:
    """Return `params` as JSON for one audience, internal fields and entries left out.

    For the client every field marked `INTERNAL` and every entry whose `audience` is
    internal is absent, as if it had never been written.
    """
    return _sliced(params, audience)


def _sliced(model: Params, audience: Audience) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        extra = field.json_schema_extra
        if audience == "client" and isinstance(extra, dict) and extra.get("internal"):
            continue
        out[name] = _value(getattr(model, name), audience)
    return out


def _value(value: Any, audience: Audience) -> Any:
    if isinstance(value, Params):
        return _sliced(value, audience)
    if isinstance(value, dict):
        return {key: _value(item, audience) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_value(item, audience) for item in value if _may_see(item, audience)]
    if isinstance(value, dt.date | Decimal):
        return str(value) if isinstance(value, Decimal) else value.isoformat()
    return value


def _may_see(item: Any, audience: Audience) -> bool:
    return audience == "internal" or getattr(item, "audience", "client") == "client"
