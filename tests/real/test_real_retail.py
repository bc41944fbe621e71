"""Online Retail as a workspace: credits, junk, nameless rows and copies, all accounted for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.accounts import open_accounts
from reviewkit.params import load_workspace

NUMBERED = "row_number() OVER ()"
WHOLE_ROW = (
    "concat_ws('|', StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country)"
)
JUNK = ("POST", "M", "BANK CHARGES", "AMAZONFEE", "CRUK", "D", "DOT", "S", "PADS", "B", "C2", "m")
CUSTOMERS = ("14646", "12748", "17841")


@pytest.fixture(scope="module")
def retail(shared_data: Path) -> pd.DataFrame:
    """The lines as they came, with their amount, by plain pandas."""
    frame = pd.read_parquet(shared_data / "online_retail" / "online_retail.parquet")
    return frame.assign(amount=frame["Quantity"] * frame["UnitPrice"])


def cents(amount: object) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def test_all_lines_tie_to_the_readme(online_retail_workspace) -> None:
    workspace = load_workspace(online_retail_workspace(line=NUMBERED))
    with open_accounts(workspace) as accounts:
        assert accounts.check().ok
        (check,) = accounts.check().tables
        assert (check.rows_in, check.rows_out) == (541_909, 541_909)
        assert cents(check.amounts["amount"]) == Decimal("9747747.93")
        lines = accounts.tables["invoice_lines"]
        counts = lines.aggregate(
            invoices=lines.invoice_id.nunique(),
            customers=lines.reference.nunique(),
            nameless=lines.reference.isnull().sum(),
            credits=lines.credit_reason.notnull().sum(),
        )
        assert accounts.con.to_pyarrow(counts).to_pylist() == [
            {"invoices": 25_900, "customers": 4_372, "nameless": 135_080, "credits": 9_288}
        ]


def test_exact_copies_are_set_aside_and_their_amount_is_what_is_missing(
    online_retail_workspace, retail: pd.DataFrame
) -> None:
    workspace = load_workspace(online_retail_workspace(line=WHOLE_ROW))
    with open_accounts(workspace) as accounts:
        (check,) = accounts.check().tables
        aside = accounts.quarantine["invoice_lines"]
    (problem,) = check.problems
    assert (problem.rule, problem.rows) == ("duplicate", 5_268)
    assert (check.rows_in, check.quarantined) == (541_909, 5_268)
    copies = retail[retail.duplicated()]
    assert len(aside) == len(copies)
    missing = Decimal("9747747.93") - Decimal(check.amounts["amount"])
    assert cents(missing) == cents(round(copies["amount"].sum(), 2))
    # The copies named are the rows that pandas calls copies, by their number in the file.
    numbers = [int(row["row"]) - 1 for row in aside]
    assert numbers == list(copies.index)


def test_three_customers_without_junk_lines(online_retail_workspace, retail: pd.DataFrame) -> None:
    listed = ", ".join(f"'{code}'" for code in JUNK)
    root = online_retail_workspace(CUSTOMERS, line=NUMBERED, where=f"StockCode NOT IN ({listed})")
    with open_accounts(load_workspace(root)) as accounts:
        (check,) = accounts.check().tables
        lines = accounts.tables["invoice_lines"]
        sums = accounts.con.to_pandas(
            lines.group_by("client").aggregate(
                n=lines.count(), amount=lines["amount"].sum(), credit=(lines["amount"] < 0).sum()
            )
        ).set_index("client")
    junk = retail["StockCode"].isin(JUNK)
    ours = retail["CustomerID"].isin([float(name) for name in CUSTOMERS])
    assert check.excluded == junk.sum()
    assert check.rows_out == (ours & ~junk).sum()
    assert check.other_clients == (~ours & ~junk).sum()
    for name in CUSTOMERS:
        mine = retail[(retail["CustomerID"] == float(name)) & ~junk]
        found = sums.loc[f"c{name}"]
        assert found["n"] == len(mine)
        assert found["credit"] == (mine["amount"] < 0).sum()
        assert cents(found["amount"]) == cents(round(mine["amount"].sum(), 2))


def test_the_last_month_ends_with_the_data(online_retail_workspace) -> None:
    workspace = load_workspace(online_retail_workspace(CUSTOMERS, line=NUMBERED))
    with open_accounts(workspace) as accounts:
        issued = accounts.tables["invoice_lines"].issued_on
        first, last = (
            accounts.con.to_pyarrow(value).as_py() for value in (issued.min(), issued.max())
        )
        assert str(first) >= "2010-12-01"
        assert str(last) <= "2011-12-09"
        assert str(accounts.cutoffs["invoice_lines"].date()) == "2011-12-09"
