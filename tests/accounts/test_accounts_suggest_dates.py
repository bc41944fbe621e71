"""Dates and numbers that may be read in two ways are asked for; what shows the way is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drafts import columns, export, house, propose

from reviewkit.accounts import open_accounts
from reviewkit.accounts.suggest import Proposal
from reviewkit.errors import ParamsError
from reviewkit.scaffold.drafted import draft_client
from reviewkit.workspace import open_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return house(tmp_path / "house")


def cases(root: Path, opened: list[str], closed: list[str] | None = None) -> Path:
    """Cases with these dates, one row for each."""
    later = closed or [""] * len(opened)
    rows = [f'{n},acme,"{day}","{later[n]}"' for n, day in enumerate(opened)]
    return export(root, "cases.csv", ["case_id,customer,opened,closed", *rows])


def opened(proposal: Proposal) -> Any:
    return columns(proposal)["opened_at"]


def test_a_date_that_may_be_april_or_march_is_never_guessed(root: Path) -> None:
    drafted = draft_client(root, "acme", [cases(root, ["03/04/2026", "05/06/2026"])])
    (question,) = drafted.proposal.open
    assert question.endswith("such as 03/04/2026: %d/%m/%Y or %m/%d/%Y")
    place = "sources.cases.0.columns.opened_at.format: is still to be decided"
    with pytest.raises(ParamsError, match=place):
        open_workspace(root)
    text = drafted.sources.read_text()
    assert '# decide: how the dates of opened are written, such as 03/04/2026: "%d/%m/%Y"' in text


@pytest.mark.parametrize(("form", "month"), [("%d/%m/%Y", 4), ("%m/%d/%Y", 3)])
def test_once_decided_the_draft_loads(root: Path, form: str, month: int) -> None:
    drafted = draft_client(root, "acme", [cases(root, ["03/04/2026"])])
    text = drafted.sources.read_text()
    assert "cutoff: 2026-04-04T00:00:00" in text  # after the later of the two readings
    text = text.replace("format: decide", f'format: "{form}"')
    drafted.sources.write_text(text)
    with open_accounts(open_workspace(root)) as accounts:
        (row,) = accounts.con.to_pyarrow(accounts.tables["cases"].select("opened_at")).to_pylist()
    assert row["opened_at"].month == month


@pytest.mark.parametrize(
    ("days", "form"),
    [
        (["13/04/2026", "03/04/2026"], "%d/%m/%Y"),
        (["04/13/2026", "03/04/2026"], "%m/%d/%Y"),
        (["31-12-2026", "01-02-2026"], "%d-%m-%Y"),
        (["03.04.2026", "05.06.2026"], "%d.%m.%Y"),
        (["03.04.26", "31.12.26"], "%d.%m.%y"),
        (["2026/04/03", "2026/12/31"], "%Y/%m/%d"),
        (["20260403", "20261231"], "%Y%m%d"),
        (["3 Apr 2026", "31 Dec 2026"], "%d %b %Y"),
        (["Apr 3, 2026", "Dec 31, 2026"], "%b %d, %Y"),
        (["13/04/2026 08:05", "03/04/2026 17:30"], "%d/%m/%Y %H:%M"),
        (["04/13/2026 8:05 AM", "03/04/2026 5:30 PM"], "%m/%d/%Y %I:%M %p"),
        (["13.04.2026 08:05:09", "03.04.2026 17:30:00"], "%d.%m.%Y %H:%M:%S"),
    ],
)
def test_a_form_that_the_values_show_is_found(root: Path, days: list[str], form: str) -> None:
    proposal = propose(root, cases(root, days))
    assert opened(proposal) == {"column": "opened", "format": form}
    assert proposal.open == ()


@pytest.mark.parametrize(
    "day", ["2026-04-03", "2026-04-03 10:00", "2026-04-03T10:00:00Z", "2026-04-03 10:00+02:00"]
)
def test_iso_8601_needs_no_form(root: Path, day: str) -> None:
    assert opened(propose(root, cases(root, [day]))) == "opened"


def test_two_digit_years_may_be_read_in_three_ways(root: Path) -> None:
    proposal = propose(root, cases(root, ["03/04/05"]))
    assert opened(proposal)["format"] == "decide"
    assert "%d/%m/%y or %m/%d/%y or %y/%m/%d" in proposal.open[0]


def test_another_column_of_the_file_shows_the_order(root: Path) -> None:
    file = cases(root, ["03/04/2026", "05/04/2026"], ["03/05/2026", "25/04/2026"])
    proposal = propose(root, file)
    assert opened(proposal) == {"column": "opened", "format": "%d/%m/%Y"}
    entry = {one.name: one for one in proposal.drafts[0].entries}["opened_at"]
    assert entry.confidence == "likely"
    assert "closed shows the order" in " ".join(entry.evidence)


def test_columns_that_show_different_orders_decide_nothing(root: Path) -> None:
    """One column has 25/04, another 04/25: the file is no witness for a third."""
    rows = [
        "case_id,customer,opened,closed,first reply",
        "1,acme,03/04/2026,25/04/2026,04/25/2026",
        "2,acme,05/04/2026,05/05/2026,05/05/2026",
    ]
    proposal = propose(root, export(root, "cases.csv", rows))
    assert opened(proposal)["format"] == "decide"


def test_cells_that_contradict_each_other_are_a_question(root: Path) -> None:
    """98 days that fit both ways, one that only fits the one, and one the other."""
    days = [f"{1 + n % 12:02d}/05/2026" for n in range(98)]
    proposal = propose(root, cases(root, [*days, "25/05/2026", "05/25/2026"]))
    assert opened(proposal)["format"] == "decide"


def test_one_cell_in_a_thousand_shows_no_order(root: Path) -> None:
    """It may be the mistake: if all were month first, 999 would be misread without a word."""
    days = [f"0{1 + n % 9}/0{1 + n % 7}/2026" for n in range(999)]
    proposal = propose(root, cases(root, [*days, "25/05/2026"]))
    assert opened(proposal)["format"] == "decide"


def test_days_without_a_time_are_said_to_begin_at_midnight(root: Path) -> None:
    entry = {one.name: one for one in propose(root, cases(root, ["2026-04-03"])).drafts[0].entries}
    assert "days without a time: their first moment is taken" in entry["opened_at"].evidence[-1]


def test_a_cell_that_is_no_date_is_left_to_the_check(root: Path) -> None:
    days = [f"{1 + n % 28:02d}.05.2026" for n in range(99)]
    proposal = propose(root, cases(root, [*days, "unbekannt"]))
    assert opened(proposal) == {"column": "opened", "format": "%d.%m.%Y"}
    entry = {one.name: one for one in proposal.drafts[0].entries}["opened_at"]
    assert "1 do not fit and would be set aside" in " ".join(entry.evidence)


def test_promises_at_midnight_are_days(root: Path) -> None:
    rows = [
        "shipment,customer,due date,delivered",
        "1,acme,2026-05-04 00:00:00,2026-05-04 10:00:00",
        "2,acme,2026-05-05 00:00:00,2026-05-05 11:30:00",
    ]
    found = columns(propose(root, export(root, "shipments.csv", rows)))
    assert found["promised_at"] == {"column": "due date", "format": "%Y-%m-%d 00:00:00"}
    assert found["delivered_at"] == "delivered"


def lines(root: Path, *cells: tuple[str, str]) -> Path:
    """Invoice lines with these quantities and amounts, semicolons between."""
    rows = [f"R1;{n};acme;2026-05-0{n};{a};{b}" for n, (a, b) in enumerate(cells, start=1)]
    header = "invoice no;line;customer;invoice date;quantity;amount"
    return export(root, "invoices.csv", [header, *rows])


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        ([("1", "12,50"), ("2", "1.234,00")], ","),
        ([("1", "12.50"), ("2", "1234.00")], "."),
        ([("1.000", "12,50")], ","),
        ([("1", "12"), ("2", "13")], "."),
        ([("1", "-12,5"), ("2", "1.234.567")], ","),
    ],
)
def test_the_decimal_sign_is_seen(root: Path, cells: list[tuple[str, str]], sign: str) -> None:
    proposal = propose(root, lines(root, *cells))
    assert proposal.drafts[0].habits.decimal == sign
    assert proposal.open == ()


def test_a_thousand_or_one_and_a_little_is_a_question(root: Path) -> None:
    drafted = draft_client(root, "acme", [lines(root, ("1", "1.234"), ("2", "2.500"))])
    assert "which sign stands before decimals" in drafted.proposal.open[0]
    with pytest.raises(ParamsError, match='decimal: "decide" is not one of'):
        open_workspace(root)
    text = drafted.sources.read_text().replace('decimal: "decide"', 'decimal: ","')
    drafted.sources.write_text(text)
    with open_accounts(open_workspace(root)) as accounts:
        table = accounts.tables["invoice_lines"]
        assert str(accounts.con.to_pyarrow(table.amount.sum()).as_py()) == "3734.0000"


def test_commas_between_thousands_are_taken_away(root: Path) -> None:
    rows = [
        "invoice no,line,customer,invoice date,amount",
        'R1,1,acme,2026-05-01,"1,234.50"',
        "R1,2,acme,2026-05-01,12.25",
    ]
    draft_client(root, "acme", [export(root, "invoices.csv", rows)])
    with open_accounts(open_workspace(root)) as accounts:
        table = accounts.tables["invoice_lines"]
        assert str(accounts.con.to_pyarrow(table.amount.sum()).as_py()) == "1246.7500"


def test_flags_of_another_language_are_translated(root: Path) -> None:
    rows = [
        "Ticket,Kunde,Erstellt am,Wiedereröffnet",
        "1,acme,2026-01-31,ja",
        "2,acme,2026-02-01,nein",
    ]
    draft_client(root, "acme", [export(root, "tickets.csv", rows)])
    with open_accounts(open_workspace(root)) as accounts:
        table = accounts.tables["cases"].order_by("case_id")
        assert accounts.con.to_pyarrow(table.reopened).to_pylist() == [True, False]


def test_a_code_that_nobody_knows_is_asked_for(root: Path) -> None:
    rows = ["ticket,customer,opened,priority", "1,acme,2026-01-31,P1", "2,acme,2026-01-31,ZZ"]
    drafted = draft_client(root, "acme", [export(root, "tickets.csv", rows)])
    assert "what ZZ of priority mean: low or medium or high or critical" in drafted.proposal.open[0]
    with pytest.raises(ParamsError, match=r"severity\.values\.ZZ: what it means is still"):
        open_workspace(root)


def test_a_rare_unknown_code_is_left_to_the_check(root: Path) -> None:
    rows = [f"{n},acme,2026-01-31,P{1 + n % 4}" for n in range(99)]
    file = export(
        root, "t.csv", ["ticket,customer,opened,priority", *rows, "99,acme,2026-01-31,P9"]
    )
    proposal = propose(root, file)
    assert proposal.open == ()
    assert "P9" not in columns(proposal)["severity"]["values"]


def test_times_without_an_offset_are_said_to_be_of_the_house(root: Path) -> None:
    (one,) = propose(root, cases(root, ["2026-04-03 10:00"])).drafts
    assert (one.timezone, one.timezone_told) == (
        "Europe/Berlin",
        "the times carry no offset: the house's own zone",
    )
    assert one.cutoff is not None
    assert one.cutoff.isoformat() == "2026-04-03T10:00:00+02:00"


def test_times_with_an_offset_need_no_zone(root: Path) -> None:
    (one,) = propose(root, cases(root, ["2026-04-03 10:00+02:00"])).drafts
    assert one.timezone is None


def test_names_that_say_utc_are_believed(root: Path) -> None:
    rows = ["case_id,customer,opened_utc", "1,acme,2026-04-03 10:00"]
    (one,) = propose(root, export(root, "cases.csv", rows)).drafts
    assert one.timezone == "UTC"


def test_dates_that_run_backwards_lower_the_confidence(root: Path) -> None:
    file = cases(root, ["2026-04-03", "2026-04-04"], ["2026-03-01", "2026-04-05"])
    entry = {one.name: one for one in propose(root, file).drafts[0].entries}["closed_at"]
    assert entry.confidence == "guess"
    assert "not before opened_at in 50.0% of 2 rows" in entry.evidence
