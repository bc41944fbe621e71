"""From a printed figure back to the rows of the sources that it was made from.

The rows are put through the metric itself, one by one: what they give must be the figure,
in every number that it is made of, and that is checked each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import ibis
import pandas as pd

from reviewkit.accounts import Accounts, open_accounts
from reviewkit.accounts.fx import rates_in
from reviewkit.accounts.report import TableCheck
from reviewkit.accounts.tables import TABLES
from reviewkit.blocks import Audience
from reviewkit.build.plan import chosen_audience, clients_of
from reviewkit.build.reports import extract as write_extract
from reviewkit.build.resting import rests_on
from reviewkit.build.selection import Selection
from reviewkit.errors import UsageError, nearest
from reviewkit.extract.model import Extract
from reviewkit.extract.read import read_extract
from reviewkit.extract.withheld import known_columns
from reviewkit.metrics import calendar, members
from reviewkit.metrics.aggregate import Clients
from reviewkit.metrics.cube import BORN
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.facts import FACTS
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import metric as named
from reviewkit.metrics.registry import published
from reviewkit.metrics.rollup import COLLECTED, ROLLUPS, Reading, readings
from reviewkit.metrics.singly import ROW, owned, singly
from reviewkit.metrics.spread import to_frame
from reviewkit.params import Workspace
from reviewkit.periods import Period, parse

_APART = 10**9
"""Numbers from which each table's rows are counted, so that a row tells its table."""


@dataclass(frozen=True)
class Read:
    """One account table behind a figure: rows of each source, this client's, and their place."""

    table: str
    checks: tuple[TableCheck, ...]
    own: int


@dataclass(frozen=True)
class Lineage:
    """A figure, what it was made from, and the rows themselves.

    `rows` has a line per source row that counts: `table`, the table's columns as far as the
    audience may know them, and what the row adds to the figure. `whole` tells that the rows
    make the figure together, as balances do, so that none adds a part of its own. `again` is
    the figure that they give.
    """

    metric: Metric
    value: MetricValue
    extract: Extract
    span: Period
    tables: tuple[Read, ...]
    rows: pd.DataFrame
    adds: tuple[str, ...]
    whole: bool
    again: Reading

    @property
    def agrees(self) -> bool:
        """Tell whether the rows give the figure in every number that it is made of."""
        value, again = self.value, self.again
        told = (value.value, value.numerator, value.denominator, value.n, value.coverage)
        return told == (again.value, again.numerator, again.denominator, again.n, again.coverage)


def lineage(
    workspace: Workspace,
    client: str,
    metric_id: str,
    selection: Selection,
    audience: str,
    by: Mapping[str, str],
) -> Lineage:
    """Return where the figure of `metric_id` comes from, for the slice `by`.

    Raises `UsageError` for a metric that the audience may not know or whose data was not
    supplied, and for a dimension or a value that it does not have.
    """
    clients_of(workspace, selection)
    kind = chosen_audience(audience)
    _allowed(workspace, client, named(metric_id), kind)
    extract = read_extract(write_extract(workspace, client, selection, kind))
    with open_accounts(workspace, only=(*named(metric_id).tables, "fx")) as accounts:
        return trace(Apart(workspace, accounts, extract), metric_id, by)


def trace(apart: Apart, metric_id: str, by: Mapping[str, str]) -> Lineage:
    """Return what `lineage` does, from account tables that are open."""
    metric, extract = named(metric_id), apart.extract
    _allowed(apart.workspace, extract.client, metric, extract.audience)
    if missing := metric.missing(extract.metric_data):
        raise UsageError(
            f"{metric.id} has no figure for {extract.client}: "
            f"{', '.join(missing)} was not supplied."
        )
    value, span = _figure(metric, extract, dict(by))
    return _traced(apart, metric, value, span, {k: v for k, v in by.items() if k != "month"})


def _allowed(workspace: Workspace, client: str, metric: Metric, audience: Audience) -> None:
    if metric.scope == "portfolio":
        raise UsageError(f"{metric.id} is of all accounts together: {client} alone has none.")
    if metric not in published(audience, workspace.clients[client].client.shares):
        raise UsageError(
            f"{metric.id} is internal: the version for the client does not hold it. "
            "Ask for it with --audience internal."
        )


def _figure(metric: Metric, extract: Extract, by: dict[str, str]) -> tuple[MetricValue, Period]:
    """Return the figure asked for, and the period that its rows lie in."""
    data, period = extract.metric_data, extract.period
    values = evaluate(data, (metric.id,), period, tuple(by), as_of=extract.as_of)
    found = next((value for value in values if dict(value.by) == by), None)
    if found is None:
        for dim, asked in by.items():
            known = {value.by[dim] for value in values}
            if asked not in known:
                told = known - {""}
                hint = nearest(asked, told) if told else f"It has no {dim} at all."
                raise UsageError(f'{metric.id} has no {dim} "{asked}" in {period.id}. {hint}')
        slices = ", ".join(f"{dim}={asked}" for dim, asked in by.items())
        raise UsageError(f"{metric.id} has no rows in {period.id} with {slices} together.")
    return found, parse(by["month"], data.calendar) if "month" in by else period


