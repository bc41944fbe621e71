"""Bars of a change: what rate and mix of each part add to it, on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reviewkit.analysis.change import Count
from reviewkit.blocks import Bar, BarSegment


@dataclass(frozen=True)
class Line:
    """One row: a part or several added up, its effects rounded so that all rows add up.

    `by` holds the dimensions that the row is a slice of, as `Figure.by` does; `None` where
    several parts are added up, for no slice of the data is theirs.
    """

    name: str
    by: Mapping[str, str] | None
    before: Count | None
    now: Count | None
    rate: Decimal
    mix: Decimal
    strong: bool

    @property
    def total(self) -> Decimal:
        """The whole effect as printed."""
        return self.rate + self.mix


def scale(lines: tuple[Line, ...]) -> tuple[Decimal, Decimal]:
    """Return the ends of the scale that all bars share; zero lies within."""
    ends = [end for line in lines for end in (line.rate, line.mix, line.total)]
    low, high = min(*ends, Decimal(0)), max(*ends, Decimal(0))
    return (low, high) if low != high else (Decimal(-1), Decimal(1))


def at(value: Decimal, low: Decimal, high: Decimal) -> float:
    """Return where a value stands on the scale, 0 to 1."""
    # A little room at both ends, so that the longest bar does not touch its neighbours.
    return round(0.02 + 0.96 * float((value - low) / (high - low)), 4)


def drawn(line: Line, lines: tuple[Line, ...]) -> Bar:
    """Return the bar of a line: its rate, then its mix."""
    low, high = scale(lines)
    zero = Decimal(0)
    if line.rate * line.mix >= 0:
        # Same direction: mix continues where rate ends.
        spans = ((zero, line.rate, "accent"), (line.rate, line.total, "quiet"))
    else:
        spans = ((zero, line.rate, "accent"), (zero, line.mix, "quiet"))
    segments = tuple(
        BarSegment(
            start=at(min(start, end), low, high),
            end=at(max(start, end), low, high),
            tone=tone,  # type: ignore[arg-type]
        )
        for start, end, tone in spans
        if start != end
    )
    return Bar(zero=at(zero, low, high), segments=segments)
