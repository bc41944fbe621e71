"""Loads one account table: opens its sources, maps and checks them, and counts every row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts import pushdown, quarantine
from reviewkit.accounts.amounts import amounts
from reviewkit.accounts.aside import Part, set_aside
from reviewkit.accounts.checks import orphans
from reviewkit.accounts.checks.rowwise import SOURCE, Reader
from reviewkit.accounts.checks.rules import Standards
from reviewkit.accounts.checks.seen import Seen
from reviewkit.accounts.duck import unreadable, viewed
from reviewkit.accounts.mapping import (
    Mapped,
    map_source,
    require_columns,
)
from reviewkit.accounts.remote import connected, rows_of
from reviewkit.accounts.report import TableCheck, TableProblem
from reviewkit.accounts.sources import open_source, shown, stays
from reviewkit.accounts.supersede import Superseding
from reviewkit.accounts.tables import TableSpec
from reviewkit.errors import SourceError, printable
from reviewkit.params.models import Source, Workspace


@dataclass(frozen=True)
class Read:
    """A source that is in use: its position, its names, its cut-off, and what is left to ask."""

    position: int
    label: str
    name: str
    cutoff: dt.datetime
    seen: Seen


@dataclass(frozen=True)
class Loaded:
    """One account table: what its sources gave, and its clean rows if any can be used.

    `aside` holds the rows set aside as they are written for a person; `None` without any.
    """

    checks: tuple[TableCheck, ...]
    rows: ir.Table | None = None
    supplied: frozenset[str] = frozenset()
    cutoff: dt.datetime | None = None
    names: tuple[str, ...] = ()
    aside: ir.Table | None = None
    read: tuple[Read, ...] = ()


@dataclass(frozen=True)
class _Loading:
    """One table as it is loaded: where, by which standards, and what it may refer to."""

    con: Backend
    root: Path
    spec: TableSpec
    sources: tuple[Source, ...]
    standards: Standards
    parents: Mapping[str, ir.Table]

    def reader(self, source: Source) -> Reader:
        return Reader(self.spec, self.standards, source.cutoff)


@dataclass(frozen=True)
class _Opened:
    """A source that can be used: the table of its rows as they stand, and the mapped ones."""

    position: int
    source: Source
    raw: str
    mapped: Mapped


def unusable(table: str, source: str, message: str) -> TableCheck:
    """Return the check of a source that cannot be used at all."""
    problem = TableProblem("error", "", "source", 0, (), printable(message))
    return TableCheck(table, source, 0, 0, 0, problems=(problem,))


def load(
    con: Backend,
    stack: ExitStack,
    workspace: Workspace,
    spec: TableSpec,
    parents: Mapping[str, ir.Table],
) -> Loaded:
    """Return the account table `spec`; a server that it stays on is left open in `stack`.

    `parents` are the tables loaded before, those among them that it refers to.
    """
    house = workspace.house
    loading = _Loading(
        con,
        Path(workspace.root),
        spec,
        house.sources[spec.name],
        Standards(house.checks),
        parents,
    )
    sources = loading.sources
    notes: tuple[TableProblem, ...] = ()
    if len(sources) == 1 and sources[0].url:
        try:
            there = _left_there(loading, stack, sources[0])
        except SourceError as error:
            return Loaded((unusable(spec.name, shown(sources[0]), str(error)),))
        if isinstance(there, Loaded):
            return there
        notes = there
    return _brought_here(loading, notes)


# --- on a server ------------------------------------------------------------------------


def _left_there(
    loading: _Loading, stack: ExitStack, source: Source
) -> Loaded | tuple[TableProblem, ...]:
    """Leave a fact in its database, or tell why its rows are fetched."""
    con, spec = loading.con, loading.spec
    with ExitStack() as opened:
        backend = opened.enter_context(connected(source))
        raw = rows_of(backend, source)
        require_columns(spec, source, raw)
        why = pushdown.obstacles(backend, spec, source, raw) + [
            f"{reference.column}: orphans are set aside here. Set checks.orphan to warning."
            for reference in orphans.grave(
                spec, loading.standards, source.columns, loading.parents.keys() | {spec.name}
            )
        ]
        if not spec.fact or why:
            return tuple(TableProblem("warning", "", "fetched", 0, (), hint) for hint in why)
        label = shown(source)
        found = pushdown.push_down(con, backend, loading.reader(source), source, raw)
        stack.enter_context(opened.pop_all())
    told = quarantine.problems(con, spec, loading.standards)
    check = TableCheck(
        table=spec.name,
        source=label,
        rows_in=found.rows_in,
        rows_out=found.rows_in - found.other_clients - _rows(told.get(0, ())),
        quarantined=_rows(told.get(0, ())),
        other_clients=found.other_clients,
        amounts=found.amounts,
        problems=told.get(0, ()),
    )
    return Loaded(
        checks=(check,),
        rows=found.clean,
        supplied=frozenset(source.columns),
        cutoff=source.cutoff,
        names=(source.name or label,),
        aside=quarantine.from_server(con, spec, label) if told else None,
        read=(Read(0, label, source.name or label, source.cutoff, found.seen),),
    )


# --- in the database at hand --------------------------------------------------------------


def _brought_here(loading: _Loading, notes: tuple[TableProblem, ...]) -> Loaded:
    con, spec = loading.con, loading.spec
    opened: list[_Opened] = []
    checks: list[TableCheck] = []
    later: list[Superseding] = []
    # From below, for a source is told what those after it supersede.
    for position, source in reversed(list(enumerate(loading.sources))):
        try:
            opened.insert(0, _open(loading, source, position, later))
        except SourceError as error:
            checks.insert(0, unusable(spec.name, shown(source), str(error)))
            continue
        except duckdb.Error as error:
            checks.insert(0, unusable(spec.name, shown(source), _unreadable(spec, error)))
            continue
        later += [had] if (had := opened[0].mapped.superseding) else []
    if not opened:
        return Loaded(tuple(checks))
    supplied = frozenset().union(*(item.mapped.columns for item in opened))

    def lost(clean: ir.Table) -> list[ir.Table]:
        there = {**loading.parents, spec.name: clean}
        wanted = orphans.grave(spec, loading.standards, supplied, there)
        return orphans.to_set_aside(con, clean, wanted, there)

    try:
        parts = [Part(item.mapped.broken, item.mapped.plain) for item in opened]
        clean = set_aside(con, spec, parts, supplied, lost)
    except duckdb.Error as error:
        what = _unreadable(spec, error)
        return Loaded(
            (*checks, *(unusable(spec.name, shown(item.source), what) for item in opened))
        )
    told = quarantine.problems(con, spec, loading.standards)
    checks += [
        _check(con, spec, clean, item, (*told.get(item.position, ()), *notes)) for item in opened
    ]
    where = [(item.position, shown(item.source), item.raw) for item in opened]
    return Loaded(
        checks=tuple(checks),
        rows=viewed(con, f"clean_{spec.name}", clean.select("client", *spec.names)),
        supplied=supplied,
        cutoff=min(item.source.cutoff for item in opened),
        names=tuple(sorted({item.source.name or shown(item.source) for item in opened})),
        aside=quarantine.from_files(con, spec, where) if told else None,
        read=tuple(map(_read, opened)),
    )


def _unreadable(spec: TableSpec, error: duckdb.Error) -> str:
    return f"the rows cannot be read as {spec.name}: {unreadable(error)}"


def _read(item: _Opened) -> Read:
    label = shown(item.source)
    return Read(
        item.position, label, item.source.name or label, item.source.cutoff, item.mapped.seen
    )


def _open(
    loading: _Loading, source: Source, position: int, later: Sequence[Superseding]
) -> _Opened:
    con, spec, root = loading.con, loading.spec, loading.root
    name = f"raw_{spec.name}_{position}"
    raw = open_source(con, source, root, name)
    in_place = spec.fact and stays(source, root)
    mapped = map_source(
        con, loading.reader(source), source, raw, position, in_place=in_place, later=tuple(later)
    )
    return _Opened(position, source, name, mapped)


def _check(
    con: Backend,
    spec: TableSpec,
    clean: ir.Table,
    item: _Opened,
    problems: tuple[TableProblem, ...],
) -> TableCheck:
    mapped, aside = item.mapped, _rows(problems)
    sums = mapped.amounts
    if sums is None or aside:
        mine = clean.filter(clean[SOURCE] == item.position)
        sums = amounts(con, spec, mapped.columns, mine)
    return TableCheck(
        table=spec.name,
        source=shown(item.source),
        rows_in=mapped.rows_in,
        rows_out=mapped.rows_in - mapped.excluded - mapped.other_clients - aside,
        quarantined=aside,
        excluded=mapped.excluded,
        other_clients=mapped.other_clients,
        amounts=sums,
        problems=problems,
    )


def _rows(problems: tuple[TableProblem, ...]) -> int:
    return sum(problem.rows for problem in problems)
