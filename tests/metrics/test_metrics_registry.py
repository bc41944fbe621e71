"""The registry: complete, honest about what it needs, and printed as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.accounts.tables import TABLES
from reviewkit.display import words
from reviewkit.display.figures import UNITS
from reviewkit.metrics import docs, statistics
from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.facts import FACTS
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS, USUAL
from reviewkit.metrics.rollup import ROLLUPS
from reviewkit.periods import parse

IDS = """
    shipments on_time_delivery in_full otif perfect_order otif_lines otif_units
    on_time_first_promise damage_rate returns_rate units
    on_time_pickup on_time_ship tender_acceptance tender_acceptance_all re_tenders
    dock_to_stock_median dock_to_stock_p90 receipts receipt_accuracy order_accuracy pick_accuracy
    fill_rate inventory_accuracy inventory_accuracy_units stock_pallets stock_turns activity_events
    cases_opened cases_open resolution_median nps first_response_median first_response_p90
    resolution_p90 csat
    invoice_accuracy disputes disputed_amount disputes_upheld
    revenue_against_budget gross_margin dso receivables_overdue
    cost_per_unit cost_per_order cost_to_serve
    win_rate new_business weighted_pipeline pipeline_coverage net_revenue_retention
    concentration
""".split()  # noqa: SIM905
THE_HOUSES_OWN = ("net_revenue_retention", "concentration")
"""Internal for what they tell, though a client may see all that they read."""

MOVED = frozenset(
    """
    cancelled
    units_received receipts_uncounted units_off_advice
    units_picked lines_uncounted lines_short
    closing_units closing_known closing_unknown
    adjustments adjustments_unknown units_added units_taken_off
    quantity events_unmeasured
""".split()  # noqa: SIM905
)
"""Measures of no metric: what an activity report adds up."""

MEASURES = {item.name: item for fact in FACTS.values() for item in fact.measures}


def test_the_metrics_in_the_order_of_a_scorecard() -> None:
    assert list(METRICS) == IDS
    assert set(IDS) >= USUAL
    assert len(USUAL) == 12


def test_a_measure_has_one_name_over_all_facts() -> None:
    assert len(MEASURES) == sum(len(fact.measures) for fact in FACTS.values())


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_an_entry_names_things_that_exist(metric: Metric) -> None:
    for table, columns in metric.needs:
        assert set(columns) <= set(TABLES[table].names)
    assert metric.rollup in ROLLUPS
    assert "month" in metric.dims
    assert set(metric.measured) <= set(MEASURES)
    assert metric.definition.endswith(".")


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_what_reads_internal_data_is_internal(metric: Metric) -> None:
    specs = [(TABLES[table], columns) for table, columns in metric.needs]
    internal = any(
        spec.internal or any(spec.column(name).internal for name in columns)
        for spec, columns in specs
    )
    assert (metric.audience == "internal") == (internal or metric.id in THE_HOUSES_OWN)
    if metric.id in THE_HOUSES_OWN:
        assert not internal
        assert not metric.visible_to("client", tuple(TABLES))
    assert all(MEASURES[name].internal == internal for name in metric.measured)


def test_every_measure_belongs_to_a_metric_or_to_what_moved_in_the_period() -> None:
    owned = {name for metric in METRICS.values() for name in metric.measured}
    assert owned.isdisjoint(MOVED)
    assert owned | MOVED == set(MEASURES)


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_a_display_has_words_for_it(metric: Metric) -> None:
    assert metric.id in words.CASES
    assert set(metric.tables) <= set(words.TABLES)
    assert metric.unit in UNITS
    assert metric.date in words.DATES or " " in metric.date
    assert "dated" not in metric.grain  # the sentence around it goes on with the date


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_without_its_tables_it_is_not_supplied_and_reads_nothing(metric: Metric) -> None:
    data = metric_data(build_cube(world({}), workspace()))
    assert metric.missing(data)
    (value,) = evaluate(data, [metric.id], parse("2026Q3"), as_of=AS_OF)
    assert (value.value, value.n, value.status, value.coverage) == (None, 0, "no_data", None)


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
