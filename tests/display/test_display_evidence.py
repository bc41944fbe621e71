"""What stands behind printed figures: their own parts, of their own period, and nothing else."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from reviews import SLIDE, Due, figures, view

from reviewkit import evidence as behind
from reviewkit.blocks import Block, Cell, Column, Figure, Row, Table
from reviewkit.blocks import figures as printed
from reviewkit.display import scorecard, tiles
from reviewkit.display.evidence import evidence
from reviewkit.display.shown import bundle
from reviewkit.speech import speaking

OWN = view(
    figures(SLIDE, targets={"on_time_delivery": 0.96, "otif": 0.95}),
    lead_metrics=("on_time_delivery", "otif"),
)


def _lines(figure: Figure, own: Block) -> dict[str, str]:
    found = evidence(OWN, own).behind(figure)
    assert found is not None
    return {line.key: line.text for line in found.lines}


def _table(*identities: Figure) -> Table:
    cells = tuple(Cell(text="1", value=1, type="int", figure=item) for item in identities)
    columns = tuple(Column(key=str(at), label="") for at in range(len(cells)))
    return Table(columns=columns, rows=(Row(cells=cells),), summary="Figures")


def test_every_figure_of_a_scorecard_has_evidence_and_it_is_the_figure_printed() -> None:
    block = scorecard.scorecard(OWN)
    found = evidence(OWN, block)
    values = {behind.identity(figure): value for figure, value, _ in printed(block)}
    assert set(values) == {behind.identity(item.figure) for item in found.figures}
    for item in found.figures:
        assert item.value == values[behind.identity(item.figure)]
    assert {item.metric for item in found.definitions} == {key[0] for key in values}


def test_a_rate_tells_its_parts_of_its_own_period() -> None:
    # Third quarter: 3 × (850 + 970) = 5,460 of 6 × 1,000; second: 6 × 970 = 5,820 of 6,000.
    now = Figure(metric="on_time_delivery", period="2026Q3")
    block = _table(now, now.model_copy(update={"role": "prior"}))
    assert _lines(now, block)["made_of"] == "5,460 ÷ 6,000"
    prior = now.model_copy(update={"role": "prior"})
    assert _lines(prior, block)["made_of"] == "5,820 ÷ 6,000"
    assert _lines(prior, block)["period"] == "1 Apr – 30 Jun 2026"
    assert _lines(now, block)["source"] == "Transport system"
    assert _lines(now, block)["cutoff"] == "6 Oct 2026"
    found = evidence(OWN, block).behind(now)
    assert found is not None
    assert (found.numerator, found.denominator, found.n, found.unknown) == (5460, 6000, 6000, 0)


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        ("en", "One order, dated by its last promise."),
        ("de", "Ein Auftrag, datiert nach der letzten Zusage."),
    ],
)
def test_how_orders_are_counted_names_their_date_once(tongue: str, said: str) -> None:
    with speaking(tongue):
        found = evidence(OWN, _table(Figure(metric="otif", period="2026Q3")))
    (definition,) = found.definitions
    assert definition.counted == said


def test_a_part_and_a_month_are_told_as_such() -> None:
    lyon = Figure(metric="on_time_delivery", period="2026Q3", by={"lane": "Venlo → Lyon"})
    month = Figure(
        metric="on_time_delivery", period="2026Q3", by={"month": "2026-07", "lane": "Venlo → Lyon"}
    )
    block = _table(lyon, month)
    assert _lines(lyon, block)["made_of"] == "2,550 ÷ 3,000"
    assert _lines(month, block)["made_of"] == "850 ÷ 1,000"
    assert _lines(month, block)["period"] == "1 Jul – 31 Jul 2026"


def test_a_target_tells_who_set_it_and_how_near_counts() -> None:
    target = Figure(metric="on_time_delivery", period="2026Q3", role="target")
    lines = _lines(target, _table(target))
    assert lines["agreed"] == "≥ 96.0%, as set for this account"
    assert lines["tolerance"] == "short by no more than 0.3% is near"


def test_unknown_outcomes_are_counted() -> None:
    # 96 known and 4 unknown: 4 ÷ 100 are missing.
    rows = (Due("2026-08", "Venlo → Lyon", 96, 90, unknown=4),)
    own = view(figures(rows), lead_metrics=("on_time_delivery",))
    item = Figure(metric="on_time_delivery", period="2026Q3")
    found = evidence(own, _table(item)).behind(item)
    assert found is not None
    assert found.unknown == 4
    (line,) = (line for line in found.lines if line.key == "coverage")
    assert line.text == "96.0%; 4 cases have no recorded outcome and are left out"


@pytest.mark.parametrize(
    "figure",
    [
        Figure(metric="on_time_delivery", period="2026Q3", by={"lane": "Eight other lanes"}),
        Figure(metric="gross_margin", period="2026Q3"),
        Figure(metric="on_time_delivery", period="2026Q3", role="peer"),
    ],
    ids=["no such part", "internal, to the client", "another role"],
)
def test_what_cannot_be_traced_or_may_not_be_known_has_no_evidence(figure: Figure) -> None:
    assert evidence(OWN, _table(figure)) == behind.Evidence()


def test_an_output_carries_the_evidence_of_its_own_figures_alone() -> None:
    known = evidence(OWN, scorecard.scorecard(OWN))
    block = tiles.tiles(OWN)
    assert len(list(printed(block))) < len(known.figures)
    lone = _table(Figure(metric="otif", period="2026Q3"))
    found = bundle(lone, known)
    carried = behind.Evidence.model_validate(found[behind.MIME])
    assert [item.figure.metric for item in carried.figures] == ["otif"]
    assert [item.metric for item in carried.definitions] == ["otif"]
    output = new_output("display_data", json.loads(json.dumps(found)))
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[output], id="a")])
    nbformat.validate(notebook)
    assert behind.merged(behind.in_outputs(notebook.cells)) == carried


def test_a_block_without_figures_carries_none() -> None:
    assert behind.MIME not in bundle(_table(), evidence(OWN, scorecard.scorecard(OWN)))
