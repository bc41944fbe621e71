"""A workspace of the smallest kind: one client, forty deliveries, one notebook."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from reviewkit.blocks import MIME

PARAMETERS = 'client = "tiny"\nperiod = ""\naudience = "client"'
FRONT = f"""from IPython.display import display
from reviewkit.blocks import Front, Heading, to_json
def show(block):
    display({{{MIME!r}: to_json(block), "text/plain": block.kind}}, raw=True)
show(Front(client=client, report="Small review", period=period, provider="House",
           title="Small review", audience=audience, language="en-GB"))"""
HEADING = 'show(Heading(role="headline", text="Forty deliveries"))'


def write_notebook(path: Path, *cells: str, internal: str = "", period: str = "") -> None:
    """Write a notebook with a parameters cell, a front, and `cells`; `period` is its own."""
    parameters = PARAMETERS.replace('""', f'"{period}"')
    made = [new_code_cell(parameters, metadata={"tags": ["parameters"]}), new_code_cell(FRONT)]
    made += [new_code_cell(source) for source in cells]
    if internal:
        made.append(new_code_cell(internal, metadata={"tags": ["internal"]}))
    for position, cell in enumerate(made):
        cell["id"] = f"cell-{position}"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=made), path)


def write_house(root: Path, *clients: str) -> Path:
    """Write a workspace with a client per name; each has forty deliveries in 2026Q3."""
    names = clients or ("tiny",)
    (root / "data").mkdir(parents=True)
    lines = ["id,client,due,left,came,units"]
    for number, name in enumerate(names):
        for day in range(1, 41):
            date = f"2026-{7 + day // 28:02d}-{day % 28 + 1:02d}"
            lines.append(f"{number}-{day},{name},{date},{date} 06:00,{date} 12:00,1")
    (root / "data" / "shipments.csv").write_text("\n".join(lines) + "\n")
    columns = {
        "shipment_id": "id",
        "promised_at": "due",
        "shipped_at": "left",
        "delivered_at": "came",
        "ordered_units": "units",
        "delivered_units": "units",
    }
    house = {
        "name": "House",
        "sources": {
            "shipments": [
                {
                    "file": "data/shipments.csv",
                    "cutoff": "2026-10-06T18:00:00+00:00",
                    "client": {"column": "client", "keys": {name: name for name in names}},
                    "columns": columns,
                }
            ]
        },
    }
    for name in names:
        folder = root / "params" / name
        folder.mkdir(parents=True)
        client = {"name": f"Client {name}", "currency": "EUR", "reports": ["small"]}
        (folder / "client.yaml").write_text(json.dumps(client))
    (root / "params" / "house.yaml").write_text(json.dumps(house))
    write_notebook(root / "notebooks" / "small.ipynb", HEADING)
    return root
