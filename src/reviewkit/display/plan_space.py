"""Services × sites of a client with the gaps sized; for the own house."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reviewkit.analysis.plan_space import Matrix, Space, matrix
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Prose, Row, Span
from reviewkit.blocks import Table as TableBlock
from reviewkit.display import words
from reviewkit.display.formats import NOTHING, rounded_to
from reviewkit.display.view import View
from reviewkit.speech import say, say_number

WIDE = 6
"""Sites that a matrix shows across; with more, its gaps alone are listed."""

ROUGH = 10_000
"""From this amount on an estimate is told in thousands."""


def white_space(view: View) -> Block:
    """Return what each site buys in a year, and what the gaps would be worth."""
    found = matrix(view.figures)
    if found is None:
        return NotSupplied(
            what=say("White space cannot be told: invoices do not say service and site."),
            detail=say("Map both columns of the table invoice_lines."),
        )
    heading = _heading(view, found)
    blocks: list[Block] = [heading]
    if len(found.sites) <= WIDE:
        blocks = [Group(blocks=(heading, _matrix(view, found)), keep=True)]
    sized = [space for space in found.gaps if space.size is not None]
    if sized:
        blocks.append(_gaps(view, sized))
    return Group(blocks=tuple(blocks))


def _heading(view: View, found: Matrix) -> Heading:
    sized = [space for space in found.gaps if space.size is not None]
    text = say("Every site buys every service that another one buys")
    if len(found.sites) == 1:
        text = say("{site} is the only site: no other tells of white space", site=found.sites[0])
    if found.gaps and not sized:
        text = say("What sites do not buy has no size: no site is like them")
    if sized:
        first = sized[0]
        text = say_number(
            "{count} gap among services and sites: {service} in {site}, about {size} a year",
            "{count} gaps among services and sites, first of all {service} in {site}, "
            "about {size} a year",
            len(found.gaps),
            count=words.capital(words.count(len(found.gaps))),
            service=first.service,
            site=first.site,
            size=_about(view, first.size),
        )
    note = say(
        "Revenue from {start} to {end}, {currency}",
        start=view.formats.day(found.start, year=True),
        end=view.formats.day(found.end, year=True),
        currency=view.formats.currency,
    )
    return Heading(role="section", text=text, note=(Span(text=note),), internal=True)


def _matrix(view: View, found: Matrix) -> Block:
    columns = [Column(key="service", label=say("Service"), role="actual", card="title")]
    columns += [
        Column(key=f"site-{at}", label=site, align="right") for at, site in enumerate(found.sites)
    ]
    rows = [
        Row(
            cells=(
                Cell(text=service),
                *(_cell(view, found.spaces[service, site]) for site in found.sites),
            )
        )
        for service in found.services
    ]
    volume = [Cell(text=say("Shipments"))]
    volume += [
        Cell(text=view.formats.number(found.volume[site]) if site in found.volume else NOTHING)
        for site in found.sites
    ]
    return TableBlock(
        columns=tuple(columns),
        rows=(*rows, Row(cells=tuple(volume), total=True)),
        summary=say("Revenue of a year by service and site, with gaps marked"),
    )


def _cell(view: View, space: Space) -> Cell:
    if not space.gap:
        return Cell(text=view.formats.money(space.revenue), value=str(space.revenue))
    if space.size is None:
        return Cell(text=NOTHING, tone="quiet")
    return Cell(text=say("gap"), tone="strong")


def _gaps(view: View, sized: Sequence[Space]) -> Block:
    """Return the gaps with their size, its span, and of how many sites it is."""
    rows = [
        Row(
            cells=(
                Cell(text=space.service),
                Cell(text=space.site),
                Cell(text=_about(view, space.size), value=float(space.size or 0)),
                Cell(text=_span(view, space)),
                Cell(text=str(space.sites), value=space.sites, type="int"),
                Cell(text=", ".join(space.deals) or NOTHING),
            )
        )
        for space in sized
    ]
    table = TableBlock(
        columns=(
            Column(key="service", label=say("Gap"), role="actual", card="title"),
            Column(key="site", label=say("Site")),
            Column(key="size", label=say("About, a year"), align="right", card="lead"),
            Column(key="span", label=say("From – to"), align="right", role="reference"),
            Column(key="sites", label=say("Of sites"), align="right"),
            Column(key="deals", label=say("Open deals")),
        ),
        rows=tuple(rows),
        summary=say("Gaps among services and sites with their size"),
    )
    text = say(
        "Median revenue per shipment of the service at this client's own sites that buy it, times "
        "the shipments of the site that does not; from the least to the largest of them. One site "
        "alone tells no span."
    )
    return Group(blocks=(table, Prose(paragraphs=((Span(text=text),),), small=True)))


def _about(view: View, size: Fraction | None) -> str:
    """Return an estimate no finer than it is: in thousands from ten thousand on."""
    worth = size or Fraction(0)
    return view.formats.money(rounded_to(worth / 1000, 0) * 1000 if worth >= ROUGH else worth)


def _span(view: View, space: Space) -> str:
    if space.sites < 2 or space.low is None or space.high is None:
        return NOTHING
    return say("{low} – {high}", low=_about(view, space.low), high=_about(view, space.high))
