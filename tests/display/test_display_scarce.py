"""Reviews of clients with few tables or few cases: what there is stands first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reviews import Due, figures, view

from reviewkit.blocks import Block, Chart, Heading, NotSupplied, Prose, Table, Tiles, walk
from reviewkit.display.agreed import misses
from reviewkit.display.answers import answer
from reviewkit.display.billing import billing
from reviewkit.display.definitions import data_notes, definitions
from reviewkit.display.opening import headline
from reviewkit.display.scorecard import scorecard
from reviewkit.display.tiles import tiles
from reviewkit.display.view import View
from reviewkit.display.volume import volume
from reviewkit.speech import speaking

BILLED = {"invoice_lines": ("invoice_id", "line", "issued_on", "service", "charge_code", "amount")}
LINES = [
    {"invoice_id": number, "line": "1", "issued_on": day, "amount": amount}
    for number, day, amount in (
        ("1", "2026-05-31", "120.00"),
        ("2", "2026-07-31", "100.00"),
        ("3", "2026-08-31", "50.00"),
        ("4", "2026-09-30", "-10.00"),
    )
]
"""120 in the second quarter; in the third 100 + 50 − 10 = 140, on two lines and a credit."""

INVOICES = view(figures(invoice_lines=LINES, supplied=BILLED))
FEW = view(
    figures(
        [
            Due("2025-08", "A → B", 4, 4),
            Due("2026-05", "A → B", 8, 8),
            Due("2026-08", "A → B", 5, 3),
        ],
        targets={"on_time_delivery": 0.95, "nps": 40},
        invoice_lines=LINES,
        supplied={"shipments": ("promised_at", "delivered_at", "shipped_at", "lane"), **BILLED},
    )
)
"""Five shipments, three of them on time, after eight and, a year ago, four."""


def headings(block: Block) -> list[str]:
    return [part.text for part in walk(block) if isinstance(part, Heading)]


def said(block: Block) -> list[str]:
    return [
        "".join(span.text for span in paragraph)
        for part in walk(block)
        if isinstance(part, Prose)
        for paragraph in part.paragraphs
    ]


def shown(own: View) -> list[tuple[str, str, tuple[str, ...]]]:
    (found,) = (part for part in walk(tiles(own)) if isinstance(part, Tiles))
    return [
        (tile.label, tile.text, tuple(item.text for item in tile.references))
        for tile in found.tiles
    ]


def test_what_was_invoiced_answers_where_nothing_was_delivered() -> None:
    assert (
        answer(INVOICES) == "€140 was invoiced in July to September 2026, against €120 in Q2 2026."
    )
    lead = said(headline(INVOICES))
    told = (
        "Without deliveries, cases, survey responses and actions "
        "ten of ten measures have no figure."
    )
    assert lead == [told]


def test_few_deliveries_answer_with_their_counts() -> None:
    assert answer(FEW) == (
        "Five shipments left in Q3 2026, against 4 in Q3 2025 and 8 in Q2 2026. "
        "On-time delivery is 3 of 5, too few for a status."
    )


def test_a_single_shipment_is_one_and_a_part_unknown_is_no_hundred_percent() -> None:
    own = view(figures([Due("2026-08", "A → B", 1, 1)]))
    assert answer(own).startswith("One shipment left in Q3 2026, against 0 in Q3 2025 and 0 in ")
    # 9,999 of 10,000 are 99.99%: down to 99.9, not up to 100.0.
    nearly = view(figures([Due("2026-08", "A → B", 9999, 9999, unknown=1)]))
    assert headings(data_notes(nearly))[0].endswith("the outcome of 99.9% of deliveries is known")
    assert headings(data_notes(own))[0].endswith("the outcome of every delivery is known")


def test_one_of_each_is_said_as_one() -> None:
    own = view(
        figures(
            [Due("2026-08", "A → B", 1, 0, {"Traffic": 1})],
            surveys=[
                {"responded_on": day, "instrument": "nps", "score": 9}
                for day in ("2026-08-01", "2026-05-01", "2026-05-02")
            ],
        ),
        lead_metrics=("on_time_delivery", "nps"),
    )
    # Beside the figure the prior ones, two in May, are no score of 2: they are counts in short.
    assert ("Net promoter score", "1 response", ("–", "n = 2", "–")) in shown(own)
    assert headings(definitions(own, ("on_time_delivery", "nps"))) == [
        "Two measures from 1 delivery due and 1 response"
    ]
    # A single late delivery has a recorded cause, which is no share of anything.
    assert "cause" not in {item.kind for item in own.findings}
    with speaking("de"):
        assert ("Net Promoter Score", "1 Antwort", ("–", "n = 2", "–")) in shown(own)


def test_tables_that_are_missing_answer_where_there_is_no_figure_at_all() -> None:
    own = view(figures())
    assert "have no figure" in answer(own)
    assert said(headline(own)) == []


def test_tiles_without_a_figure_give_their_place_to_what_was_invoiced() -> None:
    assert shown(FEW) == [
        ("Shipments", "5", ("–", "8", "4")),
        ("On-time delivery", "3 of 5", ("≥ 95.0", "8 of 8", "4 of 4")),
        ("Invoiced", "€140", ("€120", "€0")),
        ("Invoice lines", "2", ("1", "0")),
        ("Credited", "€10", ("€0", "€0")),
    ]
    (drawn,) = (part for part in walk(tiles(FEW)) if isinstance(part, Tiles))
    told = "Without a figure: in full, on time in full, invoice accuracy and net promoter score"
    assert drawn.note.endswith(told)
    assert [label for label, _, _ in shown(INVOICES)] == ["Invoiced", "Invoice lines", "Credited"]
    assert isinstance(tiles(view(figures())), NotSupplied)


def test_measures_without_any_figure_stand_in_a_line_and_with_what_they_aim_at() -> None:
    card = scorecard(FEW)
    (table,) = (part for part in walk(card) if isinstance(part, Table))
    assert [row.cells[0].text for row in table.rows] == ["Shipments", "On-time delivery, %"]
    assert headings(card) == ["Two of ten measures have a figure, none a status"]
    (line,) = said(card)
    assert line.startswith("Not supplied: in full; on time in full; ")
    assert "net promoter score (target ≥ 40)" in line
    nothing = scorecard(INVOICES)
    assert isinstance(nothing, NotSupplied)
    assert nothing.what.startswith("No measure has a figure: shipments; on-time delivery; ")


def test_so_few_are_counted_and_make_no_percentage() -> None:
    assert headings(volume(FEW))[0] == "Five shipments left, 4 in Q3 2025 and 8 in Q2 2026"
    page = billing(FEW)
    assert headings(page)[1] == "€140 in Q3 2026, €120 in Q2 2026"
    assert not any("%" in text for text in headings(page))


def test_nothing_credited_is_a_sentence_and_no_heading() -> None:
    own = view(figures(invoice_lines=LINES[:2], supplied=BILLED))
    page = billing(own)
    assert len(headings(page)) == 2
    told = [part.what for part in walk(page) if isinstance(part, NotSupplied) and part.known]
    assert told[0] == "Nothing was credited in Q3 2026."


def begun(day: dt.date) -> View:
    """Return what was invoiced, and what left, from data that begin on `day`."""
    own = figures(
        [Due(f"2025-{month}", "A → B", 40, 40) for month in ("07", "09")]
        + [Due("2026-08", "A → B", 40, 40)],
        invoice_lines=LINES,
        supplied={"shipments": ("promised_at", "shipped_at"), **BILLED},
    )
    begins = dict.fromkeys(own.data.begins, day)
    return view(replace(own, data=replace(own.data, begins=begins)))


def test_what_was_invoiced_is_compared_only_with_a_period_whose_data_are_whole() -> None:
    # 140 / 120 − 1 = 16.67%; 140 / 40 = 3.50. Of the second quarter, from May on, a part is known.
    whole, late = (begun(dt.date(2026, month, 1)) for month in (4, 5))
    assert "+16.7% on Q2 2026; €3.50 for each of 40 shipments" in headings(billing(whole))
    assert "€3.50 for each of 40 shipments" in headings(billing(late))
    alone = replace(INVOICES.figures.data, begins={"invoice_lines": dt.date(2026, 5, 1)})
    only = view(replace(INVOICES.figures, data=alone))
    assert "€140 in Q3 2026" in headings(billing(only))


def test_a_month_without_shipments_is_a_nought_of_the_year_before_not_a_gap() -> None:
    (chart,) = (p for p in walk(volume(begun(dt.date(2025, 7, 1)))) if isinstance(p, Chart))
    assert chart.plot is not None
    named = {series.name: series.texts for series in chart.plot.series}
    # October 2024 to June 2025 are before the data; July and September had 40, August none.
    assert named["Year before"] == ("",) * 9 + ("40", "0", "40")


def test_credits_tell_where_the_money_went_and_disputes_what_it_is_about() -> None:
    rows = [
        {
            "invoice_id": str(number),
            "line": "1",
            "issued_on": "2026-08-31",
            "amount": amount,
            "credit_reason": reason,
            "disputed_on": day,
        }
        for number, (amount, reason, day) in enumerate(
            (
                ("300.00", "", "2026-09-10"),
                ("200.00", "", "2026-09-11"),
                ("-1.00", "Wrong weight", ""),
                ("-1.00", "Wrong weight", ""),
                ("-48.00", "Wrong price list", ""),
            )
        )
    ]
    # 1 + 1 + 48 = 50, most often for the weight; 300 + 200 = 500 disputed.
    told = headings(billing(view(figures(invoice_lines=rows))))
    assert "€50 was credited, €48 of it for “Wrong price list”" in told
    assert "Two lines of €500 together disputed: none upheld, two still open" in told
    told = headings(billing(view(figures(invoice_lines=[rows[0], rows[4]]))))
    assert "€48 was credited, all of it for “Wrong price list”" in told
    assert "One line of €300 disputed: none upheld, one still open" in told


def test_a_miss_without_a_cause_is_said_so_once() -> None:
    own = view(figures([Due("2026-08", "A → B", 40, 20)], targets={"on_time_delivery": 0.95}))
    assert headings(misses(own)) == ["On-time delivery: no cause is recorded"]
