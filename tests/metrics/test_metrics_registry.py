"""The registry: complete, honest about what it needs, and printed as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.accounts.tables import TABLES
from reviewkit.metrics import docs, statistics
from reviewkit.metrics.facts.shipments import SHIPMENTS
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS
from reviewkit.metrics.rollup import ROLLUPS

IDS = [
    "shipments", "on_time_delivery", "in_full", "otif", "cases_opened", "cases_open",
    "resolution_median", "nps", "invoice_accuracy", "disputes", "revenue_against_budget",
    "gross_margin",
]  # fmt: skip


def test_the_twelve_metrics_in_the_order_of_a_scorecard() -> None:
    assert list(METRICS) == IDS


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_an_entry_names_things_that_exist(metric: Metric) -> None:
    for table, columns in metric.needs:
        assert set(columns) <= set(TABLES[table].names)
    assert metric.rollup in ROLLUPS
    assert "month" in metric.dims
    assert set(metric.measured) <= {item.name for item in SHIPMENTS.measures}
    assert metric.definition.endswith(".")


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_what_reads_internal_data_is_internal(metric: Metric) -> None:
    specs = [(TABLES[table], columns) for table, columns in metric.needs]
    internal = any(
        spec.internal or any(spec.column(name).internal for name in columns)
        for spec, columns in specs
    )
    assert (metric.audience == "internal") == internal
    measured = {item.name: item.internal for item in SHIPMENTS.measures}
    assert all(measured[name] == internal for name in metric.measured)


def test_every_measure_belongs_to_a_metric_or_is_the_count_of_cancelled() -> None:
    owned = [name for metric in METRICS.values() for name in metric.measured]
    assert sorted([*owned, "cancelled"]) == sorted(item.name for item in SHIPMENTS.measures)


def test_the_page_of_the_documentation_is_the_registry(repository: Path) -> None:
    page = (repository / "docs" / "metrics.md").read_text("utf-8")
    assert page == docs.page(), "Run: python -m reviewkit.metrics.docs > docs/metrics.md"


def test_wilson_matches_published_values() -> None:
    # Newcombe (1998), table I: 81 of 263 and 15 of 148, Wilson's score method.
    assert statistics.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert statistics.wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    # 0 of 20: from 0 to z² / (n + z²).
    assert statistics.wilson(0, 20) == pytest.approx((0.0, 3.8415 / 23.8415), abs=1e-4)
    assert statistics.wilson(20, 20) == pytest.approx((1 - 3.8415 / 23.8415, 1.0), abs=1e-4)
    assert statistics.wilson(0, 0) is None
    assert statistics.nps_interval(0, 0, 0) is None
