"""The overall score: its parts, what moved it, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.scoring import Score, Scored, score, score_for_the_client
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Prose,
    Row,
    Span,
    Table,
)
from reviewkit.display import words
from reviewkit.display.figures import cell, label
from reviewkit.display.formats import NOTHING, apportioned, rounded_to
from reviewkit.display.score_notes import DECIMALS, lack, notes
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def overall(view: View, *, brief: bool = False) -> Block:
    """Return the score of the period with its parts, its change in parts, and what lacks.

    `brief` without the table: what moved it stands under the heading.
    """
    names, weights = [metric.id for metric in view.scored], view.params.client.weights
    found = score(view.figures, names, weights)
    if not found.lines:
        return NotSupplied(
            what=say("Overall score"),
            detail=view.remedy(say("It needs targets, in the client's parameters.")),
        )
    lacks = _note(view, found)
    if found.now.points is None:
        return Prose(
            paragraphs=(
                (Span(text=say("There is no score."), tone="strong"), Span(text=f" {lacks}")),
            )
        )
    told = " ".join(filter(None, (_moves(view, found), lacks))) or _judged(found)
    heading = Heading(
        role="section",
        text=_heading(view, found),
        nav=say("Score", context="of the account"),
        note=(Span(text=told if brief else lacks),) if brief or lacks else (),
    )
    if brief:
        return heading
    own = None if view.audience == "client" else score_for_the_client(view.figures, names, weights)
    return Group(blocks=(heading, _table(view, found, own)))


def _heading(view: View, found: Score) -> str:
    assert found.now.points is not None  # noqa: S101  asked by the caller
    now = view.formats.number(found.now.points, DECIMALS)
    change, effects = _effects(found)
    if change is None or not any(effects.values()):
        return _unmoved(view, found, now, compared=change is not None)
    most = max(found.lines, key=lambda item: (abs(effects.get(item.metric, 0)), item.metric))
    return say(
        "The score is {now} of 100 points, {change} on the prior period; "
        "{measure} moved it most, by {effect}",
        now=now,
        change=view.formats.number(change, DECIMALS, signed=True),
        measure=words.within(METRICS[most.metric]),
        effect=view.formats.number(effects[most.metric], DECIMALS, signed=True),
    )


def _unmoved(view: View, found: Score, now: str, *, compared: bool) -> str:
    """Return the score and the measure that earned least of it, or the surest where all met."""
    judged = [item for item in found.lines if item.now.points is not None]
    least = min(judged, key=lambda item: (item.now.points, -item.now.value.n, item.metric))
    about = {
        "now": now,
        "measure": words.within(METRICS[least.metric]),
        "value": view.text.value(least.now.value),
    }
    if compared:
        return say("The score stays at {now} of 100 points; {measure} stands at {value}", **about)
    return say("The score is {now} of 100 points; {measure} stands at {value}", **about)


def _moves(view: View, found: Score) -> str:
    """Return what moved the score, the largest effects first."""
    _, effects = _effects(found)
    ranked = sorted(effects, key=lambda name: (-abs(effects[name]), name))
    moved = [
        say(
            "{measure} {effect}",
            measure=words.within(METRICS[name]),
            effect=view.formats.number(effects[name], DECIMALS, signed=True),
        )
        for name in ranked
        if effects[name]
    ]
    return say("What moved it: {list}.", list=", ".join(moved)) if moved else ""


def _judged(found: Score) -> str:
    """Return that nothing lacks, and of how many measures the score is."""
    return say_number(
        "Judged: its only measure.",
        "Judged: {every} measures, 100% of the weight.",
        len(found.lines),
        every=words.every(len(found.lines)),
    )


def _note(view: View, found: Score) -> str:
    prior = view.formats.period(view.period.prior())
    told = []
    unjudged = [item for item in found.lines if item.now.lack]
    if unjudged:
        share = _percent(view, found.now.judged / found.now.weight)
        listed = words.listed(_unjudged(view, found, item) for item in unjudged)
        told.append(
            say("Judged: {share} of the weight. Not judged: {listed}.", share=share, listed=listed)
            if found.now.judged
            else say("Not judged: {listed}.", listed=listed)
        )
    if found.now.points is not None and found.change is None:
        told.append(say("Not compared: no measure was judged in {prior} as well.", prior=prior))
    return " ".join(told)


def _unjudged(view: View, found: Score, item: Scored) -> str:
    return say(
        "{measure} ({why}, {share})",
        measure=words.within(METRICS[item.metric]),
        why=lack(item),
        share=_percent(view, item.weight / found.now.weight),
    )


def _table(view: View, found: Score, own: Score | None) -> Table:
    now, prior = view.head(view.period), view.head(view.period.prior())
    columns = (
        Column(key="measure", label=say("Measure"), grow=1, card="title"),
        Column(key="weight", label=say("Weight"), align="right", role="reference"),
        Column(key="target", label=say("Target"), align="right"),
        Column(key="zero", label=say("No points from"), align="right", role="reference"),
        Column(key="value", label=say("Result"), align="right", role="actual", over=now),
        Column(key="points", label=say("Points"), align="right", over=now),
        Column(key="earned", label=say("Of the score"), align="right", role="actual", over=now),
        Column(key="before", label=say("Points"), align="right", role="reference", over=prior),
        Column(key="effect", label=say("Moved it by"), align="right", card="lead"),
    )
    return Table(
        columns=columns,
        rows=(*_rows(view, found), _whole(view, found)),
        summary=say("Parts of the score of {client}", client=view.client),
        footnotes=notes(view, found, own),
    )


def _rows(view: View, found: Score) -> Iterator[Row]:
    earned = _earned(found)
    _, effects = _effects(found)
    for item in found.lines:
        metric, now = METRICS[item.metric], item.now
        aim = view.text.target(now.value)
        yield Row(
            cells=(
                Cell(text=label(metric, view.formats), link=_link(view, item)),
                _number(_percent(view, item.weight / found.now.weight), item.weight),
                cell(now.value, aim, now.value.target, "target"),
                Cell(text=_zero(view, item)),
                cell(now.value, _result(view, item), now.value.value),
                _points(view, now.points, lack(item) or NOTHING),
                _points(view, earned.get(item.metric)),
                _points(view, item.before.points, NOTHING),
                _effect(view, found, item, effects),
            )
        )


def _whole(view: View, found: Score) -> Row:
    change, _ = _effects(found)
    return Row(
        total=True,
        cells=(
            Cell(text=say("Score", context="of the account")),
            Cell(text=_percent(view, Fraction(1))),
            Cell(),
            Cell(),
            Cell(),
            Cell(),
            _points(view, found.now.points, NOTHING),
            _points(view, found.before.points, NOTHING),
            _signed(view, change) if change is not None else Cell(text=NOTHING),
        ),
    )


def _link(view: View, item: Scored) -> str:
    return f"#def-{item.metric}" if view.figures.supplied(item.metric) else ""


def _result(view: View, item: Scored) -> str:
    few = item.now.value.status == "low_volume"
    return view.text.counts(item.now.value) if few else view.text.value(item.now.value, unit=False)


def _zero(view: View, item: Scored) -> str:
    aim = item.now.aim
    return view.text.level(METRICS[item.metric], aim.zero) if aim else NOTHING


def _earned(found: Score) -> Mapping[str, Decimal]:
    """Return what each measure gives to the score, rounded so that they add up to it."""
    known = [(item, item.now.points) for item in found.lines if item.now.points is not None]
    parts = [item.weight * points / found.now.judged for item, points in known]
    rounded = apportioned(parts, DECIMALS)
    return {item.metric: part for (item, _), part in zip(known, rounded, strict=True)}


def _effects(found: Score) -> tuple[Decimal | None, Mapping[str, Decimal]]:
    """Return the change between the scores as printed, and each measure's part of it."""
    now, before = found.now.points, found.before.points
    if found.change is None or now is None or before is None:
        return None, {}
    change = rounded_to(now, DECIMALS) - rounded_to(before, DECIMALS)
    moved = list(dict.fromkeys(effect.metric for effect in found.effects))
    parts = apportioned([found.effect(name) for name in moved], DECIMALS, change)
    return change, dict(zip(moved, parts, strict=True))


def _effect(view: View, found: Score, item: Scored, effects: Mapping[str, Decimal]) -> Cell:
    if item.metric not in effects:
        return Cell(text=NOTHING)
    marks = {"entered": "a", "left": "a", "target": "b"}
    kinds = {effect.kind for effect in found.effects if effect.metric == item.metric}
    mark = "".join(sorted({marks[kind] for kind in kinds if kind in marks}))
    return _signed(view, effects[item.metric]).model_copy(update={"mark": mark})


def _points(view: View, points: Fraction | Decimal | None, instead: str = NOTHING) -> Cell:
    if points is None:
        return Cell(text=instead)
    return _number(view.formats.number(points, DECIMALS), points)


def _signed(view: View, points: Decimal) -> Cell:
    return _number(view.formats.number(points, DECIMALS, signed=True), points)


def _number(text: str, value: Fraction | Decimal) -> Cell:
    return Cell(text=text, value=float(value), type="float")


def _percent(view: View, share: Fraction) -> str:
    whole = (share * 100).denominator == 1
    return say("{share}%", share=view.formats.number(share * 100, 0 if whole else 1))
