"""The contract is complete, and what it says of itself holds."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from decimal import Decimal
from typing import Any, get_args

import pytest

from reviewkit.accounts.reference import note, page
from reviewkit.accounts.tables import CLIENT, METRICS, TABLES, ColumnSpec, TableSpec, Unit
from reviewkit.metrics import METRICS as REGISTRY

SITE = "site service"
DOMAIN = {
    "shipments": f"{SITE} shipment_id order_id ordered_at pickup_appointment picked_up_at "
    "promised_from promised_at first_promised_at shipped_at delivered_at cancelled_at "
    "cancel_cause origin destination lane mode carrier ordered_units delivered_units lines "
    "weight_kg damaged_units documents_ok late_cause at_fault freight_revenue freight_cost",
    "order_lines": f"{SITE} order_id line sku ordered_units shipped_units error_code "
    "error_found_at",
    "receipts": f"{SITE} receipt_id arrived_at available_at units pallets discrepancy_units",
    "counts": f"{SITE} counted_at sku book_units counted_units value",
    "stock": f"{SITE} date pallets units value",
    "lots": f"{SITE} lot_id received_at released_at pallets",
    "returns": f"{SITE} at units reason reference",
    "stock_adjustments": f"{SITE} at units reason reference",
    "activity": f"{SITE} event_id at charge_code quantity uom reference",
    "tenders": f"{SITE} tender_id sequence tendered_at response responded_at",
    "invoice_lines": "invoice_id line issued_on due_on service_period site service charge_code "
    "quantity uom rate amount currency reference credit_of credit_reason disputed_on "
    "dispute_outcome",
    "payments": "invoice_id paid_on amount payment_id",
    "budget": "month service revenue units cost version",
    "costs": "month service pool amount driver driver_quantity",
    "volume_forecast": "month service units frozen_on",
    "cases": "case_id opened_at first_response_at closed_at reopened severity category "
    "root_cause corrective_action fixed_on site service",
    "surveys": "responded_on instrument score role",
    "opportunities": "opportunity_id name service site stage amount probability created_on "
    "close_on closed_on won",
    "actions": "action_id raised_on review title owner side due_on first_due_on postponed "
    "closed_on evidence metric internal",
    "crm_activities": "at kind subject contact opportunity_id",
    "projects": "project milestone planned_on forecast_on done_on owner",
    "sites": "site timezone country",
    "fx": "date currency rate to",
}
"""Tables and columns as the specification of the domain lists them."""

FACTS = {
    "shipments", "order_lines", "receipts", "counts", "stock", "lots", "returns",
    "stock_adjustments", "activity", "tenders",
}  # fmt: skip
READERS: dict[str, Any] = {
    "text": str,
    "timestamp": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "integer": int,
    "number": float,
    "money": Decimal,
    "boolean": {"yes": True, "no": False}.__getitem__,
}
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]

each_table = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
each_column = pytest.mark.parametrize(
    ("table", "column"), COLUMNS, ids=[f"{table.name}.{column.name}" for table, column in COLUMNS]
)


def test_every_table_of_the_domain_is_there_and_no_other() -> None:
    assert set(TABLES) == set(DOMAIN)
    assert {name for name, table in TABLES.items() if table.fact} == FACTS


@pytest.mark.parametrize("name", DOMAIN)
def test_every_column_of_the_domain_is_there(name: str) -> None:
    assert set(DOMAIN[name].split()) <= set(TABLES[name].names)


def test_what_only_the_house_may_see() -> None:
    internal = {name for name, table in TABLES.items() if table.internal}
    assert internal == {"payments", "budget", "costs", "opportunities", "crm_activities"}
    kept = {name for name, table in TABLES.items() if not table.shareable}
    assert kept == {"opportunities", "crm_activities"}
    columns = {f"{table.name}.{column.name}" for table, column in COLUMNS if column.internal}
    assert columns == {"shipments.freight_cost", "budget.cost"}


@each_table
def test_names_are_unique_and_client_is_none_of_them(table: TableSpec) -> None:
    assert len(set(table.names)) == len(table.names)
    assert CLIENT.name not in table.names


@each_table
def test_keys_and_orders_name_columns(table: TableSpec) -> None:
    assert table.key
    assert set(table.key) <= set(table.names)
    days = {"date", "timestamp"}
    for earlier, later in table.order:
        assert {table.column(earlier).type, table.column(later).type} <= days


@each_table
def test_a_row_without_an_identifier_of_its_own_has_a_day(table: TableSpec) -> None:
    required = [column for column in table.columns if column.required]
    dated = any(column.type in ("date", "timestamp") for column in required)
    assert dated or set(table.key) & {column.name for column in required}


@each_column
def test_a_reference_leads_to_a_key_of_the_same_type(table: TableSpec, column: ColumnSpec) -> None:
    if column.refers == METRICS:
        assert column.example in REGISTRY
    elif column.refers:
        name, _, target = column.refers.partition(".")
        assert TABLES[name].column(target).type == column.type
        # What a client may see never leads into what it may not.
        assert table.internal or not TABLES[name].internal


@each_column
def test_numbers_have_a_unit_and_nothing_else_has(table: TableSpec, column: ColumnSpec) -> None:
    assert column.unit in get_args(Unit)
    assert bool(column.unit) == (
        column.type in ("integer", "number", "money") and column.name != "sequence"
    )


@each_column
def test_an_example_is_a_value_that_the_contract_allows(
    table: TableSpec, column: ColumnSpec
) -> None:
    if not column.example:
        assert not column.required
        return
    value = READERS[column.type](column.example)
    assert column.example == column.example.strip()
    assert not column.values or value in column.values
    assert column.minimum is None or value >= column.minimum
    assert column.maximum is None or value <= column.maximum


def test_examples_refer_to_each_other() -> None:
    examples = {f"{table.name}.{column.name}": column.example for table, column in COLUMNS}
    led = [(c, examples[c.refers]) for _, c in COLUMNS if "." in c.refers and c.example]
    assert led
    assert [column.name for column, found in led if column.example != found] == []


def test_the_example_of_a_time_zone_is_one() -> None:
    assert zoneinfo.ZoneInfo(TABLES["sites"].column("timezone").example)


def test_two_equal_part_payments_of_a_day_are_two_where_they_have_a_number(load: Any) -> None:
    columns = {"invoice_id": "invoice", "paid_on": "day", "amount": "paid", "payment_id": "no"}
    content = "no,invoice,day,paid\n1,I1,2026-09-30,50\n2,I1,2026-09-30,50\n2,I1,2026-09-30,50\n"
    (check,) = load("payments", content, columns=columns).check().tables
    assert (check.rows_out, check.quarantined) == (2, 1)


def test_the_same_two_without_a_number_are_one(load: Any) -> None:
    columns = {"invoice_id": "invoice", "paid_on": "day", "amount": "paid"}
    content = "invoice,day,paid\nI1,2026-09-30,50\nI1,2026-09-30,50\n"
    (check,) = load("payments", content, columns=columns).check().tables
    assert (check.rows_out, check.quarantined) == (1, 1)


def test_the_page_tells_every_rule_of_a_column() -> None:
    lines = page().splitlines()
    assert (
        "| `probability` | number | share, 0 to 1 | optional | internal | chance to win it; "
        "at least 0; at most 1 |  |"
    ) in lines
    assert (
        "| `at_fault` | text |  | optional | all | who caused it; one of `provider`, `client`, "
        "`carrier`, `other` |  |"
    ) in lines
    assert (
        "| `freight_cost` | money | as in currency | optional | internal | paid for the "
        "delivery |  |"
    ) in lines
    assert (
        "| `invoice_id` | text |  | required | internal | invoice paid | "
        "[invoice_lines](#invoice_lines).`invoice_id` |"
    ) in lines


def test_the_page_has_a_line_for_every_column() -> None:
    text = page()
    for table in TABLES.values():
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert [name for name in table.names if f"| `{name}` |" not in section] == []


def test_a_note_says_words_and_bounds() -> None:
    column = ColumnSpec("x", "integer", "a score", "3", "points", minimum=1, maximum=5)
    assert note(column) == "a score; at least 1; at most 5"
