"""What is said under a score: how points are earned, what is like with like, what lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reviewkit.analysis.scoring import Lack, Score, Scored
from reviewkit.blocks import Footnote
from reviewkit.display import words
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

DECIMALS = 1
"""Decimals of points and of the score."""

_LACKS: Mapping[Lack, Callable[[], str]] = {
    "not_supplied": lambda: say("not supplied"),
    "no_data": lambda: say("no data"),
    "low_volume": lambda: say("few cases"),
    "partial": lambda: say("partial"),
    "no_target": lambda: say("no target"),
}


def lack(item: Scored) -> str:
    """Return why a measure has no points in this period; nothing where it has some."""
    return _LACKS[item.now.lack]() if item.now.lack else ""


def notes(view: View, found: Score, own: Score | None) -> tuple[Footnote, ...]:
    """Return the notes under a score; `own` is the score of the client's version, if another's."""
    return (
        Footnote(mark="", lead=say("Points."), text=_points()),
        Footnote(mark="", lead=say("Score."), text=_score(view)),
        *_unlike(view, found),
        *_aimed_anew(view, found),
        *(_for_the_client(view, item) for item in (own,) if item),
    )


def _points() -> str:
    return say(
        "Meeting the target earns 100. A miss loses points in proportion to its gap, down to "
        "none at the result named; inside the tolerance it keeps at least half."
    )


def _score(view: View) -> str:
    kept = say(
        "Points by weight, over the measures that could be judged; others neither earn nor "
        "lose points."
    )
    equal = say("Every measure with a target has the same weight.")
    return kept if view.params.client.weights else f"{kept} {equal}"


def _unlike(view: View, found: Score) -> Iterator[Footnote]:
    kinds = {effect.kind for effect in found.effects}
    if not kinds & {"entered", "left"}:
        return
    yield Footnote(
        mark="a",
        lead=say("Not like with like."),
        text=say(
            "Judged in one of the two periods alone; told apart from what moved. Like with like "
            "the score moved by {change}.",
            change=view.formats.number(found.like_for_like, DECIMALS, signed=True),
        ),
    )


def _aimed_anew(view: View, found: Score) -> Iterator[Footnote]:
    anew = [effect for effect in found.effects if effect.kind == "target"]
    if not anew:
        return
    told = (
        say(
            "{measure} {effect}",
            measure=words.within(METRICS[effect.metric]),
            effect=view.formats.number(effect.points, DECIMALS, signed=True),
        )
        for effect in anew
    )
    text = say("Of the change that much comes from another target: {list}.", list=", ".join(told))
    yield Footnote(mark="b", lead=say("New target."), text=text)


def _for_the_client(view: View, own: Score) -> Footnote:
    if own.now.points is None:
        text = say(
            "The client\u2019s version shows no score: none of its measures could be judged."
        )
    else:
        text = say_number(
            "The client\u2019s version counts the one measure that the client may know: "
            "{points} points.",
            "The client\u2019s version counts only the {number} measures that the client may know: "
            "{points} points.",
            len(own.lines),
            points=view.formats.number(own.now.points, DECIMALS),
        )
    return Footnote(mark="", lead=say("For the client."), text=text)
