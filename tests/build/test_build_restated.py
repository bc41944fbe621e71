"""What a pack said, kept at its approval, and what the next pack says of it."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from worlds import workspace, world

from reviewkit.blocks import Audience, Group, Table
from reviewkit.build.pack import as_published
from reviewkit.build.printed import figures_of
from reviewkit.display.shown import Shown
from reviewkit.errors import ReleaseError
from reviewkit.extract.read import read_extract
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.params.models import DeliveryRule
from reviewkit.periods import Period, parse
from reviewkit.published import Published, PublishedPack, read_published, write_published
from reviewkit.release.approval import Approval
from reviewkit.release.manifest import MANIFEST, Entry, write_json
from reviewkit.review import Review

Q2, Q3 = parse("2026Q2"), parse("2026Q3")


def deliveries(late: int, whole: int = 100) -> list[dict[str, object]]:
    """Return deliveries of May, `late` of them by an hour; one of January and 100 of August."""
    return [
        {
            "shipment_id": f"S{month}-{number}",
            "promised_at": f"2026-{month:02d}-15 12:00",
            "shipped_at": f"2026-{month:02d}-14 12:00",
            "delivered_at": f"2026-{month:02d}-15 {'13' if number < short else '11'}:00",
            "ordered_units": 1,
            "delivered_units": 1,
            "lane": "A → B",
            "freight_revenue": "100",
            "freight_cost": "90",
        }
        for month, count, short in ((1, 1, 0), (5, whole, late), (8, 100, 0))
        for number in range(count)
    ]


def review(
    root: Path, rows: list[dict[str, object]], period: Period, audience: Audience, **own: Any
) -> Review:
    given = workspace(str(root), **own)
    cube = build_cube(world({"shipments": rows}), given)
    (folder,) = write_extracts(given, cube, "acme", period, [audience])
    return Review.of(read_extract(folder))


def approve(root: Path, rows: list[dict[str, object]], period: Period = Q2) -> PublishedPack:
    """Publish the scorecards of both versions of a pack, and keep them as an approval does."""
    folder = root / "reports" / "acme" / period.id
    kept: list[dict[str, Any]] = []
    entries = []
    for audience in ("client", "internal"):
        shown = review(root, rows, period, audience).scorecard()
        kept += figures_of("qbr", audience, [shown.block], shown.evidence)
        entries.append(
            Entry(
                report="qbr",
                audience=audience,
                title="Quarterly business review",
                files=(),
                inputs="",
                notebook="",
                parameters="",
                key="",
                versions={"reviewkit": version("reviewkit")},
                cutoff="",
            )
        )
    write_json(folder / "figures.json", {"figures": kept})
    facts = {"client": "acme", "period": period.id}
    write_json(
        folder / MANIFEST, facts | {"entries": [item.model_dump(mode="json") for item in entries]}
    )
    at = dt.datetime(2026, 7, 10, 9, tzinfo=dt.UTC)
    approval = Approval(**facts, by="Juno Fairweather", at=at, hash="", files={})
    pack = as_published(folder, approval)
    write_published(root, pack)
    return pack


def told(shown: Shown) -> list[list[str]]:
    """Return the cells of a table of restatements: measure, period, then, now, change, why."""
    if shown.block == Group(blocks=()):
        return []
    assert isinstance(shown.block, Group)
    _, table = shown.block.blocks
    assert isinstance(table, Table)
    return [[cell.text for cell in row.cells[:6]] for row in table.rows]


def test_nothing_is_restated_where_nothing_has_changed(tmp_path: Path) -> None:
    approve(tmp_path, deliveries(10))
    assert told(review(tmp_path, deliveries(10), Q3, "client").restatements()) == []


def test_late_rows_are_told_with_their_number(tmp_path: Path) -> None:
    approve(tmp_path, deliveries(10))
    # 90 of 100 were on time; with 25 rows more, all on time, it is 115 of 125, that is 92%.
    rows = told(review(tmp_path, deliveries(10, 125), Q3, "client").restatements())
    assert rows[1][:5] == ["On-time delivery, %", "Q2 2026", "90.0", "92.0", "+2.0"]
    assert rows[1][5] == "25 cases were recorded later."
    assert rows[0][:5] == ["Shipments", "Q2 2026", "100", "125", "+25"]


def test_corrected_rows_are_told_where_the_cases_are_the_same(tmp_path: Path) -> None:
    approve(tmp_path, deliveries(10))
    rows = told(review(tmp_path, deliveries(15), Q3, "client").restatements())
    assert rows[0] == [
        "On-time delivery, %", "Q2 2026", "90.0", "85.0", "−5.0", "Rows were corrected."
    ]  # fmt: skip
    assert {row[0] for row in rows} == {"On-time delivery, %", "On time in full, %"}


def test_a_changed_rule_of_counting_is_told(tmp_path: Path) -> None:
    approve(tmp_path, deliveries(10))
    rule = (DeliveryRule(tolerance_minutes=120),)
    rows = told(review(tmp_path, deliveries(10), Q3, "client", delivery=rule).restatements())
    assert rows[0][2:] == [
        "90.0", "100.0", "+10.0", "The definition, or the rule of counting, has changed."
    ]  # fmt: skip


def test_the_client_is_compared_with_what_the_client_was_told(tmp_path: Path) -> None:
    pack = approve(tmp_path, deliveries(10))
    margins = [item for item in pack.figures if item.metric == "gross_margin"]
    assert {item.audience for item in margins} == {"internal"}
    dearer = [row | {"freight_cost": "80"} for row in deliveries(10)]
    extract = review(tmp_path, dearer, Q3, "client").extract
    assert {item.audience for item in extract.published} == {"client"}
    assert "margin" not in (extract.folder / "published.json").read_text()
    assert told(review(tmp_path, dearer, Q3, "client").restatements()) == []
    rows = told(review(tmp_path, dearer, Q3, "internal").restatements())
    # Its pack printed the quarter before as well: one delivery, of the same margin.
    assert [row[:5] for row in rows] == [
        ["Gross margin, %", quarter, "10.0", "20.0", "+10.0"] for quarter in ("Q1 2026", "Q2 2026")
    ]


def test_what_was_said_last_counts(tmp_path: Path) -> None:
    approve(tmp_path, deliveries(10))
    # The third quarter's pack printed the corrected second quarter and was approved.
    approve(tmp_path, deliveries(15), Q3)
    later = review(tmp_path, deliveries(15), parse("2026Q4"), "client")
    assert told(later.restatements()) == []


def test_approving_a_pack_does_not_outdate_it(tmp_path: Path) -> None:
    approve(tmp_path, deliveries(10))
    before = review(tmp_path, deliveries(10), Q3, "client").extract.hash
    approve(tmp_path, deliveries(10), Q3)
    assert review(tmp_path, deliveries(10), Q3, "client").extract.hash == before


def test_a_change_that_does_not_show_is_none(tmp_path: Path) -> None:
    # 9,001 of 10,000 and 9,002 of 10,000 both print as 90.0.
    then = Published(
        metric="on_time_delivery", at="2026Q2", audience="client", pack="2026Q2", report="QBR",
        approved=dt.date(2026, 7, 10), text="90.0", value=0.9001, numerator=9001,
        denominator=10000, n=10000, unknown=0,
    )  # fmt: skip
    write_published(tmp_path, PublishedPack(client="acme", period="2026Q2", figures=(then,)))
    assert told(review(tmp_path, deliveries(10), Q3, "client").restatements()) == []


def test_a_record_that_is_not_whole_is_told(tmp_path: Path) -> None:
    pack = approve(tmp_path, deliveries(10))
    path = write_published(tmp_path, pack)
    path.write_text(path.read_text()[:-9])
    with pytest.raises(ReleaseError, match="Approve that pack again"):
        read_published(tmp_path, "acme")
