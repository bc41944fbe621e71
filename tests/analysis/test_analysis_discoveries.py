"""What a review finds without being asked: unbilled work, bursts, notice; and what goes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from reviews import PERIOD, SLIDE, Due, figures, view

from reviewkit import periods
from reviewkit.analysis.bursts import bursts
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.findings import findings
from reviewkit.analysis.model import Finding
from reviewkit.analysis.renewal import renewal
from reviewkit.analysis.unbilled import unbilled
from reviewkit.display.called import called
from reviewkit.params.models import Contract, ReviewFacts

MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
PAST = MONTHS[MONTHS.index("2025-01") : MONTHS.index("2026-07")]
NOW = ("2026-07", "2026-08", "2026-09")


# --- work done and not invoiced ---------------------------------------------------------


def events(done: Mapping[str, int]) -> pd.DataFrame:
    """Return the measures of pieces worked in Kassel, by month."""
    rows = [
        {"month": pd.Timestamp(f"{month}-01"), "quantity": Decimal(count), "events": 20}
        for month, count in done.items()
    ]
    place = {"site": "Kassel", "service": "Warehousing", "charge_code": "VAS"}
    return pd.DataFrame(rows).assign(**place)


def invoiced(pieces: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Yield a line of pieces at 1.35 for each month."""
    for month, count in pieces.items():
        if count:
            yield {
                "invoice_id": f"R-{month}", "line": "1", "issued_on": f"{month}-28",
                "site": "Kassel", "service": "Warehousing", "charge_code": "VAS",
                "quantity": float(count), "uom": "piece", "rate": "1.35",
                "amount": str(count * Decimal("1.35")), "currency": "EUR",
            }  # fmt: skip


def worked(
    done: Mapping[str, int], lines: Mapping[str, int], audience: str = "internal"
) -> Figures:
    own = figures(audience=audience, invoice_lines=invoiced(lines))
    supplied = dict(own.data.supplied) | {
        "activity": frozenset({"site", "charge_code", "quantity"})
    }
    data = replace(own.data, cube={"activity": events(done)}, supplied=supplied)
    return Figures(data, PERIOD, own.as_of)


DONE = dict.fromkeys((*PAST, *NOW), 1000)


def test_work_that_is_no_longer_invoiced_is_told_with_its_worth() -> None:
    found = unbilled(worked(DONE, dict.fromkeys(PAST, 1000)))
    assert len(found) == 1
    own = found[0]
    assert (own.site, own.charge, own.uom) == ("Kassel", "VAS", "piece")
    # 3 × 1,000 pieces at 1.35.
    assert (own.missing, own.rate, own.amount) == (3000, Decimal("1.35"), Decimal("4050.00"))
    assert own.since == periods.parse("2026-07")


def test_work_that_is_invoiced_is_not_missing() -> None:
    assert unbilled(worked(DONE, DONE)) == ()


def test_timing_is_not_missing() -> None:
    """A tenth of each month is invoiced a month later, as it always was; now a little more is."""
    lines = {month: 900 + 200 * (place % 2) for place, month in enumerate(PAST)}
    assert unbilled(worked(DONE, lines | dict.fromkeys(NOW, 930))) == ()


def test_work_that_was_never_invoiced_by_its_quantity_is_in_another_price() -> None:
    assert unbilled(worked(DONE, {"2025-03": 10})) == ()


def test_a_clients_reader_learns_nothing_of_it() -> None:
    assert unbilled(worked(DONE, dict.fromkeys(PAST, 1000), audience="client")) == ()


# --- a burst of complaints --------------------------------------------------------------


def cases(
    counts: Mapping[str, int], cause: str = "Hub missed", **more: object
) -> Iterator[dict[str, Any]]:
    """Yield complaints of a cause, so many in each month, one a day from the first on."""
    for month, count in counts.items():
        for number in range(count):
            yield {
                "case_id": f"{cause}-{month}-{number}", "category": "Late", "site": "Venlo",
                "opened_at": f"{month}-{number % 28 + 1:02d} 10:00", "root_cause": cause,
            } | more  # fmt: skip


def complained(rows: Iterable[dict[str, Any]]) -> Figures:
    return figures(cases=rows)


QUIET = dict.fromkeys((*PAST, *NOW), 3)


def test_a_burst_is_told_with_its_cause_its_dates_and_its_fix() -> None:
    burst = cases(
        {"2026-08": 25}, "Wrong profile", fixed_on="2026-08-26", corrective_action="Reset"
    )
    found = bursts(complained([*cases(QUIET), *burst]))
    assert [(item.by, item.key) for item in found] == [("root_cause", "Wrong profile")]
    own = found[0]
    # 9 others came in the quarter.
    assert (own.count, own.whole, own.expected) == (25, 34, 0)
    assert (own.first, own.last) == (dt.date(2026, 8, 1), dt.date(2026, 8, 25))
    assert (own.fixed, own.measure, own.after) == (dt.date(2026, 8, 26), "Reset", 0)


def test_a_fix_that_did_not_hold_is_told_so() -> None:
    again = cases({"2026-08": 25, "2026-09": 2}, "Wrong profile", fixed_on="2026-08-26")
    found = bursts(complained([*cases(QUIET), *again]))
    assert found[0].after == 2


