"""Complaints and the client's own rating: categories, root causes, open cases, scores."""

from __future__ import annotations

from fractions import Fraction

from reviewkit.analysis import cases as data
from reviewkit.analysis.cases import Category, OpenCase, RootCause
from reviewkit.analysis.movement import movement
from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Cell,
    Column,
    Columns,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
)
from reviewkit.display import words
from reviewkit.display.figures import cell
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue, Number

SHOWN = 7


def cases(view: View) -> Block:
    """Return a page on cases opened, their causes, and those still open."""
    if not view.figures.supplied("cases_opened"):
        return NotSupplied(
            what="Cases were not supplied.",
            detail=view.remedy(
                "Map the table `cases` to see complaints, their causes and how long they took."
            ),
        )
    roots = data.root_causes(view.figures)
    left: tuple[Block, ...] = (_categories(view),)
    right: tuple[Block, ...] = (_roots(view, roots),) if roots else ()
    blocks: list[Block] = [Heading(role="page", text=_heading(view), nav="Cases")]
    blocks += [Columns(columns=(left, right), weights=(6, 6))] if right else left
    blocks.append(_open(view))
    return Group(blocks=tuple(blocks))


def rating(view: View) -> Block:
    """Return the client's own rating by role, with its interval."""
    if not view.figures.supplied("nps"):
        return NotSupplied(
            what="Survey responses were not supplied.",
            detail=view.remedy("Map the table `surveys` to see the net promoter score."),
        )
    value = view.figures.one("nps")
    if not value.n:
        return NotSupplied(what=f"Nobody answered the survey in {view.head(view.period)}.")
    roles = sorted(view.figures.parts("nps", ("role",)), key=lambda v: (-v.n, v.by["role"]))
    rows = [_role(view, role, role.by["role"] or "Role not recorded") for role in roles if role.n]
    rows.append(_role(view, value, "All responses", total=True))
    table = Table(
        columns=(
            Column(key="role", label="Role of who answered", grow=1, card="title"),
            Column(key="n", label="Responses", align="right"),
            Column(key="score", label="Score", align="right", role="actual", card="lead"),
            Column(key="interval", label="95% interval", align="right", role="reference"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
            Column(
                key="ago", label=view.head(view.period.year_ago()), align="right", role="reference"
            ),
        ),
        rows=tuple(rows),
        summary="Net promoter score by role",
    )
    note = Span(
        text="Share of answers of 9 or 10 less the share of 0 to 6, times 100. With few answers "
        "the interval is wide."
    )
    return Group(
        blocks=(Heading(role="section", text=_rating_heading(view, value), note=(note,)), table),
        keep=True,
    )


def _rating_heading(view: View, value: MetricValue) -> str:
    moved = movement(view.figures, "nps", view.period.prior())
    answers = f"{view.formats.number(value.n)} responses"
    score = view.text.value(value)
    if moved and moved.told:
        verb = "rose" if moved.delta > 0 else "fell"
        return f"Your rating {verb} to {score} from {answers}"
    before = view.text.reference(value, value.prior)
    return f"Your rating is {score} from {answers}; {before} before, within chance"


def _role(view: View, value: MetricValue, name: str, *, total: bool = False) -> Row:
    low_high = NOTHING
    if value.interval:
        low_high = " to ".join(view.formats.number(end) for end in value.interval)
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


def _heading(view: View) -> str:
    opened = view.figures.one("cases_opened")
    took = view.figures.one("resolution_median")
    moved = movement(view.figures, "cases_opened", view.period.prior())
    count = view.formats.number(opened.n)
    if moved and moved.told:
        verb = "rose" if moved.delta > 0 else "fell"
        opening = f"Cases {verb} from {view.formats.number(moved.before.n)} to {count}"
    else:
        opening = f"{count} cases were opened"
        if opened.prior is not None:
            before = view.text.reference(opened, opened.prior)
            opening += f" ({view.head(view.period.prior())}: {before})"
    if took.value is None:
        return opening
    return f"{opening}; the median was solved in {view.text.value(took)}"


def _categories(view: View) -> Block:
    found = data.categories(view.figures)
    total = sum(item.opened for item in found)
    first = found[0] if found else None
    share = view.formats.number(Fraction(first.opened, total) * 100) if first and total else "0"
    text = f"{first.name or 'Not recorded'}: {share}% of cases" if first else "No case was opened"
    table = Table(
        columns=(
            Column(key="category", label="Category", grow=1, card="title"),
            Column(key="opened", label="Opened", align="right", role="actual", card="lead"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
            Column(
                key="ago", label=view.head(view.period.year_ago()), align="right", role="reference"
            ),
            Column(key="median", label="Median, h", align="right"),
            Column(key="open", label="Open", align="right"),
        ),
        rows=(*(_category(view, item) for item in found), _all_categories(view)),
        summary="Cases by category",
    )
    note = Span(text=f"Opened in {view.head(view.period)}; hours from opening to closing")
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), table))


