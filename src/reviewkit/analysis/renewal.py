"""Whether notice falls due before the next review: renewal is keyed to that day, not the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reviewkit.analysis.figures import Figures
from reviewkit.params.models import Contract


@dataclass(frozen=True)
class Renewal:
    """A contract whose last day of notice comes before the next review.

    `goes_on` is the day from which it goes on without notice; `None` where it ends.
    """

    reference: str
    notice_by: dt.date
    end: dt.date
    goes_on: dt.date | None
    days: int


def renewal(figures: Figures, contract: Contract) -> Renewal | None:
    """Return the renewal that is due between the day of the data and the next period's end."""
    if contract.end is None or contract.notice_days is None:
        return None
    notice_by = contract.end - dt.timedelta(days=contract.notice_days)
    following = figures.period.end + dt.timedelta(days=figures.period.days)
    if not figures.as_of <= notice_by <= following:
        return None
    return Renewal(
        reference=contract.reference,
        notice_by=notice_by,
        end=contract.end,
        goes_on=contract.end + dt.timedelta(days=1) if contract.auto_renewal else None,
        days=(notice_by - figures.as_of).days,
    )
