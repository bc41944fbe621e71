"""Rules of single rows and of columns: broken by one row, and by how the house wants them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from looked import Looked, look

CASES = {"case_id": "id", "opened_at": "opened", "closed_at": "closed"}
SHIPPED = {"shipment_id": "id", "shipped_at": "left", "weight_kg": "kg"}
# The cut-off of the little source is 2026-10-06 16:00 UTC.


def cases(root: Path, row: str, timezone: str = "UTC", **checks) -> Looked:
    text = f"id,opened,closed\n{row}\nC9,2026-10-01,2026-10-02\n"
    return look(root, checks, {"cases": {"text": text, "columns": CASES, "timezone": timezone}})


def shipments(root: Path, lines: list[str], **checks) -> Looked:
    text = "\n".join(["id,left,kg", *lines, ""])
    return look(root, checks, {"shipments": {"text": text, "columns": SHIPPED}})


@pytest.mark.parametrize(
    ("closed", "told"),
    [("2026-01-02", False), ("2026-01-03", True)],  # 366 days after 2025-01-01, and 367
)
def test_dates_more_than_a_year_and_a_day_apart_are_told(tmp_path, closed: str, told: bool) -> None:
    looked = cases(tmp_path, f"C1,2025-01-01,{closed}")
    expected = [("warning", "acme", "closed_at", "1 rows in cases.csv")] if told else []
    assert looked.of("lag") == expected
    assert looked.quarantined["cases"] == []


@pytest.mark.parametrize(
    ("days", "told"),
    [(31, False), (32, True)],  # after 2026-10-06 16:00
)
def test_an_event_after_the_cutoff_is_told(tmp_path: Path, days: int, told: bool) -> None:
    moment = dt.datetime(2026, 10, 6, 15, tzinfo=dt.UTC) + dt.timedelta(days=days)
    looked = cases(tmp_path, f"C1,{moment:%Y-%m-%dT%H:%M},")
    assert looked.of("future") == (
        [("warning", "acme", "opened_at", "1 rows in cases.csv")] if told else []
    )
    assert looked.examples("future") == ([(f"{moment:%Y-%m-%d %H:%M:%S}",)] if told else [])


def test_a_rule_that_is_an_error_sets_the_row_aside(tmp_path: Path) -> None:
    looked = cases(tmp_path, "C1,2027-10-01,", future="error")
    assert looked.quarantined["cases"] == [("1", "future", "opened_at", "2027-10-01 00:00:00")]
    assert looked.of("future") == []
    assert not looked.report.ok


def test_a_rule_that_is_no_error_leaves_the_row_in_use(tmp_path: Path) -> None:
    looked = cases(tmp_path, "C1,2026-09-05,2026-09-01", order="note")
    assert looked.of("order") == [("note", "acme", "closed_at", "1 rows in cases.csv")]
    assert looked.quarantined["cases"] == []
    assert looked.report.ok
    assert [(part.rows_in, part.rows_out) for part in looked.report.clients] == [(2, 2)]


def test_a_rule_that_is_off_finds_nothing(tmp_path: Path) -> None:
    looked = cases(tmp_path, "C1,2027-10-01,2029-01-01", future="off", lag="off")
    assert looked.of("future") == looked.of("lag") == []
    assert looked.quarantined["cases"] == []


def test_a_table_may_be_stricter_than_the_house(tmp_path: Path) -> None:
    there = {"severity": "error", "threshold": 10}
    looked = cases(
        tmp_path, "C1,2026-09-01,2026-09-12", lag={"severity": "note", "tables": {"cases": there}}
    )
    assert [told[1:3] for told in looked.quarantined["cases"]] == [("lag", "closed_at")]
    other = cases(
        tmp_path, "C1,2026-09-01,2026-09-12", lag={"threshold": 400, "tables": {"surveys": there}}
    )
    assert other.quarantined["cases"] == other.of("lag") == []


def test_a_time_in_the_hour_that_the_clock_skipped_is_told(tmp_path: Path) -> None:
    # In Berlin 02:00 became 03:00 on 29 March 2026.
    looked = cases(tmp_path, "C1,2026-03-29T02:30,", timezone="Europe/Berlin")
    assert looked.of("clock") == [("warning", "acme", "opened_at", "1 rows in cases.csv")]
    for sound in ("2026-03-29T01:59", "2026-03-29T03:00", "2026-03-29T02:30+01:00"):
        assert cases(tmp_path, f"C1,{sound},", timezone="Europe/Berlin").of("clock") == []
    assert cases(tmp_path, "C1,2026-03-29T02:30,").of("clock") == []


def test_a_value_above_the_largest_of_the_house_is_set_aside(tmp_path: Path) -> None:
    lines = ["S1,2026-09-01,24000", "S2,2026-09-01,24001"]
    looked = shipments(tmp_path, lines, largest={"shipments.weight_kg": 24000})
    assert looked.quarantined["shipments"] == [("2", "maximum", "weight_kg", "24001")]
    (problem,) = looked.report.tables[0].problems
    assert problem.hint.startswith("The largest is 24000.")
    kept = shipments(
        tmp_path, lines, largest={"shipments.weight_kg": 24000}, maximum={"severity": "warning"}
    )
    assert kept.of("maximum") == [("warning", "acme", "weight_kg", "1 rows in shipments.csv")]
    assert kept.quarantined["shipments"] == []


def test_the_contract_has_largest_values_of_its_own(tmp_path: Path) -> None:
    columns = {"responded_on": "day", "instrument": "what", "score": "score"}
    text = "day,what,score\n2026-09-01,nps,10\n2026-09-02,nps,11\n"
    looked = look(tmp_path, {}, {"surveys": {"text": text, "columns": columns}})
    assert looked.quarantined["surveys"] == [("2", "maximum", "score", "11")]


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ({"gap": {"tables": {"shipment": "off"}}}, "checks.gap.tables: shipment is no account"),
        ({"largest": {"shipments.weight": 1}}, "checks.largest: shipments.weight is no column of"),
    ],
)
def test_a_table_or_column_that_is_not_there_is_an_error(tmp_path, checks, said: str) -> None:
    report = shipments(tmp_path, ["S1,2026-09-01,1"], **checks).report
    (problem,) = report.tables[-1].problems
    assert problem.hint.startswith(said)
    assert not report.ok


@pytest.mark.parametrize(("filled", "told"), [(20, False), (19, True)])
def test_a_column_filled_in_less_than_half_of_the_rows_is_told(tmp_path, filled, told) -> None:
    lines = [f"S{n},2026-09-01,{5 if n < filled else ''}" for n in range(40)]
    found = [("warning", "acme", "weight_kg", "48% of 40 rows")]
    assert shipments(tmp_path, lines).of("coverage") == (found if told else [])
    strict = shipments(tmp_path, lines, coverage={"threshold": 0.3})
    assert strict.of("coverage") == []


def test_a_few_rows_say_nothing_of_how_much_is_filled(tmp_path: Path) -> None:
    assert shipments(tmp_path, [f"S{n},2026-09-01," for n in range(29)]).of("coverage") == []


def test_columns_that_no_source_maps_are_noted_once(tmp_path: Path) -> None:
    looked = cases(tmp_path, "C1,2026-09-01,2026-09-02")
    ((severity, client, column, said),) = looked.of("column")
    assert (severity, client, column) == ("note", "", "")
    ((*names,),) = looked.examples("column")
    assert "severity" in names
    assert not {"case_id", "opened_at", "closed_at"} & set(names)
    assert said.endswith(", ".join(names))


def monthly(sizes: list[float], rows: int = 10) -> list[str]:
    """Shipments of so many kilograms, some in every month from May on."""
    return [
        f"S{month}-{day},2026-{month:02}-{day:02},{size:g}"
        for month, size in enumerate(sizes, start=5)
        for day in range(1, rows + 1)
    ]


def test_a_month_in_another_unit_is_told(tmp_path: Path) -> None:
    looked = shipments(tmp_path, monthly([500, 480, 0.5, 520]))
    # The middle of 0.5, 480, 500 and 520 is the root of 480 times 500, 489.9.
    said = "2026-07: 0.00102 times the usual size"
    assert looked.of("unit") == [("warning", "acme", "weight_kg", said)]


@pytest.mark.parametrize(("size", "told"), [(4999, False), (5001, True)])
def test_a_month_of_another_size_is_told_from_the_factor_on(tmp_path, size, told) -> None:
    lines = monthly([500, 500, size, 500])
    assert bool(shipments(tmp_path, lines).of("unit")) is told
    assert shipments(tmp_path, lines, unit={"threshold": 20}).of("unit") == []


def test_two_months_and_months_of_few_values_are_not_compared(tmp_path: Path) -> None:
    assert shipments(tmp_path, monthly([500, 0.5])).of("unit") == []
    assert shipments(tmp_path, monthly([500, 500, 0.5, 500], rows=9)).of("unit") == []
