"""Commands beside the build: templates for IT, and what the machine offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewkit.cli import cli, main
from reviewkit.doctor import Finding, examine


def test_a_template_is_printed_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(cli, ["template", "shipments"])
    assert shown.exit_code == 0
    assert "promised_at" in shown.output
    header = CliRunner().invoke(cli, ["template", "shipments", "--format", "csv"]).output
    assert header.splitlines()[0].startswith("client,shipment_id,")
    made = CliRunner().invoke(cli, ["template", "shipments", "--format", "xlsx"])
    assert made.output == "written: shipments.xlsx\n"
    assert (tmp_path / "shipments.xlsx").read_bytes()[:2] == b"PK"


def test_a_misspelt_table_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["template", "shipment"])
    assert ended.value.code == 2
    assert 'Did you mean "shipments"?' in capsys.readouterr().err


def test_the_doctor_looks_at_every_point(tmp_path: Path) -> None:
    found = {item.what: item for item in examine(tmp_path)}
    assert set(found) == {
        *("python", "libraries", "kernels", "fence"),
        *("at once", "disk", "quarto", "postgresql"),
    }
    assert found["python"].good
    assert str(Finding("fence", False, "none")) == "--  fence          none"


def test_the_doctor_says_why_kernels_are_ordinary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEWKIT_ORDINARY_KERNELS", "1")
    (kernels,) = [item for item in examine(tmp_path) if item.what == "kernels"]
    assert not kernels.good
    assert "REVIEWKIT_ORDINARY_KERNELS=1 asks for ordinary kernels" in kernels.found
