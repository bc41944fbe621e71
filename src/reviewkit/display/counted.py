"""Tiles of what was invoiced, beside measures or where no measure has a figure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.invoiced import Counted, invoiced
from reviewkit.blocks import Reference, Sparkline, Status, Tile
from reviewkit.display.figures import state_word
from reviewkit.display.formats import NOTHING
from reviewkit.display.trendlines import heights
from reviewkit.display.view import View
from reviewkit.speech import say

AMOUNTS = frozenset({"invoiced", "credited"})


def tiles(view: View, room: int) -> tuple[Tile, ...]:
    """Return up to `room` tiles, each with the prior period and the prior year."""
    return tuple(_tile(view, item) for item in invoiced(view.figures)[:room]) if room else ()


def sentence(view: View) -> str:
    """Return what was invoiced, beside the prior period where that is known; else nothing."""
    found = {item.key: item for item in invoiced(view.figures)}
    if "invoiced" not in found:
        return ""
    net = found["invoiced"]
    about = {"amount": _text(view, net, net.now), "period": view.title}
    if net.prior is None:
        return say("{amount} was invoiced in {period}.", **about)
    return say(
        "{amount} was invoiced in {period}, against {before} in {prior}.",
        before=_text(view, net, net.prior),
        prior=view.head(view.period.prior()),
        **about,
    )


def _labels() -> dict[str, str]:
    return {
        "invoiced": say("Invoiced"),
        "invoice_lines": say("Invoice lines"),
        "credited": say("Credited"),
    }


def _tile(view: View, item: Counted) -> Tile:
    compared = ((view.period.prior(), item.prior), (view.period.year_ago(), item.year_ago))
    return Tile(
        label=_labels()[item.key],
        text=_text(view, item, item.now),
        value=str(item.now),
        status=Status(state="partial", word=state_word("partial")) if item.partial else None,
        references=tuple(
            Reference(label=view.head(period), text=_text(view, item, at))
            for period, at in compared
        ),
        trend=_trend(item),
    )


def _text(view: View, item: Counted, at: Decimal | None) -> str:
    if at is None:
        return NOTHING
    return view.formats.money(at) if item.key in AMOUNTS else view.formats.number(at)


def _trend(item: Counted) -> Sparkline | None:
    points = [None if at is None else Fraction(at) for at in item.run]
    return heights(points) if sum(point is not None for point in points) > 1 else None
