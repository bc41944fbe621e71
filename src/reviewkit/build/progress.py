"""How far a build is, how fast it goes, and how long it will take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Progress:
    """Counts the reports done. `total` grows as clients are looked into; times are the clock's."""

    total: int = 0
    done: int = 0
    _began: float = field(default_factory=time.monotonic)

    @property
    def per_minute(self) -> float:
        """Reports a minute so far."""
        return 60 * self.done / max(time.monotonic() - self._began, 0.001)

    @property
    def left(self) -> float:
        """Seconds until the rest is done, if it goes on like this."""
        return 60 * (self.total - self.done) / self.per_minute if self.done else 0.0

    def __str__(self) -> str:
        """Return it as a build prints it.

        >>> progress = Progress(total=12, done=3)
        >>> str(progress).split(",")[0]
        '3/12'
        """
        said = f"{self.done}/{self.total}, {self.per_minute:.0f} a minute"
        return f"{said}, {_span(self.left)} left" if self.done < self.total else said


def _span(seconds: float) -> str:
    """Return a span as people say it.

    >>> _span(8), _span(95), _span(4000)
    ('8 s', '2 min', '1 h 7 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
