"""How figures are made: definitions of the measures shown, and notes on the data."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewkit.analysis.findings import missing_tables
from reviewkit.blocks import Block, Cell, Column, Footnote, Group, Heading, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def definitions(view: View, only: tuple[str, ...] = (), *, page: bool = False) -> Block:
    """Return the definitions of the measures, each the target of its figures' links.

    Those of `only` some stand without their exclusions. A measure without data has no
    figure to define.
    """
    asked = [METRICS[name] for name in only] if only else list(view.scored)
    shown = [metric for metric in asked if view.figures.supplied(metric.id)]
    if not shown:
        return Group(blocks=())
    text = say_number(
        "{count} measure {cases}",
        "{count} measures {cases}",
        len(shown),
        count=words.count(len(shown)),
        cases=_counted(view, shown),
    )
    table = Table(
        columns=(
            Column(key="measure", label=say("Measure"), grow=2.2, role="actual", card="title"),
            Column(key="definition", label=say("Definition"), grow=7),
        ),
        rows=tuple(_definition(metric, short=bool(only)) for metric in shown),
        summary=say("Definitions of the measures"),
        footnotes=_rules(view),
    )
    heading = Heading(
        role="page" if page else "section",
        text=words.capital(text),
        nav=say("Definitions"),
        anchor="definitions",
    )
    return Group(blocks=(heading, table))


def data_notes(view: View, *, page: bool = False, brief: bool = False) -> Block:
    """Return what each table covers, and what was not supplied; `brief` without the table."""
    supplied = view.figures.data.supplied
    missing = missing_tables(view.figures)
    rows = list(_covered(view, [name for name in words.TABLES if name in supplied]))
    rows += [
        Row(
            cells=(
                Cell(text=words.capital(words.table(name))),
                Cell(text=say("not supplied")),
                Cell(text=NOTHING),
                Cell(text=NOTHING),
                Cell(text=say("would give {gains}", gains=words.gives(name))),
            )
        )
        for name in missing
    ]
    table = Table(
        columns=(
            Column(key="table", label=say("Table"), grow=1.4, role="actual", card="title"),
            Column(key="source", label=say("Source"), grow=1.6),
            Column(key="from", label=say("From"), align="right"),
            Column(key="cutoff", label=say("Complete to"), align="right"),
            Column(key="note", label=say("What is known"), grow=3),
        ),
        rows=tuple(rows),
        summary=say("What each table covers"),
    )
    heading = Heading(
        role="page" if page else "section",
        text=_heading(view, missing),
        anchor="data",
        note=(Span(text=_excluded(view, missing if brief else ())),),
    )
    return heading if brief else Group(blocks=(heading, table), keep=True)


def _counted(view: View, shown: list[Metric]) -> str:
    by_table = {
        "on_time_delivery": ("delivery due", "deliveries due"),
        "invoice_accuracy": ("invoice line", "invoice lines"),
        "cases_opened": ("case", "cases"),
        "nps": ("response", "responses"),
    }
    names = {metric.id for metric in shown}
    counts = {name: view.figures.one(name).n for name in by_table if name in names}
    parts = [
        f"{view.formats.number(count)} {say(by_table[name][count != 1])}"
        for name, count in counts.items()
        if count
    ]
    return say("from {cases}", cases=words.listed(parts)) if parts else say("without data")


def _definition(metric: Metric, *, short: bool) -> Row:
    counted = say(
        "{grain}, dated by {date}.",
        grain=words.capital(say(metric.grain)),
        date=say(words.DATES.get(metric.date, metric.date)),
    )
    excluded = words.sentences(metric.exclusions)
    return Row(
        anchor=f"def-{metric.id}",
        cells=(
            Cell(text=words.name(metric), note=say(metric.formula)),
            Cell(
                text=say(metric.definition),
                note=counted if short else f"{counted} {excluded}".strip(),
            ),
        ),
    )


def _rules(view: View) -> tuple[Footnote, ...]:
    fewest = view.house.minimum_n
    return (
        Footnote(
            mark="",
            lead=say("Status."),
            text=say(
                "Met: at or better than the target in force on the period's last day, unrounded. "
                "Near: short of it but inside the agreed tolerance."
            ),
        ),
        Footnote(
            mark="",
            lead=say("Few cases."),
            text=say(
                "With fewer than {fewest} cases a rate gets no status: the count is shown.",
                fewest=fewest,
            ),
        ),
        Footnote(
            mark="",
            lead=say("Unknown is not a pass."),
            text=say("What is not recorded leaves the figure and lowers its coverage."),
        ),
    )


class _Cover(NamedTuple):
    """What is known of a table: its sources, its days, and what its figures lack."""

    sources: str
    begins: dt.date | None
    ends: dt.date | None
    known: str


def _covered(view: View, names: Sequence[str]) -> Iterator[Row]:
    """Return what is known of tables; those of which the same is known share a row."""
    data, alike = view.figures.data, defaultdict[_Cover, list[str]](list)
    for name in names:
        cover = _Cover(
            words.listed(view.house.sources.get(name, ())) or say("not named"),
            data.begins.get(name),
            data.cutoff_day(name) if data.cutoffs.get(name) else None,
            _known(view, name),
        )
        alike[cover].append(name)
    for cover, members in alike.items():
        yield Row(
            cells=(
                Cell(text=words.capital(words.listed(words.table(name) for name in members))),
                Cell(text=cover.sources),
                dated(view.formats, cover.begins, year=True),
                dated(view.formats, cover.ends, year=True),
                Cell(text=cover.known),
            )
        )


def _known(view: View, table: str) -> str:
    parts = []
    for metric in view.scored:
        if table != metric.tables[0]:
            continue
        value = view.figures.one(metric.id)
        lacking = metric.missing(data=view.figures.data)
        if lacking:
            names = words.listed(item.split(".")[-1].replace("_", " ") for item in lacking)
            parts.append(
                say("{metric}: {columns} not supplied", metric=words.within(metric), columns=names)
            )
        elif value.coverage is not None and value.coverage < 1:
            share = view.formats.coverage(value.coverage)
            parts.append(say("{metric} {share}%", metric=words.within(metric), share=share))
    return words.capital("; ".join(parts)) if parts else say("Complete")


def _excluded(view: View, missing: tuple[str, ...]) -> str:
    told = say("As of {day}.", day=view.formats.day(view.figures.as_of, year=True))
    if missing:
        lacking = words.listed(words.table(name) for name in missing)
        told = f"{told} {say('Not supplied: {tables}.', tables=lacking)}"
    if not view.figures.supplied("on_time_delivery") or not view.figures.excluded():
        return told
    excluded = view.figures.excluded()
    cancelled = say_number(
        "One delivery of the period was cancelled in time or by the client and is not counted as "
        "due.",
        "{count} deliveries of the period were cancelled in time or by the client and are not "
        "counted as due.",
        excluded,
        count=view.formats.number(excluded),
    )
    return f"{told} {cancelled}"


def _heading(view: View, missing: tuple[str, ...]) -> str:
    supplied = len(view.figures.data.supplied)
    whole = supplied + len(missing)
    cover = view.figures.one("on_time_delivery").coverage
    if missing:
        text = say_number(
            "{part} of {whole} tables was supplied",
            "{part} of {whole} tables were supplied",
            supplied,
            part=words.count(supplied),
            whole=words.count(whole),
        )
    else:
        text = say_number(
            "{every} table was supplied",
            "{every} tables were supplied",
            whole,
            every=words.every(whole),
        )
    if cover == 1:
        text = say("{supplied}; the outcome of every delivery is known", supplied=text)
    elif cover is not None:
        text = say(
            "{supplied}; the outcome of {share}% of deliveries is known",
            supplied=text,
            share=view.formats.coverage(cover),
        )
    return words.capital(text)
