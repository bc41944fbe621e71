"""Builds what is stale and takes it to the door; sees both wings.

Names are loaded when they are asked for: the first look at a workspace needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviewkit.build.built import Built
    from reviewkit.build.plan import Job, clients_of, period_of
    from reviewkit.build.release import approve_pack, send_pack
    from reviewkit.build.reports import Listener, build, extract
    from reviewkit.build.selection import Selection
    from reviewkit.build.work import Outcome

_HOMES = {
    "Built": "built",
    "Job": "plan",
    "Listener": "reports",
    "Outcome": "work",
    "Selection": "selection",
    "approve_pack": "release",
    "build": "reports",
    "clients_of": "plan",
    "extract": "reports",
    "period_of": "plan",
    "send_pack": "release",
}

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


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{home}"), name)
