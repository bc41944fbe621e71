"""The look's internal page as blocks."""

from __future__ import annotations

from look_parts import spans, text
from look_why import line_chart, number

from reviewkit.blocks import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Columns,
    Dots,
    Heading,
    NotSupplied,
    Prose,
    Row,
    Table,
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
                number("expected", "Expected"),
                number("invoiced", "Invoiced"),
                number("under", "Under-billed", role="actual", tint=True),
                number("over", "Over-billed", role="actual", tint=True),
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
                            number("revenue", "Rev. €k"),
                            number("before", "Q2, %", role="reference"),
                            number("now", "Q3, %", role="actual"),
                            Column(key="dots", label="", role="graphic", grow=1),
                        ),
                        rows=tuple(_margin(line) for line in MARGINS.splitlines()),
                    ),
                ),
            ),
        ),
        NotSupplied(what="Receivables were not supplied.", detail="Map the payments table."),
    )
