"""Reports of two periods in one build: each notebook's own, and what rests on it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from houses import HEADING, write_notebook
from worlds import workspace

from reviewkit.build import Job, Listener, Selection, approve_pack, build, period_of, send_pack
from reviewkit.build.gallery import GALLERY
from reviewkit.build.notebooks import usual_period
from reviewkit.build.record import read_record
from reviewkit.errors import PeriodError, UsageError
from reviewkit.params import load_workspace

CUTOFFS = {"shipments": dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)}
NOW = {"audiences": ("client",), "formats": ("pdf",)}


class Heard(Listener):
    def __init__(self) -> None:
        self.built: list[str] = []
        self.notes: list[str] = []

    def told(self, text: str) -> None:
        self.notes.append(text)

    def stale(self, job: Job, why: str) -> None:
        self.built.append(f"{job.period.id} {job.report}: {why}")


@pytest.fixture
def house(make_house) -> Path:
    """A client whose `small` is of the usual period and whose `swift` is of a month."""
    root = make_house()
    cells = (HEADING, 'review.commentary("Delivery") if False else None')
    write_notebook(root / "notebooks" / "small.ipynb", *cells)
    write_notebook(root / "notebooks" / "swift.ipynb", *cells, period="month")
    path = root / "params" / "tiny" / "client.yaml"
    contacts = [
        {"name": "Boss", "email": "boss@tiny.example", "receives": ["small", "swift"]},
        {"name": "Ops", "email": "ops@tiny.example", "receives": ["swift"]},
    ]
    own = {"reports": ["small", "swift"], "contacts": contacts, "required_commentary": ["Delivery"]}
    path.write_text(json.dumps(json.loads(path.read_text()) | own))
    house = root / "params" / "house.yaml"
    sender = {"mail": {"sender": "reviews@house.example"}}
    house.write_text(json.dumps(json.loads(house.read_text()) | sender))
    return root


def test_each_report_is_built_for_its_own_period_and_mailed_once(house: Path) -> None:
    heard = Heard()
    made = build(load_workspace(house), Selection(jobs=1, **NOW), heard)
    assert heard.built == ["2026Q3 small: not built yet", "2026-09 swift: not built yet"]
    packs = {path.name for path in made.folders}
    assert packs == {"2026Q3", "2026-09"}
    for period, kind in (("2026Q3", "small"), ("2026-09", "swift")):
        folder = house / "reports" / "tiny" / period
        assert {path.stem for path in folder.glob("*.pdf")} == {f"{kind}-client"}
    missing = [note for note in heard.notes if note.startswith("note: ")]
    assert [note.partition(":")[2].partition(":")[0] for note in missing] == [
        " tiny 2026Q3 small",
        " tiny 2026-09 swift",
    ]
    assert "Write them in params/tiny/2026-09.md" in missing[1]

    # Nothing has moved: it is current, and still told what is missing from which pack.
    record = read_record(house, Selection(**NOW))
    (known,) = record.look(["tiny"]).values()
    assert known.folders == {"reports/tiny/2026Q3": ["small"], "reports/tiny/2026-09": ["swift"]}
    again = Heard()
    assert build(load_workspace(house), Selection(jobs=1, **NOW), again).current == 2
    assert again.notes == missing

    # The longer of two packs that end on one day stands first in the gallery.
    page = (house / GALLERY).read_text()
    assert page.index("tiny/2026Q3/") < page.index("tiny/2026-09/")

    workspace = load_workspace(house)
    for period, readers in (("2026Q3", ["boss"]), ("2026-09", ["boss", "ops"])):
        approve_pack(workspace, "tiny", period, "Dana Example")
        mail = send_pack(workspace, "tiny", period).read_text()
        (line,) = [line for line in mail.splitlines() if line.startswith("To: ")]
        assert [name for name in ("boss", "ops") if f"{name}@tiny.example" in line] == readers
        kind = "small" if period == "2026Q3" else "swift"
        assert mail.count("Content-Disposition: attachment") == 1
        assert f"tiny-{period}-{kind}.pdf" in mail

    # One pack changed by hand is built again alone.
    (house / "reports/tiny/2026-09/swift-client.pdf").write_bytes(b"")
    mended = Heard()
    build(workspace, Selection(jobs=1, **NOW), mended)
    assert mended.built == [
        "2026Q3 small: ",
        "2026-09 swift: swift-client.pdf was changed after it was built",
    ]


def test_a_report_left_in_the_pack_of_another_period_is_told(house: Path) -> None:
    named = Selection(jobs=1, period="2026Q3", reports=("swift",), **NOW)
    heard = Heard()
    build(load_workspace(house), named, heard)
    assert [note for note in heard.notes if "holds" in note] == []
    heard = Heard()
    build(load_workspace(house), Selection(jobs=1, **NOW), heard)
    (told,) = (note for note in heard.notes if "holds" in note)
    assert told.startswith("note: tiny 2026Q3 holds swift too, which is built for another period")
    assert told.endswith("delete reports/tiny/2026Q3 and build again")


def test_a_notebook_with_a_word_that_is_none_is_told_before_data_are_opened(house: Path) -> None:
    write_notebook(house / "notebooks" / "swift.ipynb", HEADING, period="lately")
    (house / "data" / "shipments.csv").write_bytes(b"\x00")
    with pytest.raises(PeriodError, match=r'swift.ipynb: its parameters cell .*"lately" is not'):
        build(load_workspace(house), Selection(**NOW), Listener())


@pytest.mark.parametrize(
    ("asked", "fiscal", "expected"),
    [
        ("", {}, "2026Q3"),
        ("month", {}, "2026-09"),
        ("half", {}, "2026H1"),
        ("month", {"fiscal_year_start": 4}, "FY2027-P06"),
        # 4-4-5 weeks from Monday 29 December 2025 put the end of P09 on 27 September.
        (
            "month",
            {"calendar": {"pattern": "4-4-5", "first_day": "2025-12-29"}},
            "FY2026-P09",
        ),
        ("2026-08", {}, "2026-08"),
    ],
)
def test_a_word_is_read_in_the_clients_own_calendar(
    asked: str, fiscal: dict[str, object], expected: str
) -> None:
    own = workspace(**fiscal)
    assert period_of(own, CUTOFFS, "acme", Selection(period=asked)).id == expected
    assert period_of(own, CUTOFFS, "portfolio", Selection(period="month")).id == "2026-09"


def test_a_month_is_complete_once_the_data_have_passed_its_end() -> None:
    own = workspace()
    before = Selection(period="month", as_of=dt.date(2026, 9, 30))
    after = Selection(period="month", as_of=dt.date(2026, 10, 1))
    assert period_of(own, CUTOFFS, "acme", before).id == "2026-08"
    assert period_of(own, CUTOFFS, "acme", after).id == "2026-09"


def test_without_data_no_period_is_the_last_complete() -> None:
    with pytest.raises(UsageError, match="no last complete month"):
        period_of(workspace(), {}, "acme", Selection(period="month"))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('period = "month"', "month"),
        ('period: str = "half"  # of the year', "half"),
        ('period = ""', "quarter"),
        ("period = None", "quarter"),
        # A period's id is a value to try the notebook with, as its client is.
        ('period = "2026-08"', "quarter"),
        ('period = "month"\nperiod = "quarter"', "quarter"),
        ("import os\nperiod = os.environ.get('PERIOD')", "quarter"),
        ("%matplotlib inline", "quarter"),
        ('other = "month"', "quarter"),
    ],
)
def test_a_notebooks_own_period_is_read_without_running_it(
    tmp_path: Path, cell: str, expected: str
) -> None:
    path = tmp_path / "own.ipynb"
    tagged = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": cell}
    later = {"cell_type": "code", "metadata": {}, "source": 'period = "year"'}
    path.write_text(json.dumps({"cells": [tagged, later]}))
    assert usual_period(path) == expected
    assert usual_period(tmp_path / "none.ipynb") == "quarter"
