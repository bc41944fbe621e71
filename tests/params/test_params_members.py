"""Global accounts and rates of exchange as they are written, and the mistakes in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from reviewkit.errors import ParamsError
from reviewkit.params import load_workspace
from reviewkit.params.members import belongings, contract_of, relatives
from reviewkit.params.models import Workspace

HOUSE = """\
name: House
sources:
  shipments:
    - file: a.csv
      cutoff: 2026-10-06T18:00:00+02:00
      client: {column: who, keys: {A: de, B: us}}
      columns: {shipment_id: id}
"""


def written(root: Path, house: str = HOUSE, **clients: str) -> Path:
    """Write a workspace with two plain clients, and `clients` by their folder."""
    given = {"de": "", "us": ""} | clients
    for slug, more in given.items():
        folder = root / "params" / slug.replace("_", "-")
        folder.mkdir(parents=True)
        (folder / "client.yaml").write_text(f"name: Client {slug}\ncurrency: EUR\n{more}")
    (root / "params" / "house.yaml").write_text(house)
    return root


def told(root: Path) -> list[str]:
    with pytest.raises(ParamsError) as caught:
        load_workspace(root)
    return [str(problem) for problem in caught.value.problems]


def ways(workspace: Workspace, client: str) -> list[tuple[str, str, str]]:
    found = belongings(workspace.clients)
    return [(item.owner, item.account, item.region) for item in found if item.client == client]


def test_members_are_a_list_or_a_map_to_regions(tmp_path: Path) -> None:
    lists = written(tmp_path, world="members: [us, de]\n", regions="members: {de: EMEA, us: ''}\n")
    workspace = load_workspace(lists)
    assert ways(workspace, "world") == [("de", "Client de", ""), ("us", "Client us", "")]
    assert ways(workspace, "regions") == [("de", "Client de", "EMEA"), ("us", "Client us", "")]
    # A member of two global accounts still has its own reports.
    assert ways(workspace, "de") == [("de", "", "")]


def test_a_member_may_have_members_and_stands_for_their_sum(tmp_path: Path) -> None:
    root = written(tmp_path, jp="", top="members: {mid: West, jp: East}\n", mid="members: [de, us]")
    assert ways(load_workspace(root), "top") == [
        ("de", "Client mid", "West"),
        ("jp", "Client jp", "East"),
        ("us", "Client mid", "West"),
    ]


def test_the_first_contract_on_the_way_that_writes_delivery_judges(tmp_path: Path) -> None:
    root = written(tmp_path, own="members: [de]", none="members: [de]")
    (root / "params" / "own" / "contract.yaml").write_text("delivery: [{tolerance_minutes: 30}]")
    (root / "params" / "none" / "contract.yaml").write_text("reference: K-1")
    (root / "params" / "de" / "contract.yaml").write_text("delivery: [{tolerance_minutes: 5}]")
    workspace = load_workspace(root)
    found = {item.client: item for item in belongings(workspace.clients)}
    assert contract_of(found["own"], workspace.clients)[0] == "own"
    assert contract_of(found["none"], workspace.clients)[0] == "de"
    assert contract_of(found["us"], workspace.clients)[0] == "us"


def test_a_pack_may_name_the_members_and_what_it_is_a_member_of(tmp_path: Path) -> None:
    clients = load_workspace(written(tmp_path, jp="", world="members: [us, de]")).clients
    assert relatives("world", clients) == {"de", "us"}
    assert relatives("de", clients) == {"world"}
    assert relatives("jp", clients) == frozenset()


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (
            "members: [de, uss]",
            (
                'params/world/client.yaml:3: members.uss: "uss" has no folder under params/. '
                'Did you mean "us"?'
            ),
        ),
        (
            "members:\n  de: EMEA\n  world: All",
            (
                'params/world/client.yaml:5: members.world: "world" cannot be a member of itself. '
                "Take it out."
            ),
        ),
        (
            "members: [de, de]",
            'params/world/client.yaml:3: members: ["de", "de"]: de stands twice.',
        ),
        ("members: de", 'params/world/client.yaml:3: members: "de" is not a mapping.'),
    ],
)
def test_a_wrong_member_is_one_problem(tmp_path: Path, members: str, expected: str) -> None:
    (problem,) = told(written(tmp_path, world=members))
    assert problem.replace("'", '"').startswith(expected)


def test_a_cycle_is_told_once(tmp_path: Path) -> None:
    root = written(
        tmp_path, one="members: [de, two]", two="members: [three]", three="members: [one]"
    )
    (problem,) = told(root)
    assert problem == (
        "params/one/client.yaml:3: members.two: its members lead back to it: "
        "one → two → three → one. Take one of them out."
    )


def test_a_client_that_would_count_twice_is_refused(tmp_path: Path) -> None:
    (problem,) = told(written(tmp_path, mid="members: [de]", top="members: [us, de, mid]"))
    assert problem.startswith('params/top/client.yaml:3: members.mid: "de" would count twice')


def test_members_of_the_same_name_are_refused(tmp_path: Path) -> None:
    root = written(tmp_path, world="members: [de, us]")
    (root / "params" / "us" / "client.yaml").write_text("name: Client de\ncurrency: EUR\n")
    (problem,) = told(root)
    assert 'members.us: is printed as "Client de", as "de" is.' in problem


def test_no_source_maps_to_a_global_account(tmp_path: Path) -> None:
    (problem,) = told(written(tmp_path, HOUSE.replace("B: us", "B: world"), world="members: [us]"))
    assert problem == (
        'params/house.yaml:6: sources.shipments.0.client.keys.B: "world" has members, and no '
        "rows of its own. Map the rows to one of them: us."
    )


RATE = "fx: [{currency: USD, to: EUR, since: 2026-01-01, rate: '0.92'}]\n"


def test_rates_are_read_as_they_are_written(tmp_path: Path) -> None:
    house = load_workspace(written(tmp_path, HOUSE + RATE + "fx_base: EUR\n")).house
    assert (house.fx[0].rate, house.fx[0].since) == (Decimal("0.92"), dt.date(2026, 1, 1))
    assert house.fx_base == "EUR"


@pytest.mark.parametrize(
    ("wrong", "key", "what"),
    [
        (RATE.replace("USD", "EUR"), "fx.0", "exchanges EUR for itself"),
        (RATE.replace("USD", "XQQ"), "fx.0.currency", '"XQQ" is not a currency'),
        (RATE.replace("USD", "usd"), "fx.0.currency", "does not have the form asked for"),
        (RATE.replace("0.92", "0"), "fx.0.rate", "not within its bounds: more than 0"),
        (RATE.replace("0.92", "0,92"), "fx.0.rate", "not a number"),
        (RATE.replace("}]", "}, {currency: USD, to: EUR, since: 2026-01-01, rate: '0.9'}]"),
         "fx.1", "two rates since 2026-01-01"),
        ("fx_base: EUX\n", "fx_base", '"EUX" is not a currency'),
    ],
)  # fmt: skip
def test_a_wrong_rate_is_one_problem(tmp_path: Path, wrong: str, key: str, what: str) -> None:
    (problem,) = told(written(tmp_path, HOUSE + wrong))
    assert problem.startswith(f"params/house.yaml:8: {key}: ")
    assert what in problem


def test_rates_of_the_table_may_hold_for_everyone_and_nothing_else_may(tmp_path: Path) -> None:
    everyone = HOUSE.replace("{column: who, keys: {A: de, B: us}}", '{constant: "*"}')
    fx = everyone.replace("shipments", "fx").replace("shipment_id: id", "rate: r")
    assert load_workspace(written(tmp_path / "a", fx)).house.sources["fx"][0].client.constant == "*"
    (problem,) = told(written(tmp_path / "b", everyone))
    assert 'client.constant: "*" has no folder under params/.' in problem
