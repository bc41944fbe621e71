"""The action that answers an alert: an open one about the same thing, or one to enter."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from reviewkit.analysis.actions import Action, current_actions
from reviewkit.analysis.alerts.model import Answer, Found, Noticed, Watch
from reviewkit.metrics.registry import METRICS
from reviewkit.params.alerts import AlertRule, due

RELATED: Mapping[str, tuple[str, ...]] = {
    "receivables": ("receivables_overdue", "dso"),
    "disputes": ("disputes", "disputed_amount", "disputes_upheld"),
    "cases": ("cases_open", "cases_opened", "resolution_median", "resolution_p90"),
}
"""Metrics whose actions are about what ages."""

RENEWAL_WORDS = ("notice", "renew", "kündig", "verläng")
"""What the title of an action about a contract's renewal holds; it has no metric of its own."""


def answer(watch: Watch, subject: str, found: Found, rule: AlertRule) -> Answer:
    """Return the open action about `subject`, the latest first, or the one to enter.

    The id of a proposed one follows from client and subject alone: entered into the action
    list under it, the next run finds it there.
    """
    proposed = _proposed(watch, subject, found, rule)
    for action in current_actions(watch.figures):
        if action.closed is None and (action.id == proposed.id or _about(action, subject)):
            return Answer(
                action.id, action.owner, action.due, action.metric, open=True, title=action.title
            )
    return proposed


def _about(action: Action, subject: str) -> bool:
    kind, _, rest = subject.partition(":")
    if kind == "action":
        return action.id == rest
    if kind == "contract":
        return any(word in action.title.lower() for word in RENEWAL_WORDS)
    return bool(action.metric) and action.metric in (kind, *RELATED.get(kind, ()))


def _proposed(watch: Watch, subject: str, found: Found, rule: AlertRule) -> Answer:
    key = f"{watch.figures.data.client}\n{subject}"
    kind = subject.partition(":")[0]
    return Answer(
        id=f"AL-{hashlib.sha256(key.encode()).hexdigest()[:6].upper()}",
        owner=rule.owner or watch.params.client.account_manager,
        due=_due(watch, found, rule),
        metric=next((name for name in (kind, *RELATED.get(kind, ())) if name in METRICS), ""),
        open=False,
    )


def _due(watch: Watch, found: Found, rule: AlertRule) -> dt.date:
    day = due(rule, watch.today)
    # What is decided after the notice deadline is decided in vain.
    if isinstance(found, Noticed) and found.notice >= watch.today:
        return min(day, found.notice)
    return day
