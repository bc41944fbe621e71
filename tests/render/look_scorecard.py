"""The look's scorecard page as blocks."""

from __future__ import annotations

from look_parts import spans, status, text, trend

from reviewkit.blocks import Block, Cell, Column, Footnote, Heading, Row, Table


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
