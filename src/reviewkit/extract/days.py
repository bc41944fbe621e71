"""Working days of the sites that a client's rows name, for the period and its references."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.extract.model import SiteDays
from reviewkit.params.sites import Site, unknown_part
from reviewkit.periods import Period
from reviewkit.workdays import working_days


def days_of(
    sites: Mapping[str, Site],
    facts: Mapping[str, pd.DataFrame],
    registers: Mapping[str, pd.DataFrame],
    period: Period,
) -> tuple[SiteDays, ...]:
    """Return the working days of each site with measures in `period`, in order of their names.

    A site that the house does not name is known by the country and region of the table
    `sites`; where neither tells, or has known holidays, it has no row.
    """
    known = {**_recorded(registers.get("sites")), **sites}
    used = sorted({name for frame in facts.values() for name in _sites(frame, period)})
    return tuple(
        SiteDays(
            site=name,
            period=working_days(known[name], period.start, period.end),
            prior=working_days(known[name], period.prior().start, period.prior().end),
            year_ago=working_days(known[name], period.year_ago().start, period.year_ago().end),
        )
        for name in used
        if name in known
    )


def _sites(frame: pd.DataFrame, period: Period) -> list[str]:
    if "site" not in frame:
        return []
    inside = frame["month"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    return [str(name) for name in frame.loc[inside, "site"].dropna().unique()]


def _recorded(table: pd.DataFrame | None) -> dict[str, Site]:
    if table is None:
        return {}
    rows = table.reindex(columns=["site", "country", "region"])
    rows = rows.dropna(subset=["country"]).fillna("")
    found = {
        str(site): Site(country=str(country), subdivision=str(region).removeprefix(f"{country}-"))
        for site, country, region in rows.itertuples(index=False)
    }
    # The holidays of many countries are the same everywhere, and a region is no mistake there.
    whole = {name: site.model_copy(update={"subdivision": ""}) for name, site in found.items()}
    told = {
        name: whole[name] if unknown_part(site) == "subdivision" else site
        for name, site in found.items()
    }
    return {name: site for name, site in told.items() if not unknown_part(site)}
