"""What the benchmarks stand on: workspaces that build, medians, and a table that is kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.params.load import load_workspace

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def test_each_clone_of_a_client_has_its_own_share_of_the_rows(tmp_path: Path) -> None:
    from bench.workspaces import slugs, write_workspace

    write_workspace(tmp_path / "w", clients=3, share=0.1)
    assert slugs(3) == ("acme0001", "acme0002", "acme0003")
    workspace = load_workspace(tmp_path / "w")
    assert tuple(sorted(workspace.clients)) == slugs(3)
    assert {client.client.name for client in workspace.clients.values()} == {
        "Acme Motors 0001",
        "Acme Motors 0002",
        "Acme Motors 0003",
    }
    rows = pd.read_parquet(tmp_path / "w" / "data" / "shipments.parquet")
    own = [set(part["shipment_id"]) for _, part in rows.groupby("client")]
    # Drawn apart: of a tenth each, two share about a tenth of theirs.
    shared = len(own[0] & own[1]) / len(own[0])
    assert len(own) == 3
    assert 0.05 < shared < 0.2
    # An order's deliveries go together: each clone has all of those it has any of.
    orders = rows.groupby(["order_id", "client"]).size().unstack()
    assert (orders.max(axis=1) == orders.min(axis=1)).all()


def test_a_command_is_timed_with_the_memory_of_what_it_starts() -> None:
    from bench.measuring import command

    child = "import time; held = bytearray(200 << 20); time.sleep(1.5); print(len(held) >> 20)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    ran = command(sys.executable, "-c", parent, watched=True)
    assert ran.said.strip() == "200"
    assert ran.seconds > 1.5
    assert min(ran.largest, ran.together) > 200 << 20


def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    from bench.measuring import command

    with pytest.raises(RuntimeError, match=r"ended with 3:\nno such luck"):
        command(sys.executable, "-c", "print('no such luck'); raise SystemExit(3)")


def test_medians_are_of_runs_taken_in_turn() -> None:
    from bench.measuring import interleaved

    order = []
    first, second = iter([3.0, 1.0, 8.0]), iter([5.0, 4.0, 6.0])

    def one() -> float:
        order.append("one")
        return next(first)

    def two() -> float:
        order.append("two")
        return next(second)

    assert interleaved(3, one, two) == [3.0, 5.0]
    assert order == ["one", "two"] * 3


def test_only_rows_that_were_measured_change_in_the_page(tmp_path: Path) -> None:
    from bench import table
    from bench.measuring import Line

    def line(ours: float) -> Line:
        return Line("a", "b", ours, 30.0, "s", 30.0 / ours, "≥ 8 ×", 30.0 / ours >= 8, "n")

    page = tmp_path / "page.md"
    page.write_text(f"before\n\n{table.BEGIN}\n\n{table.END}\n\nafter\n")
    order = ["first", "second"]
    table.update(page, {"second": [line(5.0)]}, order)
    table.update(page, {"first": [line(2.0)]}, order)
    table.update(page, {"second": [line(3.0)]}, order)
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith(f"{table.END}\n\nafter\n")
    assert [row for row in text.splitlines() if row.startswith(("| first", "| second"))] == [
        "| first | a | b | 2.00 s | 30.0 s | 15.0 × | ≥ 8 × | yes | n |",
        "| second | a | b | 3.00 s | 30.0 s | 10.0 × | ≥ 8 × | yes | n |",
    ]
    page.write_text("nothing")
    with pytest.raises(ValueError, match="must stand in it"):
        table.update(page, {}, order)


def test_growth_is_held_against_the_quickest_of_the_fewer() -> None:
    from bench.measures.scale import growth
    from bench.measuring import Ran

    # Ten clients pay for the start: 4 s each. From 0.8 to 1.0 s it grows by a quarter all the same.
    built = {n: Ran(s, 300, 900, "") for n, s in ((10, 40.0), (100, 80.0), (1000, 1000.0))}
    time, largest, together = growth(built)
    assert (time.peer, time.ours, time.ratio, time.met) == (0.8, 1.0, 1.25, False)
    assert (largest.ratio, together.ratio) == (1.0, 1.0)


def test_the_documentation_tells_of_every_measure() -> None:
    from bench import table
    from bench.measures import MEASURES

    page = (ROOT / "docs" / "benchmarks.md").read_text()
    assert page.index(table.BEGIN) < page.index(table.END)
    for name in MEASURES:
        assert f"| `{name}` |" in page
