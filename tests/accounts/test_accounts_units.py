"""Numbers given in another unit than the contract's, and units that no column can be given in."""

from __future__ import annotations

import pytest
from little import Open, aside, refusal, rows

from reviewkit.params.models import ColumnMap

SHIPMENTS = {"shipment_id": "id", "shipped_at": "at"}


def shipments(load: Open, column: str, unit: str, *cells: str) -> list[object]:
    lines = "".join(f"S{n},2026-09-01,{cell}\n" for n, cell in enumerate(cells))
    columns = SHIPMENTS | {column: ColumnMap(column="x", unit=unit)}
    accounts = load("shipments", f"id,at,x\n{lines}", columns=columns)
    assert accounts.check().tables[0].problems == ()
    return [value for _, value in rows(accounts, "shipments", "shipment_id", column)]


@pytest.mark.parametrize(
    ("unit", "cell", "kilograms"),
    [
        ("kg", "12.5", 12.5),
        ("g", "12500", 12.5),
        ("t", "1.25", 1250.0),
        # The pound is 0.45359237 kg by definition.
        ("lb", "100", 45.359237),
        (" LB ", "100", 45.359237),
        ("lbs", "100", 45.359237),
        ("oz", "16", 0.45359237),
    ],
)
def test_weights_become_kilograms(load: Open, unit: str, cell: str, kilograms: float) -> None:
    assert shipments(load, "weight_kg", unit, cell) == [pytest.approx(kilograms, rel=1e-12)]


def test_a_count_beyond_any_is_set_aside_with_its_row_alone(load: Open) -> None:
    columns = SHIPMENTS | {"ordered_units": ColumnMap(column="x", unit="dozens")}
    lines = "S0,2026-09-01,1e300\nS1,2026-09-01,2\n"
    accounts = load("shipments", f"id,at,x\n{lines}", columns=columns)
    assert rows(accounts, "shipments", "shipment_id", "ordered_units") == [("S1", 24)]
    assert aside(accounts, "shipments") == [("1", "type", "ordered_units", "1e300")]


def test_counts_stay_whole(load: Open) -> None:
    assert shipments(load, "ordered_units", "dozens", "2", "2.5") == [24, 30]
    columns = SHIPMENTS | {"ordered_units": ColumnMap(column="x", unit="dozens")}
    accounts = load("shipments", "id,at,x\nS1,2026-09-01,2.3\n", columns=columns)
    # 27.6 pieces are no number of pieces.
    assert aside(accounts, "shipments") == [("1", "type", "ordered_units", "2.3")]


@pytest.mark.parametrize(
    ("unit", "cell", "money"),
    [
        ("cents", "1050", "10.5000"),
        ("cents", "1", "0.0100"),
        ("thousands", "1.2345678", "1234.5678"),
    ],
)
def test_money_is_exact_and_so_are_its_totals(load: Open, unit: str, cell: str, money: str) -> None:
    accounts = load(
        "payments",
        f"id,day,eur\nR1,2026-09-01,{cell}\n",
        columns={
            "invoice_id": "id",
            "paid_on": "day",
            "amount": ColumnMap(column="eur", unit=unit),
        },
    )
    assert accounts.check().tables[0].amounts == {"amount": money}


def test_half_pallets_and_minutes(load: Open) -> None:
    stock = load(
        "stock",
        "day,n\n2026-09-01,7\n",
        columns={"date": "day", "pallets": ColumnMap(column="n", unit="half pallets")},
    )
    assert rows(stock, "stock", "pallets") == [(3.5,)]
    lines = load(
        "activity",
        "day,n,what\n2026-09-01,90,E1\n",
        columns={
            "event_id": "what",
            "at": "day",
            "quantity": ColumnMap(column="n", unit="minutes"),
            "uom": ColumnMap(constant="hour"),
        },
    )
    assert rows(lines, "activity", "quantity") == [(1.5,)]


def test_a_value_that_is_no_number_is_set_aside_as_it_stands(load: Open) -> None:
    columns = SHIPMENTS | {"weight_kg": ColumnMap(column="x", unit="lb")}
    accounts = load("shipments", "id,at,x\nS1,2026-09-01,12 lb\n", columns=columns)
    assert aside(accounts, "shipments") == [("1", "type", "weight_kg", "12 lb")]


@pytest.mark.parametrize(
    ("column", "unit", "said"),
    [
        (
            "weight_kg",
            "pound",
            'weight_kg: "pound" is no unit that becomes kg. Did you mean "pounds"?',
        ),
        ("weight_kg", "minutes", 'weight_kg: "minutes" is no unit that becomes kg. '),
        ("freight_cost", "cent", '"cent" is no unit that becomes money. Did you mean "cents"?'),
        ("carrier", "kg", "carrier: takes no unit. Remove unit, or convert it with expression."),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(load: Open, column: str, unit: str, said: str) -> None:
    columns = SHIPMENTS | {column: ColumnMap(column="x", unit=unit)}
    message = refusal(load("shipments", "id,at,x\nS1,2026-09-01,1\n", columns=columns))
    assert said in message
