"""What came of a build. Imports nothing heavy: the first look tells it too."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewkit.build.plan import Job
    from reviewkit.build.work import Outcome


@dataclass
class Built:
    """What a build did: jobs made, how many reports were current, and what failed.

    `lost` names clients that could not be prepared at all, with the reason; `report` is
    where the analyst finds every failure.
    """

    made: list[Job] = field(default_factory=list)
    current: int = 0
    failed: list[Outcome] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)
    quarantined: int = 0
    report: Path | None = None

    @property
    def ok(self) -> bool:
        """True where every report asked for is there and current."""
        return not self.failed and not self.lost
