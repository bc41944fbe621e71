"""Nothing internal reaches the client's version, whatever internal column it comes from.

Every internal column and table of the contract is mapped to a planted value of at least
five digits, every internal parameter to a planted word. The house's version must show that
the plants are alive; the client's must hold none of them, in any part of any file.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pypdf
import pytest
from ruamel.yaml import YAML
from sharing import Once

from reviewkit.accounts import TABLES
from reviewkit.accounts.template import template

FORMATS = ("html", "pdf", "pptx", "xlsx")
NUMERIC = ("money", "number", "integer")


def plants() -> dict[tuple[str, str], str]:
    """A value of its own for every internal column that holds numbers."""
    columns = [
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.type in NUMERIC and (table.internal or column.internal)
    ]
    return {place: f"{71_934 + 1_117 * number}" for number, place in enumerate(columns)}


def internal_words(client: str) -> dict[str, Any]:
    """Parameters that only the house may know, each with a word that stands nowhere else."""
    word = f"zq{client}"
    return {
        "client": {"cost_notes": f"{word}-costnotes"},
        "contract": {"renewal_strategy": f"{word}-renewal"},
        "plan": {
            "objectives": [
                {"title": f"{word}-goal", "audience": "internal"},
                {"title": f"{word}-margin", "metric": "gross_margin", "target": "0.64317"},
            ],
            "risks": [{"title": f"{word}-risk", "what": "x", "audience": "internal"}],
            "swot": {"strengths": [{"text": f"{word}-strength"}]},
            "stakeholders": [{"name": f"{word}-person", "note": f"{word}-note"}],
            "competitors": [{"text": f"{word}-rival"}],
        },
        "2026Q3": {
            "decisions": [{"title": f"{word}-decision", "audience": "internal"}],
            "events": [
                {"date": "2026-08-03", "title": f"{word}-event", "audience": "internal"},
                {"date": "2026-08-04", "title": f"{word}-fall", "metric": "gross_margin"},
            ],
            "recoveries": [{"metric": "gross_margin", "cause": f"{word}-cause"}],
        },
    }


def merged(old: Any, new: Any) -> Any:
    """Add `new` to `old`: lists grow, mappings take over key by key."""
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: merged(old.get(key), value) for key, value in new.items()}
    return new


def from_template(root: Path, table: str, house: dict[str, Any]) -> dict[str, Any]:
    """A source of acme's for a table that the demo lacks: the example row of its template."""
    (root / "data" / f"{table}.csv").write_bytes(template(table, "csv"))
    return {
        "file": f"data/{table}.csv",
        "cutoff": house["sources"]["shipments"][0]["cutoff"],
        "client": {"constant": "acme"},
        "columns": {name: name for name in TABLES[table].names},
    }


@pytest.fixture(scope="module")
def planted(demo_folder: Path, once: Once, reviewkit) -> Path:
    """The demo house with every internal value planted, its client acme built."""
    return once("planted", lambda root: plant(demo_folder, root, reviewkit))


def plant(demo: Path, root: Path, reviewkit) -> None:
    ignore = shutil.ignore_patterns("reports", ".reviewkit")
    shutil.copytree(demo, root, ignore=ignore, dirs_exist_ok=True)
    yaml = YAML(typ="safe", pure=True)
    house_file = root / "params" / "house.yaml"
    house = yaml.load(house_file.read_text())
    for table in sorted({table for table, _ in plants()} - set(house["sources"])):
        house["sources"][table] = [from_template(root, table, house)]
    for (table, column), value in plants().items():
        share = TABLES[table].column(column).maximum == 1
        for source in house["sources"][table]:
            # The last digit keeps a zero before it in print.
            source["columns"][column] = {"constant": f"0.{value}1" if share else value}
    house_file.write_text(json.dumps(house, default=str))
    for name, words in internal_words("acme").items():
        path = root / "params" / "acme" / f"{name}.yaml"
        path.write_text(json.dumps(merged(yaml.load(path.read_text()), words), default=str))
    notes = root / "params" / "acme" / "2026Q3.md"
    notes.write_text(notes.read_text() + "\n## Zq (internal)\n\nzqacme-comment\n")
    formats = [word for form in FORMATS for word in ("--format", form)]
    reviewkit("build", "acme", "--workspace", root, *formats)


def words() -> list[str]:
    """Every planted word."""
    return sorted({*re.findall(r"zqacme-[a-z]+", json.dumps(internal_words("acme")))})


def found(text: str) -> set[str]:
    """The plants in `text`; digits are compared without thousands signs."""
    joined = re.sub("(?<=\\d)[,.'’ \u00a0\u202f](?=\\d{3}(?!\\d))", "", text)
    numbers = {value for value in plants().values() if re.search(rf"(?<!\d){value}", joined)}
    return numbers | {word for word in [*words(), "zqacme-comment"] if word in text}


