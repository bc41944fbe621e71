"""Builds: what is current is left, what fails is local, what is written is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from houses import write_notebook
from nbconvert.exporters import get_exporter

from reviewkit.build import Built, Job, Listener, Selection, build
from reviewkit.build.record import read_record
from reviewkit.errors import UsageError
from reviewkit.execution import read_notebook
from reviewkit.params import load_workspace
from reviewkit.release import read_manifest

HEADING = 'show(Heading(role="headline", text="Forty deliveries"))'
FILES = {
    "agreed.json",
    "figures.json",
    "manifest.json",
    "small-client.html",
    "small-client.pdf",
    "small-internal.html",
    "small-internal.pdf",
}


class Heard(Listener):
    """Remembers why each report was built, and what was told beside."""

    def __init__(self) -> None:
        self.why: dict[str, str] = {}
        self.notes: list[str] = []

    def told(self, text: str) -> None:
        self.notes.append(text)

    def stale(self, job: Job, why: str) -> None:
        self.why[job.stem] = why


def run(root: Path, **asked: object) -> tuple[Built, dict[str, str]]:
    # One audience in one format is enough where the test is not about either.
    wanted = {"audiences": ("client",), "formats": ("html",)} | asked
    heard = Heard()
    made = build(load_workspace(root), Selection(jobs=1, **wanted), heard)
    return made, heard.why


def folder(root: Path, client: str = "tiny") -> Path:
    return root / "reports" / client / "2026Q3"


def reports(root: Path, client: str = "tiny") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder(root, client).iterdir())}


def test_both_audiences_come_in_both_formats(make_house) -> None:
    root = make_house()
    made, why = run(root, audiences=(), formats=())
    assert len(made.made) == 2
    assert made.ok
    assert set(reports(root)) == FILES
    assert why == {"small-client": "not built yet", "small-internal": "not built yet"}


def test_what_is_current_is_left_alone(make_house) -> None:
    root = make_house()
    run(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "reports").rglob("*")}
    made, _ = run(root)
    assert (made.made, made.current) == ([], 1)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_missing_words_are_told_also_where_nothing_is_stale(make_house) -> None:
    root = make_house()
    write_notebook(root / "notebooks" / "small.ipynb", HEADING, 'review.commentary("Delivery")')
    client = root / "params" / "tiny" / "client.yaml"
    client.write_text(
        json.dumps({**json.loads(client.read_text()), "required_commentary": ["Delivery"]})
    )
    for _ in range(2):
        heard = Heard()
        build(load_workspace(root), Selection(jobs=1, audiences=("client",)), heard)
        (told,) = [note for note in heard.notes if note.startswith("note: ")]
        assert "tiny 2026Q3 small: words are missing under ## Delivery." in told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("data", "data have changed: shipments"),
        ("notebook", "small.ipynb has changed"),
        ("params", "parameters or commentary have changed"),
        ("file", "small-client.html was changed after it was built"),
        ("gone", "small-client.html is gone"),
    ],
)
def test_what_is_stale_is_built_again_and_said_why(make_house, changed: str, told: str) -> None:
    root = make_house()
    run(root)
    page = root / "reports/tiny/2026Q3/small-client.html"
    if changed == "data":
        with (root / "data" / "shipments.csv").open("a") as file:
            file.write("x,tiny,2026-08-01,2026-08-01 06:00,2026-08-03 06:00,1\n")
    elif changed == "notebook":
        write_notebook(root / "notebooks" / "small.ipynb", HEADING, "1 + 1")
    elif changed == "params":
        path = root / "params" / "tiny" / "client.yaml"
        path.write_text(path.read_text().replace("Client tiny", "Client Tiny"))
    elif changed == "file":
        page.write_bytes(b"")
    else:
        page.unlink()
    made, why = run(root)
    assert len(made.made) == 1
    assert why == {"small-client": told}


def test_a_file_touched_but_not_changed_builds_nothing(make_house) -> None:
    root = make_house()
    run(root)
    os.utime(root / "data" / "shipments.csv")
    os.utime(root / "params" / "tiny" / "client.yaml")
    made, why = run(root)
    assert (made.made, made.current) == ([], 1)
    assert why == {"small-client": ""}


def test_nothing_is_read_where_no_file_has_moved(make_house) -> None:
    """Even the parameters are left closed: their reader would stumble over the mistake."""
    root = make_house()
    run(root)
    path = root / "params" / "tiny" / "client.yaml"
    before = path.stat()
    text = path.read_text()
    path.write_text("x" * len(text.encode()))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    record = read_record(root, Selection(audiences=("client",), formats=("html",)))
    assert set(record.look(["tiny"])) == {"tiny"}
    os.utime(path)
    assert record.look(["tiny"]) == {}


def test_parameters_alone_do_not_open_the_sources(make_house) -> None:
    root = make_house()
    run(root)
    data = root / "data" / "shipments.csv"
    before = data.stat()
    data.write_bytes(b"\x00" * before.st_size)
    os.utime(data, ns=(before.st_atime_ns, before.st_mtime_ns))
    path = root / "params" / "tiny" / "client.yaml"
    path.write_text(path.read_text().replace("Client tiny", "Client Tiny"))
    made, _ = run(root)
    assert len(made.made) == 1


def test_a_change_in_one_clients_rows_rebuilds_that_client(make_house) -> None:
    root = make_house("alpha", "beta")
    run(root)
    path = root / "data" / "shipments.csv"
    path.write_text(path.read_text().replace("2026-07-02 12:00", "2026-07-09 12:00", 1))
    made, _ = run(root)
    assert {job.client for job in made.made} == {"alpha"}


def test_a_failure_is_local_and_keeps_what_was_there(make_house) -> None:
    root = make_house("alpha", "beta")
    run(root)
    before = reports(root, "beta")
    write_notebook(root / "notebooks" / "beta" / "small.ipynb", HEADING, "1 / 0")
    write_notebook(root / "notebooks" / "small.ipynb", HEADING, "2 + 2")
    made, _ = run(root)
    assert {job.client for job in made.made} == {"alpha"}
    assert len(made.failed) == 1
    error = made.failed[0].error
    for part in ("beta 2026Q3 small", "cell 4 (1 / 0) failed", "ZeroDivisionError"):
        assert part in error
    assert made.report == root / ".reviewkit" / "failures.md"
    told = made.report.read_text()
    for part in (
        "client: beta",
        "cell 4 (1 / 0) failed",
        "ZeroDivisionError",
        "as far as it came:",
        "reviewkit build beta --period 2026Q3 --report small --audience client",
    ):
        assert part in told
    assert (root / ".reviewkit/failed/beta/2026Q3/small-client.ipynb").is_file()
    assert reports(root, "beta") == before
    write_notebook(root / "notebooks" / "beta" / "small.ipynb", HEADING, "1 / 1")
    assert run(root)[0].ok
    assert not made.report.exists()


def test_internal_cells_are_for_the_house(make_house) -> None:
    root = make_house()
    secret = 'show(Heading(role="section", text="Margin 18.3%"))'
    write_notebook(root / "notebooks" / "small.ipynb", HEADING, internal=secret)
    run(root, audiences=())
    made = reports(root)
    assert b"Margin 18.3%" in made["small-internal.html"]
    assert b"18.3" not in made["small-client.html"]
    executed = root / ".reviewkit/executed/tiny/2026Q3/small-client.ipynb"
    assert "18.3" not in executed.read_text()


def test_one_format_can_be_built_alone_and_the_other_follows(make_house) -> None:
    root = make_house()
    run(root)
    first = reports(root)
    assert "small-client.pdf" not in first
    made, _ = run(root, formats=("pdf",))
    assert len(made.made) == 1
    assert reports(root)["small-client.html"] == first["small-client.html"]
    assert "small-client.pdf" in reports(root)
    names = {file.name for entry in read_manifest(folder(root)).entries for file in entry.files}
    assert names == {"small-client.html", "small-client.pdf"}


def test_a_format_left_behind_by_another_key_is_removed(make_house) -> None:
    root = make_house()
    run(root, formats=())
    write_notebook(root / "notebooks" / "small.ipynb", HEADING, "2 + 2")
    run(root)
    assert "small-client.pdf" not in reports(root)


def test_a_notebook_without_a_front_is_refused(make_house) -> None:
    root = make_house()
    path = root / "notebooks" / "small.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"] = notebook["cells"][:1]
    path.write_text(json.dumps(notebook))
    made, _ = run(root)
    assert "the notebook shows no front" in made.failed[0].error
    assert not (root / "reports").exists()


def start(root: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "reviewkit", "build", "--force", "--workspace", str(root)]
    return subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
    )


@pytest.mark.slow
@pytest.mark.parametrize("after", [2.5, 5.5])
def test_a_killed_build_leaves_whole_files(make_house, after: float) -> None:
    root = make_house()
    run(root, audiences=(), formats=())
    before = reports(root)
    going = start(root)
    time.sleep(after)
    os.killpg(going.pid, signal.SIGKILL)
    going.wait()
    # The same inputs give the same bytes, so that old and new files are one and the same.
    assert reports(root) == before
    made, _ = run(root, audiences=(), formats=())
    assert made.failed == []
    assert reports(root) == before


@pytest.mark.slow
def test_two_builds_at_once_do_no_harm(make_house) -> None:
    root = make_house()
    run(root, audiences=(), formats=())
    before = reports(root)
    both = [start(root), start(root)]
    assert [going.wait() for going in both] == [0, 0]
    assert reports(root) == before


@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_the_exporters_give_what_a_build_writes(make_house, suffix: str) -> None:
    root = make_house()
    run(root, formats=())
    executed = read_notebook(root / ".reviewkit/executed/tiny/2026Q3/small-client.ipynb")
    exporter = get_exporter(f"reviewkit-{suffix}")()
    made, _ = exporter.from_notebook_node(executed, {"metadata": {"name": "small-client"}})
    data = made if isinstance(made, bytes) else made.encode()
    assert data == reports(root)[f"small-client.{suffix}"]


def test_without_quarto_its_engine_is_refused_before_anything_is_read(
    make_house, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_house()
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(UsageError, match="quarto is not installed: pip install quarto-cli"):
        run(root, engine="quarto")
    assert not (root / ".reviewkit").exists()


def test_a_misspelt_engine_is_answered_with_the_nearest(make_house) -> None:
    with pytest.raises(UsageError, match='Did you mean "quarto"'):
        run(make_house(), engine="qarto")
