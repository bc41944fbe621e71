"""``sites:`` of ``house.yaml``: on which days each site works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from reviewkit.errors import nearest
from reviewkit.params.base import Params, about

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

Finding = tuple[tuple[str | int, ...], str, str]


class Site(Params):
    """A site of the house, under the name that it has in the data.

    It works on its working days, less the public holidays of its country and the days on
    which it is `closed`, and on the days on which it is `open` all the same.
    """

    country: str = about("ISO 3166 code, for its public holidays: DE", "")
    subdivision: str = about("part of the country, where its holidays differ: BY", "")
    working_days: tuple[Weekday, ...] = about(
        "of its week", ("monday", "tuesday", "wednesday", "thursday", "friday")
    )
    closed: tuple[dt.date, ...] = about("days on which it is shut besides", ())
    open: tuple[dt.date, ...] = about("days on which it works all the same", ())


def site_findings(name: str, site: Site) -> Iterator[Finding]:
    """Tell what is wrong with a site: a country without known holidays, days that contradict."""
    place = ("sites", name)
    if not site.working_days:
        yield (*place, "working_days"), "names no day.", "List them: [monday, tuesday]."
    for day in sorted(set(site.closed) & set(site.open)):
        yield (*place, "open"), f"{day} stands in closed too.", "Remove it from one of them."
    if site.subdivision and not site.country:
        yield (*place, "subdivision"), "needs its country.", "Add country."
    elif site.country:
        yield from _place_findings(place, site)


def unknown_part(site: Site) -> Literal["", "country", "subdivision"]:
    """Return which part of a site's place has no known holidays; nothing where both have."""
    # Half a second to import, and needed only where a house names its sites.
    import holidays

    tries: tuple[tuple[Literal["country", "subdivision"], str | None], ...] = (
        ("country", None),
        ("subdivision", site.subdivision or None),
    )
    for part, subdivision in tries:
        try:
            holidays.country_holidays(site.country, subdiv=subdivision)
        except NotImplementedError:
            return part
    return ""


def _place_findings(place: tuple[str, str], site: Site) -> Iterator[Finding]:
    import holidays

    part = unknown_part(site)
    if part == "country":
        known = holidays.list_supported_countries(include_aliases=False)
        what = f'"{site.country}" is no country whose holidays are known.'
        yield (*place, part), what, nearest(site.country, known)
    elif part:
        parts = holidays.country_holidays(site.country).subdivisions
        what = f'"{site.subdivision}" is no part of {site.country} whose holidays are known.'
        hint = nearest(site.subdivision, parts) or "Remove it: they are the same everywhere."
        yield (*place, part), what, hint