def extract_text(folder: Path) -> str:
    frames = [pd.read_parquet(path) for path in sorted(folder.rglob("*.parquet"))]
    tables = [frame.to_csv(quoting=csv.QUOTE_ALL) for frame in frames]
    return "\n".join([*tables, *(path.read_text() for path in sorted(folder.glob("*.json")))])


def page_text(path: Path) -> str:
    source = re.sub(r"base64,[A-Za-z0-9+/=]+", "", path.read_text())
    return html.unescape(source) + html.unescape(re.sub(r"<[^>]+>", "", source))


def pdf_text(path: Path) -> str:
    reader = pypdf.PdfReader(path)
    pages = [page.extract_text() for page in reader.pages]
    return "\n".join([*pages, str(reader.metadata), str(reader.outline)])


def office_text(data: bytes) -> str:
    """Every text in a workbook or deck, and what stands in names and descriptions.

    Places and sizes are numbers too, and told by no one: they are left out.
    """
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xlsx"):
                found.append(office_text(package.read(name)))
            elif name.endswith((".xml", ".rels")):
                for element in ElementTree.fromstring(package.read(name)).iter():
                    told = (element.get(key) for key in ("descr", "name", "title", "tooltip"))
                    found += [element.text or "", element.tail or "", *(x for x in told if x)]
    return "\n".join(found)


def parts(root: Path, audience: str) -> dict[str, str]:
    """Every text that a run of `audience` leaves, by what it is."""
    pack = root / "reports" / "acme" / "2026Q3"
    kept = root / ".reviewkit"
    notebooks = sorted((kept / "executed" / "acme" / "2026Q3").glob(f"*-{audience}.ipynb"))
    return {
        "extract": extract_text(kept / "extracts" / "acme" / "2026Q3" / audience),
        **{path.name: path.read_text() for path in notebooks},
        **{path.name: page_text(path) for path in sorted(pack.glob(f"*-{audience}.html"))},
        **{path.name: pdf_text(path) for path in sorted(pack.glob(f"*-{audience}.pdf"))},
        **{
            path.name: office_text(path.read_bytes())
            for form in ("pptx", "xlsx")
            for path in sorted(pack.glob(f"*-{audience}.{form}"))
        },
    }


PARTS = 1 + 3 * 5
"""The extract, and of each of three kinds of report the notebook and four files."""


def test_the_plants_are_alive_in_the_house_version(planted: Path) -> None:
    texts = parts(planted, "internal")
    assert len(texts) == PARTS
    registers = {value for (table, _), value in plants().items() if not TABLES[table].fact}
    assert registers | {*words(), "zqacme-comment"} <= found(texts["extract"])
    for form in ("html", "pptx", "xlsx"):
        shown = found(texts[f"qbr-internal.{form}"])
        assert {"zqacme-rival", "zqacme-person", "zqacme-decision"} & shown, form
    assert "margin" in texts["qbr-internal.html"].lower()


def test_none_of_them_is_in_any_part_of_the_clients_version(planted: Path) -> None:
    texts = parts(planted, "client")
    assert len(texts) == PARTS
    assert {name: hits for name, text in texts.items() if (hits := found(text))} == {}


def test_what_they_add_up_to_is_not_there_either(planted: Path, reviewkit) -> None:
    done = reviewkit("metrics", "acme", "--period", "2026Q3", "--json", "--workspace", planted)
    internal = {"gross_margin", "revenue_against_budget"}
    sums = {
        str(part).lstrip("-").partition(".")[0]
        for value in json.loads(done.stdout)
        if value["metric"] in internal
        for part in (value["value"], value["numerator"], value["denominator"])
        if part is not None and abs(float(part)) > 10_000
    }
    # What was invoiced is the client's own figure; what it is measured against is not.
    texts = parts(planted, "client")
    own = {
        number
        for number in sums
        if re.search(rf"(?<!\d){number}", re.sub(r"(?<=\d)[,.](?=\d)", "", texts["extract"]))
    }
    assert len(sums - own) >= 2
    for name, text in texts.items():
        joined = re.sub("(?<=\\d)[,’ \u00a0\u202f](?=\\d{3}(?!\\d))", "", text)
        hits = {number for number in sums - own if re.search(rf"(?<!\d){number}", joined)}
        assert not hits, name


def test_internal_actions_stay(planted: Path, demo_folder: Path) -> None:
    titles = [
        row["Action"]
        for path in (demo_folder / "data").glob("review_actions.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
        if row["Internal"] == "yes" and row["Customer"] == "Acme Motors"
    ]
    assert titles
    text = " ".join(parts(planted, "client").values())
    assert [title for title in titles if title in text] == []
