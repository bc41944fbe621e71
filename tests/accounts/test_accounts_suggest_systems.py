"""Headers as well-known systems write them, in five languages, against a mapping by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drafts import columns, export, house, propose

from reviewkit.accounts import open_accounts
from reviewkit.scaffold.drafted import draft_client
from reviewkit.workspace import open_workspace

DAY, MINUTE = "%m/%d/%Y", "%m/%d/%Y %H:%M"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return house(tmp_path / "house")


SYSTEMS: dict[str, tuple[list[str], str, str, dict[str, Any]]] = {
    "deliveries of an ERP, by its field names": (
        [
            "VBELN;KUNNR;WERKS;ERDAT;LFDAT;WADAT_IST;PODAT;ORT01;BTGEW;LFIMG",
            "0080001;10042;K001;20260103;20260105;20260104;20260105;Graz;120,5;12",
            "0080002;10042;K001;20260113;20260115;20260114;20260116;Linz;80,25;7",
        ],
        "shipments",
        "KUNNR",
        {
            "shipment_id": "VBELN",
            "site": "WERKS",
            "ordered_at": {"column": "ERDAT", "format": "%Y%m%d"},
            "promised_at": {"column": "LFDAT", "format": "%Y%m%d"},
            "shipped_at": {"column": "WADAT_IST", "format": "%Y%m%d"},
            "delivered_at": {"column": "PODAT", "format": "%Y%m%d"},
            "origin": "WERKS",
            "destination": "ORT01",
            "lane": {"expression": '"WERKS" || \' → \' || "ORT01"'},
            "weight_kg": "BTGEW",
            "delivered_units": "LFIMG",
        },
    ),
    "planned and actual times of an American transport system": (
        [
            (
                "Shipment GID,Customer Name,Source City,Dest City,Service Provider,Pickup Appt,"
                "Actual Pickup Time,Planned Delivery Time,Actual Delivery Time,Total Weight (LB)"
            ),
            (
                "S1,Acme,Reno,Boise,FastCo,01/15/2026 08:00,01/15/2026 08:30,01/16/2026 12:00,"
                "01/16/2026 11:20,1200.5"
            ),
        ],
        "shipments",
        "Customer Name",
        {
            "shipment_id": "Shipment GID",
            "origin": "Source City",
            "destination": "Dest City",
            "lane": {"expression": '"Source City" || \' → \' || "Dest City"'},
            "carrier": "Service Provider",
            "pickup_appointment": {"column": "Pickup Appt", "format": MINUTE},
            "picked_up_at": {"column": "Actual Pickup Time", "format": MINUTE},
            "promised_at": {"column": "Planned Delivery Time", "format": MINUTE},
            "delivered_at": {"column": "Actual Delivery Time", "format": MINUTE},
            "weight_kg": {"column": "Total Weight (LB)", "unit": "lb"},
        },
    ),
    "Dutch": (
        [
            "Zendingnummer;Klantnummer;Magazijn;Leverdatum gepland;Leverdatum;Aantal besteld",
            "Z1;7;Venlo;05-01-2026;05-01-2026;3",
            "Z2;7;Venlo;25-01-2026;26-01-2026;5",
        ],
        "shipments",
        "Klantnummer",
        {
            "shipment_id": "Zendingnummer",
            "site": "Magazijn",
            "promised_at": {"column": "Leverdatum gepland", "format": "%d-%m-%Y"},
            "delivered_at": {"column": "Leverdatum", "format": "%d-%m-%Y"},
            "ordered_units": "Aantal besteld",
            "origin": "Magazijn",
        },
    ),
    "French": (
        [
            "N° expédition;Code client;Entrepôt;Livraison prévue;Date livraison;Transporteur;Poids",
            "E1;C7;Lyon;05/01/2026;05/01/2026;Vite SA;12,5",
            "E2;C7;Lyon;25/01/2026;26/01/2026;Vite SA;8,5",
        ],
        "shipments",
        "Code client",
        {
            "shipment_id": "N° expédition",
            "site": "Entrepôt",
            "promised_at": {"column": "Livraison prévue", "format": "%d/%m/%Y"},
            "delivered_at": {"column": "Date livraison", "format": "%d/%m/%Y"},
            "carrier": "Transporteur",
            "weight_kg": "Poids",
            "origin": "Entrepôt",
        },
    ),
    "deals of a sales system": (
        [
            "Id,Name,AccountId,StageName,Amount,Probability (%),CreatedDate,CloseDate,IsWon",
            "006A,Lyon,001X,Proposal,20000,40,2026-01-03T10:00:00.000Z,2026-12-31,false",
            "006B,Graz,001X,Closed Won,1000,100,2026-01-04T10:00:00.000Z,2026-06-30,true",
        ],
        "opportunities",
        "AccountId",
        {
            "opportunity_id": "Id",
            "name": "Name",
            "stage": "StageName",
            "amount": "Amount",
            "probability": {"column": "Probability (%)", "unit": "percent"},
            "created_on": "CreatedDate",
            "close_on": "CloseDate",
            "won": "IsWon",
        },
    ),
    "tickets whose codes say it twice": (
        [
            "number,company,opened_at,closed_at,priority,category",
            "INC001,Acme,2026-01-03 10:00:00,2026-01-10 12:00:00,2 - High,Damage",
            "INC002,Acme,2026-01-04 10:00:00,,1 - Critical,Late",
        ],
        "cases",
        "company",
        {
            "case_id": "number",
            "opened_at": "opened_at",
            "closed_at": "closed_at",
            "severity": {
                "column": "priority",
                "values": {"1 - Critical": "critical", "2 - High": "high"},
            },
            "category": "category",
        },
    ),
    "German stock": (
        [
            "Stichtag;Mandant;Lager;Paletten;Stück;Bestandswert",
            "31.01.2026;ACME;Köln;12;34;1.200,50",
        ],
        "stock",
        "Mandant",
        {
            "date": {"column": "Stichtag", "format": "%d.%m.%Y"},
            "site": "Lager",
            "pallets": "Paletten",
            "units": "Stück",
            "value": "Bestandswert",
        },
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_systems_export_is_understood(root: Path, system: str) -> None:
    rows, table, client, expected = SYSTEMS[system]
    proposal = propose(root, export(root, "export.csv", rows))
    (one,) = proposal.drafts
    assert (one.table.name, one.whose.column) == (table, client)
    assert columns(proposal) == expected


def test_pounds_and_per_cent_are_converted(root: Path) -> None:
    rows, _, _, _ = SYSTEMS["planned and actual times of an American transport system"]
    draft_client(root, "acme", [export(root, "export.csv", rows)])
    with open_accounts(open_workspace(root)) as accounts:
        weight = accounts.con.to_pyarrow(accounts.tables["shipments"].weight_kg.max()).as_py()
    # 1200.5 lb of 0.45359237 kg.
    assert weight == pytest.approx(544.5376, abs=1e-3)


def test_what_was_planned_is_not_taken_for_what_was_done(root: Path) -> None:
    rows = ["shipment,customer,planned delivery", "1,acme,2026-01-31 10:00"]
    assert "delivered_at" not in columns(propose(root, export(root, "shipments.csv", rows)))


def test_a_column_is_the_clients_where_its_values_alone_name_the_client(root: Path) -> None:
    rows = [
        "ASN No,Depositing party,Gate In",
        "A1,Acme,2026-01-31 10:00",
        "A2,Other,2026-02-01 10:00",
    ]
    (one,) = propose(root, export(root, "inbound.csv", rows)).drafts
    assert (one.whose.column, one.whose.keys) == ("Depositing party", {"Acme": "acme"})
