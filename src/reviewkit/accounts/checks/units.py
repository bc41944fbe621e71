"""Months whose values are of another size than those of the others."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from statistics import median
from typing import Any

import ibis

from reviewkit.accounts.checks.finding import Finding, Subject
from reviewkit.accounts.checks.orphans import here

_LEAST_ROWS = 10
"""Values in a month, at least, before their size is compared."""

_LEAST_MONTHS = 3

_NUMBERS = ("integer", "number", "money")


def units(subject: Subject) -> Iterator[Finding]:
    """Find, per client and column, the months whose usual value is off by a factor.

    The usual value of a month is the geometric mean of its values above zero, which one
    huge value hardly moves; it is held against the median of the client's months.
    """
    columns = [
        column.name
        for column in subject.spec.columns
        if column.type in _NUMBERS and column.name in subject.supplied
    ]
    if not columns or subject.dated is None:
        return
    rows = subject.rows.filter(subject.rows[subject.dated].notnull())
    sizes = {}
    for name in columns:
        value = rows[name].cast("float64")
        sizes[name] = ibis.ifelse(value > 0, value, ibis.null("float64")).ln().mean()
        sizes[f"{name}_rows"] = (value > 0).ifelse(1, 0).sum()
    months = rows.group_by(client=rows.client, month=rows[subject.dated].cast("date").truncate("M"))
    found = here(subject.con, months.agg(**sizes), f"sizes_{subject.spec.name}")
    columns_found: dict[str, list[Any]] = subject.con.to_pyarrow(found).to_pydict()
    by_client: dict[str, list[int]] = {}
    for place, client in enumerate(columns_found["client"]):
        by_client.setdefault(client, []).append(place)
    for client in sorted(by_client):
        places = by_client[client]
        months_of = [_month(columns_found["month"][place]) for place in places]
        for name in columns:
            means = [columns_found[name][place] for place in places]
            counts = [columns_found[f"{name}_rows"][place] for place in places]
            usual = {
                month: float(mean)
                for month, mean, count in zip(months_of, means, counts, strict=True)
                if mean is not None and count >= _LEAST_ROWS
            }
            yield from _of_column(subject, client, name, usual)


def _of_column(
    subject: Subject, client: str, name: str, sizes: dict[dt.date, float]
) -> Iterator[Finding]:
    """Find the months of one column; `sizes` are the logarithms of their usual values."""
    if len(sizes) < _LEAST_MONTHS:
        return
    usual, limit = median(sizes.values()), math.log(subject.threshold("unit"))
    off = {month: size - usual for month, size in sorted(sizes.items())}
    told = tuple(
        f"{month:%Y-%m}: {math.exp(by):.3g} times the usual size"
        for month, by in off.items()
        if abs(by) >= limit
    )
    if told:
        more = f", and {len(told) - 1} more months" if len(told) > 1 else ""
        yield subject.finding("unit", told[0] + more, client=client, column=name, examples=told)


def _month(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
