"""The look's page on why a measure moved, as blocks."""

from __future__ import annotations

from typing import Any

from look_parts import spans, text

from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Cell,
    Chart,
    Column,
    Columns,
    Heading,
    Row,
    Table,
)

LANES = """\
Venlo → Lyon|2,308|2,640|97.1|89.3|−1.26|−0.04|−1.30|strong
Venlo → Turin|1,480|1,790|95.9|92.2|−0.39|−0.03|−0.42|strong
Venlo → Birmingham|1,265|1,562|93.4|91.9|−0.14|−0.05|−0.19|
Venlo → Hamburg|3,421|2,980|97.6|97.4|−0.04|−0.07|−0.11|
Łódź → Vienna|1,895|1,938|96.8|97.1|+0.03|0.00|+0.03|
Łódź → Prague|2,058|2,020|97.3|97.6|+0.04|−0.01|+0.03|
Nine other lanes|2,723|2,700|96.1|96.0|−0.02|0.00|−0.02|"""


def _lane(line: str) -> Row:
    name, q2, q3, rate2, rate3, rate, mix, total, tone = line.split("|")
    points, parts = 0.68, (float(rate.replace("−", "-")), float(mix.replace("−", "-")))
    zero, reach = 0.9, 0.0
    segments = []
    for effect, shade in zip(parts, ("accent", "quiet"), strict=True):
        start, end = sorted((zero + reach * points, zero + (reach + effect) * points))
        segments.append(BarSegment(start=start, end=end, tone=shade))  # type: ignore[arg-type]
        reach += effect
    numbers = (text(name), *map(text, (q2, q3, rate2, rate3)))
    bar = Cell(bar=Bar(zero=zero, segments=tuple(segments)))
    return Row(cells=(*numbers, bar, text(rate), text(mix), text(total, tone=tone or None)))


CAUSES = """\
Carrier had no capacity|Carrier|371|44
Released after cut-off|Halden|158|63
Customs, Birmingham|Other|79|72
Consignee closed|Halden|71|81
Dock delay, Venlo|Meridian|64|89
Weather, road closed|Other|49|94
Not recorded|–|47|100"""

STEPS = """\
12 Oct|Friday departures to Lyon restored|Meridian, transport. Done|+0.8|
2 Nov|Second carrier on Venlo–Lyon|Both sides. Needs decision 1 by 23 Oct|+1.3|strong
9 Nov|Turin line-haul leaves two hours later|Meridian, transport. Agreed with carrier|+0.5|
30 Nov|Alert for orders released after 14:00|Halden, supply planning. In test|+0.3|"""


def number(key: str, label: str, over: str = "", **more: Any) -> Column:
    return Column(key=key, label=label, over=over, align="right", **more)


def lanes_table() -> Table:
    totals = ("15,150", "15,630", "96.6", "94.6")
    return Table(
        summary="Change of on-time delivery by lane",
        columns=(
            Column(key="lane", label="Lane", card="title", grow=0.4),
            number("q2", "Q2", "Deliveries", role="reference"),
            number("q3", "Q3", "Deliveries", role="reference"),
            number("r2", "Q2", "On time, %", role="reference"),
            number("r3", "Q3", "On time, %", role="reference"),
            Column(key="bar", label="", role="graphic", grow=1),
            number("rate", "Rate", "Effect, points", tone="accent"),
            number("mix", "Mix", "Effect, points", tone="quiet"),
            number("total", "Total", "Effect, points", tone="strong"),
        ),
        rows=(
            *(_lane(line) for line in LANES.splitlines()),
            Row(
                total=True,
                cells=(
                    text("All lanes"),
                    *(text(value, tone="plain") for value in totals),
                    Cell(bar=Bar(zero=0.9)),
                    *map(text, ("−1.78", "−0.20", "−1.98")),
                ),
            ),
        ),
    )


def causes_and_steps() -> Columns:
    causes = Table(
        summary="Late deliveries by recorded cause",
        columns=(
            Column(key="cause", label="Cause", card="title"),
            Column(key="fault", label="At fault", role="reference"),
            Column(key="bar", label="", role="graphic", grow=1),
            number("late", "Late"),
            number("cumulative", "Cum. %"),
        ),
        rows=tuple(
            Row(
                cells=(
                    text(cause),
                    text(fault),
                    Cell(
                        bar=Bar(
                            segments=(
                                BarSegment(
                                    start=0,
                                    end=int(late) / 371,
                                    tone="accent" if late == "371" else "quiet",
                                ),
                            )
                        )
                    ),
                    text(late),
                    text(share),
                )
            )
            for cause, fault, late, share in (line.split("|") for line in CAUSES.splitlines())
        ),
    )
    steps = Table(
        summary="Four steps back to target",
        columns=(
            Column(key="from", label="From"),
            Column(key="step", label="Step", grow=1, card="title"),
            number("effect", "Effect"),
        ),
        rows=(
            *(
                Row(cells=(text(day), text(step, note=note, tone=tone or None), text(effect)))
                for day, step, note, effect, tone in (
                    line.split("|") for line in STEPS.splitlines()
                )
            ),
            Row(total=True, cells=tuple(map(text, ("Dec", "93.6% + 2.9 points = 96.5%", "+2.9")))),
        ),
    )
    return Columns(
        weights=(6, 6),
        columns=(
            (
                Heading(
                    role="section",
                    text="One cause stands behind 44% of late deliveries",
                    note=spans("839 late deliveries in Q3 by recorded cause"),
                ),
                causes,
            ),
            (
                Heading(
                    role="section",
                    text="Four steps return it to 96.5% in December",
                    note=spans("Effect in points, measured against 93.6% in September"),
                ),
                steps,
            ),
        ),
    )


def line_chart(width: int = 504, height: int = 150) -> dict[str, Any]:
    values = (95.9, 95.8, 95.4, 96.1, 96.3, 96.5, 96.5, 96.6, 96.7, 95.9, 94.5, 93.6)
    months = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width - 30,
        "height": height,
        "padding": 0,
        "data": {"values": [{"m": m, "v": v} for m, v in zip(months, values, strict=True)]},
        "mark": {"type": "line", "color": "#1B4B8F", "strokeWidth": 1.75},
        "encoding": {
            "x": {"field": "m", "type": "ordinal", "sort": None, "title": None},
            "y": {
                "field": "v",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [92, 98]},
                "axis": {"tickCount": 4},
            },
        },
        "config": {
            "font": "Source Sans Pro",
            "axis": {"labelFontSize": 7.5, "labelColor": "#5A6470", "labelAngle": 0},
            "view": {"stroke": None},
        },
    }


def why() -> tuple[Block, ...]:
    return (
        Heading(
            role="page",
            text="On-time delivery fell 2.0 points to 94.6%: two Venlo lanes lost Friday "
            "capacity just as their volume grew",
            nav="On-time delivery",
        ),
        Heading(
            role="section",
            text="From July it left both its target and the year before",
            note=spans("On-time deliveries, % of deliveries due, by month; scale starts at 92%"),
        ),
        Chart(spec=line_chart(), alt="On-time delivery by month falls from 96.7 to 93.6."),
        Heading(
            role="section",
            text="Lyon and Turin account for 1.72 of the 1.98 points",
            note=spans(
                "Change from Q2 to Q3 2026 in points. ",
                ("Rate", "accent"),
                ": the lane performed differently. ",
                ("Mix", "quiet"),
                ": its share of deliveries changed. ",
                ("Bold", "strong"),
                ": more than chance, of all that this review looked at (99%).",
            ),
        ),
        lanes_table(),
        causes_and_steps(),
    )
