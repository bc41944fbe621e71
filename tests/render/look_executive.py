"""The look's executive page as blocks."""

from __future__ import annotations

from look_parts import status, story, text, tile

from reviewkit.blocks import Block, Column, Columns, Heading, Row, Table, Tiles


def executive() -> tuple[Block, ...]:
    tiles = (
        tile("On-time delivery", "94.6", "%", status("missed", "by 1.9"), "≥ 96.5|96.6|95.8"),
        tile("Perfect order", "91.2", "%", status("at_risk", "by 0.8"), "≥ 92.0|93.0|92.1"),
        tile("Invoice accuracy", "98.3", "%", status("missed", "by 0.7"), "≥ 99.0|98.9|98.1"),
        tile("Dock-to-stock, median", "5.2", " h", status("met"), "≤ 6.0|5.6|7.1"),
        tile("Inventory accuracy", "99.4", "%", status("at_risk", "by 0.1"), "≥ 99.5|99.6|99.3"),
        tile(
            "Delivery charge per shipment",
            "41.80",
            "€",
            status("met"),
            "≤ 42.50|41.02|40.10",
            unit_first=True,
            link="#def-charge",
        ),
    )
    decisions = (
        (
            "1|Add a second carrier on Venlo–Lyon from 2\u00a0November to 31 January",
            "+1.3 points on time; €38,000, shared equally|Logistics Director|23 Oct",
        ),
        (
            "2|Freeze the volume forecast four weeks ahead instead of two",
            "Forecast error back to 12% or less; no cost|Head of Supply Planning|30 Oct",
        ),
        (
            "3|Open Venlo on six Saturdays, 14\u00a0November to 19 December",
            "Holds dock-to-stock in peak; €21,600 at contract rate|Chief Operating Officer|6 Nov",
        ),
    )
    return (
        Heading(
            role="headline",
            text="Two southern lanes pulled on-time delivery below contract. "
            "The warehouse held, and delivery is due back on target in December.",
            nav="The answer",
        ),
        Tiles(
            tiles=tiles,
            legend=(
                status("met"),
                status("at_risk", "short of target but inside the agreed tolerance"),
                status("missed"),
            ),
            note="Small lines: eight quarters to Q3 2026; dashed: target",
        ),
        Heading(
            role="section",
            text="One cause lies with the carrier, one with your forecast, one with us",
        ),
        Columns(
            weights=(4, 4, 4),
            columns=(
                story(
                    "Two lanes lost 1.7 of the 2.0 points",
                    "On-time delivery fell from 96.6% to 94.6%. On Venlo–Lyon and Venlo–Turin "
                    "the carrier dropped Friday departures on 6 July, while their volume grew "
                    "17%. All other lanes together lost 0.3 points.",
                    "From 2 November a second carrier restores the contract level by December. "
                    "Without it, December ends near 95.2%, 1.3 points short.",
                ),
                story(
                    "Orders come with too little warning",
                    "Your forecast error rose from 11.9% to 14.8% (agreed: 12.0%). Volume to the "
                    "south came in 16% above the forecast frozen two weeks ahead, after line-haul "
                    "was booked.",
                    "A forecast frozen four weeks ahead lets us book capacity before it is "
                    "sold out.",
                ),
                story(
                    "Billing errors were found late",
                    "24 of 1,412 invoice lines were corrected, 14 for a wrong reference and 10 for "
                    "the amount. The credit of €3,184 was issued on 12 October.",
                    "The fuel table has updated itself weekly since 9 October. We expect 99.0% in "
                    "the fourth quarter.",
                ),
            ),
        ),
        Heading(role="section", text="Decisions we ask for on 20 October", nav="Decisions"),
        Table(
            summary="Three decisions with effect, decider and date",
            columns=(
                Column(key="n", label="", role="actual"),
                Column(key="decision", label="Decision", grow=5, card="title"),
                Column(key="effect", label="Effect and cost", grow=3.6),
                Column(key="who", label="Who decides", grow=1),
                Column(key="by", label="By", align="right"),
            ),
            rows=tuple(
                Row(cells=tuple(text(part) for part in "|".join(parts).split("|")))
                for parts in decisions
            ),
        ),
    )
