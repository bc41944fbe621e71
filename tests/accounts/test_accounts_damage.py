"""A clean table with 5 % of its rows damaged in ten ways: each is found, and no other row."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from little import CUTOFF, source, workspace
from worlds import metric_data

from reviewkit.accounts import Accounts, open_accounts
from reviewkit.accounts.checks.examine import examine
from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.checks import Checks
from reviewkit.params.models import ClientMap, Workspace
from reviewkit.periods import parse

ROWS = 4000
START = dt.datetime(2026, 1, 5, 6, tzinfo=dt.UTC)
COLUMNS = {
    "shipment_id": "id",
    "site": "depot",
    "ordered_at": "ordered",
    "promised_at": "promised",
    "shipped_at": "left",
    "delivered_at": "came",
    "ordered_units": "units",
    "delivered_units": "given",
    "damaged_units": "broken",
    "weight_kg": "kg",
    "late_cause": "cause",
    "at_fault": "fault",
}

Row = dict[str, str]


def _time(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def clean() -> list[Row]:
    draw = random.Random(20261006)
    rows = []
    for number in range(ROWS):
        ordered = START + dt.timedelta(minutes=90 * number)
        left = ordered + dt.timedelta(hours=draw.randint(2, 20))
        promised = left + dt.timedelta(hours=24)
        came = left + dt.timedelta(hours=draw.choice((18, 22, 23, 26, 40)))
        units = draw.randint(1, 400)
        rows.append(
            {
                "id": f"{number:06d}",
                "customer": draw.choice(("A-1", "B-2")),
                "depot": draw.choice(("Venlo", "Łódź")),
                "ordered": _time(ordered),
                "promised": _time(promised),
                "left": _time(left),
                "came": _time(came),
                "units": str(units),
                "given": str(units if draw.random() < 0.95 else units - 1),
                "broken": "0",
                "kg": f"{units * 1.5:.1f}",
                "cause": "traffic" if came > promised else "",
                "fault": "carrier" if came > promised else "",
            }
        )
    return rows


@dataclass(frozen=True)
class Damage:
    """One way of damaging a row, and the rule and column by which it must be set aside."""

    rule: str
    column: str
    spoil: Callable[[Row, list[Row]], None]


def _put(name: str, value: str) -> Callable[[Row, list[Row]], None]:
    return lambda row, _: row.update({name: value})


def _swap(row: Row, _: list[Row]) -> None:
    row["came"] = _time(dt.datetime.fromisoformat(row["left"]) - dt.timedelta(minutes=1))


def _years_later(row: Row, _: list[Row]) -> None:
    row["ordered"] = row["ordered"].replace("2026", "2016", 1)


def _repeat(row: Row, rows: list[Row]) -> None:
    first = next(one for one in rows if one["customer"] == row["customer"])
    row["id"] = first["id"]


WAYS = (
    Damage("required", "shipment_id", _put("id", "")),
    Damage("type", "delivered_at", _put("came", "2026-02-31T10:00:00Z")),
    Damage("type", "ordered_units", _put("units", "12 pcs")),
    Damage("minimum", "delivered_units", _put("given", "-3")),
    Damage("maximum", "weight_kg", _put("kg", "48000000")),
    Damage("values", "at_fault", _put("fault", "nobody")),
    Damage("order", "delivered_at", _swap),
    Damage("lag", "shipped_at", _years_later),
    Damage("duplicate", "shipment_id", _repeat),
    Damage("stranger", "", _put("customer", "A-1 ")),
)


@pytest.fixture(scope="module")
def rows() -> tuple[list[Row], dict[int, Damage]]:
    """The table with its damage, and which row was damaged how."""
    made = clean()
    chosen = random.Random(7).sample(range(10, ROWS), ROWS // 20)
    damaged = {place: WAYS[number % len(WAYS)] for number, place in enumerate(chosen)}
    for place, way in damaged.items():
        way.spoil(made[place], made)
    return made, damaged


@pytest.fixture(scope="module")
def space(rows: tuple[list[Row], dict[int, Damage]], tmp_path_factory) -> Workspace:
    root: Path = tmp_path_factory.mktemp("damage")
    pd.DataFrame(rows[0]).to_csv(root / "rows.csv", index=False)
    given = source(
        file="rows.csv",
        columns=COLUMNS,
        client=ClientMap(column="customer", keys={"A-1": "acme", "B-2": "borealis"}),
    )
    made = workspace(root, {"shipments": (given,)})
    checks = Checks(lag="error", largest={"shipments.weight_kg": 30_000})
    return made.model_copy(update={"house": made.house.model_copy(update={"checks": checks})})


@pytest.fixture(scope="module")
def accounts(space: Workspace) -> Iterator[Accounts]:
    with open_accounts(space) as opened:
        yield opened


def test_five_in_a_hundred_are_damaged_in_ten_ways_each_often(rows) -> None:
    _, damaged = rows
    assert len(damaged) == ROWS * 5 // 100
    assert len(WAYS) == 10
    assert all(list(damaged.values()).count(way) == 20 for way in WAYS)


def test_every_damaged_row_is_found_by_its_rule_and_no_other(rows, accounts: Accounts) -> None:
    _, damaged = rows
    aside = {
        (int(row["row"]) - 1, row["rule"], row["column"])
        for row in accounts.quarantine["shipments"]
    }
    expected = {
        (place, way.rule, way.column) for place, way in damaged.items() if way.rule != "stranger"
    }
    assert aside == expected
    (check,) = accounts.check().tables
    assert (check.rows_in, check.quarantined, check.other_clients) == (ROWS, 180, 20)
    assert check.rows_out == ROWS - 200


def test_the_id_that_nobody_claims_is_told(accounts: Accounts, space: Workspace) -> None:
    report = examine(accounts, space)
    (stranger,) = [finding for finding in report.findings if finding.rule == "stranger"]
    assert stranger.rows == 20
    assert any("A-1 " in example for example in stranger.examples)
    told = {finding.rule for finding in report.findings}
    # Else only what is so: columns the source never had, and an export that ends in September.
    assert told == {"stranger", "column", "freshness", "gap"}


@pytest.mark.parametrize("client", ["acme", "borealis"])
@pytest.mark.parametrize("period", ["2026Q1", "2026Q2"])
def test_the_metrics_are_those_of_the_rest(rows, accounts, space, client, period) -> None:
    made, damaged = rows
    sound = pd.DataFrame([row for place, row in enumerate(made) if place not in damaged])
    own = sound[sound["customer"] == {"acme": "A-1", "borealis": "B-2"}[client]]
    promised, came = (pd.to_datetime(own[name], utc=True) for name in ("promised", "came"))
    first, last = {"2026Q1": ("2026-01-01", "2026-04-01"), "2026Q2": ("2026-04-01", "2026-07-01")}[
        period
    ]
    due = (promised >= pd.Timestamp(first, tz="UTC")) & (promised < pd.Timestamp(last, tz="UTC"))
    on_time = due & (came <= promised)
    full = due & (own["given"].astype(int) >= own["units"].astype(int))
    cube = build_cube(accounts, space)
    found = evaluate(
        metric_data(cube, client),
        ["on_time_delivery", "in_full", "otif"],
        parse(period),
        as_of=CUTOFF.date(),
    )
    assert [(value.numerator, value.denominator) for value in found] == [
        (int(on_time.sum()), int(due.sum())),
        (int(full.sum()), int(due.sum())),
        (int((on_time & full).sum()), int(due.sum())),
    ]
    assert due.sum() > 300
