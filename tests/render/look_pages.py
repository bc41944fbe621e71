"""The pages of the look as blocks: executive, scorecard, why, and an internal page."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

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
    Footnote,
    Front,
    Heading,
    NotSupplied,
    Prose,
    Reference,
    Row,
    Span,
    Sparkline,
    State,
    Status,
    Table,
    Tile,
    Tiles,
)

WORDS: dict[str, str] = {
    "met": "Met",
    "at_risk": "Near",
    "missed": "Missed",
    "low_volume": "Few cases",
    "partial": "Partial",
}


def front(audience: Literal["client", "internal"] = "client", **changes: Any) -> Front:
    facts: dict[str, Any] = {
        "client": "Halden Motors",
        "report": "Quarterly business review",
        "period": "July to September 2026",
        "provider": "Meridian Logistics",
        "title": "Halden Motors: quarterly business review, July to September 2026",
        "audience": audience,
        "language": "en-GB",
        "author": "Meridian Logistics",
        "keywords": ("review", "2026Q3"),
        "source": "Source: Meridian transport, warehouse, case and billing systems. "
        "Cut-off 6 Oct 2026 18:00 CEST; actions as of 14 Oct. Definitions: page 11.",
        "confidentiality": "Confidential. Prepared for Halden Motors for the review "
        "on 20 October 2026.",
        "generated": dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC),
    }
    return Front(**(facts | changes))


def spans(*parts: str | tuple[str, Any]) -> tuple[Span, ...]:
    return tuple(
        Span(text=part) if isinstance(part, str) else Span(text=part[0], tone=part[1])
        for part in parts
    )


def status(state: State, detail: str = "", word: str | None = None) -> Status:
    return Status(state=state, word=WORDS[state] if word is None else word, detail=detail)


def trend(state: State | None) -> Sparkline:
    points = (0.3, 0.45, 0.62, 0.58, 0.55, 0.84, 0.97, 0.03)
    return Sparkline(points=points, target=0.93, state=state)


def text(words: str, **more: Any) -> Cell:
    return Cell(text=words, value=words, **more)


def tile(label: str, shown: str, unit: str, state: Status, references: str, **more: Any) -> Tile:
    names = ("Target", "Q2 2026", "Q3 2025")
    return Tile(
        label=label,
        text=shown,
        unit=unit,
        status=state,
        trend=trend(state.state),
        references=tuple(
            Reference(label=name, text=value)
            for name, value in zip(names, references.split("|"), strict=True)
        ),
        **more,
    )


def story(head: str, body: str, so_what: str) -> tuple[Block, ...]:
    return (
        Heading(role="finding", text=head),
        Prose(paragraphs=(spans(body), spans(("So what.", "accent"), f" {so_what}"))),
    )


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


def _measure(line: str) -> Row:
    group, label, mark, actual, target, state, prior, year, n = line.split("|")
    drawn = (
        Cell(text="–")
        if state == "low_volume"
        else Cell(trend=trend(None if state == "partial" else state))  # type: ignore[arg-type]
    )
    return Row(
        group=group,
        cells=(
            text(label, mark=mark),
            text(actual),
            text(target),
            Cell(status=status(state)),  # type: ignore[arg-type]
            text(prior),
            text(year),
            drawn,
            text(n),
        ),
    )


MEASURES = """\
Delivery|On-time delivery, %||94.6|≥ 96.5|missed|96.6|95.8|15,630
|On time in full (OTIF), %||92.9|≥ 95.0|missed|95.1|94.0|11,904
|Perfect order, %||91.2|≥ 92.0|at_risk|93.0|92.1|11,904
|Tender acceptance, %||97.8|≥ 97.0|met|97.5|96.1|4,212
|Damage, % of units||0.06|≤ 0.10|met|0.07|0.09|512,400
|Same-day parts, vehicle off road|a|22 of 24|≥ 95 %|low_volume|18 of 19|25 of 26|24
Warehouse|Dock-to-stock, median hours|b|5.2|≤ 6.0|met|5.6|7.1|1,846
|Dock-to-stock, 90th percentile|b|11.4|≤ 12.0|met|12.3|14.8|1,846
|Order accuracy, % of lines||99.71|≥ 99.60|met|99.68|99.52|148,220
|Inventory accuracy, %||99.4|≥ 99.5|at_risk|99.6|99.3|6,140
|Returns turnaround, median days|c|4.0|≤ 5.0|partial|4.6|5.3|212
Care and billing|First response, median hours||2.1|≤ 4.0|met|2.6|3.9|64
|Case resolution, median days||3.4|≤ 5.0|met|3.8|5.6|58
|Satisfaction, top two of five|a|7 of 9|≥ 80 %|low_volume|8 of 10|6 of 9|9
|Invoice accuracy, % of lines||98.3|≥ 99.0|missed|98.9|98.1|1,412
|Delivery charge per shipment, €||41.80|≤ 42.50|met|41.02|40.10|15,630
Your inputs|Your forecast error (WMAPE), %||14.8|≤ 12.0|missed|11.9|13.6|36"""

ACTIONS = """\
A-29|Share a twelve-week parts forecast|Halden, supply planning|31 Jul|30 Oct|3|75 days late|strong
A-31|Contract a second Lyon carrier|Meridian, transport|31 Aug|23 Oct|2|44 days late|strong
A-34|Replace dock scanners at Łódź|Meridian, Łódź site|30 Oct|30 Oct|0|On track|plain
A-27|Update the fuel table weekly|Meridian, billing|15 Aug|9 Oct|1|Closed 9 Oct|quiet
A-33|Recount aisles 14 to 22 at Venlo|Meridian, Venlo site|30 Sep|30 Sep|0|Closed 28 Sep|quiet"""


def _action(line: str) -> Row:
    key, action, owner, first, now, count, state, tone = line.split("|")
    postponed = (
        Cell(text=count, squares=int(count)) if int(count) else Cell(text="none", tone="quiet")
    )
    cells = (text(key), text(action), text(owner), text(first), text(now), postponed)
    return Row(cells=(*cells, text(state, tone=tone)))


def scorecard() -> tuple[Block, ...]:
    return (
        Heading(
            role="page",
            text="Eight of fourteen measures met target; the four misses come from two lanes, "
            "billing and late forecasts",
            nav="Scorecard",
            note=spans(
                "Seventeen measures: eight met, two near (inside the agreed tolerance), four "
                "missed, three without a status. Trend lines: dashed is the target."
            ),
        ),
        Table(
            summary="Seventeen measures against target, prior quarter and prior year",
            columns=(
                Column(key="measure", label="Measure", card="title", grow=1),
                Column(key="actual", label="Q3 2026", role="actual", align="decimal"),
                Column(key="target", label="Target", align="decimal"),
                Column(key="status", label="Status", role="status"),
                Column(key="prior", label="Q2 2026", role="reference", align="decimal"),
                Column(key="year", label="Q3 2025", role="reference", align="decimal"),
                Column(key="trend", label="8 quarters", role="graphic"),
                Column(key="n", label="n", role="reference", align="right"),
            ),
            rows=tuple(_measure(line) for line in MEASURES.splitlines()),
            footnotes=(
                Footnote(
                    mark="a",
                    lead="Low volume.",
                    text="Fewer than 30 cases, so the count stands instead of a rate and no status "
                    "is given. 22 of 24 same-day deliveries: the true rate lies between 74% and "
                    "98% (95% interval).",
                ),
                Footnote(
                    mark="b",
                    lead="Coverage 93.3%.",
                    text="132 of 1,978 receipts at Łódź, 14 to 20 September, lack the time at "
                    "which stock became available. They are left out, not counted as met.",
                ),
                Footnote(
                    mark="c",
                    lead="Partial quarter.",
                    text="Returns data end on 31 August. The figure is shown, but not plotted, "
                    "rated or compared with full quarters.",
                ),
            ),
        ),
        Heading(role="section", text="Each miss has a cause, a remedy and a date"),
        Table(
            summary="Three misses with cause, remedy and date",
            columns=(
                Column(key="missed", label="Missed", card="title"),
                Column(key="cause", label="Cause", grow=2),
                Column(key="remedy", label="Remedy", grow=3),
                Column(key="back", label="Back on target", align="right"),
            ),
            rows=tuple(
                Row(cells=(text(name, status=status("missed", word="")), *map(text, rest)))
                for name, *rest in (
                    (
                        "On-time delivery, OTIF",
                        "Friday capacity lost on two lanes",
                        "Second carrier, decision 1 (page 5)",
                        "Dec 2026",
                    ),
                    (
                        "Invoice accuracy",
                        "Wrong references; fuel table by hand",
                        "Automatic table since 9 October",
                        "Q4 2026",
                    ),
                    (
                        "Your forecast error",
                        "South 16% above frozen forecast",
                        "Freeze four weeks ahead, decision 2",
                        "Q1 2027",
                    ),
                )
            ),
        ),
        Heading(
            role="section",
            text="Actions from the last review: two closed, three open, one postponed three times",
            nav="Actions",
        ),
        Table(
            summary="Five actions with owner, dates and state",
            columns=(
                Column(key="id", label="", role="id"),
                Column(key="action", label="Action", grow=1, card="title"),
                Column(key="owner", label="Owner", grow=1),
                Column(key="first", label="First due", role="reference", align="right"),
                Column(key="now", label="Now due", align="right"),
                Column(key="postponed", label="Postponed"),
                Column(key="state", label="State, 14 Oct"),
            ),
            rows=tuple(_action(line) for line in ACTIONS.splitlines()),
        ),
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


def _number(key: str, label: str, over: str = "", **more: Any) -> Column:
    return Column(key=key, label=label, over=over, align="right", **more)


def lanes_table() -> Table:
    totals = ("15,150", "15,630", "96.6", "94.6")
    return Table(
        summary="Change of on-time delivery by lane",
        columns=(
            Column(key="lane", label="Lane", card="title", grow=0.4),
            _number("q2", "Q2", "Deliveries", role="reference"),
            _number("q3", "Q3", "Deliveries", role="reference"),
            _number("r2", "Q2", "On time, %", role="reference"),
            _number("r3", "Q3", "On time, %", role="reference"),
            Column(key="bar", label="", role="graphic", grow=1),
            _number("rate", "Rate", "Effect, points", tone="accent"),
            _number("mix", "Mix", "Effect, points", tone="quiet"),
            _number("total", "Total", "Effect, points", tone="strong"),
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
            _number("late", "Late"),
            _number("cumulative", "Cum. %"),
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
            _number("effect", "Effect"),
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
                ": more than chance (95%).",
            ),
        ),
        lanes_table(),
        causes_and_steps(),
    )


CHARGES = """\
Distribution|DLV-STD|Delivery, standard|512,480|509,340|3,140|–|Wrong tier
|DLV-EXP|Delivery, express|58,260|59,440|–|1,180|Duplicate lines
|FUEL|Fuel surcharge|71,920|70,250|2,310|640|Wrong fuel week
|ACC-WAIT|Waiting time|18,450|14,304|4,620|474|Unbilled
Warehousing|STO-PAL|Storage, split month|286,400|286,400|–|–|
|HND-IN|Handling in|94,130|92,860|1,270|–|Minimum missed
|HND-OUT|Pick, pack, handling out|203,760|204,650|–|890|Wrong unit
Value-added|VAS-KIT|Kitting, by the hour|41,280|35,420|5,860|–|Unbilled, August
Forwarding|FWD-AIR|Air freight|118,600|118,600|–|–|
|FWD-CUS|Customs clearance|22,350|21,370|980|–|Escalator absent"""

MARGINS = """\
Distribution|653.3|17.9|14.2|0.3|0.46|0.44
Warehousing|583.9|21.6|22.0|0.6|0.59|0.58
Value-added|35.4|30.4|21.2|0.57|0.97|0.97
Forwarding|140.0|10.3|10.4|0.14|0.14|0.14
Total|1,412.6|19.0|17.2|0.42|0.5|0.48"""


def _margin(line: str) -> Row:
    name, revenue, before, now, *at = line.split("|")
    value, reference, target = map(float, at)
    drawn = Cell(dots=Dots(value=value, reference=reference, target=target))
    return Row(cells=(*map(text, (name, revenue, before, now)), drawn), total=name == "Total")


def internal() -> tuple[Block, ...]:
    charges = tuple(line.split("|") for line in CHARGES.splitlines())
    return (
        Heading(
            role="page",
            internal=True,
            text="€18,180 was under-billed, and margin fell 1.8 points to 17.2% on premium "
            "freight to Lyon",
            nav="Billing and margin",
        ),
        Heading(
            role="section",
            text="Six charge codes were under-billed; kitting and waiting time make up most of it",
            note=spans(
                "Expected (activity × rate card) against invoiced, Q3 2026. Under- and "
                "over-billing are never netted."
            ),
        ),
        Table(
            summary="Expected against invoiced charges",
            columns=(
                Column(key="code", label="Charge", role="id"),
                Column(key="name", label="", grow=1, card="title"),
                _number("expected", "Expected"),
                _number("invoiced", "Invoiced"),
                _number("under", "Under-billed", role="actual", tint=True),
                _number("over", "Over-billed", role="actual", tint=True),
                Column(key="cause", label="Main cause", role="reference"),
            ),
            rows=(
                *(Row(group=group, cells=tuple(map(text, cells))) for group, *cells in charges),
                Row(
                    total=True,
                    group="Total",
                    cells=tuple(
                        map(text, ("", "", "1,427,630", "1,412,634", "18,180", "3,184", ""))
                    ),
                ),
                Row(
                    cells=tuple(
                        text(value, tone="plain")
                        for value in ("Share of expected", "", "", "", "1.27%", "0.22%", "")
                    )
                ),
            ),
        ),
        Callout(
            state="missed",
            lead="€10,480 lapses by 29 November.",
            text="The contract bars charges raised more than 90 days after the work. Kitting "
            "(€5,860) and waiting time (€4,620) date from August. Over-billing of €3,184 is "
            "already credited (12 October).",
        ),
        Columns(
            weights=(6, 6),
            columns=(
                (
                    Heading(
                        role="section",
                        text="Revenue grew 4.2%, by volume more than price",
                        note=spans("Invoiced revenue, € thousand; bars cut at 1,320"),
                    ),
                    Chart(spec=line_chart(246, 110), alt="Revenue grew by volume.", width="half"),
                    Prose(
                        small=True,
                        paragraphs=(spans("15.9 + 47.6 − 12.4 + 8.3 − 3.0 = 56.4."),),
                    ),
                ),
                (
                    Heading(
                        role="section",
                        text="Distribution and kitting lost margin",
                        note=spans("Gross margin by service."),
                    ),
                    Table(
                        summary="Gross margin by service",
                        columns=(
                            Column(key="service", label="", card="title"),
                            _number("revenue", "Rev. €k"),
                            _number("before", "Q2, %", role="reference"),
                            _number("now", "Q3, %", role="actual"),
                            Column(key="dots", label="", role="graphic", grow=1),
                        ),
                        rows=tuple(_margin(line) for line in MARGINS.splitlines()),
                    ),
                ),
            ),
        ),
        NotSupplied(what="Receivables were not supplied.", detail="Map the payments table."),
    )
