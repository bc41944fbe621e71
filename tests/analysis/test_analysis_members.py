"""Which member of a global account moved a figure."""

from __future__ import annotations

from typing import Any

from worlds import AS_OF, metric_data, workspace, world

from reviewkit.analysis.figures import Figures
from reviewkit.analysis.movement import explained, split_by
from reviewkit.analysis.variance import price_and_volume
from reviewkit.metrics.cube import build_cube
from reviewkit.params.models import Workspace
from reviewkit.periods import parse

Q3 = parse("2026Q3")


def space() -> Workspace:
    made = workspace(timezones=dict.fromkeys(("de", "us", "world"), "UTC"))
    own = made.clients["world"]
    members = own.client.model_copy(update={"members": {"de": "EMEA", "us": "Americas"}})
    clients = made.clients | {"world": own.model_copy(update={"client": members})}
    return made.model_copy(update={"clients": clients})


def rows(client: str, day: str, number: int, late: int) -> list[dict[str, Any]]:
    """Return `number` deliveries promised at noon of `day`, `late` of them a day late."""
    return [
        {
            "client": client,
            "shipment_id": f"{client}-{day}-{n}",
            "lane": "A - B",
            "promised_at": f"{day} 12:00",
            "shipped_at": f"{day} 06:00",
            "delivered_at": f"{day[:-2]}{int(day[-2:]) + (n < late):02d} 11:00",
        }
        for n in range(number)
    ]


def figures(client: str) -> Figures:
    given = [
        *rows("de", "2026-05-10", 100, 2),
        *rows("us", "2026-05-10", 100, 2),
        *rows("de", "2026-08-10", 100, 2),
        *rows("us", "2026-08-10", 100, 30),
    ]
    # The quarter before begins where the data do.
    given += rows("de", "2026-04-01", 1, 0)
    cube = build_cube(world({"shipments": given}), space())
    return Figures(metric_data(cube, client), Q3, AS_OF)


def test_the_member_that_moved_the_figure_is_named_first() -> None:
    found = explained(figures("world"), "on_time_delivery")
    assert found is not None
    assert found.by == "account"
    assert [part.key for part in found.contributors()] == ["us"]


def test_a_change_splits_by_region_too_and_a_member_has_no_members() -> None:
    change = split_by(figures("world"), "on_time_delivery", "region")
    assert change is not None
    assert {part.key for part in change.parts} == {"EMEA", "Americas"}
    assert split_by(figures("us"), "on_time_delivery", "account") is None


def test_budgets_of_members_add_up_month_by_month_of_each() -> None:
    freight = {"service": "Freight", "version": "1"}
    plan = [
        freight | {"client": "de", "month": "2026-07-01", "revenue": "100", "units": 10},
        freight | {"client": "us", "month": "2026-07-01", "revenue": "50", "units": 5},
        freight | {"client": "de", "month": "2026-08-01", "revenue": "100", "units": 10},
    ]
    line = {"line": "1", "service": "Freight"}
    lines = [
        line | {"client": "de", "invoice_id": "R1", "issued_on": "2026-07-31", "amount": "90"},
        line | {"client": "us", "invoice_id": "R1", "issued_on": "2026-07-31", "amount": "60"},
        # The other member has no budget in August.
        line | {"client": "us", "invoice_id": "R2", "issued_on": "2026-08-31", "amount": "7"},
    ]
    given = {"shipments": rows("de", "2026-07-10", 15, 0), "invoice_lines": lines, "budget": plan}
    data = metric_data(build_cube(world(given), space()), "world")
    (found,) = price_and_volume(Figures(data, Q3, AS_OF))
    assert (found.charged, found.budget, found.budget_units) == (150, 250, 25)
