"""Which period each report is of: the one asked for, or the last complete one of its own kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reviewkit.build.notebooks import usual_period
from reviewkit.build.plan import notebook_of
from reviewkit.build.selection import Selection
from reviewkit.errors import PeriodError, UsageError
from reviewkit.metrics.calendar import horizon
from reviewkit.params import Workspace
from reviewkit.params.reports import PORTFOLIO
from reviewkit.periods import GREGORIAN, RELATIVE, USUAL, FiscalCalendar, Period, parse, resolve

Cutoffs = Mapping[str, dt.datetime]
Notebooks = Mapping[str, Path]
"""By report kind."""


@dataclass(frozen=True)
class Part:
    """The reports of a client that are of one period: their notebooks by kind."""

    period: Period
    notebooks: Notebooks


def by_period(
    workspace: Workspace, client: str, selection: Selection, notebooks: Notebooks
) -> dict[str, Notebooks]:
    """Return the notebooks by the period that each is built for, as it is written.

    It is the one asked for; else the word of each notebook's own. Reads no data. Raises
    `PeriodError` for a notebook whose own period is none.
    """
    calendar = calendar_of(workspace, client)
    found: dict[str, dict[str, Path]] = {}
    for kind, notebook in notebooks.items():
        text = selection.period or usual_period(notebook, calendar)
        found.setdefault(text, {})[kind] = notebook
    return dict(found)


def parts_of(
    workspace: Workspace, cutoffs: Cutoffs, client: str, selection: Selection, notebooks: Notebooks
) -> tuple[Part, ...]:
    """Return the parts of a client's reports, or of the portfolio's, that of the first kind first.

    Raises as `by_period` and `period_of`.
    """
    grouped = by_period(workspace, client, selection, notebooks)
    return tuple(
        Part(period_of(workspace, cutoffs, client, replace(selection, period=text)), own)
        for text, own in grouped.items()
    )


def usual_kinds(workspace: Workspace, client: str, period: Period) -> tuple[str, ...]:
    """Return the client's report kinds that are built for such a period where none is named."""
    calendar = calendar_of(workspace, client)
    return tuple(
        kind
        for kind in workspace.clients[client].client.reports
        for word in (usual_period(notebook_of(workspace, client, kind), calendar),)
        if RELATIVE[word] == period.kind
    )


def period_of(workspace: Workspace, cutoffs: Cutoffs, client: str, selection: Selection) -> Period:
    """Return the period asked for, or the last complete one of the kind that a word names.

    Complete is what has ended when the client's data are cut off; without a word it is the
    usual kind. The portfolio is of calendar periods, and complete where any account's is.
    """
    calendar, text = calendar_of(workspace, client), selection.period or USUAL
    if text not in RELATIVE:
        period = parse(text, calendar)
        if client != PORTFOLIO:
            _require_begun(period, workspace, cutoffs, client)
        return period
    if not cutoffs:
        raise UsageError(
            f"No source gives any data, so there is no last complete {text}. "
            "Map a source in params/house.yaml, or name a period with --period, such as 2026Q3."
        )
    whose = workspace.clients if client == PORTFOLIO else (client,)
    known = max(horizon(workspace, one, cutoffs, selection.as_of).as_of for one in whose)
    return resolve(text, known - dt.timedelta(days=1), calendar)


def calendar_of(workspace: Workspace, client: str) -> FiscalCalendar:
    """Return the calendar of a client; that of all accounts together is the calendar year."""
    own = workspace.clients.get(client)
    return own.client.fiscal_calendar if own else GREGORIAN


def _require_begun(period: Period, workspace: Workspace, cutoffs: Cutoffs, client: str) -> None:
    last = horizon(workspace, client, {"": max(cutoffs.values())}).as_of if cutoffs else None
    if last and period.start > last:
        raise PeriodError(
            f"{period.id} begins on {period.start}, and the data end on {last}. "
            "Name an earlier period, or bring newer data and move cutoff in params/house.yaml."
        )
