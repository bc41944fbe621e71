"""What one client and audience may know of the cube, the registers and the parameters.

Nothing is hidden: what an audience may not know is left out here, and was never there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from reviewkit.accounts.tables import TABLES, TableSpec
from reviewkit.blocks import Audience
from reviewkit.extract.model import Extent, HouseFacts
from reviewkit.extract.withheld import known_columns, told_together
from reviewkit.metrics.calendar import Horizon, cutoffs_of, timezone_of
from reviewkit.metrics.cube import BORN, Cube
from reviewkit.metrics.dims import MEMBER
from reviewkit.metrics.exchanged import BILLED
from reviewkit.metrics.facts import FACTS, Fact
from reviewkit.metrics.registry import METRICS, published
from reviewkit.params.base import EVERYONE
from reviewkit.params.members import owners
from reviewkit.params.models import ClientParams, Source, Workspace, for_audience
from reviewkit.periods import Period

REACH_YEARS = 3
"""Years of measures before the period's end: eight quarters, each with its year ago."""

LATER: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "invoice_lines": (("disputed_on", ("dispute_outcome",)),),
    "cases": (
        ("first_response_at", ()),
        ("closed_at", ("reopened",)),
        ("fixed_on", ("corrective_action",)),
    ),
    "opportunities": (("closed_on", ("won",)),),
    "actions": (("closed_on", ("evidence",)),),
    "projects": (("done_on", ()),),
}
"""Columns that fill in after a row's birth, and what is known only with them."""


@dataclass(frozen=True)
class Slice:
    """Frames by table, and what each table covers, for one client and audience."""

    facts: Mapping[str, pd.DataFrame]
    registers: Mapping[str, pd.DataFrame]
    extents: Mapping[str, Extent]


def slice_cube(
    cube: Cube,
    workspace: Workspace,
    client: str,
    period: Period,
    audience: Audience,
) -> Slice:
    """Return what `audience` may know of `client` for `period`: frames and their extents.

    Measures reach from three years before the period's end to that end; registers are
    whole up to the day `as_of`. A table without a row of the client was not supplied.
    """
    shares = workspace.clients[client].client.shares
    horizon = cube.horizons[client]
    first = reach(period)
    known = {name: known_columns(TABLES[name], audience, workspace.house) for name in TABLES}
    facts = {
        name: told_together(
            _measures(frame[frame["client"] == client], FACTS[name], (first, period.end), audience),
            TABLES[name],
            FACTS[name].dims,
            known[name],
        )
        for name, frame in cube.facts.items()
        if _seen(TABLES[name], audience, shares)
    }
    registers = {
        name: _register(_own(frame, client), TABLES[name], horizon, audience, known[name])
        for name, frame in cube.registers.items()
        if _seen(TABLES[name], audience, shares)
    }
    frames = {name: cube.facts[name] for name in facts} | registers
    cutoffs = cutoffs_of(workspace, client, cube.cutoffs)
    extents = {
        name: _extent(
            cube, TABLES[name], known[name], first, cutoffs, _serving(workspace, name, client)
        )
        for name, frame in frames.items()
        if len(_own(frame, client))
    }
    return Slice(
        facts={name: facts[name].drop(columns="client") for name in facts if name in extents},
        registers={
            name: registers[name].drop(columns="client") for name in registers if name in extents
        },
        extents=extents,
    )


def _own(frame: pd.DataFrame, client: str) -> pd.DataFrame:
    """Return the rows of `client`, and those that hold for all clients."""
    return frame[frame["client"].isin((client, EVERYONE))]


def reach(period: Period) -> dt.date:
    """Return the first day of which an extract for `period` holds measures."""
    last = period.months()[-1]
    for _ in range(REACH_YEARS):
        last = last.year_ago()
    return min(period.start, last.end + dt.timedelta(days=1))


def _seen(table: TableSpec, audience: Audience, shares: Iterable[str]) -> bool:
    shared = table.shareable and table.name in shares
    return audience == "internal" or not table.internal or shared


def _measures(
    frame: pd.DataFrame, fact: Fact, days: tuple[dt.date, dt.date], audience: Audience
) -> pd.DataFrame:
    inside = frame["month"].between(pd.Timestamp(days[0]), pd.Timestamp(days[1]))
    names = [item.name for item in fact.measures if audience == "internal" or not item.internal]
    return frame.loc[inside, [*_whose(frame), "month", *fact.dims, *names]]


def _whose(frame: pd.DataFrame) -> list[str]:
    """Return the columns that tell whose rows they are; the members' own of a global account."""
    members = MEMBER[0] in frame and bool(frame[MEMBER[0]].notna().any())
    return ["client", *(MEMBER if members else ())]


