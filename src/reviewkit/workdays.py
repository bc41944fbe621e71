"""Working days of a site: its week, its public holidays, its own closures."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from reviewkit.params.sites import Site

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = dt.timedelta(days=1)


def works_on(site: Site, day: dt.date) -> bool:
    """Tell whether `site` works on `day`.

    >>> site = Site(country="NL", closed=(dt.date(2026, 4, 28),))
    >>> [works_on(site, dt.date(2026, 4, day)) for day in (24, 25, 27, 28, 29)]
    [True, False, False, False, True]
    """
    if day in site.open:
        return True
    at_work = _WEEK[day.weekday()] in site.working_days and day not in site.closed
    return at_work and day not in _holidays(site.country, site.subdivision, day.year)


def working_days(site: Site, start: dt.date, end: dt.date) -> int:
    """Return how many days from `start` to `end`, both included, `site` works."""
    return sum(works_on(site, start + _DAY * at) for at in range((end - start).days + 1))


def next_working_day(site: Site, day: dt.date) -> dt.date:
    """Return the first day after `day` on which `site` works."""
    following = day + _DAY
    while not works_on(site, following):
        following += _DAY
    return following


@lru_cache(maxsize=1024)
def _holidays(country: str, subdivision: str, year: int) -> frozenset[dt.date]:
    if not country:
        return frozenset()
    # Half a second to import, and needed only where a house names its sites.
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
