"""Each rule of the contract, broken by one row of a small file and by nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from little import Open, aside, rows

from reviewkit.accounts import render_report, write_quarantine
from reviewkit.params.models import ClientMap, ColumnMap, Csv

CASES = {"case_id": "id", "opened_at": "opened", "closed_at": "closed", "severity": "grave"}
HEAD = "id,opened,closed,grave\n"


def found(accounts, rule: str):
    """The one problem of a check."""
    (check,) = accounts.check().tables
    (problem,) = check.problems
    assert problem.rule == rule
    assert check.rows_in == check.rows_out + check.quarantined
    assert not accounts.check().ok
    return problem


def test_clean_rows_pass_and_leave_no_quarantine(load: Open, tmp_path) -> None:
    accounts = load(
        "cases", HEAD + "C1,2026-09-01,2026-09-03,high\nC2,2026-09-02,,\n", columns=CASES
    )
    assert accounts.check().ok
    assert rows(accounts, "cases", "client", "case_id", "severity") == [
        ("acme", "C1", "high"),
        ("acme", "C2", None),
    ]
    assert write_quarantine(accounts, tmp_path / "aside") == []


@pytest.mark.parametrize(
    ("row", "rule", "column", "example", "said"),
    [
        ("C1,01.09.2026,,", "type", "opened_at", "01.09.2026", "2026-09-30T18:00"),
        ("C1,2026-02-30,,", "type", "opened_at", "2026-02-30", "format"),
        (",2026-09-01,,", "required", "case_id", None, "Fill it"),
        ("  ,2026-09-01,,", "required", "case_id", None, "Fill it"),
        ("C1,,,", "required", "opened_at", None, "Fill it"),
        ("C1,2026-09-01,,urgent", "values", "severity", "urgent", "low, medium, high, critical"),
        ("C1,2026-09-01,2026-08-31,", "order", "closed_at", "2026-08-31 00:00:00", "opened_at"),
    ],
)
def test_a_row_that_breaks_a_rule_is_set_aside_with_its_reason(
    load: Open, row: str, rule: str, column: str, example: str | None, said: str
) -> None:
    accounts = load("cases", f"{HEAD}{row}\nC9,2026-09-09,2026-09-09,low\n", columns=CASES)
    problem = found(accounts, rule)
    assert (problem.column, problem.rows) == (column, 1)
    assert problem.examples == ((example,) if example else ())
    assert said in problem.hint
    assert rows(accounts, "cases", "case_id") == [("C9",)]
    assert aside(accounts, "cases") == [("1", rule, column, example or "")]


def test_a_value_below_the_least_is_set_aside(load: Open) -> None:
    accounts = load(
        "shipments",
        "id,units\nS1,-1\nS2,0\n",
        columns={"shipment_id": "id", "ordered_units": "units"},
    )
    problem = found(accounts, "minimum")
    assert problem.hint.startswith("The least is 0.")
    assert rows(accounts, "shipments", "shipment_id") == [("S2",)]


def test_of_rows_with_one_key_the_first_is_used(load: Open) -> None:
    accounts = load(
        "cases",
        HEAD + "C1,2026-09-01,,low\nC1,2026-09-02,,high\nC2,2026-09-02,,\nC1,2026-09-03,,\n",
        columns=CASES,
    )
    problem = found(accounts, "duplicate")
    assert (problem.rows, problem.examples) == (2, ("C1",))
    assert rows(accounts, "cases", "case_id", "severity") == [("C1", "low"), ("C2", None)]
    assert [row for row, *_ in aside(accounts, "cases")] == ["2", "4"]


def test_a_broken_row_does_not_stand_in_for_a_sound_one_with_its_key(load: Open) -> None:
    accounts = load("cases", HEAD + "C1,never,,\nC1,2026-09-01,,low\n", columns=CASES)
    assert rows(accounts, "cases", "case_id", "severity") == [("C1", "low")]
    assert aside(accounts, "cases") == [("1", "type", "opened_at", "never")]


def test_the_same_key_at_two_clients_is_no_copy(load: Open) -> None:
    accounts = load(
        "cases",
        "who,id,opened\nA,C1,2026-09-01\nB,C1,2026-09-01\n",
        client=ClientMap(column="who", keys={"A": "acme", "B": "borealis"}),
        columns={"case_id": "id", "opened_at": "opened"},
    )
    assert accounts.check().ok
    assert len(rows(accounts, "cases", "client")) == 2


def test_two_people_may_give_the_same_score_on_one_day(load: Open) -> None:
    text = "day,what,score\n2026-09-01,nps,9\n2026-09-01,nps,9\n"
    columns = {"responded_on": "day", "instrument": "what", "score": "score"}
    assert len(rows(load("surveys", text, columns=columns), "surveys", "score")) == 2


def test_responses_with_an_identifier_are_told_apart_by_it(load: Open) -> None:
    text = "no,day,score\n1,2026-09-01,9\n1,2026-09-01,9\n,2026-09-01,9\n,2026-09-01,9\n"
    accounts = load(
        "surveys",
        text,
        columns={
            "response_id": "no",
            "responded_on": "day",
            "score": "score",
            "instrument": ColumnMap(constant="nps"),
        },
    )
    assert [row for row, *_ in aside(accounts, "surveys")] == ["2"]


def test_the_first_rule_broken_is_the_one_told(load: Open) -> None:
    accounts = load("cases", HEAD + ",never,,urgent\n", columns=CASES)
    problem = found(accounts, "required")
    assert (problem.column, problem.rows) == ("case_id", 1)


def test_examples_are_three_different_ones_at_most(load: Open) -> None:
    lines = "".join(f"C{n},2026-09-01,,grave{n % 5}\n" for n in range(20))
    problem = found(load("cases", HEAD + lines, columns=CASES), "values")
    assert problem.rows == 20
    assert problem.examples == ("grave0", "grave1", "grave2")


def test_a_long_value_is_shown_by_its_beginning_and_kept_whole_in_quarantine(load: Open) -> None:
    accounts = load("cases", HEAD + f"C1,2026-09-01,,{'x' * 200}\n", columns=CASES)
    assert found(accounts, "values").examples == ("x" * 60,)
    ((_, _, _, value),) = aside(accounts, "cases")
    assert value == "x" * 200


def test_excluded_and_foreign_rows_stay_in_the_totals(load: Open) -> None:
    accounts = load(
        "payments",
        "who,doc,day,eur,state\n"
        "A,R1,2026-09-01,10.50,ok\n"
        "A,R2,2026-09-01,20.25,void\n"  # left out by where
        "Z,R3,2026-09-01,30,ok\n"  # a client without a folder
        "A,R4,soon,40,ok\n"  # broken
        "A,R5,2026-09-02,-0.50,ok\n"
        "A,R6,2026-09-02,1,\n",  # where is neither true nor false: left out
        client=ClientMap(column="who", keys={"A": "acme"}),
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
        where="state <> 'void'",
    )
    (check,) = accounts.check().tables
    assert (check.rows_in, check.rows_out, check.quarantined) == (6, 2, 1)
    assert (check.excluded, check.other_clients) == (2, 1)
    assert check.amounts == {"amount": "10.0000"}


def test_the_report_names_totals_rule_example_and_remedy(load: Open) -> None:
    accounts = load("cases", HEAD + "C1,2026-09-01,,urgent\nC2,2026-09-01,,low\n", columns=CASES)
    text = render_report(accounts.check())
    assert text.splitlines()[1].split() == ["cases", "rows.csv", "2", "1", "1", "0", "0"]
    assert "error: cases.severity in rows.csv: 1 row not one of the words allowed" in text
    assert "such as urgent" in text
    (table,) = accounts.check().to_json()["tables"]
    assert table["problems"] == [
        {
            "severity": "error",
            "column": "severity",
            "rule": "values",
            "rows": 1,
            "examples": ["urgent"],
            "hint": "Map the source's words with values: "
            "{its word: one of low, medium, high, critical}.",
        }
    ]


def test_the_quarantine_gives_row_reason_and_the_row_as_it_stood(load: Open, tmp_path) -> None:
    accounts = load("cases", HEAD + 'C1,2026-09-01,,"very ""bad"""\n', columns=CASES)
    (path,) = write_quarantine(accounts, tmp_path / "aside")
    assert path.name == "cases.csv"
    assert path.read_text() == (
        "source,row,client,column,rule,value,raw\n"
        'rows.csv,1,acme,severity,values,"very ""bad""",'
        '"id=C1; opened=2026-09-01; closed=; grave=very ""bad"""\n'
    )


