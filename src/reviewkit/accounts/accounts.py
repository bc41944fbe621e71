"""The account tables of a workspace: opened, mapped, checked, with what was set aside."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts import quarantine
from reviewkit.accounts.aside import Part, aside_name, set_aside
from reviewkit.accounts.duck import literal, reason
from reviewkit.accounts.mapping import RULE, SOURCE, Mapped, map_source
from reviewkit.accounts.pushdown import push_down, stays_there
from reviewkit.accounts.remote import connected, rows_of
from reviewkit.accounts.report import CheckReport, TableCheck, TableProblem
from reviewkit.accounts.sources import ROW, open_source, paths, shown, stays
from reviewkit.accounts.tables import TABLES, TableSpec
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Source, Workspace

_SETTINGS = (
    "TimeZone = 'UTC'",
    # A name in a query is a table of the source, never a variable of this program,
    "python_enable_replacements = false",
    # and nothing is fetched from a network to read it.
    "autoinstall_known_extensions = false",
)


_MOST_MEMORY = 2 << 30
"""Bytes that the database may hold; what is larger lies on disk meanwhile."""


@dataclass
class Accounts:
    """Account tables of all clients with a folder, clean, in one in-process database.

    `tables` holds Ibis tables with `client` and the columns of the contract; columns that
    no source maps are null and missing from `supplied`. A table without a source is absent.
    `cutoffs` gives, per table, the moment up to which all its sources are complete.
    """

    con: Backend
    tables: dict[str, ir.Table] = field(default_factory=dict)
    supplied: dict[str, frozenset[str]] = field(default_factory=dict)
    cutoffs: dict[str, dt.datetime] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checks: list[TableCheck] = field(default_factory=list)
    quarantine: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    spill: Path | None = None
    stack: ExitStack = field(default_factory=ExitStack)

    def check(self) -> CheckReport:
        """Return what came in, what was set aside, and why."""
        return CheckReport(tuple(self.checks))

    def require_sources(self) -> None:
        """Raise one `SourceError` that names every source which cannot be used at all."""
        broken = [
            f"{check.table} from {check.source}: {problem.hint}"
            for check in self.checks
            for problem in check.problems
            if problem.rule == "source"
        ]
        if broken:
            raise SourceError("\n".join(broken))

    def close(self) -> None:
        """Close the database."""
        self.stack.close()
        self.con.disconnect()
        if self.spill is not None:
            shutil.rmtree(self.spill, ignore_errors=True)

    def __enter__(self) -> Accounts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_accounts(workspace: Workspace, *, clients: Iterable[str] | None = None) -> Accounts:
    """Open and check every account table of `workspace`.

    Rows that break the contract are set aside and counted; a source that cannot be used
    at all is told in the check and by `Accounts.require_sources`. `clients` narrows the
    tables to some client folders; the control totals still count all.
    """
    accounts = Accounts(con=ibis.duckdb.connect(), spill=_spill(workspace))
    for setting in (*_SETTINGS, *_room(_spill(workspace))):
        accounts.con.raw_sql(f"SET {setting}")
    for table in sorted(workspace.house.sources, key=_position):
        if table not in TABLES:
            what = f"{table} is no account table. {nearest(table, TABLES)}"
            accounts.checks.append(_unusable(table, "house.yaml", what))
            continue
        _load(accounts, workspace, TABLES[table])
    if clients is not None:
        wanted = sorted(clients)
        accounts.tables = {
            name: rows.filter(rows.client.isin(wanted)) for name, rows in accounts.tables.items()
        }
    return accounts


def _spill(workspace: Workspace) -> Path:
    folder = Path(workspace.root, ".reviewkit", "spill", str(os.getpid()))
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def _room(spill: Path) -> tuple[str, ...]:
    """Return the settings that bound the database's memory, and say where it may spill to."""
    return (
        f"memory_limit = '{_MOST_MEMORY // (1 << 20)}MiB'",
        f"temp_directory = {literal(str(spill))}",
    )


def source_files(workspace: Workspace) -> list[Path]:
    """Return every file that the sources read, without opening any."""
    root = Path(workspace.root)
    return sorted(
        {
            path
            for sources in workspace.house.sources.values()
            for source in sources
            for path in paths(source, root)
        }
    )


def write_quarantine(accounts: Accounts, folder: Path) -> list[Path]:
    """Write one CSV per table with the rows set aside; remove those of tables now clean."""
    return quarantine.write(accounts.quarantine, folder)


def _position(table: str) -> int:
    return list(TABLES).index(table) if table in TABLES else len(TABLES)


def _unusable(table: str, source: str, message: str) -> TableCheck:
    problem = TableProblem("error", "", "source", 0, (), message)
    return TableCheck(table, source, 0, 0, 0, problems=(problem,))


