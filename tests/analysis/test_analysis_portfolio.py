"""All accounts side by side: counts, revenue and shares worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
from reviews import SLIDE, STILL, figures
from worlds import workspace

from reviewkit.analysis.figures import Figures
from reviewkit.analysis.portfolio import Account, account, whole
from reviewkit.extract.portfolio import accounts_of, currency_of, own_period
from reviewkit.metrics.data import MetricData
from reviewkit.params.alerts import Ageing, Alerts, Renewal
from reviewkit.params.calendar import Calendar
from reviewkit.params.models import Client, ClientParams, Contract, Sla
from reviewkit.periods import FiscalCalendar, parse

TODAY = dt.date(2026, 10, 6)
RULES = Alerts(
    threshold={},
    trend={},
    cost_to_serve={},
    ageing={"actions": Ageing(of="actions", days=14)},
    renewal={"near": Renewal(days=60, severity="critical")},
    freshness={},
)


def params(slug: str, **contract: Any) -> ClientParams:
    client = Client(name=slug.title(), currency="EUR", account_manager="Juno Fairweather")
    return ClientParams(slug=slug, client=client, contract=Contract(**contract))


def revenue(*lines: tuple[str, str, str | None]) -> Figures:
    """Return the figures of all accounts: invoice lines as (account, day, amount in euros)."""
    rows = pd.DataFrame(
        {
            "parent": [slug for slug, _, _ in lines],
            "issued_on": pd.to_datetime([day for _, day, _ in lines]),
            "service": "Freight",
            "amount": [None if amount is None else Decimal(amount) for _, _, amount in lines],
        }
    )
    data = MetricData(
        client="portfolio",
        audience="internal",
        currency="EUR",
        timezone="UTC",
        minimum_n=30,
        cube={},
        registers={"invoice_lines": rows},
        supplied={"invoice_lines": frozenset({"amount", "issued_on"})},
        cutoffs={},
        portfolio=True,
    )
    return Figures(data, parse("2026Q3"), TODAY)


def test_an_account_counts_what_was_met_kept_and_is_late() -> None:
    actions = [
        {"action_id": "A1", "title": "One", "due_on": "2026-09-20", "raised_on": "2026-07-01"},
        {"action_id": "A2", "title": "Two", "due_on": "2026-10-20", "raised_on": "2026-07-01"},
    ]
    # 91.0% on time of 6,000 against 96.5%: missed; all in full: met.
    targets = {"on_time_delivery": 0.965, "in_full": 0.98}
    own = figures(SLIDE, audience="internal", targets=targets, actions=actions)
    slas = (Sla(metric="in_full", target=Decimal("0.98")),)
    item = account(own, params("acme", slas=slas), RULES, TODAY)
    assert (item.met, len(item.judged)) == (1, 2)
    assert (item.kept, [value.metric for value in item.levels]) == (1, ["in_full"])
    # Due on 20 September, 16 days before 6 October: late, and past the rule's 14.
    assert [(action.id, action.late) for action in item.overdue] == [("A1", 16)]
    assert (item.told("warning"), item.told("critical"), item.notice) == (1, 0, None)


def test_a_contract_is_in_its_window_by_the_notice_deadline_and_not_by_its_end() -> None:
    own = figures(STILL, audience="internal")
    # 31 March 2027 less 120 days is 1 December 2026, 56 days after 6 October.
    near = params("acme", end=dt.date(2027, 3, 31), notice_days=120)
    item = account(own, near, RULES, TODAY)
    assert item.notice is not None
    assert (item.notice.notice, item.notice.days) == (dt.date(2026, 12, 1), 56)
    far = params("acme", end=dt.date(2027, 3, 31), notice_days=110)
    assert account(own, far, RULES, TODAY).notice is None
    assert account(own, near, None, TODAY).alerts == ()


def some(slug: str, **contract: Any) -> Account:
    return account(figures(STILL, audience="internal"), params(slug, **contract), RULES, TODAY)


def test_exceptions_come_first_then_names() -> None:
    near = {"end": dt.date(2026, 12, 1), "notice_days": 30}
    found = whole([some("acme"), some("borea"), some("cedar", **near)], revenue())
    assert [item.slug for item in found.accounts] == ["cedar", "acme", "borea"]


def test_revenue_is_added_up_and_shared_out() -> None:
    own = revenue(
        ("acme", "2026-07-01", "700.00"),
        ("acme", "2026-09-30", "-100.00"),
        ("acme", "2026-10-01", "999.00"),
        ("borea", "2026-08-01", "400.00"),
        ("cedar", "2026-08-01", "-50.00"),
        ("cedar", "2026-08-02", None),
        ("acme", "2026-06-30", "80.00"),
        ("acme", "2025-07-01", "60.00"),
    )
    found = whole([some("acme"), some("borea"), some("cedar")], own)
    # 600 + 400 − 50; what has more credits than invoices has no share of the 1,000.
    assert (found.revenue, found.prior, found.year_ago, found.unpriced) == (950, 80, 60, 1)
    shares = {item.slug: (item.revenue, item.share) for item in found.accounts}
    assert shares["acme"] == (600, Fraction(3, 5))
    assert shares["borea"] == (400, Fraction(2, 5))
    assert shares["cedar"] == (-50, 0)
    assert found.concentration.value == 5200  # 60² + 40²


def test_nothing_invoiced_has_no_shares() -> None:
    found = whole([some("acme")], revenue())
    assert (found.revenue, found.accounts[0].share) == (0, None)


def test_each_account_is_reviewed_for_its_own_period_that_ends_nearest() -> None:
    third = parse("2026Q3")
    assert own_period(third, FiscalCalendar()).id == "2026Q3"
    # A year from April: July to September is its second quarter.
    assert own_period(third, FiscalCalendar(first_month=4)).id == "FY2027Q2"
    # A year from February: its quarters end with July and October, both a month away or two;
    # 31 October is 31 days from 30 September, 31 July is 61.
    assert own_period(third, FiscalCalendar(first_month=2)).id == "FY2027Q3"
    weeks = Calendar(pattern="4-4-5", ends="last saturday of december").fiscal(1)
    # 13 weeks each from 28 December 2025: the third quarter ends on 26 September.
    assert own_period(third, weeks).end == dt.date(2026, 9, 26)
    assert own_period(parse("2026-09"), FiscalCalendar(first_month=4)).id == "FY2027-P06"


def test_a_global_account_stands_for_its_members() -> None:
    made = workspace(timezones={"acme-de": "UTC", "acme-us": "UTC", "world": "UTC", "zeta": "UTC"})
    world = made.clients["world"]
    members = world.client.model_copy(update={"members": {"acme-de": "", "acme-us": ""}})
    clients = made.clients | {"world": world.model_copy(update={"client": members})}
    own = made.model_copy(update={"clients": clients})
    assert accounts_of(own) == ("world", "zeta")


def test_the_currency_is_the_houses_or_that_of_most() -> None:
    made = workspace(timezones={"acme": "UTC", "borea": "UTC"})
    dollars = made.clients["acme"].client.model_copy(update={"currency": "USD"})
    acme = made.clients["acme"].model_copy(update={"client": dollars})
    own = made.model_copy(update={"clients": made.clients | {"acme": acme}})
    # One each: the first in the alphabet.
    assert (currency_of(made), currency_of(own)) == ("EUR", "EUR")

    def told(**house: str) -> str:
        return currency_of(own.model_copy(update={"house": own.house.model_copy(update=house)}))

    assert told(fx_base="USD") == "USD"
    assert told(fx_base="USD", portfolio_currency="CHF") == "CHF"
