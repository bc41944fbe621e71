"""Lines on time in full, in plain SQL over the file of the one site that counts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from demos import DemoCube
from worlds import metric_data

from reviewkit.metrics.evaluate import evaluate
from reviewkit.periods import parse

# Harebell's contract counts an hour's delay as on time; its site's data end in the afternoon
# of 16 September, 22:00 UTC. The last quarter is asked for as far as it goes.
QUERY = """
    with due as (
        select *, pod_utc is not null as came,
               pod_utc <= window_to_utc + interval 60 minute as timely
        from raw
        where cancelled_utc is null
          and window_to_utc + interval 60 minute <= timestamp '2026-09-16 22:00'
          and timezone('America/New_York', timezone('UTC', window_to_utc))::date
              between '{start}' and '{end}'
    ), judged as (
        select * from due
        where (came or coalesce(qty_delivered, 0) = 0) and (qty_delivered is not null or not came)
          and line_count is not null)
    select (select sum(line_count) filter
                   (where came and timely and qty_delivered >= qty_ordered) from judged),
           (select sum(line_count) from judged),
           (select count(*) from judged),
           (select count(*) from due)"""


@pytest.fixture(scope="module")
def sql(demo_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        path = demo_folder / "data" / "allentown_shipments.parquet"
        connection.execute(f"create table raw as select * from read_parquet('{path}')")
        yield connection


@pytest.mark.parametrize("name", ["2026Q3", "2026Q2", "2025-11", "2024H1"])
def test_lines(demo_cube: DemoCube, sql: duckdb.DuckDBPyConnection, name: str) -> None:
    period = parse(name)
    cube = demo_cube.of("harebell")
    as_of = cube.horizons["harebell"].as_of
    (found,) = evaluate(metric_data(cube, "harebell"), ["otif_lines"], period, as_of=as_of)
    row = sql.execute(QUERY.format(start=period.start, end=period.end)).fetchone()
    assert row is not None
    good, lines, judged, due = row
    assert (found.numerator, found.denominator, found.n) == (good, lines, judged)
    assert found.coverage == pytest.approx(judged / due, rel=1e-12)
    # A line is on time in full as its delivery is, so many of them weigh more than one.
    assert 0 < good < lines
    assert judged < lines <= 3 * judged
