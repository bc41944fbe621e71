"""Whatever way rows are split, their measures add up, and their sums read as the whole."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.facts import FACTS
from reviewkit.metrics.registry import METRICS
from reviewkit.metrics.rollup import COLLECTED, ROLLUPS, readings
from reviewkit.periods import parse

WHOLE, PARTS = "whole", ("part-a", "part-b", "part-c")
TABLES = ("order_lines", "receipts", "counts", "stock", "returns", "activity", "tenders")

# --- measures ---------------------------------------------------------------------------


def rows(table: str, draw: random.Random, number: int) -> dict[str, Any]:
    """Return one row of a table, with gaps."""

    def at(low: int = 0, high: int = 400 * 1440) -> str:
        return str(pd.Timestamp("2025-08-20") + pd.Timedelta(minutes=draw.randint(low, high)))

    def maybe(value: Any) -> Any:
        return None if draw.random() < 0.15 else value

    start = draw.randint(0, 400 * 1440)
    units = draw.randint(0, 20)
    later = maybe(at(start, start + 3000))
    made: dict[str, dict[str, Any]] = {
        "order_lines": {
            "order_id": f"O{number // 4}", "line": f"{number}", "shipped_at": maybe(at()),
            "ordered_units": maybe(10), "shipped_units": maybe(units), "error_found_at": None,
            "error_code": draw.choice([None, None, "", "SHORT", "client stock-out"]),
        },
        "receipts": {
            "receipt_id": f"R{number}", "arrived_at": at(start, start), "available_at": later,
            "discrepancy_units": maybe(draw.choice([0, 0, 3])), "units": maybe(units),
        },
        "counts": {
            "count_id": f"C{number}", "counted_at": at(), "book_units": maybe(10),
            "counted_units": maybe(draw.choice([10, 10, units])),
        },
        "stock": {"date": at()[:10], "pallets": maybe(units / 2), "units": maybe(units)},
        "returns": {"event_id": f"E{number}", "at": at(), "units": maybe(units)},
        "activity": {
            "event_id": f"E{number}", "at": at(), "charge_code": draw.choice("AB"),
            "quantity": maybe(units / 4), "uom": "hour",
        },
        "tenders": {
            "tender_id": f"T{number // 2}", "sequence": 1 + number % 2,
            "tendered_at": at(start, start), "responded_at": later,
            "response": later and draw.choice(["accepted", "rejected", "expired", "withdrawn"]),
        },
    }  # fmt: skip
    return made[table] | {"site": maybe(draw.choice(["Venlo", "Lyon"])), "service": maybe("WHS")}


@pytest.fixture(scope="module")
def cube() -> Cube:
    draw = random.Random(11)
    tables: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        tables[table] = []
        for number in range(240):
            row = rows(table, draw, number)
            # What belongs together, an order or a load, stays in one part.
            part = PARTS[number // 4 % len(PARTS)]
            tables[table] += [row | {"client": WHOLE}, row | {"client": part}]
    zones = dict.fromkeys((WHOLE, *PARTS), "America/Chicago")
    return build_cube(world(tables), workspace(timezones=zones))


@pytest.mark.parametrize("table", TABLES)
def test_measures_of_parts_add_up_to_the_whole(cube: Cube, table: str) -> None:
    facts, fact = cube.facts[table], FACTS[table]
    # Days are counted once for a client, so that they alone do not add up over clients.
    names = [item.name for item in fact.measures if item.name != "stock_days"]
    keys = ["month", *fact.dims]
    whole = facts[facts["client"] == WHOLE].groupby(keys, dropna=False)[names].sum()
    parts = facts[facts["client"] != WHOLE].groupby(keys, dropna=False)[names].sum()
    nothing = (whole == 0).all(axis=1)
    pd.testing.assert_frame_equal(
        whole[~nothing], parts[~(parts == 0).all(axis=1)], check_dtype=False
    )
    assert (whole.sum() > 0).all()


SLICED = [
    m.id
    for m in METRICS.values()
    if set(m.tables) <= set(TABLES) and m.rollup in ("proportion", "share", "count")
]


@pytest.mark.parametrize("metric", SLICED)
@pytest.mark.parametrize("by", [("month",), ("site",), ("month", "service")])
def test_slices_add_up_to_the_total(cube: Cube, metric: str, by: tuple[str, ...]) -> None:
    data = metric_data(cube, WHOLE)
    (total,) = evaluate(data, [metric], parse("2026Q2"), as_of=AS_OF)
    slices = evaluate(data, [metric], parse("2026Q2"), by, as_of=AS_OF)
    assert total.n > 0
    assert sum(value.n for value in slices) == total.n
    assert sum(value.numerator for value in slices) == total.numerator
    if total.denominator is not None:
        assert sum(value.denominator for value in slices) == total.denominator


# --- roll-ups ---------------------------------------------------------------------------

MONEY = st.decimals(-1000, 1000, places=2)
COLUMNS = {
    "numerator": st.integers(0, 50).map(Decimal),
    "denominator": st.integers(0, 50).map(Decimal),
    "owed_days": MONEY,
    "known": st.integers(0, 1),
    "planned": st.integers(0, 1),
    "promoters": st.integers(0, 3),
    "detractors": st.integers(0, 3),
    "n": st.integers(6, 9),
    "unknown": st.integers(0, 3),
    "value": st.one_of(st.none(), st.fractions(0, 50, max_denominator=4)),
    "so_far": st.one_of(st.none(), st.fractions(0, 50, max_denominator=4)),
    "bins": st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 3)),
    "held": st.tuples(st.sampled_from("abc"), st.integers(1, 9).map(Decimal)),
}


@pytest.mark.parametrize("rollup", sorted(ROLLUPS))
@given(draws=st.data())
@settings(max_examples=25, deadline=None)
def test_the_sums_of_any_split_read_as_the_whole(rollup: str, draws: Any) -> None:
    columns = ROLLUPS[rollup].columns
    row = st.fixed_dictionaries({name: COLUMNS[name] for name in columns})
    drawn = draws.draw(st.lists(row, min_size=1, max_size=12))
    if rollup == "proportion":
        drawn = [item | {"numerator": min(item["numerator"], item["n"])} for item in drawn]
    parts = [draws.draw(st.integers(0, 2)) for _ in drawn]
    frame = pd.DataFrame({name: pd.Series([item[name] for item in drawn], dtype=object)
                          for name in columns})  # fmt: skip
    sums: dict[str, Any] = {}
    for part in sorted(set(parts)):
        inside = [item for item, at in zip(drawn, parts, strict=True) if at == part]
        for name in columns:
            if name in COLLECTED:
                given_ = [COLLECTED[name](item[name]) for item in inside if item[name] is not None]
                sums[name] = [*sums.get(name, []), *given_]
            else:
                sums[name] = sums.get(name, 0) + sum(item[name] for item in inside)
    whole, merged = readings(frame, rollup, ())[()], ROLLUPS[rollup].read(sums)
    assert merged == whole
    assert whole.exact is None or isinstance(whole.exact, Fraction)
