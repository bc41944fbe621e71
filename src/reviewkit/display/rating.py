"""The client's own rating by role of who answered, with its interval."""

from __future__ import annotations

from reviewkit.analysis.movement import movement
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display.figures import cell
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.speech import say, say_number


def rating(view: View) -> Block:
    """Return the client's own rating by role, with its interval."""
    if not view.figures.supplied("nps"):
        return NotSupplied(
            what=say("Survey responses were not supplied."),
            detail=view.remedy(say("Map the table `surveys` to see the net promoter score.")),
        )
    value = view.figures.one("nps")
    if not value.n:
        return NotSupplied(
            what=say("Nobody answered the survey in {period}.", period=view.head(view.period))
        )
    roles = sorted(view.figures.parts("nps", ("role",)), key=lambda v: (-v.n, v.by["role"]))
    rows = [
        _role(view, role, role.by["role"] or say("Role not recorded")) for role in roles if role.n
    ]
    rows.append(_role(view, value, say("All responses"), total=True))
    table = Table(
        columns=(
            Column(key="role", label=say("Role of who answered"), grow=1, card="title"),
            Column(key="n", label=say("Responses"), align="right"),
            Column(key="score", label=say("Score"), align="right", role="actual", card="lead"),
            Column(key="interval", label=say("95% interval"), align="right", role="reference"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
            Column(
                key="ago", label=view.head(view.period.year_ago()), align="right", role="reference"
            ),
        ),
        rows=tuple(rows),
        summary=say("Net promoter score by role"),
    )
    note = Span(
        text=say(
            "Share of answers of 9 or 10 less the share of 0 to 6, times 100. With few answers "
            "the interval is wide."
        )
    )
    return Group(
        blocks=(Heading(role="section", text=_rating_heading(view, value), note=(note,)), table),
        keep=True,
    )


def _rating_heading(view: View, value: MetricValue) -> str:
    moved = movement(view.figures, "nps", view.period.prior())
    about = {"count": view.formats.number(value.n), "score": view.text.value(value)}
    if moved and moved.told:
        if moved.delta > 0:
            return say("Your rating rose to {score} from {count} responses", **about)
        return say("Your rating fell to {score} from {count} responses", **about)
    if value.prior is None:
        return say_number(
            "Your rating is {score} from one response",
            "Your rating is {score} from {count} responses",
            value.n,
            **about,
        )
    return say_number(
        "Your rating is {score} from one response; {before} before, within chance",
        "Your rating is {score} from {count} responses; {before} before, within chance",
        value.n,
        before=view.text.reference(value, value.prior),
        **about,
    )


def _role(view: View, value: MetricValue, name: str, *, total: bool = False) -> Row:
    low_high = NOTHING
    if value.interval:
        low, high = (view.formats.number(end) for end in value.interval)
        low_high = say("{low} to {high}", low=low, high=high)
    return Row(
        total=total,
        cells=(
            Cell(text=name),
            Cell(text=view.formats.number(value.n), value=value.n, type="int"),
            cell(value, view.text.value(value), value.value),
            Cell(text=low_high),
            cell(value, view.text.reference(value, value.prior), value.prior, "prior"),
            cell(value, view.text.reference(value, value.year_ago), value.year_ago, "year_ago"),
        ),
    )
