"""A house may keep its carriers' names: no client's version holds one, and no figure changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_extract_leak import text_of
from worlds import AS_OF, workspace, world

from reviewkit.build.lineage import Apart, trace
from reviewkit.errors import UsageError
from reviewkit.extract.read import read_extract
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.models import Workspace
from reviewkit.periods import parse

Q3 = parse("2026Q3")
SENT = {
    "ordered_units": 2,
    "delivered_units": 2,
    "promised_at": "2026-07-03 12:00",
    "shipped_at": "2026-07-02 08:00",
    "freight_revenue": "10.25",
}
# Of four deliveries on one lane two carriers have each one on time and one late.
DELIVERIES = [
    SENT | {"shipment_id": f"S{number}", "carrier": carrier, "delivered_at": at, "lane": "A → B"}
    for number, (carrier, at) in enumerate(
        (name, at)
        for name in ("Secret Haulage", "Hidden Lines")
        for at in ("2026-07-03 11:00", "2026-07-04 11:00")
    )
]
OFFER = {"tender_id": "T1", "sequence": 1, "tendered_at": "2026-07-01 08:00"}
RECEIPTS = [{"arrived_at": "2026-07-01 08:00", "available_at": "2026-07-01 12:00"}]
OFFERS = [OFFER | {"carrier": "Hidden Lines", "response": "accepted"}]

TABLES = {"shipments": DELIVERIES, "tenders": OFFERS, "receipts": RECEIPTS}


def house(root: Path, *, names: bool) -> Workspace:
    space = workspace(str(root))
    return space.model_copy(
        update={"house": space.house.model_copy(update={"names_carriers": names})}
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Extracts of a house that keeps its carriers' names, and that of one that does not."""
    cube = build_cube(world(TABLES), house(Path(), names=True))
    kept = house(tmp_path_factory.mktemp("kept"), names=False)
    named = house(tmp_path_factory.mktemp("named"), names=True)
    client, internal = write_extracts(kept, cube, "acme", Q3)
    return {
        "client": client,
        "internal": internal,
        "named": write_extracts(named, cube, "acme", Q3)[0],
    }


def test_no_name_is_in_the_clients_version(folders: dict[str, Path]) -> None:
    for name, there in (("client", False), ("internal", True), ("named", True)):
        said = text_of(folders[name])
        for carrier in ("Secret Haulage", "Hidden Lines"):
            assert (carrier in said) is there, name


def test_what_carriers_had_apart_is_one(folders: dict[str, Path]) -> None:
    found = read_extract(folders["client"])
    assert len(found.cube["shipments"]) < len(read_extract(folders["named"]).cube["shipments"])
    assert "carrier" not in found.metric_data.supplied["shipments"]
    for metric, numerator, denominator in (
        ("on_time_delivery", 2, 4),
        ("otif_units", 4, 8),
        ("tender_acceptance", 1, 1),
    ):
        (value,) = evaluate(found.metric_data, [metric], Q3, as_of=AS_OF)
        assert (value.numerator, value.denominator) == (numerator, denominator)
    # A bin of times is no column of anybody's: four hours stay four hours, in steps of 5 %.
    (hours,) = evaluate(found.metric_data, ["dock_to_stock_median"], Q3, as_of=AS_OF)
    assert hours.value == pytest.approx(4, rel=0.025)
    (lane,) = evaluate(found.metric_data, ["on_time_delivery"], Q3, ("lane",), as_of=AS_OF)
    assert (lane.by["lane"], lane.numerator) == ("A → B", 2)


def test_a_withheld_name_that_is_asked_for_is_not_known(folders: dict[str, Path]) -> None:
    found = read_extract(folders["client"])
    apart = Apart(house(Path(), names=False), world(TABLES), found)
    with pytest.raises(UsageError, match=r'no carrier "Hidden Lines" .*It has no carrier at all'):
        trace(apart, "on_time_delivery", {"carrier": "Hidden Lines"})
