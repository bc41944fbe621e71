"""What the user asked to be built. Imports nothing heavy: the first look needs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """What the user asked for; empty means all. `period` is read in each client's calendar.

    `jobs` is how many reports are built at once, 0 for as many as there are cores; `engine`
    is who sets the pages.
    """

    clients: tuple[str, ...] = ()
    period: str = ""
    reports: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    as_of: dt.date | None = None
    force: bool = False
    jobs: int = 0
    engine: str = "reviewkit"

    @property
    def wanted(self) -> tuple[str, ...]:
        """What decides which reports there are, whoever the clients are."""
        day = self.as_of.isoformat() if self.as_of else ""
        parts = (self.reports, self.audiences, self.formats)
        return (self.period, *(",".join(part) for part in parts), day, self.engine)
