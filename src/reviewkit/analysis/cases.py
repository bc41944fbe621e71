"""Complaints and incidents: what they were about, what caused them, what is still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.data import Number
from reviewkit.metrics.registry import metric


@dataclass(frozen=True)
class Category:
    """Cases of one category: opened now and before, hours to resolution, still open."""

    name: str
    opened: int
    prior: Number
    year_ago: Number
    median: Number
    resolved: int
    open: int


@dataclass(frozen=True)
class RootCause:
    """Cases opened in the period for one recorded cause; `name` is empty where none is."""

    name: str
    opened: int
    prior: Number


@dataclass(frozen=True)
class OpenCase:
    """One case that is open at the period's end, or so far, and its age in days by then."""

    id: str
    opened: dt.date
    days: int
    severity: str
    category: str
    root_cause: str
    site: str


def categories(figures: Figures) -> tuple[Category, ...]:
    """Return cases by category, most opened first; nothing where none were supplied."""
    opened = {value.by["category"]: value for value in figures.parts("cases_opened", ("category",))}
    median = {
        value.by["category"]: value for value in figures.parts("resolution_median", ("category",))
    }
    still = {value.by["category"]: value.n for value in figures.parts("cases_open", ("category",))}
    found = [
        Category(
            name=name,
            opened=value.n,
            prior=value.prior,
            year_ago=value.year_ago,
            median=median[name].value if name in median else None,
            resolved=median[name].n if name in median else 0,
            open=still.get(name, 0),
        )
        for name, value in opened.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.opened, item.name)))


def root_causes(figures: Figures) -> tuple[RootCause, ...]:
    """Return opened cases by recorded root cause, most frequent first, unrecorded last."""
    if not figures.has("cases", "root_cause"):
        return ()
    found = [
        RootCause(value.by["root_cause"], value.n, value.prior)
        for value in figures.parts("cases_opened", ("root_cause",))
        if value.n
    ]
    return tuple(sorted(found, key=lambda item: (not item.name, -item.opened, item.name)))


def open_cases(figures: Figures) -> tuple[OpenCase, ...]:
    """Return the cases open at the period's end, oldest first."""
    if not figures.supplied("cases_open"):
        return ()
    own = metric("cases_open")
    rows = figures.data.rows_of(own.id, own.rows)
    still = own.select(rows, figures.period.start, figures.period.end)
    register = figures.data.registers["cases"].loc[still.index]
    found = []
    for at, row in zip(still["date"], register.to_dict("records"), strict=True):
        opened = at.date()
        found.append(
            OpenCase(
                id=cells.text(row["case_id"]),
                opened=opened,
                days=(min(figures.period.end, figures.as_of) - opened).days,
                severity=cells.text(row["severity"]),
                category=cells.text(row["category"]),
                root_cause=cells.text(row["root_cause"]),
                site=cells.text(row["site"]),
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.days, item.id)))