def test_a_table_now_clean_loses_its_quarantine(load: Open, tmp_path) -> None:
    folder = tmp_path / "aside"
    (path,) = write_quarantine(load("cases", HEAD + "C1,never,,\n", columns=CASES), folder)
    write_quarantine(load("cases", HEAD + "C1,2026-09-01,,\n", columns=CASES), folder)
    assert not path.exists()


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_a_formula_in_the_data_is_text_in_the_quarantine(load, tmp_path, formula: str) -> None:
    accounts = load(
        "cases",
        HEAD + f"C1,2026-09-01,,{formula}\n",
        columns=CASES | {"severity": ColumnMap(expression="grave")},
    )
    (path,) = write_quarantine(accounts, tmp_path / "aside")
    cells = path.read_text().splitlines()[1].split(",")
    assert not any(cell.strip('"')[:1] in ("=", "+", "-", "@", "\t") for cell in cells)


def test_control_characters_do_not_reach_a_terminal(load: Open) -> None:
    accounts = load("cases", HEAD + "C1,2026-09-01,,\x1b[31mred\n", columns=CASES)
    assert "\x1b" not in render_report(accounts.check())


def test_a_null_byte_is_set_aside(load: Open, tmp_path) -> None:
    accounts = load("cases", HEAD + "C\x001,2026-09-01,,\n", columns=CASES)
    problem = found(accounts, "type")
    assert (
        problem.hint
        == "The text holds a null byte, or is an error of Excel. Mend it at its source."
    )
    (path,) = write_quarantine(accounts, tmp_path / "aside")
    assert "\0" not in path.read_text()