def _category(view: View, item: Category) -> Row:
    median = NOTHING
    if item.median is not None:
        median = view.formats.number(float(item.median), 1)
    return Row(
        cells=(
            Cell(text=item.name or "Not recorded"),
            Cell(text=view.formats.number(item.opened), value=item.opened, type="int"),
            _before(view, item.prior),
            _before(view, item.year_ago),
            Cell(text=median),
            Cell(text=view.formats.number(item.open), value=item.open, type="int"),
        )
    )


def _before(view: View, count: Number) -> Cell:
    if count is None:
        return Cell(text=NOTHING)
    return Cell(text=view.formats.number(int(count)), value=int(count), type="int")


def _all_categories(view: View) -> Row:
    opened = view.figures.one("cases_opened")
    took, still = view.figures.one("resolution_median"), view.figures.one("cases_open")
    return Row(
        total=True,
        cells=(
            Cell(text="All cases"),
            cell(opened, view.formats.number(opened.n), opened.n),
            cell(opened, view.text.reference(opened, opened.prior), opened.prior, "prior"),
            cell(opened, view.text.reference(opened, opened.year_ago), opened.year_ago, "year_ago"),
            cell(took, view.text.value(took, unit=False), took.value),
            cell(still, view.text.value(still), still.value),
        ),
    )


def _roots(view: View, found: tuple[RootCause, ...]) -> Block:
    total = sum(item.opened for item in found)
    shown = found if len(found) <= SHOWN + 1 else found[:SHOWN]
    rest = found[len(shown) :]
    most = max(item.opened for item in found)
    rows = [_root(view, item, most, first=at == 0) for at, item in enumerate(shown)]
    if rest:
        left = sum(item.opened for item in rest)
        many = f"{words.capital(words.count(len(rest)))} others"
        before = [int(item.prior) for item in rest if item.prior is not None]
        prior = sum(before) if before else None
        rows.append(_root(view, RootCause(many, left, prior), most, first=False))
    first = found[0]
    share = view.formats.number(Fraction(first.opened, total) * 100)
    text = (
        f"“{first.name}” is the root cause of {share}%" if first.name else "No root cause recorded"
    )
    table = Table(
        columns=(
            Column(key="cause", label="Recorded root cause", grow=1, card="title"),
            Column(key="bar", label="", role="graphic", grow=0.5),
            Column(key="opened", label="Opened", align="right", role="actual", card="lead"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
        ),
        rows=tuple(rows),
        summary="Cases by recorded root cause",
    )
    note = Span(text=f"{view.formats.number(total)} cases opened in {view.head(view.period)}")
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), table))


def _root(view: View, item: RootCause, most: int, *, first: bool) -> Row:
    segment = BarSegment(
        start=0, end=min(1.0, item.opened / most), tone="accent" if first else "quiet"
    )
    return Row(
        cells=(
            Cell(text=item.name or "Not recorded"),
            Cell(bar=Bar(segments=(segment,))),
            Cell(text=view.formats.number(item.opened), value=item.opened, type="int"),
            _before(view, item.prior),
        )
    )


def _open(view: View) -> Block:
    found = data.open_cases(view.figures)
    end = view.formats.day(min(view.period.end, view.figures.as_of))
    if not found:
        return NotSupplied(what=f"No case was open on {end}.")
    oldest = words.plural(found[0].days, "day")
    verb = "case was" if len(found) == 1 else "cases were"
    text = f"{words.capital(words.count(len(found)))} {verb} open on {end}, the oldest for {oldest}"
    table = Table(
        columns=(
            Column(key="case", label="Case", role="id", card="title"),
            Column(key="opened", label="Opened", align="right"),
            Column(key="days", label="Days open", align="right", role="actual", card="lead"),
            Column(key="severity", label="Severity"),
            Column(key="category", label="Category", grow=1),
            Column(key="site", label="Site", grow=1),
            Column(key="cause", label="Root cause", grow=1.5),
        ),
        rows=tuple(_open_case(view, item) for item in found[:SHOWN]),
        summary="Open cases, oldest first",
    )
    return Group(blocks=(Heading(role="section", text=text), table), keep=True)


def _open_case(view: View, item: OpenCase) -> Row:
    return Row(
        cells=(
            Cell(text=item.id),
            Cell(text=view.formats.day(item.opened), value=item.opened.isoformat(), type="date"),
            Cell(text=view.formats.number(item.days), value=item.days, type="int"),
            Cell(text=words.capital(item.severity) or NOTHING),
            Cell(text=item.category or NOTHING),
            Cell(text=item.site or NOTHING),
            Cell(text=item.root_cause or "Not found yet"),
        )
    )
