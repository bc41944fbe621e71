"""The same period of several years: from when a measure can be compared, and which way it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviewkit.analysis.figures import Figures, known
from reviewkit.analysis.movement import number
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.metric import Metric
from reviewkit.periods import Period

YEARS = 3
"""Years that are compared: as many as an extract reaches back."""


@dataclass(frozen=True)
class Course:
    """A measure in the same period of each year, oldest first; the last is the one reviewed."""

    metric: Metric
    values: tuple[MetricValue, ...]

    @property
    def since(self) -> MetricValue | None:
        """The oldest figure that the newest can be held against; `None` where there is none."""
        return next((value for value in self.values[:-1] if known(value)), None)

    @property
    def step(self) -> Fraction:
        """How far it moved since then, in its own unit; zero where it cannot be compared."""
        since = self.since
        return number(self.values[-1].value) - number(since.value) if since else Fraction(0)

    @property
    def side(self) -> int:
        """1 where it became better, −1 where worse, 0 where neither can be said."""
        gain = self.metric.sign * self.step
        return (gain > 0) - (gain < 0)


@dataclass(frozen=True)
class Years:
    """The periods compared, oldest first, and the measures that more than one of them knows."""

    spans: tuple[Period, ...]
    courses: tuple[Course, ...]

    @property
    def compared(self) -> tuple[Course, ...]:
        """The measures known in the first of the periods: no others are told against it."""
        return tuple(item for item in self.courses if known(item.values[0]))


def years(figures: Figures, metrics: Sequence[Metric]) -> Years | None:
    """Return `metrics` in the same period of up to three years; `None` where none covers two."""
    spans = [figures.period]
    for _ in range(YEARS - 1):
        spans.insert(0, spans[0].year_ago())
    rows = [Course(own, tuple(figures.one(own.id, span) for span in spans)) for own in metrics]
    rows = [row for row in rows if known(row.values[-1]) and row.since is not None]
    if not rows:
        return None
    first = _first(rows)
    return Years(
        tuple(spans[first:]), tuple(Course(row.metric, row.values[first:]) for row in rows)
    )


def _first(rows: Sequence[Course]) -> int:
    """Return the position of the first year in which most of the measures have cases.

    Before an account began nothing was shipped; that is no year to be held against.
    """
    counts = [
        sum(known(row.values[at]) and row.values[at].n > 0 for row in rows) for at in range(YEARS)
    ]
    return next((at for at in range(YEARS - 1) if counts[at] * 2 >= len(rows)), YEARS - 2)
