"""What `make demo` promises: every report, whole, the same each time, and traceable."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pikepdf
import yaml
from demos import copied

PERIODS = {
    "acme": "2026Q3",
    "borealis": "FY2026Q4",
    "cobalt": "FY2027Q2",
    "damson": "2026Q3",
    "elderwick": "2026Q3",
    "foxglove": "FY2027Q2",
    "gantry": "FY2027Q1",
    # Its deliveries are complete to 16 September: the quarter before is the last whole one.
    "harebell": "FY2026Q4",
}
MONTHS = {"damson": "2026-09"}
"""Of whom a monthly review is built: the last month that is whole, beside the quarter."""
AUDIENCES = ("client", "internal")


def reports(folder: Path, client: str) -> list[str]:
    """The kinds that a client is promised in its own file."""
    promised = yaml.safe_load((folder / "params" / client / "client.yaml").read_text())["reports"]
    assert len(promised) > 1
    return promised


def packs(folder: Path) -> dict[tuple[str, str], list[str]]:
    """The report kinds of each pack, by client and period."""
    found: dict[tuple[str, str], list[str]] = {}
    for client, quarter in PERIODS.items():
        for kind in reports(folder, client):
            period = MONTHS[client] if kind == "monthly" else quarter
            found.setdefault((client, period), []).append(kind)
    return found


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file under reports/, by its path there."""
    root = folder / "reports"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_every_report_comes_for_both_audiences_in_both_formats(demo) -> None:
    expected = {
        f"{client}/{period}/{report}-{audience}.{suffix}"
        for (client, period), kinds in packs(demo).items()
        for report in kinds
        for audience in AUDIENCES
        for suffix in ("html", "pdf")
    }
    found = {name for name in outputs(demo) if name.endswith((".html", ".pdf"))}
    assert {name for name in found if name.count("/") == 2} == expected


def test_manifest_names_every_file_with_its_hash(demo) -> None:
    for (client, period), kinds in packs(demo).items():
        folder = demo / "reports" / client / period
        manifest = json.loads((folder / "manifest.json").read_text())
        entries = manifest["entries"] if isinstance(manifest, dict) else manifest
        assert {(entry["report"], entry["audience"]) for entry in entries} == {
            (report, audience) for report in kinds for audience in AUDIENCES
        }
        for entry in entries:
            assert len(entry["files"]) == 2
            for file in entry["files"]:
                data = (folder / file["name"]).read_bytes()
                assert hashlib.sha256(data).hexdigest() == file["sha256"]


def test_the_same_build_again_gives_the_same_bytes(demo, reviewkit, tmp_path) -> None:
    before = outputs(demo)
    again = copied(demo, tmp_path)
    reviewkit("build", "--force", "--workspace", again)
    after = outputs(again)
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_pdfs_are_tagged_titled_and_have_bookmarks(demo) -> None:
    for path in sorted((demo / "reports").rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang)
            assert pdf.docinfo["/Title"]
            with pdf.open_outline() as outline:
                assert len(outline.root) >= 1
            with pdf.open_metadata() as metadata:
                assert metadata.get("pdfuaid:part") == "1"


def test_html_asks_for_nothing(demo) -> None:
    for path in sorted((demo / "reports").rglob("*-*.html")):
        text = path.read_text()
        assert not re.search(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", text)
        assert not re.search(r"url\(\s*[\"']?(?!data:|#)", text)
        assert "@import" not in text
        assert len(text.encode()) < 600_000


def test_every_published_figure_stands_in_the_pages(demo) -> None:
    for client, period in packs(demo):
        folder = demo / "reports" / client / period
        published = json.loads((folder / "figures.json").read_text())
        figures = published["figures"] if isinstance(published, dict) else published
        assert len(figures) > 20
        for figure in figures:
            page = (folder / f"{figure['report']}-{figure['audience']}.html").read_text()
            assert figure["text"] in page or figure["text"].replace("&", "&amp;") in page
