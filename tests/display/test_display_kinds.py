"""What the activity and the strategic review say, from rows written down by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from reviews import SLIDE, Due, view
from reviews import figures as quarter
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.analysis.figures import Figures
from reviewkit.blocks import Block, Heading, Markdown, NotSupplied, Table, walk
from reviewkit.display import activity, ahead, contracted, history, joint, rolled, work
from reviewkit.display.plain import text
from reviewkit.display.view import View
from reviewkit.extract.slice import client_params
from reviewkit.metrics.cube import build_cube
from reviewkit.params.models import ClientParams, Comment, Contact, Contract, ReviewFacts, Sla
from reviewkit.periods import parse
from reviewkit.speech import speaking

Row = dict[str, Any]


def seen(audience: str = "client", **tables: list[Row]) -> View:
    """Return a review of the third quarter of 2026 as `audience` sees it."""
    data = metric_data(build_cube(world(tables), workspace()))
    object.__setattr__(data, "audience", audience)
    return view(Figures(data, parse("2026Q3"), AS_OF))


def with_params(own: View, **parts: Any) -> View:
    params = own.params.model_copy(update=parts)
    return View(figures=own.figures, params=params, house=own.house, formats=own.formats)


def headings(block: Block) -> list[str]:
    return [part.text for part in walk(block) if isinstance(part, Heading)]


def table(block: Block) -> Table:
    (found,) = (part for part in walk(block) if isinstance(part, Table))
    return found


def said(block: Block) -> list[str]:
    return [part.what for part in walk(block) if isinstance(part, NotSupplied)]


# --- activity ---------------------------------------------------------------------------


def stock(closing: int | None) -> dict[str, list[Row]]:
    """Return 100 in store, 40 received, 30 shipped, and `closing` at the end."""
    days = [{"date": "2026-06-30", "site": "Venlo", "units": 100, "pallets": 1}]
    if closing is not None:
        days.append({"date": "2026-09-30", "site": "Venlo", "units": closing, "pallets": 1})
    return {
        "stock": days,
        "receipts": [
            {"receipt_id": "R1", "arrived_at": "2026-08-01 10:00", "units": 40, "site": "Venlo"}
        ],
        "order_lines": [
            {
                "order_id": "O1",
                "line": "1",
                "shipped_at": "2026-08-02 10:00",
                "ordered_units": 30,
                "shipped_units": 30,
                "site": "Venlo",
            }
        ],
    }


def test_a_stock_that_ties_says_so_and_its_table_adds_up() -> None:
    own = seen(**stock(110))
    assert headings(activity.headline(own)) == [
        "40 units were received, 30 went out, and 110 are in store: the books tie"
    ]
    block = rolled.roll_forward(own)
    assert headings(block) == ["Stock ties to the unit: 100 + 10 = 110"]
    (row,) = table(block).rows
    assert [cell.value for cell in row.cells[1:]] == [100, 40, 0, -30, 0, 110, 110, 0]


def test_returns_are_told_apart_from_what_was_received() -> None:
    back = {"event_id": "B1", "at": "2026-08-03 10:00", "units": 5, "site": "Venlo"}
    own = seen(**stock(115), returns=[back])
    # The tile counts the 40 received: 100 + 40 + 5 − 30 = 115.
    assert headings(activity.headline(own)) == [
        "40 units were received and 5 returned, 30 went out, and 115 are in store: the books tie"
    ]


def test_a_difference_is_told_on_the_first_page_and_in_the_table() -> None:
    own = seen(**stock(103))
    assert headings(activity.headline(own))[0].endswith("103 are in store: 7 are not explained")
    block = rolled.roll_forward(own)
    assert headings(block) == ["The stock of one site does not tie: 7 units are not explained"]
    assert table(block).rows[0].cells[-1].text == "−7"


def test_a_stock_without_its_last_day_is_not_closed() -> None:
    own = seen(**stock(None))
    assert "no stock was recorded on 30 September" in headings(activity.headline(own))[0]
    assert headings(rolled.roll_forward(own))[0].startswith("The stock of one site cannot be")


def test_without_stock_the_gap_is_told_and_to_the_house_its_remedy() -> None:
    own = seen(receipts=stock(1)["receipts"])
    (gap,) = walk(rolled.roll_forward(own))
    assert isinstance(gap, NotSupplied)
    assert gap.detail == ""
    (gap,) = walk(rolled.roll_forward(seen("internal", receipts=stock(1)["receipts"])))
    assert isinstance(gap, NotSupplied)
    assert "`stock.units`" in gap.detail


def test_a_share_that_is_something_never_prints_as_nothing() -> None:
    shipped = {"shipped_at": "2026-08-01 10:00", "delivered_at": "2026-08-01 12:00"}
    rows = [
        shipped
        | {
            "shipment_id": "S1",
            "promised_at": "2026-08-02 10:00",
            "ordered_units": 90_000,
            "delivered_units": 90_000,
            "damaged_units": 3,
        }
    ]
    block = activity.exceptions(seen(shipments=rows))
    shares = {row.cells[0].text: row.cells[3].text for row in table(block).rows}
    # 3 of 90,000 are 0.0033 %.
    assert shares["Units damaged"] == "0.003"
    assert shares["Deliveries late"] == "0.0"


WORK: dict[str, list[Row]] = {
    "activity": [
        {"event_id": f"E{n}", "at": "2026-08-03 09:00", "charge_code": code, "quantity": q}
        | {"uom": "line", "service": "Store"}
        for n, code, q in ((1, "Pick", 40.0), (2, "Pack", 977.0))
    ],
    "invoice_lines": [
        {
            "invoice_id": f"I{code}",
            "line": "1",
            "issued_on": "2026-08-31",
            "charge_code": code,
            "quantity": quantity,
            "uom": "line",
            "service": "Store",
            "amount": "80.00",
            "currency": "EUR",
        }
        for code, quantity in (("Pick", 40.0), ("Pack", 300.0))
    ],
}
"""40 picked and invoiced; 977 packed, 300 of them invoiced: 677 are not."""


def test_what_is_not_invoiced_is_the_houses_own_until_it_is_raised() -> None:
    ours = work.billable(seen("internal", **WORK))
    assert headings(ours) == ["One of two charges with recorded work is not invoiced as done"]
    assert "−677" in text(ours)
    theirs = work.billable(seen("client", **WORK))
    assert headings(theirs) == ["One of two charges with recorded work is not settled yet"]
    assert "677" not in text(theirs)
    assert "300" not in text(theirs)
    assert "difference" not in {column.key for column in table(theirs).columns}
    assert all(len(row.cells) == len(table(theirs).columns) for row in table(theirs).rows)


def test_work_of_a_period_that_is_not_over_is_not_called_unsettled() -> None:
    own = seen("client", **WORK)
    early = Figures(own.figures.data, own.period, dt.date(2026, 9, 16))
    block = work.billable(View(early, own.params, own.house, own.formats))
    assert headings(block) == [
        "Work and invoices are known to 16 September; the period is not complete"
    ]


def test_nothing_open_is_said_in_a_line() -> None:
    assert said(work.queries(seen(invoice_lines=WORK["invoice_lines"]))) == ["No query is open."]
    assert said(work.billable(seen(surveys=[]))) == ["Billable events were not supplied."]


# --- strategy ---------------------------------------------------------------------------


def test_history_holds_the_same_quarter_of_each_year() -> None:
    rows = [
        Due("2024-08", "A → B", 1000, 900),
        Due("2025-08", "A → B", 1100, 1001),
        Due("2026-08", "A → B", 1200, 1056),
        Due("2026-05", "A → B", 500, 500),
    ]
    block = history.history(view(quarter(rows, targets={"on_time_delivery": 0.94})))
    # 90%, 91% and 88% on time; orders are the same deliveries, and all came in full.
    (said_,) = headings(block)
    assert said_.startswith("Two measures are worse than in Q3 2024, none better; on-time delivery")
    rows_ = table(block).rows
    shown = {row.cells[0].text: [cell.text for cell in row.cells[1:6]] for row in rows_}
    assert shown["On-time delivery, %"] == ["90.0", "91.0", "88.0", "−2.0", "≥ 94.0"]
    assert shown["Shipments"] == ["1,000", "1,100", "1,200", "+200", "–"]
    assert shown["In full, %"][3] == "0.0"


def test_history_tells_of_no_step_that_its_table_does_not_show() -> None:
    # 4,500 and 4,498 of 5,000 on time: 0.04 points less, which is printed as 0.0.
    rows = [Due("2024-08", "A → B", 5000, 4500), Due("2026-08", "A → B", 5000, 4498)]
    with speaking("de"):
        block = history.history(view(quarter(rows)))
    assert headings(block) == ["Keine Kennzahl hat sich seit Q3 2024 bewegt"]
    assert [row.group for row in table(block).rows if row.group] == ["Lieferung"]


def test_a_year_before_the_data_begin_is_left_out() -> None:
    own = quarter([Due("2025-08", "A → B", 1100, 1001), Due("2026-08", "A → B", 1200, 1140)])
    object.__setattr__(own.data, "begins", {"shipments": dt.date(2025, 1, 1)})
    block = history.history(view(own))
    assert [column.label for column in table(block).columns][1:3] == ["Q3 2025", "Q3 2026"]
    # 91% and 95% on time, by delivery and by order.
    assert headings(block) == ["Two measures are better than in Q3 2025, none worse"]


def test_a_year_before_the_account_began_is_no_year_to_be_held_against() -> None:
    # The data begin in 2023, the account in 2025: nothing was shipped in the year before.
    own = quarter([Due("2025-08", "A → B", 1000, 900), Due("2026-08", "A → B", 1000, 950)])
    block = history.history(view(own))
    assert [column.label for column in table(block).columns][1:3] == ["Q3 2025", "Q3 2026"]
    assert headings(block) == ["Two measures are better than in Q3 2025, none worse"]


def test_without_a_year_to_compare_with_history_is_a_line() -> None:
    own = quarter([Due("2026-08", "A → B", 1200, 1140)])
    object.__setattr__(own.data, "begins", {"shipments": dt.date(2026, 1, 1)})
    assert said(history.history(view(own))) == ["No measure covers two years."]


def test_the_contract_says_its_term_and_how_often_levels_were_kept() -> None:
    contract = Contract(
        reference="ML-1",
        start=dt.date(2022, 4, 1),
        end=dt.date(2027, 3, 31),
        notice_days=120,
        slas=(
            Sla(metric="on_time_delivery", target=Decimal("0.96")),
            Sla(metric="on_time_delivery", target=Decimal("0.99"), since=dt.date(2027, 1, 1)),
            Sla(metric="gross_margin", target=Decimal("0.2")),
        ),
    )
    own = quarter(SLIDE)
    object.__setattr__(own.data, "slas", contract.slas)
    block = contracted.contract(with_params(view(own), contract=contract))
    assert headings(block) == [
        "The contract runs to 31 Mar 2027 and does not renew by itself",
        "The only service level was not kept",
    ]
    # 31 March 2027 less 120 days.
    assert "1 Dec 2026, 120 days before the end" in text(block)
    # 97.0% in the second quarter, 91.0% in the third, against 96%; margin is the house's own.
    assert "1 of 2" in text(block)
    assert "margin" not in text(block).lower()


def test_all_levels_kept_are_said_as_all() -> None:
    names = ("on_time_delivery", "in_full", "otif")
    own = quarter([Due("2026-08", "A → B", 100, 100)])
    for count, told in ((2, "Both service levels were kept"), (3, "All three service levels")):
        slas = tuple(Sla(metric=name, target=Decimal("0.9")) for name in names[:count])
        object.__setattr__(own.data, "slas", slas)
        block = contracted.contract(with_params(view(own), contract=Contract(slas=slas)))
        assert headings(block)[1].startswith(told)


def test_a_contract_without_an_end_or_with_one_in_the_past_says_so() -> None:
    own = view(quarter(SLIDE))
    assert headings(contracted.contract(own))[0] == "The contract has no end on record"
    past = with_params(own, contract=Contract(end=dt.date(2026, 9, 1)))
    assert headings(contracted.contract(past))[0] == "The contract ended on 1 Sept 2026"


def test_one_of_something_is_not_one_of_one() -> None:
    for done, told in (
        ("2026-07-30", "is done"),
        # 1 August to 30 October: 90 days.
        (None, "is not done; Rail, rail freight, slips by 90 days"),
    ):
        own = quarter(SLIDE, projects=[milestone("Rail freight", "2026-08-01", "2026-10-30", done)])
        assert headings(joint.roadmap(view(own))) == [f"The only milestone {told}"]


def milestone(name: str, planned: str, expected: str | None, done: str | None = None) -> Row:
    own = {"project": "Rail", "milestone": name, "planned_on": planned}
    return own | {"forecast_on": expected, "done_on": done}


def test_the_roadmap_says_what_slips_most() -> None:
    rows = [
        milestone("Terminal agreed", "2026-08-01", None, "2026-07-30"),
        milestone("Slots confirmed", "2026-09-15", "2026-09-25"),
        milestone("Trial train", "2026-12-01", "2027-01-15"),
    ]
    own = quarter(SLIDE, projects=rows)
    block = joint.roadmap(view(own))
    # 1 December to 15 January: 45 days; 25 September lies before 6 October.
    assert headings(block) == [
        "One of three milestones is done; Rail, trial train, slips by 45 days"
    ]
    states = [row.cells[-1].text for row in table(block).rows]
    assert states == ["Done", "Overdue", "Open"]
    assert [row.cells[4].value for row in table(block).rows] == [-2, 10, 45]


def test_a_german_roadmap_keeps_the_capital_of_a_milestone_that_slips() -> None:
    own = quarter(SLIDE, projects=[milestone("Angebot", "2026-08-01", "2026-10-30")])
    with speaking("de"):
        (told,) = headings(joint.roadmap(view(own)))
    assert told.endswith("; 90 Tage im Verzug: Angebot (Rail)")


def test_without_projects_the_roadmap_is_a_line() -> None:
    block = joint.roadmap(view(quarter(SLIDE)))
    assert headings(block) == []
    first = next(part for part in walk(block) if isinstance(part, NotSupplied))
    assert (first.what, first.known) == ("No project is under way.", True)


def test_governance_names_who_takes_part_and_when() -> None:
    people = (
        Contact(name="Tilda", role="Sponsor", email="t@acme.example", receives=("qbr",)),
        Contact(name="Bram"),
    )
    own = view(quarter(SLIDE), ReviewFacts(meeting=dt.date(2026, 10, 20)), contacts=people)
    block = joint.governance(own)
    assert headings(block) == ["Two people take part for the client; the review is on 20 Oct 2026"]
    assert "Quarterly business review" in text(block)
    assert "t@acme.example" not in text(block)


# --- words ------------------------------------------------------------------------------


def test_the_account_managers_words_carry_their_author() -> None:
    words = (Comment(heading="Delivery", text="Fridays are back."),)
    own = with_params(view(quarter(SLIDE)), commentary={"2026Q3": words})
    (block,) = [part for part in walk(ahead.commentary(own, "delivery")) if part.kind == "markdown"]
    assert isinstance(block, Markdown)
    assert (block.source, block.author) == (
        "Fridays are back.",
        "Juno Fairweather, account manager",
    )


@pytest.mark.parametrize("period", ["2026Q2", "2025Q3", "2026Q4"])
def test_another_periods_words_are_never_reused(period: str) -> None:
    words = (Comment(heading="Delivery", text="All was well."),)
    own = with_params(view(quarter(SLIDE)), commentary={period: words})
    assert "All was well." not in text(ahead.commentary(own, "Delivery"))
    assert "All was well." not in text(ahead.other_commentary(own, ()))


def test_internal_words_are_absent_from_what_a_client_run_is_given() -> None:
    words = (
        Comment(heading="Delivery", text="Fridays are back."),
        Comment(heading="Margin", text="Premium freight eats it.", audience="internal"),
    )
    base = view(quarter(SLIDE)).params
    params = ClientParams(**(dict(base) | {"commentary": {"2026Q3": words}}))
    theirs = client_params(params, parse("2026Q3"), "client")
    assert [item["heading"] for item in theirs["commentary"]["2026Q3"]] == ["Delivery"]
    assert "Premium" not in repr(theirs)
    ours = client_params(params, parse("2026Q3"), "internal")
    assert len(ours["commentary"]["2026Q3"]) == 2
