"""The vocabulary: every block goes through a notebook's JSON and comes back the same."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from pydantic import ValidationError

from reviewkit import blocks
from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Columns,
    Dots,
    Figure,
    Footnote,
    Front,
    Group,
    Heading,
    Markdown,
    NotSupplied,
    Prose,
    Reference,
    Row,
    Span,
    Sparkline,
    Status,
    Table,
    Tile,
    Tiles,
)
from reviewkit.blocks.base import BlockModel

OTIF = Figure(metric="otif", period="2026Q3")
BY_LANE = Figure(metric="otif", period="2026Q3", by={"lane": "Venlo → Lyon"}, role="prior")

FRONT = Front(
    client="Halden Motors",
    report="Quarterly business review",
    period="July to September 2026",
    provider="Meridian Logistics",
    title="Halden Motors",
    audience="internal",
    paper="letter",
    keywords=("review", "2026Q3"),
    generated=dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC),
)
TABLE = Table(
    summary="OTIF by lane.",
    columns=(
        Column(key="lane", label="Lane", card="title", grow=1.0),
        Column(
            key="now", label="Q3", over="OTIF, %", align="decimal", role="actual", tone="accent"
        ),
        Column(key="bar", label="", role="graphic", tint=True),
    ),
    rows=(
        Row(
            group="South",
            anchor="lyon",
            cells=(
                Cell(text="Venlo → Lyon", value="Venlo → Lyon", note="since July", mark="a"),
                Cell(text="92.9", value="92.9", type="decimal", figure=BY_LANE, link="#def"),
                Cell(bar=Bar(zero=0.5, segments=(BarSegment(start=0.2, end=0.5, tone="quiet"),))),
            ),
        ),
        Row(
            total=True,
            cells=(
                Cell(text="All", squares=2, tone="strong"),
                Cell(status=Status(state="missed", word="Missed", detail="by 1.9")),
                Cell(dots=Dots(value=0.4, reference=None, target=0.6)),
            ),
        ),
    ),
    footnotes=(Footnote(mark="a", lead="Since July.", text="No Friday departures."),),
    empty="No lanes.",
    cards=False,
)
TILES = Tiles(
    tiles=(
        Tile(
            label="OTIF",
            text="92.9",
            value=92.9,
            unit="%",
            status=Status(state="at_risk", word="Near"),
            references=(
                Reference(label="Target", text="≥ 95.0"),
                Reference(label="Q2 2026", text="95.1", figure=BY_LANE),
            ),
            trend=Sparkline(points=(0.1, None, 1.0), target=0.8, state="missed"),
            n="11,904",
            link="#def-otif",
            figure=OTIF,
        ),
        Tile(label="Cost", text="41.80", unit="€", unit_first=True),
    ),
    legend=(Status(state="met", word="Met"),),
    note="Eight quarters.",
)
PROSE = Prose(paragraphs=((Span(text="So what.", tone="accent"), Span(text=" Act.")),), lead=True)
CHART = Chart(spec={"mark": "bar", "data": {"values": [{"a": None}]}}, alt="Bars.", width="half")

EVERY: tuple[Any, ...] = (
    FRONT,
    Heading(role="page", text="OTIF fell", note=(Span(text="%"),), nav="OTIF", anchor="otif"),
    PROSE,
    Markdown(source="**Why** `#read`", author="Juno Fairweather"),
    TILES,
    TABLE,
    CHART,
    Callout(state="missed", lead="Lapses.", text="In November."),
    NotSupplied(what="Cases", detail="Map them."),
    Columns(columns=((PROSE,), (TABLE, Group(blocks=(CHART,)))), weights=(7, 5)),
    Group(blocks=(PROSE, Columns(columns=((TILES,),))), keep=True),
)


def test_every_kind_is_here() -> None:
    kinds = {cls.model_fields["kind"].default for cls in BlockModel.__subclasses__()}
    assert {block.kind for block in EVERY} == kinds


@pytest.mark.parametrize("block", EVERY, ids=lambda block: block.kind)
def test_it_comes_back_from_a_notebook_as_it_was(block: Block) -> None:
    travelled = json.loads(json.dumps(blocks.to_json(block)))
    assert travelled["kind"] == block.kind
    assert blocks.from_json(travelled) == block


def test_defaults_are_left_out_of_the_notebook() -> None:
    assert blocks.to_json(Heading(role="section", text="Why")) == {
        "kind": "heading",
        "role": "section",
        "text": "Why",
    }


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "heading", "role": "section", "text": "Why", "colour": "red"},
        {"kind": "table", "summary": "", "columns": [], "rows": [{"cells": [], "height": 3}]},
        {"kind": "columns", "columns": [[{"kind": "prose", "paragraphs": [], "font": "x"}]]},
        {"kind": "heading", "role": "chapter", "text": "Why"},
        {"kind": "callout", "state": "fine", "lead": "All is well."},
        {"kind": "video", "src": "film.mp4"},
        {"role": "section", "text": "no kind"},
        [],
        None,
        "heading",
    ],
)
def test_anything_else_is_refused(data: Any) -> None:
    with pytest.raises(ValidationError):
        blocks.from_json(data)


def test_a_block_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        TABLE.summary = "other"  # type: ignore[misc]


def test_walking_goes_in_reading_order() -> None:
    inner = Columns(columns=((PROSE,), (TABLE, CHART)))
    outer = Group(blocks=(FRONT, inner, TILES))
    assert list(blocks.walk(outer)) == [outer, FRONT, inner, PROSE, TABLE, CHART, TILES]


def test_figures_are_found_wherever_they_stand() -> None:
    page = Group(blocks=(Columns(columns=((TABLE,), (PROSE,))), TILES))
    assert list(blocks.figures(page)) == [
        (BY_LANE, "92.9", "92.9"),
        (OTIF, 92.9, "92.9"),
        (BY_LANE, None, "95.1"),
    ]


def test_words_without_identity_are_no_figures() -> None:
    assert list(blocks.figures(Group(blocks=(FRONT, PROSE, CHART)))) == []
