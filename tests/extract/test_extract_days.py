"""Working days in an extract: of the sites that the client's rows name, as the house knows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from worlds import workspace, world

from reviewkit.extract.days import days_of
from reviewkit.extract.model import SiteDays
from reviewkit.extract.read import read_extract
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.params.models import Calendar, Workspace
from reviewkit.params.sites import Site
from reviewkit.periods import parse

SHIPMENTS = [
    {"shipment_id": site, "site": site, "shipped_at": f"{day} 10:00", "promised_at": f"{day} 12:00",
     "delivered_at": f"{day} 11:00"}
    for site, day in (("Venlo", "2026-05-06"), ("Munich", "2026-06-10"), ("Gdynia", "2026-06-10"),
                      ("Closed", "2025-05-06"))
]  # fmt: skip
SITES = [
    {"site": "Munich", "timezone": "Europe/Berlin", "country": "DE", "region": "DE-BY"},
    # Rows of a place without known holidays, and of one whose region has none of its own.
    {"site": "Gdynia", "timezone": "Europe/Warsaw", "country": "XX"},
    {"site": "Venlo", "timezone": "Europe/Amsterdam", "country": "NL", "region": "NL-LI"},
]


def space(root: Path, **sites: Site) -> Workspace:
    own = workspace(str(root))
    return own.model_copy(update={"house": own.house.model_copy(update={"sites": sites})})


def days(root: Path, own: Workspace, period: str, **tables: Any) -> tuple[SiteDays, ...]:
    cube = build_cube(world({"shipments": SHIPMENTS, **tables}), own)
    folder, _ = write_extracts(own, cube, "acme", parse(period))
    return read_extract(folder).working_days


def test_the_sites_of_the_rows_are_counted_and_no_others(tmp_path: Path) -> None:
    own = space(tmp_path, Venlo=Site(country="NL"), Elsewhere=Site(country="NL"))
    # Weekdays less holidays. May 2026: 21 − Ascension, Whit Monday; April: 22 − Good Friday,
    # Easter Monday, King's Day; May 2025: 22 − Liberation Day (every five years), Ascension.
    assert days(tmp_path, own, "2026-05") == (
        SiteDays(site="Venlo", period=19, prior=19, year_ago=20),
    )


def test_a_house_that_names_no_site_and_has_no_table_tells_nothing(tmp_path: Path) -> None:
    assert days(tmp_path, space(tmp_path), "2026-05") == ()


def test_the_table_of_sites_tells_what_the_house_does_not(tmp_path: Path) -> None:
    found = days(tmp_path, space(tmp_path, Venlo=Site()), "2026Q2", sites=SITES)
    # 65 weekdays in the quarter; in Bavaria less Good Friday, Easter Monday, Labour Day,
    # Ascension, Whit Monday and Corpus Christi. The house's Venlo knows no holidays.
    assert [(item.site, item.period) for item in found] == [("Munich", 59), ("Venlo", 65)]
    same = days(tmp_path, space(tmp_path), "2026Q2", sites=SITES)
    assert [(item.site, item.period) for item in same] == [("Munich", 59), ("Venlo", 60)]


def test_a_fiscal_period_of_weeks_counts_its_own_days() -> None:
    own = Calendar(pattern="4-4-5", ends="last saturday of december").fiscal(1)
    period = parse("FY2026-P01", own)
    assert (period.start, period.end) == (dt.date(2025, 12, 28), dt.date(2026, 1, 24))
    cube = build_cube(
        world({"shipments": [SHIPMENTS[0] | {"promised_at": "2026-01-07 12:00"}]}),
        workspace(calendar=Calendar(pattern="4-4-5", ends="last saturday of december")),
    )
    (found,) = days_of({"Venlo": Site()}, cube.facts, {}, period)
    # Four weeks, five weeks before it, four weeks a year ago.
    assert (found.period, found.prior, found.year_ago) == (20, 25, 20)
