"""All that a user may write under ``params/``, as frozen models, one module per file.

Every model refuses unknown keys. A field marked `INTERNAL` is dropped before a
client-facing run sees the parameters; what carries an `audience` is dropped when that
audience is internal. Nothing here reads a file: `reviewkit.params.load` does.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pydantic import Field

from reviewkit.blocks import Audience
from reviewkit.params.base import INTERNAL, Brand, Colour, Currency, Paper, Params
from reviewkit.params.calendar import Calendar
from reviewkit.params.client import Client, Contact, Target
from reviewkit.params.contract import Contract, DeliveryRule, Sla
from reviewkit.params.facts import Comment, Decision, Event, Recovery, ReviewFacts
from reviewkit.params.house import House, Mail
from reviewkit.params.plan import Entry, Initiative, Objective, Plan, Risk, Stakeholder, Swot
from reviewkit.params.sites import Site
from reviewkit.params.sources import ClientMap, ColumnMap, Csv, Excel, Keep, Source

__all__ = [
    "INTERNAL",
    "Brand",
    "Calendar",
    "Client",
    "ClientMap",
    "ClientParams",
    "Colour",
    "ColumnMap",
    "Comment",
    "Contact",
    "Contract",
    "Csv",
    "Currency",
    "Decision",
    "DeliveryRule",
    "Entry",
    "Event",
    "Excel",
    "House",
    "Initiative",
    "Keep",
    "Mail",
    "Objective",
    "Paper",
    "Params",
    "Plan",
    "Recovery",
    "ReviewFacts",
    "Risk",
    "Site",
    "Sla",
    "Source",
    "Stakeholder",
    "Swot",
    "Target",
    "Workspace",
    "for_audience",
]


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
