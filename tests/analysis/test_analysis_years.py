"""Which measures are better than in the same period of the first year, and which are worse."""

from __future__ import annotations

from fractions import Fraction

from reviews import AS_OF, PERIOD, Due, metric_data

from reviewkit.analysis.figures import Figures
from reviewkit.analysis.years import years
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import parse

OWN = tuple(METRICS[name] for name in ("shipments", "on_time_delivery", "in_full"))


def reviewed(**on_time: int) -> Figures:
    """Return a review of third quarters with 100 deliveries each, so many of them on time."""
    rows = [Due(f"{year[1:]}-08", "A → B", 100, count) for year, count in on_time.items()]
    return Figures(metric_data(rows), PERIOD, AS_OF)


def test_a_measure_is_held_against_the_first_year() -> None:
    found = years(reviewed(y2024=98, y2025=95, y2026=90), OWN)
    assert found is not None
    assert [span.id for span in found.spans] == ["2024Q3", "2025Q3", "2026Q3"]
    # From 98 to 90 of 100; in full always; the number of deliveries has no better or worse.
    assert found.courses[1].step == Fraction(-8, 100)
    assert [item.side for item in found.courses] == [0, -1, 0]


def test_a_year_before_the_account_began_is_none_to_be_held_against() -> None:
    found = years(reviewed(y2025=90, y2026=95), OWN)
    assert found is not None
    assert found.spans == (parse("2025Q3"), PERIOD)
    assert [item.side for item in found.compared] == [0, 1, 0]


def test_one_year_alone_compares_with_nothing() -> None:
    assert years(reviewed(y2026=95), OWN[1:]) is None
