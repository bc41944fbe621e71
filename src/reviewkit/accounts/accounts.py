"""The account tables of a workspace: opened, mapped, checked, with what was set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.checks.orphans import parents_first, with_parents
from reviewkit.accounts.checks.rules import Standards
from reviewkit.accounts.load import Loaded, Read, load, unusable
from reviewkit.accounts.quarantine import Quarantine, write
from reviewkit.accounts.report import CheckReport, TableCheck
from reviewkit.accounts.room import bounded
from reviewkit.accounts.sources import paths
from reviewkit.accounts.tables import TABLES
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Workspace

_SETTINGS = (
    "TimeZone = 'UTC'",
    # A name in a query is a table of the source, never a variable of this program,
    "python_enable_replacements = false",
    # and nothing is fetched from a network to read it.
    "autoinstall_known_extensions = false",
)


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
    aside: dict[str, ir.Table] = field(default_factory=dict)
    read: dict[str, tuple[Read, ...]] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)

    @property
    def quarantine(self) -> Quarantine:
        """The rows set aside, by table, as they are written for a person."""
        return Quarantine(self.con, self.aside)

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
        """Close the database, and the servers on which tables were left."""
        self.stack.close()

    def __enter__(self) -> Accounts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_accounts(
    workspace: Workspace,
    *,
    clients: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
) -> Accounts:
    """Open and check every account table of `workspace`.

    Rows that break the contract are set aside and counted; a source that cannot be used
    at all is told in the check and by `Accounts.require_sources`. `clients` narrows the
    tables to some client folders; the control totals still count all. `only` names the tables
    that are wanted: they are opened with those that their rows are held against, and no others.
    """
    accounts = Accounts(con=ibis.duckdb.connect())
    for setting in _SETTINGS:
        accounts.con.raw_sql(f"SET {setting}")
    accounts.stack.enter_context(bounded(accounts.con, Path(workspace.root)))
    accounts.stack.callback(accounts.con.disconnect)
    sources = workspace.house.sources
    loaded: dict[str, Loaded] = {}
    wanted = sources if only is None else with_parents(only, sources)
    for table in parents_first(wanted):
        before = {name: item.rows for name, item in loaded.items() if item.rows is not None}
        loaded[table] = load(accounts.con, accounts.stack, workspace, TABLES[table], before)
    for table in TABLES:
        if table in loaded:
            _add(accounts, table, loaded[table])
    for table in (table for table in sources if table not in TABLES):
        what = f"{table} is no account table. {nearest(table, TABLES)}"
        accounts.checks.append(unusable(table, "house.yaml", what))
    for what in Standards(workspace.house.checks).mistakes():
        accounts.checks.append(unusable("checks", "house.yaml", what))
    if clients is not None:
        served = sorted(clients)
        accounts.tables = {
            name: rows.filter(rows.client.isin(served)) for name, rows in accounts.tables.items()
        }
    return accounts


def _add(accounts: Accounts, name: str, loaded: Loaded) -> None:
    accounts.checks += loaded.checks
    accounts.read[name] = loaded.read
    if loaded.rows is None or loaded.cutoff is None:
        return
    accounts.tables[name] = loaded.rows
    accounts.supplied[name] = loaded.supplied
    accounts.cutoffs[name] = loaded.cutoff
    accounts.names[name] = loaded.names
    if loaded.aside is not None:
        accounts.aside[name] = loaded.aside


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
    return write(accounts.quarantine, folder)
