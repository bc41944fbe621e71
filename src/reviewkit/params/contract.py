"""``contract.yaml``: what was agreed in writing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from reviewkit.params.base import INTERNAL, Params, about


class DeliveryRule(Params):
    """When a delivery counts as on time: `tolerance_minutes` late, `early_minutes` early.

    `early_minutes` of `None` means that early is never a fail.
    """

    tolerance_minutes: int = about("late by no more than this is on time", 0, ge=0)
    early_minutes: int | None = about("early by more than this is not on time", None, ge=0)
    since: dt.date | None = about("first day it holds; without it, always", None)


class Sla(Params):
    """A service level in the contract; its target is the contract's, not a wish."""

    metric: str = about("id of the metric")
    target: Decimal = about("in the metric's own unit; 0.95 is 95%")
    since: dt.date | None = about("first day it holds; without it, always", None)
    clause: str = about("where the contract says so", "")


class Contract(Params):
    """``contract.yaml``: term and notice, service levels, rules of counting."""

    reference: str = about("its number, as printed", "")
    start: dt.date | None = about("first day", None)
    end: dt.date | None = about("last day", None)
    notice_days: int | None = about("days before the end by which notice is given", None, ge=0)
    auto_renewal: bool = about("whether it goes on without notice", False)
    announces_notice: bool = about(
        "whether the client's reviews also tell when notice falls due", False
    )
    payment_terms_days: int = about("days from an invoice to its due date", 30, ge=0)
    delivery: tuple[DeliveryRule, ...] = about("when a delivery is on time", (DeliveryRule(),))
    slas: tuple[Sla, ...] = about("service levels; they go before a target of the same metric", ())
    renewal_strategy: str = about(
        "what the house means to do at the end", "", json_schema_extra=INTERNAL
    )
