"""How old a table's rows are, by its own cut-off and beside the other tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reviewkit.accounts.checks.finding import Finding, Subject

_MONTH = dt.timedelta(weeks=6)
"""As long as a fiscal period can be, with the fifty-third week in it."""


def freshness(subject: Subject, newest_cutoff: dt.datetime) -> Iterator[Finding]:
    """Find a table whose newest row lies long before its cut-off, or that before the others'."""
    limit = dt.timedelta(days=subject.threshold("freshness"))
    if subject.days:
        newest = max(max(days) for days in subject.days.values())
        # A row of a month is dated by its first day, and is of the month until it ends.
        reach = _MONTH if subject.dated == "month" else dt.timedelta()
        if subject.last_day - newest > limit + reach:
            days = (subject.last_day - newest).days
            yield subject.finding(
                "freshness",
                f"the newest row is of {newest}, {days} days before the cut-off",
                column=subject.dated or "",
                examples=(str(newest),),
            )
    if newest_cutoff - subject.cutoff > limit:
        own, others = (
            moment.astimezone(dt.UTC).date() for moment in (subject.cutoff, newest_cutoff)
        )
        yield subject.finding(
            "freshness",
            f"complete up to {own}, while another table goes up to {others}",
            examples=(str(own),),
        )