def _register(
    frame: pd.DataFrame,
    table: TableSpec,
    horizon: Horizon,
    audience: Audience,
    columns: tuple[str, ...],
) -> pd.DataFrame:
    born = BORN.get(table.name)
    if born:
        frame = frame[_happened(frame, table, born, horizon)]
    for column, along in LATER.get(table.name, ()):
        known = _happened(frame, table, column, horizon)
        frame = frame.assign(**{name: frame[name].where(known) for name in (column, *along)})
    frame = ROWS.get(table.name, _every)(frame, audience)
    names = (name for name in columns if name in frame)
    # What was exchanged also tells what it was, where there is any of it.
    were = (name for name in BILLED if name in frame and frame[name].notna().any())
    return frame[[*_whose(frame), *names, *were]]


def _happened(
    frame: pd.DataFrame, table: TableSpec, column: str, horizon: Horizon
) -> pd.Series[bool]:
    if table.column(column).type == "date":
        return frame[column] <= pd.Timestamp(horizon.as_of)
    return frame[column] <= pd.Timestamp(horizon.known_until)


def _every(frame: pd.DataFrame, _audience: Audience) -> pd.DataFrame:
    return frame


def _actions(frame: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    if audience == "internal":
        return frame
    ours = frame["internal"].eq(True).fillna(False)
    secret = frame["metric"].isin(hidden_from(audience, ()))
    return frame[~(ours | secret)].drop(columns="internal")


ROWS: Mapping[str, Callable[[pd.DataFrame, Audience], pd.DataFrame]] = {"actions": _actions}
"""Registers of which an audience may not see every row."""


def _extent(
    cube: Cube,
    table: TableSpec,
    known: tuple[str, ...],
    first: dt.date,
    cutoffs: Mapping[str, dt.datetime],
    serving: Sequence[Source],
) -> Extent:
    begins = cube.begins.get(table.name)
    supplied = cube.supplied.get(table.name, frozenset())
    if serving:
        supplied &= {column for source in serving for column in source.columns}
    return Extent(
        columns=tuple(name for name in known if name in supplied),
        begins=max(begins, first) if begins and table.fact else begins,
        cutoff=cutoffs.get(table.name),
        sources=_names(serving),
    )


def _serving(workspace: Workspace, table: str, client: str) -> Sequence[Source]:
    """Return the sources that a table's rows of `client` come from; all where none names it.

    What another client's sources supply, and where its rows come from, is none of its business.
    """
    given = workspace.house.sources.get(table, ())
    served = owners(client, workspace.clients)
    return [item for item in given if any(map(item.client.serves, served))] or given


def _names(sources: Iterable[Source]) -> tuple[str, ...]:
    # A source without a name goes by its file's; where the file lies is the house's own affair.
    names = (source.name or PurePosixPath(source.file or "").name for source in sources)
    return tuple(dict.fromkeys(name for name in names if name))


# --- parameters -------------------------------------------------------------------------


def house_facts(workspace: Workspace, client: str) -> HouseFacts:
    """Return the provider's public facts, with the client's own choices applied."""
    house, own = workspace.house, workspace.clients[client].client
    return HouseFacts(
        name=house.name,
        brand=house.brand,
        minimum_n=house.minimum_n,
        locale=own.locale or house.locale,
        paper=own.paper or house.paper,
        timezone=timezone_of(workspace, client),
    )


def client_params(params: ClientParams, period: Period, audience: Audience) -> dict[str, Any]:
    """Return the client's parameters as JSON for `audience`, as far as `period` needs them.

    For the client whatever belongs to a metric that it may not know is absent too:
    targets, weights, service levels, lead metrics, objectives, events and recoveries.
    """
    out = for_audience(params, audience)
    near = {period.id, period.prior().id, period.year_ago().id}
    for part in ("reviews", "commentary"):
        out[part] = {name: value for name, value in out[part].items() if name in near}
    hidden = hidden_from(audience, params.client.shares)
    client = out["client"]
    for part in ("targets", "weights"):
        client[part] = {k: v for k, v in client[part].items() if k not in hidden}
    client["lead_metrics"] = [name for name in client["lead_metrics"] if name not in hidden]
    places = [(out["contract"], "slas"), (out["plan"], "objectives")]
    places += [(review, part) for review in out["reviews"].values() for part in _METRIC_PARTS]
    for place, part in places:
        place[part] = [item for item in place[part] if item["metric"] not in hidden]
    return out


_METRIC_PARTS = ("events", "recoveries")


def hidden_from(audience: Audience, shares: Iterable[str]) -> frozenset[str]:
    """Return the metrics that `audience` may not know."""
    return frozenset(METRICS) - {item.id for item in published(audience, shares)}
