"""What part of a span a table's data cover."""

from __future__ import annotations

from reviewkit.analysis.figures import Figures
from reviewkit.periods import Period


def stops_early(figures: Figures, table: str) -> bool:
    """Tell whether a table's data, or the period itself, end before the period's last day."""
    end = figures.data.cutoff_day(table)
    early = end is not None and end < figures.period.end
    return early or not figures.period.is_over(figures.as_of)


def has_begun(figures: Figures, table: str, span: Period) -> bool:
    """Tell whether a table's data begin within the span's first month, or before it."""
    begins = figures.data.begins.get(table)
    return begins is None or begins <= span.months()[0].end
