"""Why a figure moved, as a table with bars: rate and mix of every part, in points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.change import Change, Count, Part
from reviewkit.analysis.movement import split_by
from reviewkit.blocks import (
    Bar,
    Block,
    Cell,
    Column,
    Figure,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
)
from reviewkit.display import bridge, standing, words
from reviewkit.display.bridge import Line
from reviewkit.display.formats import apportioned
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS, metric
from reviewkit.speech import say, say_number

SHOWN = 6
"""Parts shown on their own; the rest is added up in one row."""

DECIMALS = 2


def change(view: View, metric_id: str, by: str) -> Block:
    """Return the change of a ratio since the prior period, split along `by`."""
    own = metric(metric_id)
    found = split_by(view.figures, metric_id, by)
    one, many = words.dimension(by)
    if found is None:
        return NotSupplied(
            what=say("{metric} cannot be compared by {part}.", metric=words.name(own), part=one),
            detail=say(
                "It needs {parts} and both periods, {before} and {now}, whole.",
                parts=many,
                before=view.head(view.period.prior()),
                now=view.head(view.period),
            ),
        )
    if view.figures.one(metric_id).status == "low_volume" or len(found.parts) == 1:
        few = view.text.counts(view.figures.one(metric_id))
        about = {"metric": words.name(own), "part": one}
        if len(found.parts) == 1:
            return NotSupplied(
                what=say("{metric} is not taken apart by {part}: all on one {part}.", **about)
            )
        return NotSupplied(
            what=say("{metric} is not taken apart by {part}: {few}, too few.", few=few, **about)
        )
    lines = _lines(found)
    table = Table(
        columns=_columns(view, metric_id, words.capital(one)),
        rows=(
            *(_row(view, metric_id, line, lines) for line in lines),
            _total(view, found, lines, many),
        ),
        summary=say("Change of {metric} by {part}, in points", metric=words.within(own), part=one),
        cards=True,
    )
    return Group(
        blocks=(
            Heading(role="section", text=_heading(view, found, many), note=_note(view, found, one)),
            table,
        ),
        keep=True,
    )


def _columns(view: View, metric_id: str, name: str) -> tuple[Column, ...]:
    before, now = view.head(view.period.prior()), view.head(view.period)
    cases = words.capital(words.cases(metric_id))
    rate = f"{say(words.CASES[metric_id].rate)}, %"
    money = METRICS[metric_id].rollup == "share_of_money"
    volume = say("Revenue, {currency}", currency=view.formats.symbol) if money else cases
    return (
        Column(key="part", label=name, card="title"),
        Column(key="n0", label=_short(before), over=volume, align="right", role="reference"),
        Column(key="n1", label=_short(now), over=volume, align="right", role="reference"),
        Column(key="r0", label=_short(before), over=rate, align="right", role="reference"),
        Column(key="r1", label=_short(now), over=rate, align="right", role="reference"),
        Column(key="bar", label="", role="graphic", grow=1),
        Column(
            key="rate", label=say("Rate"), over=say("Effect, points"), align="right", tone="accent"
        ),
        Column(
            key="mix", label=say("Mix"), over=say("Effect, points"), align="right", tone="quiet"
        ),
        Column(
            key="total",
            label=say("Total"),
            over=say("Effect, points"),
            align="right",
            tone="strong",
            card="lead",
        ),
    )


def _short(head: str) -> str:
    return head.split(" ")[0]


def _lines(found: Change) -> tuple[Line, ...]:
    shown = found.parts if len(found.parts) <= SHOWN + 1 else found.parts[:SHOWN]
    rest = found.parts[len(shown) :]
    groups: list[tuple[Part, ...]] = [(part,) for part in shown] + ([rest] if rest else [])
    rate = apportioned([100 * sum((p.rate for p in g), Fraction(0)) for g in groups], DECIMALS)
    mix = apportioned(
        [100 * sum((p.mix + p.entry for p in g), Fraction(0)) for g in groups], DECIMALS
    )
    return tuple(
        Line(
            name=_name(group, found.by),
            by={found.by: group[0].key} if len(group) == 1 else None,
            before=_added(part.before for part in group),
            now=_added(part.now for part in group),
            rate=rate[at],
            mix=mix[at],
            strong=len(group) == 1 and group[0].significant and group[0].chance is not None,
        )
        for at, group in enumerate(groups)
    )


def _name(group: tuple[Part, ...], by: str) -> str:
    if len(group) > 1:
        rest = say(
            "{count} other {parts}", count=words.count(len(group)), parts=words.dimension(by)[1]
        )
        return words.capital(rest)
    part = group[0]
    name = words.capital(_part_name(part, by))
    if part.presence == "new":
        return say("{part} (new)", part=name)
    return say("{part} (gone)", part=name) if part.presence == "gone" else name


def _part_name(part: Part, by: str) -> str:
    if not part.key and by == "late_cause":
        return say("on time, or not recorded")
    return standing.part_name(part.key)


def _added(counts: Iterable[Count | None]) -> Count | None:
    known = [item for item in counts if item]
    if not known:
        return None
    return Count(
        sum((item.numerator for item in known), Fraction(0)),
        sum((item.denominator for item in known), Fraction(0)),
    )


def _row(view: View, metric_id: str, line: Line, lines: tuple[Line, ...]) -> Row:
    strong = "strong" if line.strong else None
    return Row(
        cells=(
            Cell(text=line.name),
            *_counts(view, metric_id, line),
            Cell(bar=bridge.drawn(line, lines)),
            *(_effect(view, value) for value in (line.rate, line.mix)),
            _effect(view, line.total).model_copy(update={"tone": strong}),
        )
    )


def _total(view: View, found: Change, lines: tuple[Line, ...], many: str) -> Row:
    rate, mix = (
        sum((line.rate for line in lines), Decimal(0)),
        sum((line.mix for line in lines), Decimal(0)),
    )
    name = say("All {parts}", parts=many)
    whole = Line(name, {}, found.before, found.now, rate, mix, strong=True)
    low, high = bridge.scale(lines)
    return Row(
        total=True,
        cells=(
            Cell(text=whole.name),
            *_counts(view, found.metric, whole),
            Cell(bar=Bar(zero=bridge.at(Decimal(0), low, high))),
            *(_effect(view, value) for value in (rate, mix, whole.total)),
        ),
    )


def _counts(view: View, metric_id: str, line: Line) -> tuple[Cell, ...]:
    cells = []
    for item in (line.before, line.now):
        text = view.formats.number(item.denominator) if item else "–"
        cells.append(Cell(text=text, value=float(item.denominator) if item else None, type="float"))
    for item, role in ((line.before, "prior"), (line.now, "value")):
        text = view.formats.number(item.rate * 100, 1) if item else "–"
        cells.append(
            Cell(
                text=text,
                value=float(item.rate) if item else None,
                type="float",
                figure=_identity(view, metric_id, line, role) if item else None,
            )
        )
    return tuple(cells)


def _identity(view: View, metric_id: str, line: Line, role: str) -> Figure | None:
    if line.by is None:
        return None
    return Figure(metric=metric_id, period=view.period.id, by=dict(line.by), role=role)


def _effect(view: View, value: Decimal) -> Cell:
    return Cell(
        text=view.formats.number(value, DECIMALS, signed=True), value=str(value), type="decimal"
    )


def _heading(view: View, found: Change, many: str) -> str:
    own = METRICS[found.metric]
    delta = view.text.step(own, abs(found.delta), word=True)
    parts = found.contributors()
    if parts:
        names = words.listed(standing.part_name(part.key) for part in parts[:2])
        total = sum((part.total for part in parts[:2]), Fraction(0))
        return say_number(
            "{names} accounts for {step} of the {whole}",
            "{names} account for {step} of the {whole}",
            len(parts[:2]),
            names=names,
            step=view.text.step(own, abs(total)),
            whole=delta,
        )
    largest = found.parts[0]
    name = _part_name(largest, found.by)
    effect = view.formats.number(_lines(found)[0].total, DECIMALS, signed=True)
    if all(part.chance is None and part.shift is None for part in found.parts):
        # Nothing told what is usual: nothing is said of chance.
        return say("{part} has the largest effect, {effect}", part=name, effect=effect)
    if not found.seen and any(part.significant for part in found.parts):
        return say(
            "Hardly any change: {part} has the largest effect, {effect}", part=name, effect=effect
        )
    if len(found.parts) == 1:
        return say("No change beyond chance: {part}, {effect}", part=name, effect=effect)
    return say(
        "No change beyond chance in any of {number} {parts}; {part} the largest, {effect}",
        number=len(found.parts),
        parts=many,
        part=name,
        effect=effect,
    )


def _note(view: View, found: Change, one: str) -> tuple[Span, ...]:
    before, now = view.head(view.period.prior()), view.head(view.period)
    spans = [
        Span(text=say("Change from {before} to {now} in points. ", before=before, now=now)),
        Span(text=say("Rate"), tone="accent"),
        Span(text=say(": the {part} performed differently. ", part=one)),
        Span(text=say("Mix"), tone="quiet"),
        Span(text=say(": its share changed.")),
    ]
    if any(part.chance is not None for part in found.parts):
        spans += [
            Span(text=" "),
            Span(text=say("Bold"), tone="strong"),
            Span(text=say(": more than chance, of all that this review looked at (99%).")),
        ]
    return tuple(spans)
