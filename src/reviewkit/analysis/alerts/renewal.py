"""Contracts near the day by which notice must be given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reviewkit.analysis.alerts.model import Noticed, Watch
from reviewkit.params.alerts import Renewal
from reviewkit.params.models import Contract


def notice_day(contract: Contract) -> dt.date | None:
    """Return the last day on which notice keeps its term; `None` where the end is not known.

    Without a notice period it is the end itself.

    >>> notice_day(Contract(end=dt.date(2027, 1, 31), notice_days=90))
    datetime.date(2026, 11, 2)
    """
    if contract.end is None:
        return None
    return contract.end - dt.timedelta(days=contract.notice_days or 0)


def noticed(watch: Watch, rule: Renewal) -> Iterator[tuple[str, Noticed]]:
    """Yield the contract if its notice deadline is no more than `rule.days` ahead.

    It is told until the contract ends; after a passed deadline it goes on or ends as agreed.
    """
    contract = watch.params.contract
    notice = notice_day(contract)
    if notice is None or contract.end is None:
        return
    days = (notice - watch.today).days
    if days <= rule.days and watch.today <= contract.end:
        yield "contract", Noticed(notice, contract.end, days, contract.auto_renewal)
