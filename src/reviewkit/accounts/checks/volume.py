"""Rows of a month against the same month last year."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator

from reviewkit.accounts.checks.finding import Finding, Subject

_BY_CHANCE = 4
"""Two months differ by chance where it is less than this many times the root of their sum."""


def volume(subject: Subject) -> Iterator[Finding]:
    """Find the months of the last year whose rows are far from those of the year before."""
    if not subject.days:
        return
    start = min(min(days) for days in subject.days.values())
    threshold = subject.threshold("volume")
    for client, days in subject.days.items():
        months: Counter[dt.date] = Counter()
        for day, rows in days.items():
            months[day.replace(day=1)] += rows
        changed = [
            (month, before, months[month])
            for month in _whole_months(start, subject.last_day)
            if (before := months[month.replace(year=month.year - 1)])
            and abs(months[month] - before) > threshold * before
            and abs(months[month] - before) > _BY_CHANCE * math.sqrt(months[month] + before)
        ]
        if changed:
            gravest = sorted(changed, key=lambda item: (-abs(item[2] / item[1] - 1), item[0]))
            told = tuple(f"{m:%Y-%m}: {now:,} after {then:,}" for m, then, now in gravest)
            yield subject.finding(
                "volume",
                told[0] + (f", and {len(told) - 1} more months" if len(told) > 1 else ""),
                client=client,
                column=subject.dated or "",
                examples=told,
            )


def _whole_months(start: dt.date, end: dt.date) -> list[dt.date]:
    """Return the last twelve whole months whose month a year before is whole, too."""
    found = []
    month = (end + dt.timedelta(days=1)).replace(day=1)
    for _ in range(12):
        month = (month - dt.timedelta(days=1)).replace(day=1)
        if month.replace(year=month.year - 1) >= start.replace(day=1) + dt.timedelta(
            days=0 if start.day == 1 else 31
        ):
            found.append(month)
    return sorted(found)
