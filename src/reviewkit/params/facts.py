"""``<period>.yaml`` and ``<period>.md``: what people decided, know and say of one review."""

from __future__ import annotations

import datetime as dt

from reviewkit.blocks import Audience
from reviewkit.params.base import Params, about
from reviewkit.params.plan import SEEN_BY


class Decision(Params):
    """A decision sought at the meeting."""

    title: str = about("what is to be decided")
    effect: str = about("what follows from it", "")
    decider: str = about("who decides", "")
    by: dt.date | None = about("day by which", None)
    outcome: str = about("what became of it, as the next review tells", "")
    audience: Audience = about(SEEN_BY, "client")


class Event(Params):
    """Something that happened, marked on the trend of its metric."""

    date: dt.date = about("day")
    title: str = about("in a few words")
    metric: str | None = about("id of the metric whose trend it marks", None)
    audience: Audience = about(SEEN_BY, "client")


class Recovery(Params):
    """A miss explained: cause, remedy, and the date it is back on target."""

    metric: str = about("id of the metric that was missed")
    cause: str = about("why, in a sentence")
    remedy: str = about("what was done or will be", "")
    back_on_target: str = about("when, in words", "")
    effect: str = about("what the remedy brings", "")
    audience: Audience = about(SEEN_BY, "client")


class ReviewFacts(Params):
    """``<period>.yaml``: what people decided and know about this review."""

    meeting: dt.date | None = about("day of the meeting", None)
    headline: str = about("the review in one sentence", "")
    decisions: tuple[Decision, ...] = about("sought at the meeting", ())
    events: tuple[Event, ...] = about("what happened", ())
    recoveries: tuple[Recovery, ...] = about("misses explained", ())


class Comment(Params):
    """The account manager's words under one heading of ``<period>.md``."""

    heading: str
    text: str
    audience: Audience = "client"
