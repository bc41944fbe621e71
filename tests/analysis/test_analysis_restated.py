"""Why a published figure is another now: read from what was kept of it, by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from reviews import Due, figures

from reviewkit.analysis.restated import Reason, restated
from reviewkit.metrics.metric import Metric
from reviewkit.published import Published

NOW = [Due("2026-05", "Venlo → Lyon", 100, 90, unknown=4)]
"""90 of 100 deliveries on time, four more without an outcome."""


def said(**then: Any) -> Published:
    given = {
        "metric": "on_time_delivery",
        "at": "2026Q2",
        "audience": "client",
        "pack": "2026Q2",
        "report": "Quarterly business review",
        "approved": dt.date(2026, 7, 10),
        "text": "",
        "version": "rules",
        "software": "1",
    }
    return Published(**(given | then))


def version(_: Metric) -> str:
    return "rules"


def why(then: Published) -> tuple[Reason, ...]:
    (found,) = restated(figures(NOW), (then,), version, "1")
    return found.reasons


@pytest.mark.parametrize(
    ("numbers", "reasons"),
    [
        # 80 of 90 and 4 unknown: ten more cases, of them ten more on time.
        ((80, 90, 4), (Reason("late", 10),)),
        # 90 of 100 now; 85 of 100 then: the same cases, five judged otherwise.
        ((85, 100, 4), (Reason("corrected"),)),
        # 70 of 90: twenty more on time cannot come from ten more cases.
        ((70, 90, 4), (Reason("late", 10), Reason("corrected"))),
        # 95 of 98 and 6 unknown: the same 104 cases, two outcomes more, five fewer on time.
        ((95, 98, 6), (Reason("outcomes", 2), Reason("corrected"))),
        # 99 of 110: ten cases fewer, and nine fewer on time.
        ((99, 110, 3), (Reason("gone", 9),)),
    ],
)
def test_counts_tell_late_rows_from_corrected_ones(
    numbers: tuple[int, int, int], reasons: tuple[Reason, ...]
) -> None:
    passed, known, unknown = numbers
    # A value of its own, so that equal rates of other counts are not the point here.
    then = said(value=0.5, numerator=passed, denominator=known, n=known, unknown=unknown)
    assert why(then) == reasons


def test_a_changed_definition_is_told_before_anything_else() -> None:
    then = said(value=0.5, numerator=85, denominator=100, n=100, unknown=4, version="other")
    assert why(then) == (Reason("definition"),)


def test_another_version_of_the_software_may_be_why() -> None:
    then = said(metric="shipments", value=98, n=100, unknown=0, software="0")
    assert why(then) == (Reason("software"),)


def test_what_is_the_same_or_internal_to_the_house_is_no_restatement() -> None:
    same = said(value=0.9, numerator=90, denominator=100, n=100, unknown=4)
    hidden = said(metric="gross_margin", value=0.2, n=100)
    gone = said(by={"lane": "Venlo → Nowhere"}, value=0.2, n=100)
    assert restated(figures(NOW), (same, hidden, gone), version, "1") == ()
