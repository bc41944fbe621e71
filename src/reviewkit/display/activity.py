"""What was done in a period: the answer, its tiles, and what did not go as it should."""

from __future__ import annotations

from fractions import Fraction

from reviewkit.analysis import activity as data
from reviewkit.analysis.activity import Movement, Trouble
from reviewkit.analysis.roll_forward import Roll, roll_forward, total
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
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
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.trendlines import heights
from reviewkit.display.view import View
from reviewkit.speech import say, say_number


def headline(view: View) -> Block:
    """Return what came in, what went out and what is there, and until when it is known."""
    period = say(
        "{first} to {last}. Known to {moment}; what is booked later stands in the next report.",
        # Both in the one form: with a year, a full day is a short one in English.
        first=view.formats.day(view.period.start),
        last=view.formats.day(view.period.end, year=True),
        moment=_known_to(view),
    )
    return Group(
        blocks=(
            Heading(role="headline", text=_answer(view), nav=say("Summary")),
            Prose(paragraphs=((Span(text=period),),), lead=True),
        )
    )


def _known_to(view: View) -> str:
    cutoff = view.house.cutoff
    if cutoff is None:
        return view.formats.day(view.figures.as_of, year=True)
    return view.formats.moment(cutoff)


def _answer(view: View) -> str:
    if view.facts.headline and not view.period.months()[1:]:
        return view.facts.headline
    rolls = roll_forward(view.figures)
    if rolls:
        return _rolled(view, total(rolls))
    found = {item.key: item for item in data.movements(view.figures)}
    if "shipments" not in found:
        return say("{period}: no movement was supplied.", period=view.title)
    shipped = found["shipments"].now
    return say(
        "{shipments} left in {period}; stock was not supplied.",
        shipments=words.shipments(shipped, view.formats.number(shipped)),
        period=view.title,
    )


def _rolled(view: View, roll: Roll) -> str:
    number = view.formats.number
    moved = {"came": _came(view, roll), "left": number(roll.shipped)}
    if roll.closing is None:
        day = view.formats.full_day(view.period.end)
        return say(
            "{came}, {left} went out; no stock was recorded on {day}",
            **moved,
            day=day,
        )
    closing = number(roll.closing)
    if roll.difference is None:
        return say(
            "{came}, {left} went out; {closing} are in store",
            **moved,
            closing=closing,
        )
    if not roll.difference:
        return say(
            "{came}, {left} went out, and {closing} are in store: the books tie",
            **moved,
            closing=closing,
        )
    return say(
        "{came}, {left} went out, and {closing} are in store: {gap} are not explained",
        **moved,
        closing=closing,
        gap=number(abs(roll.difference)),
    )


def _came(view: View, roll: Roll) -> str:
    """Return what was received, as the tile below counts it, and apart from it what came back."""
    received = view.formats.number(roll.received)
    if not roll.returned:
        return say("{received} units were received", received=received)
    return say(
        "{received} units were received and {returned} returned",
        received=received,
        returned=view.formats.number(roll.returned),
    )


def tiles(view: View) -> Block:
    """Return the counts of the period's work, each beside the prior period and the prior year."""
    found = data.movements(view.figures)
    if not found:
        return NotSupplied(what=say("No movement was supplied."))
    return Tiles(tiles=tuple(_tile(view, item) for item in found))


def _labels() -> dict[str, str]:
    return {
        "receipts": say("Receipts"),
        "units_received": say("Units received"),
        "orders_shipped": say("Orders shipped"),
        "shipments": say("Shipments"),
        "returns": say("Returns"),
        "events": say("Billable events"),
    }


def _tile(view: View, item: Movement) -> Tile:
    compared = ((view.period.prior(), item.prior), (view.period.year_ago(), item.year_ago))
    return Tile(
        label=_labels()[item.key],
        text=view.formats.number(item.now),
        value=item.now,
        status=Status(state="partial", word=say("Partial")) if item.partial else None,
        references=tuple(
            Reference(
                label=view.head(period),
                text=NOTHING if count is None else view.formats.number(count),
            )
            for period, count in compared
        ),
        trend=_trend(item),
    )


def _trend(item: Movement) -> Sparkline | None:
    points = [None if count is None else Fraction(count) for count in item.run]
    return heights(points) if sum(point is not None for point in points) > 1 else None


def exceptions(view: View) -> Block:
    """Return what did not go as it should, each as a share of the whole it belongs to."""
    found = data.troubles(view.figures)
    if not found:
        return NotSupplied(what=say("Nothing was supplied that exceptions could be read from."))
    table = Table(
        columns=(
            Column(key="what", label=say("Exception"), grow=3, card="title"),
            Column(
                key="count",
                label=view.head(view.period),
                align="right",
                role="actual",
                card="lead",
            ),
            Column(key="whole", label=say("Of"), align="right", role="reference"),
            Column(key="share", label=say("Share, %"), align="decimal"),
            Column(
                key="prior",
                label=say("{period}, %", period=view.head(view.period.prior())),
                align="decimal",
                role="reference",
            ),
        ),
        rows=tuple(_trouble(view, item) for item in found),
        summary=say("Exceptions of the period"),
    )
    heading = Heading(role="section", text=_exceptions_heading(view, found), nav=say("Exceptions"))
    return Group(blocks=(heading, table), keep=True)


def _names() -> dict[str, str]:
    return {
        "receipts_open": say("Receipts not yet available"),
        "receipts_off": say("Receipts that differ from their advice"),
        "lines_short": say("Order lines shipped short"),
        "lines_wrong": say("Order lines with an error"),
        "late": say("Deliveries late"),
        "short": say("Deliveries not in full"),
        "damaged": say("Units damaged"),
        "cancelled": say("Deliveries cancelled"),
    }


def _trouble(view: View, item: Trouble) -> Row:
    prior = Fraction(item.prior or 0, item.prior_whole) if item.prior_whole else None
    return Row(
        cells=(
            Cell(text=_names()[item.key]),
            Cell(text=view.formats.number(item.count), value=item.count, type="int"),
            Cell(text=view.formats.number(item.whole), value=item.whole, type="int"),
            _percent(view, item.share),
            _percent(view, prior),
        )
    )


def _percent(view: View, share: Fraction | None) -> Cell:
    if share is None:
        return Cell(text=NOTHING)
    percent = share * 100
    # A share that is not nothing never prints as nothing.
    decimals = 1 if not percent or percent >= Fraction(1, 20) else 3
    return Cell(text=view.formats.number(percent, decimals), value=float(share), type="float")


def _exceptions_heading(view: View, found: tuple[Trouble, ...]) -> str:
    most = max(found, key=lambda item: (item.share or Fraction(0), item.count))
    if not most.count:
        return say("No exception was recorded")
    return say(
        "{what} are the largest exception: {count} of {whole}",
        what=_names()[most.key],
        count=view.formats.number(most.count),
        whole=view.formats.number(most.whole),
    )


def corrections(view: View) -> str:
    """Return how many corrections stand behind the adjusted units, as a sentence, or nothing."""
    rows = view.figures.data.cube.get("stock_adjustments")
    if rows is None or not view.figures.has("stock_adjustments", "units"):
        return ""
    count = data.counted(view.figures, "stock_adjustments", "adjustments")
    return say_number(
        "One correction stands behind the adjusted units.",
        "{number} corrections stand behind the adjusted units.",
        count,
    )
