"""``plan.yaml``: the account plan; most of it never leaves the house."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from reviewkit.blocks import Audience
from reviewkit.params.base import INTERNAL, Params, about

SEEN_BY = "`internal` keeps it in the house"


class Objective(Params):
    """A goal agreed with the client; with a metric, its outcome is computed."""

    title: str = about("in a few words")
    metric: str | None = about("id of the metric that tells the outcome", None)
    target: Decimal | None = about("in the metric's own unit; 0.95 is 95%", None)
    due: dt.date | None = about("day by which", None)
    owner: str = about("who sees to it", "")
    outcome: str = about("in words, where no metric tells it", "")
    audience: Audience = about(SEEN_BY, "client")


class Risk(Params):
    """A risk and what it needs from whom."""

    title: str = about("in a few words")
    what: str = about("what may happen", "")
    needs: str = about("what it needs from whom", "")
    audience: Audience = about(SEEN_BY, "client")


Stance = Literal["sponsor", "decision_maker", "champion", "neutral", "critic", "unknown"]
"""Towards the own house; a decision maker is one of whom no more is known."""


class Stakeholder(Params):
    """A person in the client's organisation, as the house sees them."""

    name: str = about("who")
    role: str = about("in the client's house", "")
    stance: Stance = about("towards the own house", "unknown")
    decides: bool = about("decides on the contract, whatever the stance", False)
    last_contact: dt.date | None = about("day", None)
    note: str = about("what else is known", "")


class Entry(Params):
    """One dated, evidence-linked line of a SWOT or competitor note."""

    text: str = about("the statement")
    date: dt.date | None = about("day it was made", None)
    evidence: str = about("what it rests on", "")


class Swot(Params):
    """Strengths, weaknesses, opportunities, threats."""

    strengths: tuple[Entry, ...] = about("own, with this client", ())
    weaknesses: tuple[Entry, ...] = about("own, with this client", ())
    opportunities: tuple[Entry, ...] = about("with this client", ())
    threats: tuple[Entry, ...] = about("to the account", ())


class Initiative(Params):
    """One step of the account's roadmap; without `done` it is still to come."""

    title: str = about("in a few words")
    owner: str = about("who sees to it", "")
    start: dt.date | None = about("day it begins", None)
    due: dt.date | None = about("day by which it is done", None)
    done: dt.date | None = about("day it was done", None)
    worth: Decimal | None = about("revenue of a year that it should bring", None, ge=0)


class Plan(Params):
    """``plan.yaml``: objectives and risks; the rest never leaves the house."""

    objectives: tuple[Objective, ...] = about("goals of the account", ())
    risks: tuple[Risk, ...] = about("what stands in their way", ())
    swot: Swot = about("the account as the house sees it", Swot(), json_schema_extra=INTERNAL)
    stakeholders: tuple[Stakeholder, ...] = about(
        "who decides at the client", (), json_schema_extra=INTERNAL
    )
    competitors: tuple[Entry, ...] = about(
        "who else is after the account", (), json_schema_extra=INTERNAL
    )
    roadmap: tuple[Initiative, ...] = about(
        "what the house means to do with the account", (), json_schema_extra=INTERNAL
    )
    silence_days: int = about(
        "days without contact after which a person is told", 90, ge=1, json_schema_extra=INTERNAL
    )
