"""What one client's reports are made from: whose parameters, which periods, what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewkit.build.selection import Selection
from reviewkit.build.when import Notebooks, Part, parts_of
from reviewkit.extract.portfolio import accounts_of
from reviewkit.extract.store import CubeStore
from reviewkit.metrics.calendar import Horizon, horizon
from reviewkit.params import Workspace
from reviewkit.params.members import kin
from reviewkit.params.reports import PORTFOLIO


@dataclass(frozen=True)
class Scope:
    """A workspace that holds whom a report may know of, and what is known of each.

    `parts` are the reports by their period.
    """

    workspace: Workspace
    parts: tuple[Part, ...]
    horizons: Mapping[str, Horizon]


def scope_of(
    workspace: Workspace,
    client: str,
    store: CubeStore,
    selection: Selection,
    notebooks: Notebooks,
) -> Scope:
    """Return the scope of a client: itself and its members; of the portfolio, all accounts."""
    parts = parts_of(workspace, store.cutoffs, client, selection, notebooks)
    if client == PORTFOLIO:
        return Scope(
            workspace, parts, horizons(workspace, accounts_of(workspace), store, selection)
        )
    near = {
        name: workspace.clients[name] for name in (client, *kin(workspace.clients).get(client, ()))
    }
    return Scope(
        workspace.model_copy(update={"clients": near}),
        parts,
        horizons(workspace, (client,), store, selection),
    )


def horizons(
    workspace: Workspace, clients: Iterable[str], store: CubeStore, selection: Selection
) -> dict[str, Horizon]:
    """Return what is known of each of `clients`, by name."""
    return {
        client: horizon(workspace, client, store.cutoffs, selection.as_of) for client in clients
    }
