"""``client.yaml``: who the client is, what they receive, what is aimed at."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from reviewkit.params.base import INTERNAL, Brand, Currency, Format, Paper, Params, about
from reviewkit.params.calendar import Calendar
from reviewkit.periods import FiscalCalendar


class Target(Params):
    """A target from a date on; `tolerance` is in the metric's own unit, ratios as fractions."""

    value: Decimal = about("0.95 is 95%")
    tolerance: Decimal = about("a miss by no more than this is at risk", Decimal(0), ge=0)
    since: dt.date | None = about("first day it holds; without it, always", None)


class Contact(Params):
    """A person at the client; `receives` are the report kinds they are mailed.

    A pack is one mail: whoever receives one of its kinds sees all of it. A kind that is built
    for another period, as a monthly review beside those of the quarter, is in another pack.
    """

    name: str = about("as a letter addresses them")
    role: str = about("in the client's house", "")
    email: str = about("needed by whoever receives reports", "")
    receives: tuple[str, ...] = about("kinds out of `reports`; nothing: not mailed", ())


def _region_by_member(given: Any) -> Any:
    """Read `members: [acme-de, acme-us]` as members without a region."""
    if not isinstance(given, list | tuple) or not all(isinstance(item, str) for item in given):
        return given
    twice = sorted({item for item in given if given.count(item) > 1})
    if twice:
        raise PydanticCustomError("twice", "{names} stands twice", {"names": ", ".join(twice)})
    return dict.fromkeys(given, "")


class Client(Params):
    """``client.yaml``: profile, calendar, currency, locale, contacts, targets.

    With `members` it is a global account: the sum of those clients, reported in its own
    time zone, fiscal year and currency. No source maps to it.
    """

    name: str = about("as it is printed")
    members: Annotated[dict[str, str], BeforeValidator(_region_by_member)] = about(
        "of a global account: client folder: its region; or a list of client folders", {}
    )
    currency: Currency = about("of all its amounts, as EUR")
    locale: str = about("how numbers and dates are written; else the house's", "")
    language: str = about("of its pages, en or de; else that of its locale, else English", "")
    timezone: str = about("where its days begin; else the house's", "")
    fiscal_year_start: int = about(
        "first month of its fiscal year; with 4, FY2027 begins in April 2026", 1, ge=1, le=12
    )
    calendar: Calendar = about("where its fiscal years are not made of months", Calendar())
    paper: Paper | None = about("else the house's", None)
    brand: Brand = about("the client's colour in its reports", Brand())
    account_manager: str = about("of the own house, printed on the front", "")
    reports: tuple[str, ...] = about("kinds, a notebook each", ("executive", "qbr"))
    required_commentary: tuple[str, ...] | None = about(
        "headings of <period>.md that want words; else the house's",
        None,
        json_schema_extra=INTERNAL,
    )
    sends: tuple[Format, ...] = about(
        "formats of the reports that mails carry; they are built too", ("pdf",), min_length=1
    )
    lead_metrics: tuple[str, ...] = about(
        "tiles of the first page; where fewer than six have a figure, others stand beside them",
        ("shipments", "on_time_delivery", "in_full", "otif", "invoice_accuracy", "nps"),
        max_length=6,
    )
    contacts: tuple[Contact, ...] = about("people at the client", ())
    shares: tuple[str, ...] = about("internal tables that this client may see, such as budget", ())
    targets: dict[str, tuple[Target, ...]] = about("metric: what is aimed at", {})
    weights: dict[str, Annotated[Decimal, Field(ge=0)]] = about(
        "metric: what it counts in the overall score, beside the others; without it, each one "
        "with a target the same",
        {},
    )
    cost_notes: str = about("what the house knows of its cost", "", json_schema_extra=INTERNAL)

    @property
    def fiscal_calendar(self) -> FiscalCalendar:
        """The client's fiscal years and their periods."""
        return self.calendar.fiscal(self.fiscal_year_start)
