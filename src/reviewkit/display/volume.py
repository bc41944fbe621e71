"""Volume: shipments by month and service, and where they came from and went."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reviewkit.analysis.covered import has_begun
from reviewkit.analysis.movement import Movement, movement
from reviewkit.blocks import Block, Group, Heading, Span
from reviewkit.display import charts, lengths, words
from reviewkit.display.charts import Stack
from reviewkit.display.magnitudes import Magnitude, magnitude
from reviewkit.display.marks import Frame, Scale, nice_ticks
from reviewkit.display.trends import not_supplied
from reviewkit.display.view import View
from reviewkit.display.volume_parts import parts_of
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import Period
from reviewkit.speech import say

NAME = "shipments"


def volume(view: View, *, brief: bool = False) -> Block:
    """Return a page on shipments: months by service, then services, sites and lanes.

    `brief` leaves out the lanes.
    """
    own = METRICS[NAME]
    lacking = own.missing(view.figures.data)
    if lacking:
        return not_supplied(view, own, lacking)
    blocks: list[Block] = [
        Heading(role="page", text=_heading(view), nav=say("Volume"), note=_note(view)),
        Heading(role="section", text=_months_heading(view), note=(Span(text=_months_note(view)),)),
        _months(view),
    ]
    wanted = ("service", "site") if brief else ("service", "site", "lane")
    dims = [dim for dim in wanted if view.figures.has("shipments", dim)]
    # A single site or service says nothing that the total does not.
    shipped = view.figures.one(NAME).n
    split = [dim for dim in dims if shipped and len(view.figures.parts(NAME, (dim,))) > 1]
    blocks += [parts_of(view, dim) for dim in split]
    return Group(blocks=tuple(blocks))


def _heading(view: View) -> str:
    value = view.figures.one(NAME)
    ago = movement(view.figures, NAME, view.period.year_ago())
    prior = movement(view.figures, NAME, view.period.prior())
    said = [
        text
        for text in (
            _against(view, ago, view.period.year_ago()),
            _against(view, prior, view.period.prior()),
        )
        if text
    ]
    # The year before a year is also a year ago: it is said once.
    said = list(dict.fromkeys(said))
    now = words.shipments(value.n, view.text.value(value))
    if said and not value.partial and few(view):
        return say("{shipments} left, {told}", shipments=now, told=words.listed(said))
    if said and value.partial:
        return say("{shipments} left so far: {told}", shipments=now, told=words.listed(said))
    if said:
        return say("{shipments} left: {told}", shipments=now, told=words.listed(said))
    about = {"shipments": now, "period": view.head(view.period)}
    if value.partial:
        return say("{shipments} left so far in {period}", **about)
    return say("{shipments} left in {period}", **about)


def _note(view: View) -> tuple[Span, ...]:
    said = (lengths.unlike(view), lengths.worked(view, view.figures.one(NAME)))
    text = " ".join(part for part in said if part)
    return (Span(text=text),) if text else ()


LEVEL = Fraction(1, 50)
"""Change within chance up to which a count is called level; beyond it the figure is told."""


def _against(view: View, moved: Movement | None, then: Period) -> str:
    if moved is None or not moved.before.n:
        return ""
    if few(view):
        before = view.formats.number(moved.before.n)
        return say("{count} in {period}", count=before, period=view.head(then))
    share = abs(moved.delta) / moved.before.n
    if not moved.told and share <= LEVEL:
        return say("level with {period}", period=view.head(then))
    about = {
        "share": view.formats.number(share * 100, 0 if share >= Fraction(1, 10) else 1),
        "period": view.head(then),
    }
    if moved.delta > 0:
        said = say("{share}% more than in {period}", **about)
    else:
        said = say("{share}% fewer than in {period}", **about)
    return said if moved.told else say("{change} (within chance)", change=said)


def few(view: View) -> bool:
    """Tell whether too few left in one of the periods compared for a share to mean anything."""
    spans = (view.period, view.period.prior(), view.period.year_ago())
    counts = [view.figures.one(NAME, span).n for span in spans]
    return min((count for count in counts if count), default=0) < view.house.minimum_n


def _months_heading(view: View) -> str:
    values = view.figures.months(NAME, len(view.year))
    months = view.year
    whole = [(v.n, m) for v, m in zip(values, months, strict=True) if v.n and not v.partial]
    if not whole:
        return say(
            "No whole {month} before {period}", month=view.step, period=view.head(view.period)
        )
    most, month = max(whole, key=lambda item: (item[0], item[1].start))
    last, closed = whole[-1]
    if closed == month and len(whole) > 1:
        return say(
            "{busiest} was the busiest of {count} {months} with {most}",
            busiest=view.head(month),
            count=words.count(len(whole)),
            months=view.steps,
            most=view.formats.number(most),
        )
    closing = view.formats.short(closed)
    return say(
        "{busiest} was the busiest {month} with {most}; {last} closed at {closing}",
        busiest=view.head(month),
        month=view.step,
        most=view.formats.number(most),
        last=closing,
        closing=view.formats.number(last),
    )


def _magnitude(view: View) -> Magnitude:
    return magnitude(float(v.n) for v in view.figures.months(NAME, 2 * len(view.year)))


def _months_note(view: View) -> str:
    note = _drawn(view)
    counted = _magnitude(view).sentence()
    return f"{note}. {counted}" if counted else note


def _drawn(view: View) -> str:
    if view.figures.has("shipments", "service"):
        return say(
            "Shipments per {month} by service; dotted: the year before. Scale starts at 0",
            month=view.step,
        )
    return say("Shipments per {month}; dotted: the year before. Scale starts at 0", month=view.step)


def _months(view: View) -> Block:
    months = view.year
    totals = view.figures.months(NAME, len(months))
    before = view.figures.months(NAME, 2 * len(months))[: len(months)]
    counted = _magnitude(view)
    # A month in which nothing left is a nought; one before the data begin is not known.
    begun = (has_begun(view.figures, "shipments", month.year_ago()) for month in months)
    past = tuple(
        counted.of(v.n) if known and not v.partial else None
        for v, known in zip(before, begun, strict=True)
    )
    series = tuple(
        (name, tuple(counted.of(value) for value in values))
        for name, values in _series(view, months)
    )
    drawn = [counted.of(v.n) for v in totals]
    ticks = nice_ticks([*drawn, *(p for p in past if p)], zero=True)
    stack = Stack(
        months=view.axis(months),
        series=series,
        texts=tuple(view.formats.number(value) if value else "" for value in drawn),
        scale=Scale(ticks, tuple(view.formats.number(tick) for tick in ticks)),
        printed=view.formats.parts,
        reference_name=say("Year before"),
        reference=past if any(past) else (),
    )
    first, last = totals[0], totals[-1]
    alt = say(
        "Shipments per {month}: {first} in {start}, {last} in {end}, stacked by {series}.",
        month=view.step,
        first=view.formats.number(first.n),
        start=view.head(months[0]),
        last=view.formats.number(last.n),
        end=view.head(months[-1]),
        series=words.listed(name for name, _ in series),
    )
    return charts.stacked(
        stack,
        view.accent,
        alt,
        Frame("full", 126 if view.short_paper else 150, left=34, right=72, top=12),
    )


def _series(view: View, months: Sequence[Period]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    if not view.figures.has("shipments", "service"):
        return (
            (words.name(METRICS[NAME]), tuple(float(view.figures.one(NAME, m).n) for m in months)),
        )
    by_month = [
        {value.by["service"]: value.n for value in view.figures.parts(NAME, ("service",), month)}
        for month in months
    ]
    names = sorted(
        {name for part in by_month for name in part},
        key=lambda name: (-sum(part.get(name, 0) for part in by_month), name),
    )
    shown = names if len(names) <= 4 else names[:3]
    rest = names[len(shown) :]
    found = [
        (name or say("Not recorded"), tuple(float(part.get(name, 0)) for part in by_month))
        for name in shown
    ]
    if rest:
        other = tuple(float(sum(part.get(name, 0) for name in rest)) for part in by_month)
        others = say("{count} others", count=words.count(len(rest)))
        found.append((words.capital(others), other))
    return tuple(found)
