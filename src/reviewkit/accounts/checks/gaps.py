"""Time without rows where there usually are some."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from reviewkit.accounts.checks.finding import Finding, Subject

_LEAST_SPAN = 56
"""Days of history, at least, before anything is called usual."""

_BY_CHANCE = 0.01
"""A run is told where fewer than this many as long are expected in the whole span by chance."""

_OFTEN = 2
"""Runs at least two thirds as long, in a year, from which on they are a rhythm and no gap."""

_USUAL_MONTHS = 0.8
_LEAST_MONTHS = 6

_DAY = dt.timedelta(days=1)

Span = tuple[dt.date, dt.date]


def gaps(subject: Subject) -> Iterator[Finding]:
    """Find the gaps of each client, in time."""
    for client, days in subject.days.items():
        spans = _spans(days, _end(subject, days), int(subject.threshold("gap")))
        if spans:
            yield subject.finding(
                "gap",
                _said(spans, max(days)),
                client=client,
                column=subject.dated or "",
                examples=tuple(f"{first} to {last}" for first, last in spans),
            )


def _end(subject: Subject, days: Mapping[dt.date, int]) -> dt.date:
    """Return the day up to which rows are missed: exports often end some days before the cut-off.

    That is told as `freshness`; from its threshold on, the end counts as a gap, too.
    """
    quiet = (subject.last_day - max(days)).days > subject.threshold("freshness")
    return subject.last_day if quiet else max(days)


def _said(spans: list[Span], newest: dt.date) -> str:
    if spans[-1][0] > newest:
        more = f", {len(spans) - 1} gaps before" if len(spans) > 1 else ""
        return f"none since {newest}{more}"
    more = f", and {len(spans) - 1} more" if len(spans) > 1 else ""
    return f"none from {spans[0][0]} to {spans[0][1]}{more}"


def _spans(days: Mapping[dt.date, int], end: dt.date, least: int) -> list[Span]:
    first, newest = min(days), max(days)
    if (newest - first).days < _LEAST_SPAN:
        return []
    if _in_batches(days):
        return _empty_months(days, end)
    share = _shares(days, first, newest)
    length = (end - first).days + 1
    runs = list(_empty_runs(days, end))
    often = _OFTEN * max(1.0, length / 365)
    return [
        run
        for run in runs
        if _unlikely(run, share, length, least)
        and sum(3 * _days(other) >= 2 * _days(run) for other in runs) <= often
    ]


def _days(span: Span) -> int:
    return (span[1] - span[0]).days + 1


def _shares(days: Mapping[dt.date, int], first: dt.date, last: dt.date) -> list[float]:
    """Return for each day of the week how often it has rows, never quite always."""
    filled = Counter(day.weekday() for day in days)
    there = Counter((first + _DAY * n).weekday() for n in range((last - first).days + 1))
    return [min(filled[day] / there[day], 1 - 1 / (there[day] + 1)) for day in range(7)]


def _empty_runs(days: Mapping[dt.date, int], end: dt.date) -> Iterator[Span]:
    ordered = [*sorted(days), end + _DAY]
    for before, after in pairwise(ordered):
        if after - before > _DAY:
            yield before + _DAY, after - _DAY


def _unlikely(span: Span, share: list[float], length: int, least: int) -> bool:
    first, last = span
    missed = [share[(first + _DAY * n).weekday()] for n in range((last - first).days + 1)]
    usual = sum(part >= 0.5 for part in missed)
    chance = sum(math.log1p(-part) for part in missed)
    # Where no day of the week is usual, as with a few rows a month, all days count.
    long = usual if any(part >= 0.5 for part in share) else len(missed)
    return long >= least and chance < math.log(_BY_CHANCE / length)


def _in_batches(days: Mapping[dt.date, int]) -> bool:
    """Tell whether rows come on about one day of a month, as invoices and budgets do."""
    months = {day.replace(day=1) for day in days}
    return len(days) < 2 * len(months)


def _empty_months(days: Mapping[dt.date, int], end: dt.date) -> list[Span]:
    filled = {day.replace(day=1) for day in days}
    month, months = min(filled), []
    while (following := _next(month)) <= end + _DAY:
        months.append(month)
        month = following
    usual = len(filled) >= _LEAST_MONTHS and len(filled) >= _USUAL_MONTHS * len(months)
    return [(m, _next(m) - _DAY) for m in months if m not in filled] if usual else []


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)
