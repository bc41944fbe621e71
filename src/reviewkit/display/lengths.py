"""What a comparison must say of the lengths of its periods: weeks, and working days."""

from __future__ import annotations

from fractions import Fraction

from reviewkit.display import words
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue


def unlike(view: View) -> str:
    """Return how many weeks the period is held against where they differ; else nothing.

    Periods of months are never of one length, and nothing is said.
    """
    compared = (view.period.prior(), view.period.year_ago())
    said = [
        f"{told} in {view.head(other)}"
        for other in compared
        if (told := view.period.length_against(other))
    ]
    if not said:
        return ""
    return f"Compared are {words.listed(said)}; nothing is adjusted."


def worked(view: View, value: MetricValue) -> str:
    """Return "64 working days (65 a year ago)", by site where they differ; else nothing.

    Where all sites worked the same days, the cases of `value` on each are told too. A period
    that is not over says nothing.
    """
    days = view.house.working_days
    if value.partial or not days or not all(site.period and site.year_ago for site in days):
        return ""
    sites: dict[tuple[int, int], list[str]] = {}
    for site in days:
        sites.setdefault((site.period, site.year_ago), []).append(site.site)
    if len(sites) == 1:
        return _alike(view, value, *next(iter(sites)))
    parts = [
        f"{now} ({ago}) in {words.listed(names)}" for (now, ago), names in sorted(sites.items())
    ]
    return f"Working days, and those a year ago: {'; '.join(parts)}."


def _alike(view: View, value: MetricValue, now: int, ago: int) -> str:
    said = f"{now} working days ({ago} a year ago)"
    if not value.n:
        return f"{said}."
    before = int(str(value.year_ago)) if value.year_ago else 0
    then = f" ({_rate(view, before, ago)})" if before else ""
    cases = words.CASES[value.metric].many
    return f"{said}, each with {_rate(view, value.n, now)} {cases} on average{then}."


def _rate(view: View, cases: int, days: int) -> str:
    each = Fraction(cases, days)
    return view.formats.number(each, 0 if each >= 10 else 1)
