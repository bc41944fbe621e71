"""A finding: facts about one thing that a review has to say, without words.

It names a cause only where one is recorded in the data, or where people wrote it down for
this review.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from reviewkit.analysis.actions import Action
from reviewkit.analysis.bursts import Burst
from reviewkit.analysis.causes import Cause
from reviewkit.analysis.change import Change, Part
from reviewkit.analysis.movement import Movement
from reviewkit.analysis.renewal import Renewal
from reviewkit.analysis.unbilled import Unbilled
from reviewkit.analysis.variance import Line
from reviewkit.metrics.data import MetricValue
from reviewkit.params.models import Recovery

Kind = Literal[
    "partial",
    "miss",
    "near",
    "moved",
    "slid",
    "unbilled",
    "burst",
    "renewal",
    "late_actions",
    "cause",
    "growth",
    "streak",
    "not_supplied",
    "half_supplied",
]


@dataclass(frozen=True)
class Partial:
    """A period known only in part, up to `until`.

    `tables` are those whose data stop earlier than the others'; none where the period is
    simply not over.
    """

    until: dt.date
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One finding. Which fields are filled follows from its kind."""

    kind: Kind
    value: MetricValue | None = None
    moved: Movement | None = None
    change: Change | None = None
    contributors: tuple[Part, ...] = ()
    lines: tuple[Line, ...] = ()
    causes: tuple[Cause, ...] = ()
    recovery: Recovery | None = None
    actions: tuple[Action, ...] = ()
    open_actions: int = 0
    periods: int = 0
    tables: tuple[str, ...] = ()
    about: Unbilled | Burst | Renewal | Partial | None = None
