"""What a comparison must say of the lengths of its periods: weeks, and working days."""

from __future__ import annotations

from fractions import Fraction

from reviewkit.display import words
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.periods import Period
from reviewkit.speech import say


def unlike(view: View) -> str:
    """Return how many weeks the period is held against where they differ; else nothing.

    Periods of months are never of one length, and nothing is said.
    """
    compared = (view.period.prior(), view.period.year_ago())
    said = [told for other in compared if (told := _against(view, other))]
    if not said:
        return ""
    return say("Compared are {periods}; nothing is adjusted.", periods=words.listed(said))


def _against(view: View, other: Period) -> str:
    if not view.period.length_against(other):
        return ""
    return say(
        "{now} against {then} weeks in {period}",
        now=view.period.weeks,
        then=other.weeks,
        period=view.head(other),
    )


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
        say("{now} ({ago}) in {sites}", now=now, ago=ago, sites=words.listed(names))
        for (now, ago), names in sorted(sites.items())
    ]
    return say("Working days, and those a year ago: {sites}.", sites="; ".join(parts))


def _alike(view: View, value: MetricValue, now: int, ago: int) -> str:
    if not value.n:
        return say("{now} working days ({ago} a year ago).", now=now, ago=ago)
    before = int(str(value.year_ago)) if value.year_ago else 0
    return say(
        "{now} working days ({ago} a year ago), each with {rate} {cases} on average{then}.",
        now=now,
        ago=ago,
        rate=_rate(view, value.n, now),
        cases=words.cases(value.metric),
        then=f" ({_rate(view, before, ago)})" if before else "",
    )


def _rate(view: View, cases: int, days: int) -> str:
    each = Fraction(cases, days)
    return view.formats.number(each, 0 if each >= 10 else 1)
