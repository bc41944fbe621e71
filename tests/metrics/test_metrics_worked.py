"""No metric without an example worked by hand, a recomputation in SQL, and its error."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

from reviewkit.metrics.registry import METRICS

HERE = Path(__file__).parent
RECOMPUTED = (
    *("demo_queries.py", "test_metrics_demo.py", "test_metrics_demo_stores.py"),
    "test_metrics_demo_lines.py",
)
OTHERS = ("test_metrics_registry.py", "test_metrics_worked.py")


def named(paths: Iterable[Path]) -> set[str]:
    """Return every text constant of some test files."""
    return {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.fixture(scope="module")
def worked() -> set[str]:
    paths = HERE.glob("test_metrics_*.py")
    return named(path for path in paths if path.name not in (*RECOMPUTED, *OTHERS))


@pytest.fixture(scope="module")
def recomputed() -> set[str]:
    return named(HERE / name for name in RECOMPUTED)


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_has_an_example_worked_by_hand(metric: str, worked: set[str]) -> None:
    assert metric in worked


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_is_recomputed_from_the_demos_files(metric: str, recomputed: set[str]) -> None:
    assert metric in recomputed


@pytest.mark.parametrize(
    "metric", [item.id for item in METRICS.values() if item.rollup.endswith("_binned")]
)
def test_a_percentile_from_bins_states_its_error(metric: str) -> None:
    own = METRICS[metric]
    assert "%" in own.exclusions
    assert "bin" in own.exclusions.lower() or "within" in own.exclusions.lower()
