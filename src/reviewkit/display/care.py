"""Complaints: categories, root causes, and the cases that are still open."""

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
from reviewkit.display.figures import cell, dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.data import Number
from reviewkit.speech import say, say_number

SHOWN = 7


def cases(view: View) -> Block:
    """Return a page on cases opened, their causes, and those still open."""
    if not view.figures.supplied("cases_opened"):
        return NotSupplied(
            what=say("Cases were not supplied."),
            detail=view.remedy(
                say("Map the table `cases` to see complaints, their causes and how long they took.")
            ),
        )
    roots = data.root_causes(view.figures)
    left: tuple[Block, ...] = (_categories(view),)
    right: tuple[Block, ...] = (_roots(view, roots),) if roots else ()
    blocks: list[Block] = [Heading(role="page", text=_heading(view), nav=say("Cases"))]
    blocks += [Columns(columns=(left, right), weights=(6, 6))] if right else left
    blocks.append(_open(view))
    return Group(blocks=tuple(blocks))


def _heading(view: View) -> str:
    opened = view.figures.one("cases_opened")
    took = view.figures.one("resolution_median")
    moved = movement(view.figures, "cases_opened", view.period.prior())
    count = view.formats.number(opened.n)
    if moved and moved.told:
        before = view.formats.number(moved.before.n)
        if moved.delta > 0:
            opening = say("Cases rose from {before} to {count}", before=before, count=count)
        else:
            opening = say("Cases fell from {before} to {count}", before=before, count=count)
    else:
        opening = say_number(
            "One case was opened", "{count} cases were opened", opened.n, count=count
        )
        if opened.prior is not None:
            before = view.text.reference(opened, opened.prior)
            opening += f" ({view.head(view.period.prior())}: {before})"
    if took.value is None:
        return opening
    return say(
        "{cases}; the median was solved in {time}", cases=opening, time=view.text.value(took)
    )


def _categories(view: View) -> Block:
    found = data.categories(view.figures)
    total = sum(item.opened for item in found)
    first = found[0] if found else None
    share = view.formats.number(Fraction(first.opened, total) * 100) if first and total else "0"
    text = say("No case was opened")
    if first:
        name = first.name or say("Not recorded")
        text = say("{category}: {share}% of cases", category=name, share=share)
    table = Table(
        columns=(
            Column(key="category", label=say("Category"), grow=1, card="title"),
            Column(key="opened", label=say("Opened"), align="right", role="actual", card="lead"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
            Column(
                key="ago", label=view.head(view.period.year_ago()), align="right", role="reference"
            ),
            Column(key="median", label=say("Median, h"), align="right"),
            Column(key="open", label=say("Open"), align="right"),
        ),
        rows=(*(_category(view, item) for item in found), _all_categories(view)),
        summary=say("Cases by category"),
    )
    note = Span(
        text=say("Opened in {period}; hours from opening to closing", period=view.head(view.period))
    )
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), table))


def _category(view: View, item: Category) -> Row:
    median = NOTHING
    if item.median is not None:
        median = view.formats.number(float(item.median), 1)
    return Row(
        cells=(
            Cell(text=item.name or say("Not recorded")),
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
            Cell(text=say("All cases")),
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
        many = words.capital(say("{count} others", count=words.count(len(rest))))
        before = [int(item.prior) for item in rest if item.prior is not None]
        prior = sum(before) if before else None
        rows.append(_root(view, RootCause(many, left, prior), most, first=False))
    first = found[0]
    share = view.formats.number(Fraction(first.opened, total) * 100)
    text = say("No root cause recorded")
    if first.name:
        text = say("“{cause}” is the root cause of {share}%", cause=first.name, share=share)
    table = Table(
        columns=(
            Column(key="cause", label=say("Recorded root cause"), grow=1, card="title"),
            Column(key="bar", label="", role="graphic", grow=0.5),
            Column(key="opened", label=say("Opened"), align="right", role="actual", card="lead"),
            Column(
                key="prior", label=view.head(view.period.prior()), align="right", role="reference"
            ),
        ),
        rows=tuple(rows),
        summary=say("Cases by recorded root cause"),
    )
    note = Span(
        text=say_number(
            "One case opened in {period}",
            "{count} cases opened in {period}",
            total,
            count=view.formats.number(total),
            period=view.head(view.period),
        )
    )
    return Group(blocks=(Heading(role="section", text=text, note=(note,)), table))


def _root(view: View, item: RootCause, most: int, *, first: bool) -> Row:
    segment = BarSegment(
        start=0, end=min(1.0, item.opened / most), tone="accent" if first else "quiet"
    )
    return Row(
        cells=(
            Cell(text=item.name or say("Not recorded")),
            Cell(bar=Bar(segments=(segment,))),
            Cell(text=view.formats.number(item.opened), value=item.opened, type="int"),
            _before(view, item.prior),
        )
    )


def _open(view: View) -> Block:
    found = data.open_cases(view.figures)
    end = view.formats.day(min(view.period.end, view.figures.as_of))
    if not found:
        return NotSupplied(what=say("No case was open on {day}.", day=end), known=True)
    days = found[0].days
    text = say_number(
        "{count} case was open on {day}, for {time}",
        "{count} cases were open on {day}, the oldest for {time}",
        len(found),
        count=words.count(len(found)),
        day=end,
        time=words.lasted(days),
    )
    table = Table(
        columns=(
            Column(key="case", label=say("Case"), role="id", card="title"),
            Column(key="opened", label=say("Opened"), align="right"),
            Column(key="days", label=say("Days open"), align="right", role="actual", card="lead"),
            Column(key="severity", label=say("Severity")),
            Column(key="category", label=say("Category"), grow=1),
            Column(key="site", label=say("Site"), grow=1),
            Column(key="cause", label=say("Root cause"), grow=1.5),
        ),
        rows=tuple(_open_case(view, item) for item in found[:SHOWN]),
        summary=say("Open cases, oldest first"),
    )
    heading = Heading(role="section", text=words.capital(text))
    return Group(blocks=(heading, table), keep=True)


_SEVERITIES = {
    "low": "Low",
    "medium": "Medium",
    "high": "High",
    "critical": "Critical",
    "": NOTHING,
}


def _open_case(view: View, item: OpenCase) -> Row:
    return Row(
        cells=(
            Cell(text=item.id),
            dated(view.formats, item.opened),
            Cell(text=view.formats.number(item.days), value=item.days, type="int"),
            Cell(text=say(_SEVERITIES.get(item.severity, item.severity))),
            Cell(text=item.category or NOTHING),
            Cell(text=item.site or NOTHING),
            Cell(text=item.root_cause or say("Not found yet")),
        )
    )
