"""The alerts of all accounts, for a terminal, a program, and a clock that runs the command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from reviewkit.analysis.alerts import GRAVE, Alert, Watch
from reviewkit.analysis.alerts import alerts as raised
from reviewkit.build.plan import clients_of
from reviewkit.build.reports import extract
from reviewkit.build.selection import Selection
from reviewkit.display import alerts as said
from reviewkit.display.view import View
from reviewkit.errors import printable
from reviewkit.extract.read import read_extract
from reviewkit.metrics.data import MetricValue
from reviewkit.params import Workspace
from reviewkit.params.alerts import AlertSeverity
from reviewkit.review import Review

EXIT: Mapping[AlertSeverity, int] = {"critical": 4, "warning": 3, "info": 0}
"""Exit code by the gravest alert; 1 and 2 are errors, so that a clock tells them apart."""


@dataclass(frozen=True)
class Told:
    """One alert in words: what it tells, its action's title, and the row to enter for it."""

    alert: Alert
    text: str
    title: str
    row: Mapping[str, object] | None

    def to_json(self) -> dict[str, Any]:
        """Return the alert as JSON: identity, sentence, facts, and the action."""
        alert, answer = self.alert, self.alert.answer
        return {
            "client": alert.client,
            "severity": alert.severity,
            "kind": alert.kind,
            "rule": alert.rule,
            "subject": alert.subject,
            "also": list(alert.also),
            "text": self.text,
            "facts": _plain(asdict(alert.found)),
            "action": {
                "action_id": answer.id,
                "open": answer.open,
                "title": self.title,
                "owner": answer.owner,
                "due_on": answer.due.isoformat() if answer.due else None,
            },
            "to_enter": dict(self.row) if self.row else None,
        }


def portfolio_alerts(
    workspace: Workspace, selection: Selection, today: dt.date
) -> tuple[Told, ...]:
    """Return the alerts of the clients of `selection`, the gravest first, then by client.

    Figures are those of each client's last complete quarter, or of the period asked for;
    contracts and the age of data are held against `today`.
    """
    found: list[Told] = []
    for client in clients_of(workspace, selection):
        own = read_extract(extract(workspace, client, selection, "internal"))
        view = _view(workspace, Review.of(own).view)
        if view.house.alerts is not None:
            watch = Watch(view.figures, view.params, today)
            found += _told(view, raised(watch, view.house.alerts), today)
    return tuple(sorted(found, key=lambda told: GRAVE.index(told.alert.severity)))


def exit_code(told: Iterable[Told]) -> int:
    """Return the exit code of the gravest alert: 0, 3 or 4."""
    return max((EXIT[item.alert.severity] for item in told), default=0)


def render_alerts(told: tuple[Told, ...]) -> str:
    """Return alerts as text for a terminal: what, and below it the action that answers it."""
    if not told:
        return "no rule of the house tells of anything"
    lines = []
    for item in told:
        answer = item.alert.answer
        state = "open" if answer.open else "to be entered"
        by = f", by {answer.due}" if answer.due else ""
        owner = answer.owner or "nobody"
        lines.append(f"{item.alert.severity:<8}  {item.alert.client:<12}  {item.text}")
        lines.append(f"{'':<24}→ {answer.id} ({state}): {item.title}; {owner}{by}")
    return printable("\n".join(lines))


def _view(workspace: Workspace, view: View) -> View:
    """Return a client's view with numbers and dates as the house writes them, in English."""
    house = workspace.house
    return replace(view, formats=replace(view.formats, locale=house.locale))


def _told(view: View, alerts: Iterable[Alert], today: dt.date) -> Iterator[Told]:
    entered: set[str] = set()
    for alert in alerts:
        # Two alerts about one thing propose one action, and its row once.
        row = said.to_enter(view, alert, today) if alert.answer.id not in entered else None
        entered.add(alert.answer.id)
        yield Told(alert, said.text(view, alert), said.title(view, alert), row)


def _plain(value: Any) -> Any:
    """Return facts as JSON knows them: days as text, amounts as exact decimal text."""
    if isinstance(value, MetricValue):
        return value.to_json()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
