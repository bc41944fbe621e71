"""The cube against one query written by hand, over shipments of many clients as Parquet."""

from __future__ import annotations

import importlib
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.metrics.cube import build_cube

BENCH = Path(__file__).parents[2] / "bench"


@pytest.mark.parametrize(
    ("rows", "clients"), [(30_000, 40), pytest.param(1_000_000, 1000, marks=pytest.mark.slow)]
)
def test_the_cube_is_what_a_query_written_by_hand_gives(
    rows: int, clients: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    data, by_hand = importlib.import_module("cube_data"), importlib.import_module("cube_sql")
    data.generate(rows, clients, tmp_path)
    tables, workspace = data.open_tables(tmp_path), data.workspace(clients)
    frame = build_cube(tables, workspace).facts["shipments"]
    expected = by_hand.measures(tables.con, workspace)
    tables.con.disconnect()
    assert frame["otif"].sum() > rows / 2
    shared = [name for name in frame.columns if name in expected.columns]
    assert set(shared) == set(expected.columns)
    pd.testing.assert_frame_equal(frame[shared], expected[shared], check_dtype=False)
