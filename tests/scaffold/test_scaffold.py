"""A workspace and a client started from nothing: valid as they stand, and over nobody's work."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from reviewkit.accounts import TABLES
from reviewkit.errors import UsageError
from reviewkit.params import RESERVED, load_workspace
from reviewkit.params.models import Client, Contract, House, Params, Plan, Source
from reviewkit.scaffold import init_workspace, new_client

_WRITTEN = re.compile(r"# ?((?:  )*(?:- )?(?:[a-z_]+:.*|\{.*))")
_EMPTY = re.compile(r"([a-z_]+): (?:\{\}|\[\]|\{.*: \[\]\})\s*(?:#.*)?")


def uncommented(text: str) -> str:
    """The template as it reads once every example in it is taken up."""
    lines = []
    for line in text.splitlines():
        example = _WRITTEN.fullmatch(line)
        lines.append(example[1] if example else line)
    keys = [line.split(":")[0] for line in lines]
    return "\n".join(
        line
        for place, line in enumerate(lines)
        if not (_EMPTY.fullmatch(line) and keys[place] in keys[place + 1 :])
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    init_workspace(folder)
    return folder


def test_a_new_workspace_with_a_new_client_loads_as_it_stands(root: Path) -> None:
    paths = new_client(root, "acme-motors", name='Acme "Motors" & Söhne: #1')
    assert [path.name for path in paths] == ["client.yaml", "contract.yaml", "plan.yaml"]
    workspace = load_workspace(root)
    client = workspace.clients["acme-motors"]
    assert client.client.name == 'Acme "Motors" & Söhne: #1'
    # As they stand the files say what leaving them out would say.
    assert client.contract == Contract()
    assert client.plan == Plan()
    assert client.client == Client(name=client.client.name, currency="EUR")
    assert workspace.house == House(name="Your company")


def test_a_client_without_a_name_gets_its_slug_spelt_out(root: Path) -> None:
    new_client(root, "acme-motors")
    assert load_workspace(root).clients["acme-motors"].client.name == "Acme Motors"


def test_every_example_in_the_templates_is_valid(root: Path) -> None:
    new_client(root, "acme")
    for path in (root / "params").rglob("*.yaml"):
        path.write_text(uncommented(path.read_text()))
    workspace = load_workspace(root)
    (source,) = workspace.house.sources["shipments"]
    assert set(source.columns) <= set(TABLES["shipments"].names)
    client = workspace.clients["acme"]
    assert client.contract.slas
    assert client.plan.competitors
    assert client.client.contacts[0].email == "jo@acme.example"
    assert workspace.house.mail


@pytest.mark.parametrize(
    ("file", "model"),
    [
        ("house.yaml", House),
        ("house.yaml", Source),
        ("acme/client.yaml", Client),
        ("acme/contract.yaml", Contract),
        ("acme/plan.yaml", Plan),
    ],
)
def test_every_key_stands_in_its_template(root: Path, file: str, model: type[Params]) -> None:
    new_client(root, "acme")
    text = (root / "params" / file).read_text()
    # These belong to a source in a database, or of several files: docs/sources.md.
    keys = set(model.model_fields) - {"files", "fingerprint", "kind", "query", "table", "url"}
    assert [key for key in keys if not re.search(rf"(^|[\s-]){key}:", text)] == []


def test_the_notebooks_come_along_and_the_demo_clients_do_not(root: Path, repository: Path) -> None:
    packaged = {path.name for path in (repository / "notebooks").glob("*.ipynb")}
    quarto = {"_quarto.yml", "_extensions"}
    assert {path.name for path in (root / "notebooks").glob("*")} == packaged | quarto
    extension = "notebooks/_extensions/reviewkit/"
    expected = {path.name for path in (repository / extension).iterdir() if path.is_file()}
    assert {path.name for path in (root / extension).iterdir()} == expected
    assert [path.name for path in (root / "params").iterdir()] == ["house.yaml"]


def test_what_exists_is_left_and_named(root: Path) -> None:
    (root / "params" / "house.yaml").write_text("name: Mine\n")
    (root / "Makefile").unlink()
    made = init_workspace(root)
    assert made.written == ("Makefile",)
    assert "params/house.yaml" in made.kept
    assert (root / "params" / "house.yaml").read_text() == "name: Mine\n"


def test_a_file_is_no_place_for_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "house").write_text("")
    with pytest.raises(UsageError, match="cannot be made a workspace"):
        init_workspace(tmp_path / "house")


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("Acme", '"acme"'),
        ("acme motors", '"acme-motors"'),
        ("acme_motors", '"acme-motors"'),
        ("3m", '"m"'),
        ("-acme", '"acme"'),
        ("acme--motors", '"acme-motors"'),
        ("../acme", '"acme"'),
        ("a/b", '"a-b"'),
        ("", '"acme"'),
        ("ärger", '"rger"'),
        ("x" * 41, f'"{"x" * 40}"'),
        ("check", '"check-client"'),
        ("all", '"all-client"'),
    ],
)
def test_a_slug_that_cannot_be_one_is_refused_with_one_that_can(
    root: Path, slug: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        new_client(root, slug)
    assert hint in str(caught.value)
    assert [path.name for path in (root / "params").iterdir()] == ["house.yaml"]


def test_a_client_that_exists_is_left_as_it_is(root: Path) -> None:
    new_client(root, "acme")
    (root / "params" / "acme" / "client.yaml").write_text("name: Mine\ncurrency: EUR\n")
    with pytest.raises(UsageError, match="params/acme exists already"):
        new_client(root, "acme")
    assert (root / "params" / "acme" / "client.yaml").read_text().startswith("name: Mine")


def test_a_name_of_two_lines_is_refused(root: Path) -> None:
    with pytest.raises(UsageError, match="line break"):
        new_client(root, "acme", name="Acme\nMotors")


def test_a_client_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        new_client(tmp_path / "nowhere", "acme")
    assert list(tmp_path.iterdir()) == []


def make(root: Path, *words: str) -> str:
    command = ["make", "--no-print-directory", *words, "REVIEWKIT=reviewkit"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_a_clients_folder_is_a_make_target_at_once(root: Path) -> None:
    assert "none yet" in make(root, "-s")
    new_client(root, "zenith")
    assert "build one client: zenith" in make(root, "-s", "help")
    choice = ("PERIOD=2026Q3", "REPORT=qbr executive", "AUDIENCE=client", "JOBS=2")
    assert make(root, "-n", "zenith", *choice) == (
        "reviewkit build zenith --period 2026Q3 --report qbr --report executive "
        "--audience client --jobs 2"
    )
    assert make(root, "-n", "all", "FORCE=1") == "reviewkit build --force"
    assert make(root, "-n", "check") == "reviewkit check"


def test_no_target_of_the_makefile_is_a_clients_name(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert targets <= set(RESERVED)