def _load(accounts: Accounts, workspace: Workspace, spec: TableSpec) -> None:
    con, root = accounts.con, Path(workspace.root)
    sources = workspace.house.sources[spec.name]
    if len(sources) == 1 and sources[0].url and _left_there(accounts, spec, sources[0]):
        return
    mapped: list[tuple[int, str, Mapped]] = []
    for position, source in enumerate(workspace.house.sources[spec.name]):
        try:
            raw = open_source(con, source, root, f"raw_{spec.name}_{position}")
            found = map_source(con, spec, source, raw, position)
        except SourceError as error:
            accounts.checks.append(_unusable(spec.name, shown(source), str(error)))
            continue
        mapped.append((position, shown(source), found))
    if not mapped:
        return
    supplied = frozenset().union(*(item.columns for _, _, item in mapped))
    try:
        clean = set_aside(con, spec, _parts(con, spec, root, workspace, mapped), supplied)
    except duckdb.Error as error:
        what = f"the rows cannot be read as {spec.name}: {reason(error)}."
        accounts.checks += [_unusable(spec.name, label, what) for _, label, _ in mapped]
        return
    _note(accounts, spec, clean, mapped)
    accounts.tables[spec.name] = clean.select("client", *spec.names)
    accounts.supplied[spec.name] = supplied
    sources = workspace.house.sources[spec.name]
    accounts.cutoffs[spec.name] = min(sources[position].cutoff for position, _, _ in mapped)
    accounts.names[spec.name] = tuple(
        sorted({sources[position].name or label for position, label, _ in mapped})
    )


def _left_there(accounts: Accounts, spec: TableSpec, source: Source) -> bool:
    """Leave a fact in its database where that can be, and tell whether it was."""
    label = shown(source)
    try:
        backend = accounts.stack.enter_context(connected(source))
        raw = rows_of(backend, source)
        if not stays_there(backend, spec, source, raw):
            return False
        found = push_down(backend, spec, source, raw)
    except SourceError as error:
        accounts.checks.append(_unusable(spec.name, label, str(error)))
        return True
    accounts.tables[spec.name] = found.clean
    accounts.supplied[spec.name] = frozenset(source.columns)
    accounts.cutoffs[spec.name] = source.cutoff
    accounts.names[spec.name] = (source.name or label,)
    accounts.checks.append(
        TableCheck(
            table=spec.name,
            source=label,
            rows_in=found.rows_in,
            rows_out=found.rows_in - found.other_clients - len(found.aside),
            quarantined=len(found.aside),
            other_clients=found.other_clients,
            amounts=found.amounts,
            problems=quarantine.problems(spec, found.aside),
        )
    )
    if found.aside:
        rows = [quarantine.written(label, row, row["raw"]) for row in found.aside]
        accounts.quarantine[spec.name] = rows
    return True


def _parts(
    con: Backend,
    spec: TableSpec,
    root: Path,
    workspace: Workspace,
    mapped: list[tuple[int, str, Mapped]],
) -> list[Part]:
    """Return the mapped sources; what was read as text is cast once, and kept."""
    parts = []
    for position, _, item in mapped:
        if spec.fact and stays(workspace.house.sources[spec.name][position], root):
            parts.append(Part(item.broken, item.plain))
            continue
        name = f"mapped_{spec.name}_{position}"
        con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name} AS {con.compile(item.rows)}").fetchall()
        copied = con.table(name)
        parts.append(Part(copied.filter(copied[RULE].notnull()), copied))
    return parts


def _note(
    accounts: Accounts,
    spec: TableSpec,
    clean: ir.Table,
    mapped: list[tuple[int, str, Mapped]],
) -> None:
    broken = accounts.con.table(aside_name(spec))
    aside = accounts.con.to_pyarrow(broken.order_by([SOURCE, ROW])).to_pylist()
    for position, label, item in mapped:
        mine = [row for row in aside if row[SOURCE] == position]
        rows_out = item.rows_in - item.excluded - item.other_clients - len(mine)
        accounts.checks.append(
            TableCheck(
                table=spec.name,
                source=label,
                rows_in=item.rows_in,
                rows_out=rows_out,
                quarantined=len(mine),
                excluded=item.excluded,
                other_clients=item.other_clients,
                amounts=_amounts(accounts, spec, clean, position, item),
                problems=quarantine.problems(spec, mine),
            )
        )
        if mine:
            accounts.quarantine.setdefault(spec.name, []).extend(
                quarantine.raw_rows(accounts.con, f"raw_{spec.name}_{position}", label, mine)
            )


def _amounts(
    accounts: Accounts, spec: TableSpec, clean: ir.Table, position: int, item: Mapped
) -> dict[str, str]:
    money = [c.name for c in spec.columns if c.type == "money" and c.name in item.columns]
    if not money:
        return {}
    mine = clean.filter(clean[SOURCE] == position)
    sums = mine.aggregate(**{name: mine[name].sum() for name in money})
    totals = accounts.con.to_pyarrow(sums).to_pylist()[0]
    return {name: str(totals[name] or 0) for name in money}
