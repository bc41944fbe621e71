"""How figures are made: definitions of the measures shown, and notes on the data."""

from __future__ import annotations

from reviewkit.analysis.findings import missing_tables
from reviewkit.blocks import Block, Cell, Column, Footnote, Group, Heading, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS


def definitions(view: View, only: tuple[str, ...] = (), *, page: bool = False) -> Block:
    """Return the definitions of the measures, each the target of its figures' links.

    Those of `only` some stand without their exclusions. A measure without data has no
    figure to define.
    """
    asked = [METRICS[name] for name in only] if only else list(view.scored)
    shown = [metric for metric in asked if view.figures.supplied(metric.id)]
    cases = _counted(view, shown)
    text = f"{words.capital(words.plural(len(shown), 'measure'))}{cases}"
    table = Table(
        columns=(
            Column(key="measure", label="Measure", grow=2.2, role="actual", card="title"),
            Column(key="definition", label="Definition", grow=7),
        ),
        rows=tuple(_definition(metric, short=bool(only)) for metric in shown),
        summary="Definitions of the measures",
        footnotes=_rules(view),
    )
    heading = Heading(
        role="page" if page else "section", text=text, nav="Definitions", anchor="definitions"
    )
    return Group(blocks=(heading, table))


def data_notes(view: View, *, page: bool = False, brief: bool = False) -> Block:
    """Return what each table covers, and what was not supplied; `brief` without the table."""
    supplied = view.figures.data.supplied
    missing = missing_tables(view.figures)
    rows = [_covered(view, name) for name in words.TABLES if name in supplied]
    rows += [
        Row(
            cells=(
                Cell(text=words.capital(words.TABLES[name][0])),
                Cell(text="not supplied"),
                Cell(text=NOTHING),
                Cell(text=NOTHING),
                Cell(text=f"would give {words.TABLES[name][1]}"),
            )
        )
        for name in missing
    ]
    table = Table(
        columns=(
            Column(key="table", label="Table", grow=1.4, role="actual", card="title"),
            Column(key="source", label="Source", grow=1.6),
            Column(key="from", label="From", align="right"),
            Column(key="cutoff", label="Complete to", align="right"),
            Column(key="note", label="What is known", grow=3),
        ),
        rows=tuple(rows),
        summary="What each table covers",
    )
    heading = Heading(
        role="page" if page else "section",
        text=_heading(view, missing),
        note=(Span(text=_excluded(view, missing if brief else ())),),
    )
    return heading if brief else Group(blocks=(heading, table), keep=True)


def _counted(view: View, shown: list[Metric]) -> str:
    by_table = {
        "on_time_delivery": "deliveries due",
        "invoice_accuracy": "invoice lines",
        "cases_opened": "cases",
        "nps": "responses",
    }
    names = {metric.id for metric in shown}
    parts = [
        f"{view.formats.number(view.figures.one(name).n)} {what}"
        for name, what in by_table.items()
        if name in names and view.figures.one(name).n
    ]
    return f" from {words.listed(parts)}" if parts else ", none with data"


def _definition(metric: Metric, *, short: bool) -> Row:
    counted = (
        f"{words.capital(metric.grain)}, dated by {words.DATES.get(metric.date, metric.date)}."
    )
    return Row(
        anchor=f"def-{metric.id}",
        cells=(
            Cell(text=metric.label, note=metric.formula),
            Cell(
                text=metric.definition, note=counted if short else f"{counted} {metric.exclusions}"
            ),
        ),
    )


def _rules(view: View) -> tuple[Footnote, ...]:
    fewest = view.house.minimum_n
    return (
        Footnote(
            mark="",
            lead="Status.",
            text="Met: at or better than the target in force on the period's last day, unrounded. "
            "Near: short of it but inside the agreed tolerance.",
        ),
        Footnote(
            mark="",
            lead="Few cases.",
            text=f"With fewer than {fewest} cases a rate gets no status: the count is shown.",
        ),
        Footnote(
            mark="",
            lead="Unknown is not a pass.",
            text="What is not recorded leaves the figure and lowers its coverage.",
        ),
    )


def _covered(view: View, name: str) -> Row:
    data = view.figures.data
    begins = data.begins.get(name)
    cutoff = data.cutoffs.get(name)
    day = data.cutoff_day(name)
    return Row(
        cells=(
            Cell(text=words.capital(words.TABLES[name][0])),
            Cell(text=words.listed(view.house.sources.get(name, ())) or "not named"),
            Cell(text=view.formats.day(begins, year=True) if begins else NOTHING),
            Cell(text=view.formats.day(day, year=True) if cutoff and day else NOTHING),
            Cell(text=_known(view, name)),
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
            parts.append(f"{words.within(metric)}: {names} not supplied")
        elif value.coverage is not None and value.coverage < 1:
            share = view.formats.number(value.coverage * 100, 1)
            parts.append(f"{words.within(metric)} {share}%")
    return words.capital("; ".join(parts)) if parts else "Complete"


def _excluded(view: View, missing: tuple[str, ...]) -> str:
    told = f"As of {view.formats.day(view.figures.as_of, year=True)}."
    if missing:
        lacking = words.listed(words.TABLES[name][0] for name in missing)
        told = f"{told} Not supplied: {lacking}."
    if not view.figures.supplied("on_time_delivery"):
        return told
    cancelled = view.formats.number(view.figures.excluded())
    return (
        f"{told} {cancelled} deliveries of the "
        "period were cancelled in time or by the client and are not counted as due."
    )


def _heading(view: View, missing: tuple[str, ...]) -> str:
    supplied = len(view.figures.data.supplied)
    whole = supplied + len(missing)
    cover = view.figures.one("on_time_delivery").coverage
    known = ""
    if cover is not None:
        known = f"; the outcome of {view.formats.number(cover * 100, 1)}% of deliveries is known"
    many = words.of(supplied, whole, "tables") if missing else words.every(whole, "table")
    return f"{words.capital(many)} {'was' if supplied == 1 else 'were'} supplied{known}"