class Apart:
    """One client's account tables with every row by itself, as an audience may know them.

    The rows of a table are read once, whatever metrics are asked for.
    """

    def __init__(self, workspace: Workspace, accounts: Accounts, extract: Extract) -> None:
        self.workspace, self.accounts, self.extract = workspace, accounts, extract
        self._made: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}

    def source(self, table: str) -> pd.DataFrame:
        """Return a table's rows as far as the audience may know them, numbered apart."""
        return self._rows(table)[0]

    def data(self, metric: Metric) -> MetricData:
        """Return what the metric is computed from, each row of its tables by itself."""
        known = self.extract.metric_data
        cube, registers = dict(known.cube), dict(known.registers)
        for table in metric.tables:
            (cube if table in FACTS else registers)[table] = self._rows(table)[1]
        return replace(known, cube=cube, registers=registers)

    def _rows(self, table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        if table not in self._made:
            first = (1 + [*TABLES].index(table)) * _APART
            make = self._fact if table in FACTS else self._register
            self._made[table] = make(table, first)
        return self._made[table]

    def _fact(self, table: str, first: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        clients = self._clients()
        given = owned(self.accounts.tables[table], self.extract.client, clients)
        rows = to_frame(ibis.memtable(given))
        columns = [name for name in self._columns(table) if name in rows]
        source = rows[columns].set_axis(pd.RangeIndex(first, first + len(rows)))
        found = singly(
            given,
            members.told_apart(FACTS[table], self.workspace),
            self.accounts.supplied.get(table, frozenset()),
            clients,
        )
        found = found[found["client"] == self.extract.client]
        found = found.set_axis(first + found[ROW].to_numpy())
        found = found.assign(month=pd.to_datetime(found["month"]))
        return source, found[[*self.extract.cube[table].columns]]

    def _register(self, table: str, first: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        frame = self.extract.metric_data.registers[table]
        apart = frame.set_axis(pd.RangeIndex(first, first + len(frame)))
        return apart, apart

    def _columns(self, table: str) -> tuple[str, ...]:
        return known_columns(TABLES[table], self.extract.audience, self.workspace.house)

    def _clients(self) -> Clients:
        names = {self.extract.client, *self.workspace.clients[self.extract.client].client.members}
        known = self.extract.as_of
        horizons = tuple(
            calendar.horizon(self.workspace, name, self.accounts.cutoffs, known)
            for name in sorted(names)
        )
        fx = self.accounts.tables.get("fx")
        rates = rates_in(self.workspace.house, to_frame(fx) if fx is not None else None)
        return Clients(self.workspace, horizons, rates)


def _traced(
    apart: Apart, metric: Metric, value: MetricValue, span: Period, by: dict[str, str]
) -> Lineage:
    data = apart.data(metric)
    part = _part(metric, data, span, by)
    columns = ROLLUPS[metric.rollup].columns
    sources = {table: apart.source(table) for table in metric.tables}
    traced = part.empty or bool((part.index >= _APART).all())
    if traced:
        rows = _lines(sources, part, columns)
    else:
        sources = dict(rests_on(metric.id, sources, span, data.currency))
        rows = _read_whole(sources, span)
        # From the rows that are shown and no others.
        part = _part(metric, replace(data, registers={**data.registers, **sources}), span, by)
    again = readings(part, metric.rollup, ())[()]
    return Lineage(
        metric=metric,
        value=value,
        extract=apart.extract,
        span=span,
        tables=tuple(_read(apart, table) for table in metric.tables),
        rows=rows,
        adds=columns if traced else (),
        whole=not traced,
        again=again,
    )


def _part(metric: Metric, data: MetricData, span: Period, by: Mapping[str, str]) -> pd.DataFrame:
    part = metric.select(data.rows_of(metric.id, metric.rows), span.start, span.end)
    for dim, asked in by.items():
        part = part[part[dim].fillna("").astype(str) == asked]
    return part


def _read(apart: Apart, table: str) -> Read:
    checks = tuple(check for check in apart.accounts.checks if check.table == table)
    return Read(table, checks, len(apart.source(table)))


def _lines(
    sources: Mapping[str, pd.DataFrame], part: pd.DataFrame, columns: tuple[str, ...]
) -> pd.DataFrame:
    """Return the source rows that count, each once, with what it adds to the figure."""
    added = part[[*columns]]
    if not set(columns) & set(COLLECTED):
        added = added.groupby(level=0, sort=True).sum()
    some = added.apply(lambda column: column.map(_something)).any(axis=1)
    added = added[some]
    parts = []
    for table, source in sources.items():
        mine = added[added.index.isin(source.index)]
        own = source.loc[mine.index]
        parts.append(
            pd.concat(
                [
                    pd.Series(table, index=own.index, name="table"),
                    own,
                    mine.rename(columns=lambda name: f"adds_{name}"),
                ],
                axis=1,
            )
        )
    return pd.concat([one for one in parts if len(one)] or parts[:1], ignore_index=True)


def _something(added: Any) -> bool:
    if isinstance(added, tuple):
        return True
    return not pd.isna(added) and added != 0


def _read_whole(sources: Mapping[str, pd.DataFrame], span: Period) -> pd.DataFrame:
    """Return all rows that a balance may rest on: those born by the period's end."""
    parts = []
    for table, source in sources.items():
        born = BORN.get(table)
        if born in source:
            source = source[source[born] < pd.Timestamp(span.end) + pd.Timedelta(days=1)]
        parts.append(source.assign(table=table)[["table", *source.columns]])
    return pd.concat(parts, ignore_index=True)
