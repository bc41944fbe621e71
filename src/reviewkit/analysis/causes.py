"""What is recorded about late deliveries: cause and fault, counted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reviewkit.analysis.figures import Figures
from reviewkit.metrics.data import MetricValue
from reviewkit.periods import Period


@dataclass(frozen=True)
class Cause:
    """Late deliveries of one recorded cause; `name` is empty where none is recorded."""

    name: str
    fault: str
    late: int
    share: Fraction
    cumulative: Fraction


def late_causes(figures: Figures, period: Period | None = None) -> tuple[Cause, ...]:
    """Return late deliveries by recorded cause and fault, most frequent first.

    What has no recorded cause comes last. Nothing where causes were not supplied, or where
    nothing was late.
    """
    if not figures.has("shipments", "late_cause") or not figures.supplied("on_time_delivery"):
        return ()
    return counted(figures.parts("on_time_delivery", ("late_cause", "at_fault"), period))


def lane_causes(figures: Figures, lane: str) -> tuple[Cause, ...]:
    """Return the late deliveries of one lane by recorded cause."""
    if not figures.has("shipments", "late_cause", "lane"):
        return ()
    parts = figures.parts("on_time_delivery", ("lane", "late_cause", "at_fault"))
    return counted(tuple(part for part in parts if part.by["lane"] == lane))


def counted(parts: tuple[MetricValue, ...]) -> tuple[Cause, ...]:
    """Return causes from on-time figures sliced by cause and fault: late is due − on time."""
    late = {
        (part.by["late_cause"], part.by["at_fault"]): part.n - int(part.numerator or 0)
        for part in parts
    }
    late = {key: count for key, count in late.items() if count}
    total = sum(late.values())
    out, so_far = [], 0
    for (name, fault), count in sorted(
        late.items(), key=lambda item: (not item[0][0], -item[1], item[0])
    ):
        so_far += count
        out.append(Cause(name, fault, count, Fraction(count, total), Fraction(so_far, total)))
    return tuple(out)
