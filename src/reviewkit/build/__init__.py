"""Builds what is stale and takes it to the door; sees both wings."""

from reviewkit.build.build import Built, build, extract
from reviewkit.build.plan import Job, Selection, clients_of, period_of
from reviewkit.build.release import approve_pack, send_pack
from reviewkit.build.work import Outcome

__all__ = [
    "Built",
    "Job",
    "Outcome",
    "Selection",
    "approve_pack",
    "build",
    "clients_of",
    "extract",
    "period_of",
    "send_pack",
]
