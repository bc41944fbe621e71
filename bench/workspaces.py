"""Workspaces to measure in: many clients, made of one client of the demo provider.

Each clone holds its own draw of the demo client's orders and invoices, so that no two have
the same figures or charts and nothing is found ready that another client left behind. The
tables are those of the contract as Parquet: reading exports is what `intake` measures.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from reviewkit.accounts import open_accounts
from reviewkit.accounts.accounts import Accounts
from reviewkit.demo import write_demo
from reviewkit.workspace import open_workspace

ORIGINAL = "acme"
"""The demo client that is copied."""

FAMILIES = {
    "shipments": ("coalesce(order_id, shipment_id)", 0.0),
    "order_lines": ("order_id", 0.0),
    "invoice_lines": ("coalesce(credit_of, invoice_id)", 0.0),
    "payments": ("invoice_id", 0.0),
    "cases": ("case_id", 0.9),
    "surveys": ("responded_on", 0.9),
}
"""What is drawn together, and the least share of it.

An order goes with all its deliveries, an invoice with what it led to. Other tables are
small, and every clone has them whole.
"""

_ROWS = """
    SELECT 'acme' || lpad((i + 1)::VARCHAR, 4, '0') AS client, {columns}
    FROM {rows}, range({clients}) AS clone(i)
    WHERE {drawn}
"""


def slugs(clients: int) -> tuple[str, ...]:
    """Return the clients of a workspace of that size: acme0001 and so on."""
    return tuple(f"{ORIGINAL}{number:04d}" for number in range(1, clients + 1))


def write_workspace(folder: Path, clients: int, share: float) -> None:
    """Write a workspace of `clients` clones, each with about `share` of the demo's rows.

    The same rows at every call; what lies in `folder` is replaced.
    """
    shutil.rmtree(folder, ignore_errors=True)
    demo = folder / "demo"
    write_demo(demo)
    shutil.move(demo / "notebooks", folder / "notebooks")
    (folder / "params").mkdir()
    (folder / "data").mkdir()
    with open_accounts(open_workspace(demo), clients=[ORIGINAL]) as accounts:
        accounts.require_sources()
        tables = {
            name: columns
            for name in accounts.tables
            if (columns := _write_table(accounts, name, folder, clients, share))
        }
        house = (demo / "params" / "house.yaml").read_text().partition("\nsources:")[0]
        sources = _sources(accounts, tables, slugs(clients))
        (folder / "params" / "house.yaml").write_text(f"{house}\nsources:\n{sources}")
        for logo in (demo / "params").glob("*.svg"):
            shutil.copy(logo, folder / "params")
    for slug in slugs(clients):
        _write_client(demo / "params" / ORIGINAL, folder / "params" / slug)
    shutil.rmtree(demo)


def _write_table(
    accounts: Accounts, name: str, folder: Path, clients: int, share: float
) -> tuple[str, ...]:
    """Write one table for all clones; return its columns, none where the original has no rows."""
    columns = tuple(sorted(accounts.supplied[name]))
    rows = accounts.tables[name].select(*columns).to_pyarrow()
    if not rows.num_rows:
        return ()
    family, least = FAMILIES.get(name, ("1", 1.0))
    query = _ROWS.format(
        columns=", ".join(f'"{column}"' for column in columns),
        rows=name,
        clients=clients,
        drawn=f"hash({family}, i) % 10000 < {round(max(share, least) * 10_000)}",
    )
    database = accounts.con.con.cursor()
    database.register(name, rows)
    database.execute(f"COPY ({query}) TO '{folder / 'data' / name}.parquet' (COMPRESSION zstd)")
    database.close()
    return columns


def _sources(accounts: Accounts, tables: dict[str, tuple[str, ...]], names: Sequence[str]) -> str:
    """Return the sources of `house.yaml`, as YAML."""
    keys = "\n".join(f"          {name}: {name}" for name in names)
    return "\n".join(
        f"  {table}:\n"
        f"    - file: data/{table}.parquet\n"
        f"      name: {json.dumps(', '.join(accounts.names[table]), ensure_ascii=False)}\n"
        f"      cutoff: {accounts.cutoffs[table].isoformat()}\n"
        f"      client:\n        column: client\n        keys:\n{keys}\n"
        f"      columns:\n" + "\n".join(f"        {column}: {column}" for column in columns)
        for table, columns in tables.items()
    )


def _write_client(original: Path, folder: Path) -> None:
    """Copy a client's parameters under another name."""
    shutil.copytree(original, folder)
    file = folder / "client.yaml"
    lines = file.read_text().splitlines()
    named = [f"{line} {folder.name[-4:]}" if line.startswith("name:") else line for line in lines]
    file.write_text("\n".join(named) + "\n")