def test_amounts_are_decimal_to_the_last_place(load: Open) -> None:
    accounts = load(
        "payments",
        "doc,day,eur\n" + "".join(f"R{n},2026-09-01,0.10\n" for n in range(10)),
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
    )
    assert Decimal(accounts.check().tables[0].amounts["amount"]) == 1
    assert {type(value) for (value,) in rows(accounts, "payments", "amount")} == {Decimal}


@pytest.mark.parametrize(
    ("written", "decimal", "read"),
    [
        ("1234.50", ".", "1234.5"),
        ("-0.05", ".", "-0.05"),
        ("+7", ".", "7"),
        (".5", ".", "0.5"),
        ("1e3", ".", "1000"),
        (" 12 ", ".", "12"),
        ("1.234,50", ",", "1234.5"),
        ("1.234.567", ",", "1234567"),
        ("1234,5", ",", "1234.5"),
        ("-12,05", ",", "-12.05"),
        # What could be meant in two ways is not guessed.
        ("1,234.50", ".", None),
        ("1,5", ".", None),
        ("12.5", ",", None),
        ("1.23,4", ",", None),
        ("EUR 12", ".", None),
        ("NaN", ".", None),
        ("inf", ".", None),
        ("1e400", ".", None),
        ("١٢", ".", None),
        ("0x10", ".", None),
        ("1_000", ".", None),
        ("12-", ".", None),
    ],
)
def test_money_is_read_strictly(load: Open, written: str, decimal: str, read: str | None) -> None:
    accounts = load(
        "payments",
        f'doc;day;eur\nR1;2026-09-01;"{written}"\n',
        csv=Csv(delimiter=";", decimal=decimal),
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
    )
    expected = [(Decimal(read),)] if read else []
    assert rows(accounts, "payments", "amount") == expected
    assert accounts.check().ok == (read is not None)


@pytest.mark.parametrize(
    ("written", "read"),
    [("12", 12), ("12.0", 12), ("-3", None), ("12.5", None), ("1e3", None), ("9" * 20, None)],
)
def test_whole_numbers_are_whole(load: Open, written: str, read: int | None) -> None:
    accounts = load(
        "shipments",
        f"id,units\nS1,{written}\n",
        columns={"shipment_id": "id", "ordered_units": "units"},
    )
    assert rows(accounts, "shipments", "ordered_units") == ([(read,)] if read else [])


@pytest.mark.parametrize(
    ("written", "read"),
    [("true", True), ("Y", True), ("1", True), ("No", False), ("F", False), ("", None)],
)
def test_yes_and_no_in_their_usual_forms(load: Open, written: str, read: bool | None) -> None:
    columns = {"case_id": "id", "opened_at": "opened", "reopened": "again"}
    text = f"id,opened,again\nC1,2026-09-01,{written}\n"
    assert rows(load("cases", text, columns=columns), "cases", "reopened") == [(read,)]


def test_another_word_for_yes_is_set_aside(load: Open) -> None:
    columns = {"case_id": "id", "opened_at": "opened", "reopened": "again"}
    accounts = load("cases", "id,opened,again\nC1,2026-09-01,ja\n", columns=columns)
    assert "true, yes, y, t, 1" in found(accounts, "type").hint


def test_identifiers_keep_their_leading_zeros(load: Open) -> None:
    columns = {"case_id": "id", "opened_at": "opened"}
    accounts = load("cases", "id,opened\n00041,2026-09-01\n41,2026-09-01\n", columns=columns)
    assert rows(accounts, "cases", "case_id") == [("00041",), ("41",)]


def test_dates_with_a_format_are_read_by_it_alone(load: Open) -> None:
    accounts = load(
        "payments",
        "doc,day,eur\nR1,09/01/2026,1\nR2,2026-09-01,1\nR3,31/12/2026,1\n",
        columns={
            "invoice_id": "doc",
            "paid_on": ColumnMap(column="day", format="%m/%d/%Y"),
            "amount": "eur",
        },
    )
    assert rows(accounts, "payments", "paid_on") == [(dt.date(2026, 9, 1),)]
    assert [row for row, *_ in aside(accounts, "payments")] == ["2", "3"]
