"""Amounts in several currencies, worked out by hand and once more from the rows themselves."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from worlds import metric_data, workspace, world

from reviewkit.accounts.fx import Rates, rates_of
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.price_mix import revenue_bridge
from reviewkit.analysis.receivables import receivables
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.exchange import Exchange
from reviewkit.params.models import House, Workspace
from reviewkit.periods import parse

AS_OF = dt.date(2026, 10, 6)
Q3 = parse("2026Q3")
D = Decimal

FX = (
    {"client": "*", "date": "2026-01-01", "currency": "USD", "to": "EUR", "rate": 0.9},
    {"client": "*", "date": "2026-08-15", "currency": "USD", "to": "EUR", "rate": 0.8},
    {"client": "*", "date": "2026-01-01", "currency": "EUR", "to": "GBP", "rate": 0.8},
)


def rates(*more: tuple[str, str, str, str], base: str = "", client: str = "*") -> Rates:
    house = House(name="House", fx_base=base or None)
    rows = [(client, dt.date.fromisoformat(day), a, b, D(rate)) for day, a, b, rate in more]
    return rates_of(house, rows)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- rates ------------------------------------------------------------------------------


def test_the_last_rate_before_a_day_holds_on_it() -> None:
    known = rates(("2026-01-01", "USD", "EUR", "0.9"), ("2026-08-15", "USD", "EUR", "0.8"))
    found = [known.on(day(at), "USD", "EUR") for at in ("2026-08-14", "2026-08-15", "2030-01-01")]
    assert found == [D("0.9"), D("0.8"), D("0.8")]
    assert known.on(day("2025-12-31"), "USD", "EUR") is None
    assert known.on(day("2025-12-31"), "EUR", "EUR") == 1


def test_a_pair_is_turned_round_and_crossed_over_the_base_only_where_one_is_stated() -> None:
    given = (("2026-01-01", "EUR", "USD", "1.25"), ("2026-01-01", "EUR", "GBP", "0.8"))
    plain, based = rates(*given), rates(*given, base="EUR")
    at = day("2026-03-01")
    assert plain.on(at, "USD", "EUR") == D("0.8")
    assert plain.on(at, "USD", "GBP") is None
    # One dollar is 0.80 euro, and that is 0.64 pounds.
    assert based.on(at, "USD", "GBP") == D("0.64")
    # A third is rounded to fourteen decimals.
    third = rates(("2026-01-01", "EUR", "USD", "3"))
    assert third.on(at, "USD", "EUR") == D("0.33333333333333")


def test_a_rate_of_the_pair_goes_before_one_turned_round() -> None:
    known = rates(("2026-01-01", "USD", "EUR", "0.9"), ("2026-06-01", "EUR", "USD", "2"))
    assert known.on(day("2026-07-01"), "USD", "EUR") == D("0.9")


def test_rates_of_house_yaml_go_before_the_table_and_a_clients_own_before_all() -> None:
    own = Exchange(currency="USD", to="EUR", since=day("2026-01-01"), rate=D("0.95"))
    start = day("2026-01-01")
    table = [("*", start, "USD", "EUR", D("0.9")), ("acme", start, "USD", "EUR", D("0.7"))]
    known = rates_of(House(name="House", fx=(own,)), table)
    assert known.on(start, "USD", "EUR", "other") == D("0.95")
    assert known.on(start, "USD", "EUR", "acme") == D("0.7")


# --- registers --------------------------------------------------------------------------


def line(invoice: str, issued: str, amount: str, **more: Any) -> dict[str, Any]:
    base = {"invoice_id": invoice, "line": "1", "issued_on": issued, "amount": amount}
    return base | {"service": "Freight", "charge_code": "FRT"} | more


def cube_of(space: Workspace | None = None, **tables: Any) -> Cube:
    return build_cube(world({"fx": FX, **tables}), space or workspace())


def one(cube: Cube, metric: str, client: str = "acme") -> MetricValue:
    (value,) = evaluate(metric_data(cube, client), [metric], Q3, as_of=AS_OF)
    return value


BUDGET = ({"month": "2026-08-01", "service": "Freight", "revenue": "100.00"},)


def test_invoice_lines_are_converted_at_the_rate_of_their_issue() -> None:
    lines = (
        line("R1", "2026-08-14", "100.00", currency="USD"),  # 90.00
        line("R2", "2026-08-15", "100.00", currency="USD"),  # 80.00
        line("R3", "2026-08-20", "8.00", currency="GBP"),  # 8 ÷ 0.8 = 10.00
        line("R4", "2026-08-20", "5.00"),
        line("R5", "2026-08-20", "7.00", currency="EUR"),
    )
    value = one(cube_of(invoice_lines=lines, budget=BUDGET), "revenue_against_budget")
    assert (value.numerator, value.value, value.coverage) == ("192.00", "92.00", 1.0)


def test_the_bridge_of_revenue_tells_what_the_rate_did() -> None:
    goods = {"currency": "USD", "quantity": 10.0, "uom": "delivery", "site": "Venlo"}
    lines = (
        line("R0", "2026-04-20", "100.00", **goods),  # 90.00
        line("R1", "2026-08-20", "110.00", **goods),  # 88.00
    )
    cube = cube_of(invoice_lines=lines)
    found = revenue_bridge(Figures(metric_data(cube), Q3, AS_OF))
    assert found is not None
    good = ("Freight", "FRT", "Venlo", "delivery")
    # A dollar more for each of ten, at 0.90; 110 dollars at 0.80 instead of 0.90.
    assert (found.price[good], found.exchange[good], found.delta) == (9, -11, -2)
    assert found.total == found.delta


def test_a_credit_takes_the_rate_of_the_invoice_that_it_credits() -> None:
    lines = (
        line("R1", "2026-08-14", "100.00", currency="USD"),
        line("G1", "2026-08-20", "-100.00", currency="USD", credit_of="R1"),
        # It names no invoice: the rate of its own day, −10 × 0.8.
        line("G2", "2026-08-20", "-10.00", currency="USD"),
    )
    value = one(cube_of(invoice_lines=lines, budget=BUDGET), "revenue_against_budget")
    assert value.numerator == "-8.00"


def test_a_line_without_a_rate_is_not_counted_and_lowers_the_coverage() -> None:
    lines = (
        line("R1", "2026-08-14", "100.00", currency="USD"),
        line("R2", "2026-08-14", "100.00", currency="CHF"),
        line("R3", "2026-08-14", "9.00"),
    )
    cube = cube_of(invoice_lines=lines, budget=BUDGET)
    value = one(cube, "revenue_against_budget")
    assert (value.numerator, value.coverage) == ("99.00", pytest.approx(2 / 3))
    frame = cube.registers["invoice_lines"].set_index("invoice_id")
    assert (frame.loc["R2", "amount"], frame.loc["R2", "currency"]) == (D("100.00"), "CHF")
    assert (frame.loc["R1", "amount"], frame.loc["R1", "currency"]) == (D("90"), "EUR")


def test_fractions_of_a_cent_are_exact() -> None:
    fx = ({**FX[0], "rate": 0.123456789},)
    lines = (line("R1", "2026-08-14", "0.0001", currency="USD"),) * 1
    cube = build_cube(world({"fx": fx, "invoice_lines": lines}), workspace())
    assert cube.registers["invoice_lines"]["amount"].tolist() == [D("0.0000123456789")]


def test_a_budget_is_converted_at_the_first_of_its_month_and_never_by_halves() -> None:
    budget = (
        {"month": "2026-08-01", "service": "Freight", "revenue": "100", "currency": "USD"},
        {"month": "2026-09-01", "service": "Freight", "revenue": "100", "currency": "USD"},
        # July has one amount without a rate, so that it has no budget.
        {"month": "2026-07-01", "service": "Freight", "revenue": "1000"},
        {"month": "2026-07-01", "service": "Package", "revenue": "1", "currency": "CHF"},
    )
    lines = (line("R1", "2026-07-31", "50.00"), line("R2", "2026-08-31", "30.00"))
    value = one(cube_of(invoice_lines=lines, budget=budget), "revenue_against_budget")
    assert (value.numerator, value.denominator, value.coverage) == ("30.00", "170.00", 0.5)


def test_a_payment_is_worth_what_its_invoice_is() -> None:
    lines = (
        line("R1", "2026-08-14", "100.00", currency="USD"),
        line("R2", "2026-08-14", "100.00", currency="CHF"),
        line("R3", "2026-08-14", "100.00"),
    )
    payments = tuple(
        {"invoice_id": invoice, "paid_on": "2026-09-30", "amount": "50.00"}
        for invoice in ("R1", "R2", "R3", "R9")
    )
    frame = cube_of(invoice_lines=lines, payments=payments).registers["payments"]
    assert dict(zip(frame["invoice_id"], frame["amount"], strict=True)) == {
        "R1": D("45"),
        "R3": D("50"),
        "R9": D("50"),
    }


def test_a_deal_is_worth_what_it_is_on_the_last_day_known() -> None:
    deal = {"opportunity_id": "O1", "created_on": "2026-02-01", "amount": "1000"}
    deals = (deal | {"currency": "USD"}, deal | {"opportunity_id": "O2", "currency": "CHF"})
    frame = cube_of(opportunities=deals).registers["opportunities"]
    assert frame["amount"].fillna(0).tolist() == [D("800"), 0]


def test_registers_in_one_currency_are_left_as_they_are() -> None:
    lines = (line("R1", "2026-08-14", "100.00"), line("R2", "2026-08-14", "1.00", currency="EUR"))
    cube = cube_of(invoice_lines=lines)
    assert cube.registers["invoice_lines"]["currency"].isna().tolist() == [True, False]


# --- facts ------------------------------------------------------------------------------


def shipment(number: int, left: str, money: str | None, **more: Any) -> dict[str, Any]:
    base = {"shipment_id": f"S{number}", "shipped_at": left, "delivered_at": left}
    return base | {"freight_revenue": money, "freight_cost": money and "0"} | more


def sums(cube: Cube, client: str) -> tuple[Decimal, int, int]:
    frame = cube.facts["shipments"]
    own = frame[frame["client"] == client]
    names = ("margin_revenue", "margin_known", "margin_unknown")
    revenue, known, unknown = (own[name].sum() for name in names)
    return revenue, int(known), int(unknown)


def test_freight_is_converted_on_the_clients_own_day_of_departure() -> None:
    rows = [
        # 14 August, 23:30 in Chicago; in UTC it is the 15th already.
        shipment(1, "2026-08-15 04:30", "100.00", currency="USD"),
        shipment(2, "2026-08-15 05:00", "100.00", currency="USD"),
        shipment(3, "2026-08-15 05:00", "7.00"),
        shipment(4, "2026-08-15 05:00", "50.00", currency="CHF"),
        shipment(5, "2025-12-31 12:00", "50.00", currency="USD"),
    ]
    space = workspace(timezones={"acme": "America/Chicago"})
    assert sums(cube_of(space, shipments=rows), "acme") == (D("177.00"), 3, 2)


# --- global accounts --------------------------------------------------------------------

ZONES = {"acme-de": "Europe/Berlin", "acme-us": "America/Chicago", "world": "Asia/Kolkata"}
CURRENCY = {"acme-de": "EUR", "acme-us": "USD", "world": "GBP"}


def world_space() -> Workspace:
    made = workspace(timezones=ZONES)
    clients = {}
    for slug, params in made.clients.items():
        members = {"acme-de": "", "acme-us": ""} if slug == "world" else {}
        more = {"currency": CURRENCY[slug], "members": members, "name": slug}
        clients[slug] = params.model_copy(update={"client": params.client.model_copy(update=more)})
    house = made.house.model_copy(update={"fx_base": "EUR"})
    return made.model_copy(update={"clients": clients, "house": house})


def test_members_in_other_currencies_are_summed_in_the_global_accounts() -> None:
    rows = [
        shipment(1, "2026-08-01 12:00", "100.00", client="acme-de"),
        shipment(2, "2026-08-01 12:00", "100.00", client="acme-us"),
    ]
    lines = (
        line("R1", "2026-08-01", "100.00", client="acme-de"),
        line("R1", "2026-08-01", "100.00", client="acme-us"),
    )
    cube = cube_of(world_space(), shipments=rows, invoice_lines=lines)
    assert sums(cube, "acme-us") == (D("100.00"), 1, 0)
    # 100 € are £80, and $100 are 90 €, which are £72.
    assert sums(cube, "world") == (D("152.00"), 2, 0)
    frame = cube.registers["invoice_lines"]
    own = frame[frame["client"] == "world"]
    assert dict(zip(own["account"], own["amount"], strict=True)) == {
        "acme-de": D("80"),
        "acme-us": D("72"),
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_amount_is_converted_on_its_own_day(seed: int) -> None:
    draw = random.Random(seed)
    edges = [
        dt.datetime(2026, 8, at) + dt.timedelta(minutes=minutes)  # noqa: DTZ001
        for at in range(10, 20)
        for minutes in (-331, -330, -329, -121, -120, -1, 0, 299, 300, 301)
    ]
    fx = [
        {"client": "*", "date": f"2026-08-{at}", "currency": code, "to": "EUR",
         "rate": round(draw.uniform(0.5, 2), 6)}
        for at in range(11, 20)
        for code in ("USD", "GBP", "SEK")
        if draw.random() < 0.7
    ]  # fmt: skip
    rows = [
        shipment(
            number,
            str(draw.choice(edges)),
            f"{draw.randint(-99, 9999)}.{draw.randint(0, 9999):04d}",
            client=draw.choice(["acme-de", "acme-us"]),
            currency=draw.choice(["USD", "EUR", "GBP", "SEK", None]),
        )
        for number in range(400)
    ]
    cube = build_cube(world({"fx": fx, "shipments": rows}), world_space())
    for client in ZONES:
        assert sums(cube, client) == _counted(rows, fx, client)


def _counted(
    rows: list[dict[str, Any]], fx: list[dict[str, Any]], client: str
) -> tuple[Decimal, int, int]:
    """Return what `sums` should be, from pandas' as-of join and fractions."""
    frame = pd.DataFrame(rows)
    if client != "world":
        frame = frame[frame["client"] == client]
    own = frame["client"].map(CURRENCY)
    frame = frame.assign(paid=frame["currency"].where(frame["currency"].notna(), own))
    local = pd.to_datetime(frame["shipped_at"], format="ISO8601").dt.tz_localize("UTC")
    frame["day"] = local.dt.tz_convert(ZoneInfo(ZONES[client])).dt.tz_localize(None).dt.normalize()
    table = pd.DataFrame(fx).assign(day=lambda t: pd.to_datetime(t["date"]))
    euros = [pd.DataFrame({"day": table["day"].min(), "currency": ["EUR"], "rate": [1.0]})]
    euros += [part.sort_values("day")[["day", "currency", "rate"]]
              for _, part in table.groupby("currency")]  # fmt: skip
    total, known, unknown = Fraction(0), 0, 0
    for record in frame.to_dict("records"):
        there, here = (
            _last(euros, code, record["day"]) for code in (record["paid"], CURRENCY[client])
        )
        if record["paid"] == CURRENCY[client]:
            rate: Fraction | None = Fraction(1)
        elif there is None or here is None:
            rate = None
        else:
            rate = _rounded(there * _rounded(1 / here) if here != 1 else there)
        if rate is None:
            unknown += 1
        else:
            known += 1
            total += Fraction(record["freight_revenue"]) * rate
    return D(total.numerator) / D(total.denominator), known, unknown


