"""Builds what is stale and takes it to the door; sees both wings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.lazy import exported

if TYPE_CHECKING:
    from reviewkit.build.built import Built
    from reviewkit.build.plan import Job, clients_of
    from reviewkit.build.release import approve_pack, send_pack
    from reviewkit.build.reports import Listener, build, extract
    from reviewkit.build.selection import Selection
    from reviewkit.build.when import period_of
    from reviewkit.build.work import Outcome

__all__ = [
    "Built",
    "Job",
    "Listener",
    "Outcome",
    "Selection",
    "approve_pack",
    "build",
    "clients_of",
    "extract",
    "period_of",
    "send_pack",
]

__getattr__ = exported(
    __name__,
    {
        "Built": "built",
        "Job": "plan",
        "Listener": "reports",
        "Outcome": "work",
        "Selection": "selection",
        "approve_pack": "release",
        "build": "reports",
        "clients_of": "plan",
        "extract": "reports",
        "period_of": "when",
        "send_pack": "release",
    },
)
