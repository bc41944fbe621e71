"""How far a build is, how fast it goes, and how long it will take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Progress:
    """Counts the reports asked for; `total` is all of them, and stays what it is.

    `done` were made, or failed; `current` need not be made; `lost` cannot, since their client
    could not be looked into. `unseen` are of clients not looked into yet: some of them may be
    current. Times are the clock's.
    """

    total: int = 0
    done: int = 0
    current: int = 0
    lost: int = 0
    unseen: int = 0
    _began: float = field(default_factory=time.monotonic)

    @property
    def settled(self) -> int:
        """Reports of which no more is to be awaited."""
        return self.done + self.current + self.lost

    @property
    def per_minute(self) -> float:
        """Reports made a minute so far."""
        return 60 * self.done / max(time.monotonic() - self._began, 0.001)

    @property
    def left(self) -> float:
        """Seconds until the rest is made, if it goes on like this and none of it is current."""
        return 60 * (self.total - self.settled) / self.per_minute if self.done else 0.0

    def __str__(self) -> str:
        """Return it as a build prints it.

        >>> progress = Progress(total=20, done=3, current=8, unseen=4)
        >>> str(progress).split(", ")[:2], str(progress).rpartition(", ")[2][:7]
        (['11/20', '8 current'], 'at most')
        """
        said = [f"{self.settled}/{self.total}"]
        said += [f"{self.current} current"] if self.current else []
        said += [f"{self.per_minute:.0f} a minute"]
        if self.settled < self.total:
            said += [f"{'at most ' if self.unseen else ''}{_span(self.left)} left"]
        return ", ".join(said)


def _span(seconds: float) -> str:
    """Return a span as people say it.

    >>> _span(8), _span(95), _span(4000)
    ('8 s', '2 min', '1 h 7 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
