"""What a source may say of workbooks, of versions and of what it supersedes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.errors import ParamsError
from reviewkit.params import load_workspace

HOUSE = """\
name: House
sources:
  shipments:
    - file: a.xlsx
      cutoff: 2026-10-06T18:00:00+02:00
      client: {constant: acme}
      columns: {shipment_id: id, weight_kg: {column: lb, unit: lb}}
"""


def read(root: Path, *lines: str) -> None:
    """Load a workspace whose source has some `lines` more."""
    (root / "params/acme").mkdir(parents=True)
    (root / "params/acme/client.yaml").write_text("name: Acme\ncurrency: EUR\n")
    (root / "params/house.yaml").write_text(HOUSE + "".join(f"      {line}\n" for line in lines))
    load_workspace(root)


@pytest.mark.parametrize(
    "line",
    [
        "excel: {sheet: Lines, header: 4, header_rows: 2, decimal: ','}",
        "keep: {by: [shipment_id], last: exported_at}",
        "keep: {by: [no, year], first: at, format: '%d.%m.%Y'}",
        "kind: jsonl",
    ],
)
def test_what_may_be_said(tmp_path: Path, line: str) -> None:
    read(tmp_path, line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("keep: {by: [id]}", "sources.shipments.0.keep: needs either first or last."),
        ("keep: {by: [id], first: a, last: a}", "keep: needs either first or last."),
        ("keep: {by: [], last: a}", "sources.shipments.0.keep.by:"),
        ("keep: {by: [id], lst: a}", 'Did you mean "last"?'),
        ("excel: {header_rows: 2}", "excel: a head of two rows needs to be told where it begins."),
        ("excel: {header: 0}", "sources.shipments.0.excel.header:"),
        ("kind: exel", '"exel" is not one of'),
        ("supersedes: true", "supersedes: stands in the first source, which has none above it."),
    ],
)
def test_what_may_not(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ParamsError) as caught:
        read(tmp_path, line)
    (problem,) = caught.value.problems
    assert said in str(problem)
    assert str(problem).startswith("params/house.yaml:8")
