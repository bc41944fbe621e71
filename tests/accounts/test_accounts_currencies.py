"""Control totals by currency, and amounts that no rate converts."""

from __future__ import annotations

from pathlib import Path

import pytest
from little import source, workspace

from reviewkit.accounts import open_accounts
from reviewkit.accounts.checks.examine import examine
from reviewkit.accounts.checks.finding import Finding
from reviewkit.params.exchange import Exchange
from reviewkit.params.models import ClientMap, Workspace

LINES = """\
id,line,on,sum,cur
R1,1,2026-08-01,100.00,USD
R1,2,2026-08-01,50.00,USD
R2,1,2026-08-20,7.00,EUR
R3,1,2026-08-20,3.00,
R4,1,2026-08-20,-1.50,CHF
R5,1,2026-08-25,9.00,CHF
"""
COLUMNS = {"invoice_id": "id", "line": "line", "issued_on": "on", "amount": "sum"}
FX = "on,of,into,rate\n2026-08-10,USD,EUR,0.9\n"


def house(root: Path, **fx: object) -> Workspace:
    (root / "lines.csv").write_text(LINES)
    (root / "fx.csv").write_text(FX)
    rates = source(
        file="fx.csv",
        client=ClientMap(constant="*"),
        columns={"date": "on", "currency": "of", "to": "into", "rate": "rate"},
    )
    lines = source(file="lines.csv", columns=COLUMNS | {"currency": "cur"})
    made = workspace(root, {"invoice_lines": (lines,), "fx": (rates,)})
    return made.model_copy(update={"house": made.house.model_copy(update=fx)})


def found(space: Workspace) -> list[Finding]:
    with open_accounts(space) as accounts:
        return [item for item in examine(accounts, space).findings if item.rule == "rate"]


def test_control_totals_are_by_currency(tmp_path: Path) -> None:
    with open_accounts(house(tmp_path)) as accounts:
        totals = {check.table: check.amounts for check in accounts.checks}
    assert totals["invoice_lines"] == {
        "amount": "3.0000",
        "amount CHF": "7.5000",
        "amount EUR": "7.0000",
        "amount USD": "150.0000",
    }
    assert totals["fx"] == {}


def test_without_a_column_of_currencies_there_is_one_total(tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text(LINES)
    lines = source(file="lines.csv", columns=COLUMNS)
    with open_accounts(workspace(tmp_path, {"invoice_lines": (lines,)})) as accounts:
        (check,) = accounts.checks
    assert check.amounts == {"amount": "167.5000"}


def test_amounts_without_a_rate_on_their_day_are_told_by_client_and_currency(
    tmp_path: Path,
) -> None:
    told = [(item.client, item.rows, item.said) for item in found(house(tmp_path))]
    assert told == [
        ("acme", 2, "2 amounts in CHF have no rate into EUR from 2026-08-20 to 2026-08-25"),
        ("acme", 2, "2 amounts in USD have no rate into EUR from 2026-08-01 to 2026-08-01"),
    ]


def test_rates_of_house_yaml_fill_what_the_table_lacks(tmp_path: Path) -> None:
    fx = tuple(
        Exchange(currency=code, to="EUR", since="2026-01-01", rate="1.1") for code in ("USD", "CHF")
    )
    assert found(house(tmp_path, fx=fx)) == []


@pytest.mark.parametrize(("currency", "rows"), [("USD", [("borealis", 6)]), ("EUR", [])])
def test_a_member_in_another_currency_needs_rates_without_naming_any(
    tmp_path: Path, currency: str, rows: list[tuple[str, int]]
) -> None:
    (tmp_path / "lines.csv").write_text(LINES.replace("CHF", "").replace("USD", "EUR"))
    made = workspace(tmp_path, {"invoice_lines": (source(file="lines.csv", columns=COLUMNS),)})
    top = made.clients["borealis"]
    own = top.client.model_copy(update={"members": {"acme": ""}, "currency": currency})
    clients = made.clients | {"borealis": top.model_copy(update={"client": own})}
    told = found(made.model_copy(update={"clients": clients}))
    assert [(item.client, item.rows) for item in told] == rows