def _last(parts: list[pd.DataFrame], code: str, at: pd.Timestamp) -> Fraction | None:
    if code == "EUR":
        return Fraction(1)
    own = pd.concat([part for part in parts if part["currency"].iloc[0] == code])
    found = own[own["day"] <= at]["rate"]
    return Fraction(str(found.iloc[-1])) if len(found) else None


def _rounded(value: Fraction) -> Fraction:
    return Fraction(round(value * 10**14), 10**14)


# --- what is owed -----------------------------------------------------------------------


def test_what_is_settled_in_its_own_currency_leaves_nothing_open() -> None:
    fx = ({**FX[0], "rate": 0.123456789}, {**FX[1], "rate": 0.987654321})
    due = {"due_on": "2026-08-31", "currency": "USD"}
    lines = (
        line("R1", "2026-08-14", "33.33", **due),
        line("R1", "2026-08-14", "66.67", **due | {"line": "2"}),
        line("R2", "2026-08-14", "50.00", **due),
        line("G2", "2026-08-20", "-20.00", currency="USD", credit_of="R2"),
        line("R3", "2026-08-14", "5.00", due_on="2026-08-31"),
    )
    payments = ({"invoice_id": "R1", "paid_on": "2026-09-15", "amount": "100.00"},)
    tables = {"fx": fx, "invoice_lines": lines, "payments": payments}
    cube = build_cube(world(tables), workspace())
    overdue = one(cube, "receivables_overdue")
    # 30 dollars of R2 at the rate of its issue, and 5 euro; sums are told to four decimals.
    assert (overdue.value, overdue.n) == ("8.7037", 2)
    owed = receivables(Figures(metric_data(cube), Q3, AS_OF))
    assert owed is not None
    assert owed.overdue == D(30) * D("0.123456789") + 5
    assert owed.unapplied == 0
