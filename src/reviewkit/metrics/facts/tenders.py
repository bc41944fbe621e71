"""Measures of the tenders: offers of loads and what the carriers answered."""

from __future__ import annotations

from ibis import ir

from reviewkit.metrics.facts.model import Fact, Measure, Stream


def judged(t: ir.Table) -> ir.Table:
    """Return offers with what was answered by now; one that was withdrawn was no offer."""
    answered = t.response.notnull() & (t.responded_at.isnull() | (t.responded_at <= t.known_until))
    withdrawn = answered & (t.response == "withdrawn").fill_null(False)
    return t.mutate(
        offered=(t.tendered_at <= t.known_until) & ~withdrawn,
        answered=answered & ~withdrawn,
        accepted=answered & (t.response == "accepted").fill_null(False),
        first=(t.sequence == 1).fill_null(False),
        again=(t.sequence > 1).fill_null(False),
    )


TENDERS = Fact(
    table="tenders",
    dims=("site", "service", "carrier"),
    judged=judged,
    streams=(Stream("offered", "tendered_at", where="offered"),),
    measures=(
        Measure("first_accepted", "offered", lambda t: t["first"] & t.accepted),
        Measure("first_answered", "offered", lambda t: t["first"] & t.answered),
        Measure("first_open", "offered", lambda t: t["first"] & ~t.answered),
        Measure("offers_accepted", "offered", lambda t: t.accepted),
        Measure("offers_answered", "offered", lambda t: t.answered),
        Measure("offers_open", "offered", lambda t: ~t.answered),
        Measure("offered_again", "offered", lambda t: t.again),
    ),
)
