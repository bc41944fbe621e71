"""Billing, cases and receivables, counted from rows written down by hand."""

from __future__ import annotations

from decimal import Decimal

from reviews import figures

from reviewkit.analysis.billing import charges, credits_by_reason, disputes, other_currencies
from reviewkit.analysis.cases import categories, open_cases, root_causes
from reviewkit.analysis.receivables import receivables


def line(invoice: str, number: str, amount: str, **more: object) -> dict[str, object]:
    return {
        "invoice_id": invoice,
        "line": number,
        "issued_on": "2026-07-31",
        "due_on": "2026-08-30",
        "service": "Freight",
        "charge_code": "Transport",
        "amount": amount,
        **more,
    }


LINES = [
    line("R1", "1", "100.00", disputed_on="2026-08-05", dispute_outcome="upheld", reference="x"),
    line("R1", "2", "50.00", charge_code="Fuel", reference="x"),
    line("R2", "1", "70.00", disputed_on="2026-08-06", dispute_outcome="open"),
    line("G1", "1", "-10.00", credit_of="R1", credit_reason="Wrong weight", reference="x"),
    line("R3", "1", "40.00", currency="USD"),
    line("R0", "1", "90.00", issued_on="2026-06-30", due_on="2026-07-30"),
]


def test_charges_net_of_credits_with_the_period_before() -> None:
    found = charges(figures(invoice_lines=LINES), "charge_code")
    assert [(c.name, c.charged, c.credits, c.net, c.prior, c.lines) for c in found] == [
        ("Transport", Decimal(170), Decimal(-10), Decimal(160), Decimal(90), 2),
        ("Fuel", Decimal(50), Decimal(0), Decimal(50), Decimal(0), 1),
    ]
    assert [(c.wrong, c.disputed) for c in found] == [(1, 2), (0, 0)]
    assert other_currencies(figures(invoice_lines=LINES)) == 1


def test_disputes_carry_the_credit_of_their_own_line() -> None:
    found = disputes(figures(invoice_lines=LINES))
    assert [(d.invoice, d.amount, d.outcome, d.credited, d.reason) for d in found] == [
        ("R1", Decimal(100), "upheld", Decimal(-10), "Wrong weight"),
        ("R2", Decimal(70), "open", Decimal(0), ""),
    ]


def test_credits_by_reason() -> None:
    found = credits_by_reason(figures(invoice_lines=LINES))
    assert [(c.reason, c.lines, c.amount) for c in found] == [("Wrong weight", 1, Decimal(-10))]


def test_receivables_age_from_the_due_date_and_keep_overpayment_apart() -> None:
    own = figures(
        audience="internal",
        invoice_lines=LINES,
        payments=[
            {"invoice_id": "R0", "paid_on": "2026-07-30", "amount": "95.00"},
            {"invoice_id": "R1", "paid_on": "2026-08-30", "amount": "60.00"},
        ],
    )
    found = receivables(own)
    assert found is not None
    # R1: 150 − 10 credited − 60 paid; R2: 70; both due 30 August, 37 days before 6 October.
    assert {item.bucket: item.amount for item in found.buckets} == {
        "not_due": Decimal(0),
        "1_30": Decimal(0),
        "31_60": Decimal(150),
        "61_90": Decimal(0),
        "over_90": Decimal(0),
    }
    assert (found.total, found.overdue, found.unapplied) == (Decimal(150), Decimal(150), Decimal(5))
    assert sum(item.disputed for item in found.buckets) == Decimal(70)
    assert receivables(figures(invoice_lines=LINES)) is None


def case(name: str, opened: str, closed: str | None = None, **more: object) -> dict[str, object]:
    return {"case_id": name, "opened_at": opened, "closed_at": closed, **more}


CASES = [
    case("T1", "2026-07-01 08:00", "2026-07-02 08:00", category="Damage", root_cause="Packaging"),
    case("T2", "2026-08-01 08:00", "2026-08-03 08:00", category="Damage", root_cause="Packaging"),
    case("T3", "2026-09-20 08:00", None, category="Shortage"),
    case("T4", "2026-05-01 08:00", "2026-05-02 08:00", category="Damage", root_cause="Hub"),
]


def test_cases_by_category_and_cause() -> None:
    own = figures(cases=CASES)
    assert [(c.name, c.opened, c.prior, c.median, c.open) for c in categories(own)] == [
        ("Damage", 2, 1, 36.0, 0),
        ("Shortage", 1, 0, None, 1),
    ]
    assert [(c.name, c.opened) for c in root_causes(own)] == [
        ("Packaging", 2),
        ("", 1),
    ]


def test_open_cases_age_to_the_end_of_the_period() -> None:
    found = open_cases(figures(cases=CASES))
    assert [(item.id, item.days) for item in found] == [("T3", 10)]
