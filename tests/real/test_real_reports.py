"""Both reports of three Northwind customers, built as a user would and read back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pikepdf
import pypdf
import pytest
from sharing import Once

CLIENTS = {"savea": "Save-a-lot Markets", "ernsh": "Ernst Handel", "quick": "QUICK-Stop"}


@pytest.fixture(scope="module")
def built(northwind_workspace, repository: Path, once: Once) -> Path:
    """Northwind from SQLite with all its reports for 1997, a year with cases enough."""

    def make(root: Path) -> None:
        shutil.copytree(northwind_workspace("sqlite"), root, dirs_exist_ok=True)
        shutil.copytree(repository / "notebooks", root / "notebooks")
        command = [sys.executable, "-m", "reviewkit", "build", "--period", "1997", "--workspace"]
        done = subprocess.run([*command, root], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]

    return once("northwind-built", make) / "reports"


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("report", ["executive", "qbr"])
def test_a_customers_report_comes_out_in_both_formats(
    built: Path, client: str, report: str
) -> None:
    folder = built / client / "1997"
    for audience in ("client", "internal"):
        page = (folder / f"{report}-{audience}.html").read_text()
        pdf = folder / f"{report}-{audience}.pdf"
        assert CLIENTS[client] in page
        assert CLIENTS[client] in text_of(pdf)
        with pikepdf.open(pdf) as opened:
            assert opened.Root.MarkInfo.Marked
            # Letter paper, as the house asks.
            assert sorted(float(side) for side in opened.pages[0].mediabox[2:]) == [612, 792]
    others = [name for slug, name in CLIENTS.items() if slug != client]
    seen = (folder / f"{report}-client.html").read_text() + text_of(folder / f"{report}-client.pdf")
    assert not any(name in seen for name in others)


@pytest.mark.slow
@pytest.mark.parametrize(("client", "customer"), [(c, c.upper()) for c in CLIENTS])
def test_the_figures_published_are_those_of_the_orders(
    built: Path, shared_data: Path, client: str, customer: str
) -> None:
    orders = pd.read_csv(
        shared_data / "northwind" / "Orders.csv", parse_dates=["RequiredDate", "ShippedDate"]
    )
    mine = orders[orders["CustomerID"] == customer]
    shipped = (mine["ShippedDate"].dt.year == 1997).sum()
    due = mine[mine["RequiredDate"].dt.year == 1997]
    rate = (due["ShippedDate"] <= due["RequiredDate"]).mean() * 100
    figures = json.loads((built / client / "1997" / "figures.json").read_text())
    texts = {
        (item["metric"], item["text"])
        for item in (figures["figures"] if isinstance(figures, dict) else figures)
        if item["period"] == "1997" and item["report"] == "qbr"
    }
    assert ("shipments", f"{shipped:,}") in texts
    assert any(
        metric == "on_time_delivery" and text.startswith(f"{rate:.1f}") for metric, text in texts
    )