def test_a_cause_that_always_comes_in_clusters_is_no_burst() -> None:
    clusters = {month: 30 if place % 4 == 0 else 0 for place, month in enumerate(PAST)}
    assert bursts(complained(cases(clusters | {"2026-08": 40}))) == ()


def test_more_deliveries_bring_more_complaints() -> None:
    """Three times the deliveries, three times the complaints: 9 a month where 3 were."""
    rows = list(cases(dict.fromkeys(PAST, 3) | dict.fromkeys(NOW, 9)))
    busy = [*(Due(m, "A → B", 100, 96) for m in PAST), *(Due(m, "A → B", 300, 288) for m in NOW)]
    assert [item.count for item in bursts(figures(cases=rows))] == [27]
    assert bursts(figures(busy, cases=rows)) == ()


def test_a_few_complaints_are_no_burst() -> None:
    assert bursts(complained([*cases(QUIET), *cases({"2026-08": 4}, "New")])) == ()


# --- notice -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "days", "goes_on"),
    [
        # Ninety days before 31 January is 2 November, 27 days after the data's.
        (dt.date(2027, 1, 31), 27, dt.date(2027, 2, 1)),
        # The next quarter ends on 31 December, and notice falls due a day later.
        (dt.date(2027, 4, 1), None, None),
        # It fell due the day before the data's.
        (dt.date(2027, 1, 3), None, None),
    ],
)
def test_notice_is_told_while_it_can_be_given_before_the_next_review(
    end: dt.date, days: int | None, goes_on: dt.date | None
) -> None:
    found = renewal(figures(SLIDE), Contract(end=end, notice_days=90, auto_renewal=True))
    assert (found.days if found else None) == days
    assert (found.goes_on if found else None) == goes_on


def test_a_contract_that_does_not_go_on_by_itself_just_ends() -> None:
    found = renewal(figures(SLIDE), Contract(end=dt.date(2027, 1, 31), notice_days=90))
    assert found is not None
    assert found.goes_on is None


def test_without_dates_there_is_no_notice() -> None:
    assert renewal(figures(SLIDE), Contract(end=dt.date(2027, 1, 31))) is None
    assert renewal(figures(SLIDE), Contract(notice_days=90)) is None


# --- what goes first --------------------------------------------------------------------


def test_complaints_of_what_was_late_stand_behind_it() -> None:
    rows = cases({"2026-08": 60}, "No capacity")
    own = figures(SLIDE, targets={"on_time_delivery": 0.96}, cases=[*cases(QUIET), *rows])
    found = findings(own, ReviewFacts(), ("on_time_delivery",))
    assert [item.kind for item in found[:2]] == ["miss", "burst"]
    # With a cause of its own it matters more: fifty times the tolerance is not reached.
    rows = cases({"2026-08": 60}, "Wrong profile")
    own = figures(SLIDE, targets={"on_time_delivery": 0.96}, cases=[*cases(QUIET), *rows])
    found = findings(own, ReviewFacts(), ("on_time_delivery",))
    assert [item.kind for item in found[:2]] == ["burst", "miss"]


def test_notice_stands_behind_a_miss_and_before_routine() -> None:
    own = figures(SLIDE, targets={"on_time_delivery": 0.96, "in_full": 0.98})
    contract = Contract(end=dt.date(2027, 1, 31), notice_days=90, announces_notice=True)
    found = findings(own, ReviewFacts(), ("on_time_delivery", "in_full"), contract)
    kinds = [item.kind for item in found]
    assert kinds.index("miss") < kinds.index("renewal") < kinds.index("streak")


@pytest.mark.parametrize(
    ("audience", "announced", "told"),
    [("client", False, False), ("client", True, True), ("internal", False, True)],
)
def test_a_client_hears_of_notice_where_the_house_says_so(
    audience: str, announced: bool, told: bool
) -> None:
    own = figures(SLIDE, audience=audience)
    contract = Contract(end=dt.date(2027, 1, 31), notice_days=90, announces_notice=announced)
    found = findings(own, ReviewFacts(), ("on_time_delivery",), contract)
    assert ("renewal" in [item.kind for item in found]) is told


def test_a_period_known_in_part_is_told_first() -> None:
    own = figures(SLIDE, targets={"on_time_delivery": 0.96}, period=periods.parse("2026Q4"))
    assert findings(own, ReviewFacts(), ("on_time_delivery",))[0].kind == "partial"


def test_what_was_found_is_called_by_something_of_its_own() -> None:
    burst = cases({"2026-08": 25}, "Wrong profile", fixed_on="2026-08-26")
    own = complained([*cases(QUIET), *burst])
    work = worked(DONE, dict.fromkeys(PAST, 1000))
    early = figures(SLIDE, period=periods.parse("2026Q4"))
    told = [
        called(view(at), next(item for item in _all(at) if item.kind == kind))
        for at, kind in ((own, "burst"), (work, "unbilled"), (own, "renewal"), (early, "partial"))
    ]
    assert told == [
        "“Wrong profile” (25 complaints)",
        "unbilled work (€4,050)",
        "notice due on 2 Nov 2026",
        "data to 6 Oct 2026 only",
    ]


def _all(own: Figures) -> tuple[Finding, ...]:
    contract = Contract(end=dt.date(2027, 1, 31), notice_days=90, announces_notice=True)
    return findings(own, ReviewFacts(), ("on_time_delivery",), contract)
