"""Report kinds that are not a client's: what the house writes for itself on all accounts."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.params.client import Client
from reviewkit.params.yaml import Path_

PORTFOLIO = "portfolio"
"""The house's own report on all accounts: its kind, and where its packs lie under reports/."""

HOUSE_KINDS = frozenset({PORTFOLIO})
"""Kinds that show all clients to the house, and so are never a client's."""


def report_findings(client: Client) -> Iterator[tuple[Path_, str, str]]:
    """Yield what is wrong with who gets which report: place, what, and how to mend it."""
    places: list[tuple[Path_, tuple[str, ...]]] = [(("reports",), client.reports)]
    places += [
        (("contacts", position, "receives"), contact.receives)
        for position, contact in enumerate(client.contacts)
    ]
    for place, kinds in places:
        for position, kind in enumerate(kinds):
            if kind in HOUSE_KINDS:
                what = f'"{kind}" shows all clients; it is no report of one.'
                yield (*place, position), what, f"Take it out. The house builds it: make {kind}"
